import Engine
import Identity
import Reading
import Workers

/// Leads that are compared, dealt into tasks that workers do side by side.
struct DiffTasks: Sendable {
  /// Partitions in which every lead of one key is compared.
  private(set) var partitions: [Int] = []
  /// Affected keys that name leads.
  private(set) var names: [Int] = []
  /// Leads of one key, by a place of it under B's reading half.
  private(set) var alone: [KeyPlace] = []

  private static let leadsPerTask = 64

  init(partitions: [Int], names: [Int]) {
    self.partitions = partitions
    self.names = names
  }

  init(_ leads: some Sequence<LeadReference>) {
    for lead in leads {
      switch lead.lead {
      case .affected(let key): names.append(key)
      case .alone(let place): alone.append(place)
      }
    }
  }

  /// The leads of some names, as far as anybody knows them.
  init(leadsNamed keys: Set<[UInt8]>, _ inputs: DiffInputs) {
    for key in keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let number = (0..<inputs.affected.count).first { inputs.affected.name($0) == key }
      if let number {
        if inputs.leadNames.contains(number) { names.append(number) }
      } else {
        alone += (inputs.states.last?.reading.set.places(of: key)).map { $0.prefix(1) } ?? []
      }
    }
  }

  /// Those of them that may be in some partitions.
  func filtered(_ hasPartition: (Int) -> Bool, names hasName: (Int) -> Bool) -> DiffTasks {
    var tasks = self
    tasks.partitions = partitions.filter(hasPartition)
    tasks.names = names.filter(hasName)
    return tasks
  }

  private var nameTasks: [Range<Int>] { names.indices.pieces(of: DiffTasks.leadsPerTask) }
  private var aloneTasks: [Range<Int>] { alone.indices.pieces(of: DiffTasks.leadsPerTask) }

  fileprivate var all: [Task] {
    partitions.map { .partition($0) } + nameTasks.map { .names(names[$0]) }
      + aloneTasks.map { .alone(alone[$0]) }
  }

  fileprivate enum Task: Sendable {
    case partition(Int)
    case names(ArraySlice<Int>)
    case alone(ArraySlice<KeyPlace>)
  }
}

/// Where a lead of a comparison is found again.
struct LeadReference: Hashable, BitwiseCopyable, Sendable {
  private var place: KeyPlace
  private static let affected = UInt32.max

  enum Lead {
    case alone(KeyPlace)
    case affected(Int)
  }

  init(_ lead: DiffLead) {
    switch lead {
    case .alone(let places): place = places[0]
    case .affected(let key): place = KeyPlace(sheet: LeadReference.affected, key: UInt32(key))
    }
  }

  var lead: Lead {
    place.sheet == LeadReference.affected ? .affected(Int(place.key)) : .alone(place)
  }
}

/// A lead that has been judged in all states, valid until the next one.
struct ComparedLead {
  let key: UnsafeBufferPointer<UInt8>
  let lead: DiffLead
  /// As in A, and as in B; the same desk where no step concerned it.
  unowned(unsafe) let first: StateDesk
  unowned(unsafe) let last: StateDesk
}

extension DiffInputs {
  /// After how many tasks pages are let go of: a sixteenth of all sheets is held.
  private static let tasksPerPages = Sheet.partitionCount / 16

  /// Judges leads in all states, and calls back with each that anybody knows.
  ///
  /// `makeTally`: makes what one worker counts with.
  ///
  /// Returns these, in any order.
  func walk<Tally>(
    _ tasks: DiffTasks, makeTally: @Sendable () -> Tally,
    _ body: @Sendable (Tally, ComparedLead, inout CauseTally) -> Void
  ) throws -> [(tally: Tally, causes: CauseTally)] {
    let all = tasks.all
    let workers = try parallel(
      all.count, jobs: jobs, makeWorker: { _ in (leads: DiffWorker(self), tally: makeTally()) }
    ) { worker, task in
      let tally = worker.tally
      worker.leads.forEachLead(of: all[task]) { body(tally, $0, &$1) }
      // Those that others are at come again, which costs less than to hold them all.
      if task.isMultiple(of: DiffInputs.tasksPerPages) { pages.letGo() }
    }
    return workers.map { ($0.tally, $0.leads.causes) }
  }
}

/// One worker of a comparison: a desk for each state.
private final class DiffWorker {
  private(set) var causes = CauseTally()
  private let inputs: DiffInputs
  private let desks: [StateDesk]
  private var events: EventChanges
  private var join = LeadJoin()

  init(_ inputs: DiffInputs) {
    self.inputs = inputs
    desks = inputs.states.map { StateDesk($0, inputs) }
    events = EventChanges(isForward: inputs.isForward)
  }

  func forEachLead(of task: DiffTasks.Task, _ body: (ComparedLead, inout CauseTally) -> Void) {
    let set = desks[desks.count - 1].state.reading.set
    func key(_ place: KeyPlace) -> UnsafeBufferPointer<UInt8> {
      set.views[Int(place.sheet)].key(Int(place.key))
    }
    switch task {
    case .partition(let partition):
      join.forEachLead(set, partition, excluding: inputs.excluded) { places in
        compare(key(places[0]), .alone(places), body)
      }
    case .names(let names):
      for name in names {
        inputs.affected.name(name).withUnsafeBufferPointer { compare($0, .affected(name), body) }
      }
    case .alone(let places):
      for place in places {
        set.places(of: Array(key(place))).withUnsafeBufferPointer {
          compare(key(place), .alone($0), body)
        }
      }
    }
  }

  @inline(__always)
  private func compare(
    _ key: UnsafeBufferPointer<UInt8>, _ lead: DiffLead,
    _ body: (ComparedLead, inout CauseTally) -> Void
  ) {
    causes.begin()
    let first = desks[0]
    first.judge(lead)
    var last = first
    for index in 1..<max(1, desks.count) {
      let desk = desks[index]
      guard desk.judge(lead, after: last) else { continue }
      causes.add(from: last, to: desk, &events)
      last = desk
    }
    guard first.isKnown || last.isKnown else { return }
    body(ComparedLead(key: key, lead: lead, first: first, last: last), &causes)
  }
}
