import Definition
import Engine
import Judging
import Reading
import Snapshots
import Workers

/// Two results to compare, and how much of the comparison is wanted.
package struct DiffPlan: Sendable {
  package var book: Book
  package var log: String
  package var from: AuditSubject
  package var to: AuditSubject
  package var jobs: Int
  /// How many leads and accounts are told one by one; nil for all.
  package var shownMax: Int?
  /// The one lead that is compared, by its final key on either side; nil for all.
  package var lead: String?

  package init(
    book: Book, log: String? = nil, from: AuditSubject, to: AuditSubject,
    jobs: Int = processorCount, shownMax: Int? = 20
  ) {
    self.book = book
    self.log = log ?? book.log
    self.from = from
    self.to = to
    self.jobs = jobs
    self.shownMax = shownMax
  }
}

/// Compares two results lead by lead and splits each change into causes that add up to it.
///
/// - Throws: `FileError` or `RunError`.
package func diff(_ plan: DiffPlan) throws -> DiffReport {
  let inputs = try DiffInputs(plan)
  let tally = try inputs.compareAll(jobs: plan.jobs)
  return tally.report(plan, inputs.names)
}

/// What a comparison works on: the whole log under the reading halves of both sides.
struct DiffInputs: Sendable {
  let names: LedgerNames
  let shape: ComparisonShape
  let states: [DiffState]
  /// The log as A's definition reads it, and as B's does.
  fileprivate let halves: (a: DiffHalf, b: DiffHalf)
  /// Whether both read it alike.
  fileprivate let isAlike: Bool
  private let knownB: KnownSegments
  fileprivate let isForward: Bool
  private let published: (a: PublishedScores?, b: PublishedScores?)
  /// The one lead that is wanted, as either side has its key; empty for all.
  fileprivate let leads: Set<[UInt8]>

  init(_ plan: DiffPlan) throws {
    let (from, to, jobs) = (plan.from, plan.to, plan.jobs)
    names = LedgerNames([from.definition, to.definition])
    let readers = (
      a: try LogReader(from.log(in: plan.log, of: plan.book, jobs: jobs)),
      b: try LogReader(to.log(in: plan.log, of: plan.book, jobs: jobs))
    )
    knownB = readers.b.known
    func pieces(_ half: ReadingPlan) throws -> [LogPiece] {
      try readers.b.pieces(for: half, knownBy: [readers.a.known, readers.b.known])
    }
    let plans = (a: ReadingPlan(from.definition), b: ReadingPlan(to.definition))
    isAlike = plans.a.fingerprint == plans.b.fingerprint
    let sheetsB = SidedSheets(try pieces(plans.b))
    let sheetsA = isAlike ? sheetsB : SidedSheets(try pieces(plans.a))
    let numbered = isAlike ? [] : sheetsA.sheets + sheetsB.sheets
    let b = try DiffHalf(sheetsB, to.definition, numbering: numbered, jobs: jobs)
    let a =
      isAlike ? b : try DiffHalf(sheetsA, from.definition, numbering: numbered, jobs: jobs)
    halves = (a, b)

    let (sideA, sideB) = (try a.side(0, from), try b.side(1, to))
    shape = ComparisonShape(before: sideA.names, after: sideB.names)
    states = try diffStates(
      from: sideA, to: sideB, under: isAlike ? sideB.knowledge : try a.knowledge(1, to), names,
      shape, jobs: jobs)
    isForward = to.asOf >= from.asOf
    published = (try PublishedScores(from, names), try PublishedScores(to, names))
    leads = Set(
      plan.lead.map { lead in [from, to].map { $0.definition.leadKey(lead) } } ?? [])
  }

  /// Compares every lead.
  func compareAll(jobs: Int) throws -> DiffTally {
    let names = leadNames
    let namesPerTask = 64
    let taskCount = Sheet.partitionCount + (names.count + namesPerTask - 1) / namesPerTask
    let tallies = Slots<DiffTally>(taskCount)
    try parallel(taskCount, jobs: jobs, makeWorker: { _ in DiffWorker(self) }) { worker, task in
      try Interruption.check()
      var tally = DiffTally()
      if task < Sheet.partitionCount {
        worker.comparePartition(task, into: &tally)
      } else {
        let first = (task - Sheet.partitionCount) * namesPerTask
        for key in names[first..<min(first + namesPerTask, names.count)] {
          worker.compare(affectedKey: key, into: &tally)
        }
      }
      tallies[task] = tally
    }
    return tallies.elements.reduce(into: DiffTally()) { $0 += $1 }
  }

