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
  /// The keys that merges and forgets of the log mention; all others are a lead each.
  private let affected: AffectedKeys
  fileprivate let excluded: KeyMarks
  /// Of A's reading half and B's, where the affected keys' rows stand.
  private let places: (a: PlacesByKey, b: PlacesByKey)
  private let indexA: [SheetIndex]?
  /// By reading half and sheet, where the sheet's lines begin among all places of the log.
  private let positions: (a: [UInt64], b: [UInt64])
  private let knownB: KnownSegments
  fileprivate let isForward: Bool
  private let published: (a: PublishedScores?, b: PublishedScores?)
  fileprivate let lead: [UInt8]?

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
    let halves = (a: ReadingPlan(from.definition), b: ReadingPlan(to.definition))
    let isAlike = halves.a.fingerprint == halves.b.fingerprint
    let piecesB = try pieces(halves.b)
    let piecesA = isAlike ? piecesB : try pieces(halves.a)
    let (a, b) = (SidedSheets(piecesA), SidedSheets(piecesB))
    positions = (a.positions, b.positions)
    indexA = isAlike ? nil : try a.sheets.map { try SheetIndex($0) }

    let affected = AffectedKeys(b.sheets)
    self.affected = affected
    let placesB = try affected.places(in: b.sheets, jobs: jobs)
    places = (isAlike ? placesB : try affected.places(in: a.sheets, jobs: jobs), placesB)
    excluded = KeyMarks(b.sheets)
    for place in placesB.all { excluded.mark(Int(place.sheet), Int(place.key)) }

    let setB = try SheetSet(
      b.sheets, attributeCount: halves.b.valueDictionaryCount, jobs: jobs)
    let setA =
      isAlike
      ? setB
      : try SheetSet(a.sheets, attributeCount: halves.a.valueDictionaryCount, jobs: jobs)
    func side(
      _ subject: AuditSubject, _ set: SheetSet, _ places: PlacesByKey, _ parts: [KnownSegments.Part]
    ) throws -> DiffSide {
      let hindsight = try Hindsight(of: subject, affected, places, set.sheets, parts)
      return DiffSide(
        subject: subject, isKnown: parts.map(\.isKnown),
        resolved: affected.resolve(
          places, set.sheets, asOf: subject.asOf, isKnown: { parts[$0].isKnown },
          isSeen: { hindsight.sees(parts[$0]) }),
        set: set,
        judge: Judge(
          subject.definition, set, attributes: subject.definition.attributes, asOf: subject.asOf))
    }
    let (sideA, sideB) = (
      try side(from, setA, places.a, a.parts[0]), try side(to, setB, placesB, b.parts[1])
    )
    shape = ComparisonShape(before: sideA.names, after: sideB.names)
    states = try diffStates(from: sideA, to: sideB, names, shape, jobs: jobs)
    isForward = to.asOf >= from.asOf
    published = (try PublishedScores(from, names), try PublishedScores(to, names))
    lead = plan.lead.map { Array($0.utf8) }
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
    guard let set = inputs.states.last?.set else { return }
    join.forEachLead(set, partition, excluding: inputs.excluded) { places in
      let place = places[0]
      let key = Array(set.views[Int(place.sheet)].key(Int(place.key)))
      let here = Array(places)
      let other = inputs.placesUnderA(of: key)
      compare(key, into: &tally) { state in
        [Identities.Member(places: state.set === set ? here : other ?? here, erasure: nil)]
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
    if let lead = inputs.lead, lead != key { return }
    var causes = CauseTable()
    var first: LeadLedger?
    var last: LeadLedger?
    for (index, state) in inputs.states.enumerated() {
      let ledger = judge(key, members(state), state, replayers[index], index)
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
    _ key: [UInt8], _ members: [Identities.Member], _ state: DiffState, _ replayer: LeadReplayer,
    _ index: Int
  ) -> LeadLedger {
    let none = [Int64?](repeating: nil, count: inputs.names.scores.count)
    guard
      replayer.gather(members, named: key, isKnown: state.isKnown, until: state.horizon)
    else { return LeadLedger(scores: none, raws: none) }
    replayer.traceLead()
    // Of a lead that is left out, a result has nothing.
    if replayer.isExcluded { return LeadLedger(scores: none, raws: none) }
    return state.keeper.ledger(
      replayer.history, replayer.desk.cells, replayer.trace,
      positions: inputs.positions(of: state), wantsEvents: inputs.wantsEvents(at: index))
  }
}

extension DiffInputs {
  fileprivate func name(of key: Int) -> [UInt8] { affected.name(key) }

  fileprivate func isUnderA(_ state: DiffState) -> Bool { state.set === states[0].set }

  fileprivate func places(of key: Int, in state: DiffState) -> [KeyPlace] {
    isUnderA(state) ? places.a.of(key: key) : places.b.of(key: key)
  }

  fileprivate func positions(of state: DiffState) -> [UInt64] {
    isUnderA(state) ? positions.a : positions.b
  }

  /// Where a key's rows stand under A's reading half; nil where both sides have the same.
  fileprivate func placesUnderA(of key: [UInt8]) -> [KeyPlace]? {
    guard let indexA else { return nil }
    let key = LogKey(lead: key)
    return indexA.enumerated().compactMap { sheet, index in
      // These sheets were made, or checked, by this very process.
      (try? index.find(key)).flatMap { $0 }.map {
        KeyPlace(sheet: UInt32(sheet), key: UInt32($0))
      }
    }
  }

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