  /// The affected keys that name a lead in any state.
  private var leadNames: [Int] {
    Set(states.flatMap { $0.groups.map(\.name) }).sorted()
  }
}

/// The whole log in the sheets of one reading half, and which of them each side knows.
private struct SidedSheets {
  private(set) var sheets: [Sheet] = []
  /// By side, then by sheet, what it was made of.
  private(set) var parts: [[KnownSegments.Part]] = [[], []]
  /// Where the lines of each sheet begin among all places of the log: the segment, then the line.
  private(set) var positions: [UInt64] = []

  init(_ pieces: [LogPiece]) {
    for piece in pieces {
      for sheet in piece.reading.sheets {
        sheets.append(sheet)
        for side in parts.indices { parts[side].append(piece.parts[side]) }
        positions.append(UInt64(piece.segment) << 32)
      }
    }
  }
}

/// The whole log under the reading half of one side.
private struct DiffHalf: Sendable {
  let set: SheetSet
  let positions: [UInt64]
  /// The keys that merges and forgets of the log mention; all others are a lead each.
  let affected: AffectedKeys
  /// Where the rows of these stand.
  let places: PlacesByKey
  let excluded: KeyMarks
  private let parts: [[KnownSegments.Part]]
  private let indexes: [SheetIndex]

  /// `first`: the sheets whose keys are numbered first, under both halves.
  init(
    _ sheets: SidedSheets, _ definition: Definition, numbering first: [Sheet], jobs: Int
  ) throws {
    set = try SheetSet(
      sheets.sheets, attributeCount: definition.attributes.count, jobs: jobs)
    positions = sheets.positions
    parts = sheets.parts
    affected = AffectedKeys(sheets.sheets, numbering: first)
    places = try affected.places(in: sheets.sheets, jobs: jobs)
    excluded = KeyMarks(sheets.sheets)
    for place in places.all { excluded.mark(Int(place.sheet), Int(place.key)) }
    indexes = try sheets.sheets.map { try SheetIndex($0) }
  }

  /// What a side, by its number, knows.
  func knowledge(_ side: Int, _ subject: AuditSubject) throws -> DiffKnowledge {
    let parts = parts[side]
    let hindsight = try Hindsight(of: subject, affected, places, set.sheets, parts)
    return DiffKnowledge(
      isKnown: parts.map(\.isKnown),
      resolved: affected.resolve(
        places, set.sheets, asOf: subject.asOf, isKnown: { parts[$0].isKnown },
        isSeen: { hindsight.sees(parts[$0]) }))
  }

  func side(_ side: Int, _ subject: AuditSubject) throws -> DiffSide {
    DiffSide(
      subject: subject, knowledge: try knowledge(side, subject), set: set,
      judge: Judge(
        subject.definition, set, attributes: subject.definition.attributes, asOf: subject.asOf))
  }

  /// Where a key's rows stand.
  func places(of key: [UInt8]) -> [KeyPlace] {
    let key = LogKey(lead: key)
    return indexes.enumerated().compactMap { sheet, index in
      // These sheets were made, or checked, by this very process.
      (try? index.find(key)).flatMap { $0 }.map {
        KeyPlace(sheet: UInt32(sheet), key: UInt32($0))
      }
    }
  }
}

/// One worker of a comparison: a replayer for each state.
private final class DiffWorker {
  private let inputs: DiffInputs
  private let replayers: [LeadReplayer]
  private var join = LeadJoin()
  /// By state, the group that an affected key names.
  private let groupsByName: [[Int: ResolvedKeys.Group]]

  init(_ inputs: DiffInputs) {
    self.inputs = inputs
    replayers = inputs.states.map { LeadReplayer($0.set, $0.judge, $0.profiles) }
    groupsByName = inputs.states.map { state in
      Dictionary(uniqueKeysWithValues: state.groups.map { ($0.name, $0) })
    }
  }

  func comparePartition(_ partition: Int, into tally: inout DiffTally) {
    let (a, b) = inputs.halves
    join.forEachLead(b.set, partition, excluding: b.excluded) { places in
      let here = Array(places)
      let key = b.set.key(at: here[0])
      let other = inputs.isAlike ? here : a.places(of: key)
      compare(key, into: &tally) { state in
        [Identities.Member(places: state.set === b.set ? here : other, erasure: nil)]
      }
    }
    if inputs.isAlike { return }
    // Leads that only A's definition sees.
    join.forEachLead(a.set, partition, excluding: a.excluded) { places in
      let here = Array(places)
      let key = a.set.key(at: here[0])
      guard b.places(of: key).isEmpty else { return }
      compare(key, into: &tally) { state in
        state.set === a.set ? [Identities.Member(places: here, erasure: nil)] : []
      }
    }
  }

  func compare(affectedKey key: Int, into tally: inout DiffTally) {
    compare(inputs.name(of: key), into: &tally) { state in
      let index = inputs.states.firstIndex { $0.step == state.step } ?? 0
      guard let group = groupsByName[index][key] else { return [] }
      return group.members.map { member in
        Identities.Member(
          places: inputs.places(of: member, in: state), erasure: state.erasures[member])
      }
    }
  }

  private func compare(
    _ key: [UInt8], into tally: inout DiffTally,
    _ members: (DiffState) -> [Identities.Member]
  ) {
    if !inputs.leads.isEmpty, !inputs.leads.contains(key) { return }
    var causes = CauseTable()
    var first: LeadLedger?
    var last: LeadLedger?
    for (index, state) in inputs.states.enumerated() {
      let ledger = judge(members(state), state, replayers[index], index)
      if let before = last, let step = state.step {
        causes.add(
          step, from: before, to: ledger, inputs.names, isForward: inputs.isForward,
          isKnownAfter: inputs.isKnownAfter(_:))
      }
      if index == 0 { first = ledger }
      last = ledger
    }
    guard let first, let last, first.isKnown || last.isKnown else { return }
    tally.count(key, from: first, to: last, causes, inputs)
  }

  private func judge(
    _ members: [Identities.Member], _ state: DiffState, _ replayer: LeadReplayer, _ index: Int
  ) -> LeadLedger {
    guard replayer.gather(members, isKnown: state.isKnown, until: state.horizon) else {
      let none = [Int64?](repeating: nil, count: inputs.names.scores.count)
      return LeadLedger(scores: none, raws: none)
    }
    replayer.traceLead()
    return state.keeper.ledger(
      replayer.history, replayer.desk.cells, replayer.trace,
      positions: inputs.positions(of: state), wantsEvents: inputs.wantsEvents(at: index))
  }
}

extension DiffInputs {
  fileprivate func name(of key: Int) -> [UInt8] { halves.b.affected.name(key) }

  fileprivate func half(of state: DiffState) -> DiffHalf {
    state.set === halves.a.set ? halves.a : halves.b
  }

  fileprivate func places(of key: Int, in state: DiffState) -> [KeyPlace] {
    half(of: state).places.of(key: key)
  }

  fileprivate func positions(of state: DiffState) -> [UInt64] { half(of: state).positions }

  /// Whether a state's events are compared with those of the state before or behind it.
  fileprivate func wantsEvents(at index: Int) -> Bool {
    func compares(_ index: Int) -> Bool {
      guard index < states.count, let step = states[index].step else { return false }
      return step != .rules && step != .time
    }
    return compares(index) || compares(index + 1)
  }

  fileprivate func isKnownAfter(_ position: UInt64) -> Bool {
    knownB.isKnown(line: Int(position & 0xffff_ffff), ofSegment: Int(position >> 32))
  }

  /// Whether a snapshot has the scores that it has now been recomputed to; true where there is none.
  func isReproduced(_ key: [UInt8], _ first: LeadLedger, _ last: LeadLedger) -> Bool {
    (published.a?.agrees(key, first) ?? true) && (published.b?.agrees(key, last) ?? true)
  }
}

extension SheetSet {
  fileprivate func key(at place: KeyPlace) -> [UInt8] {
    Array(views[Int(place.sheet)].key(Int(place.key)))
  }
}
