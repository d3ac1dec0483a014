import Definition
import Engine
import Identity
import Judging
import Notation
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
/// Each lead is judged in all states from A to B at once, and only sums are kept, and whoever changed most. What
/// needs more of some leads, their accounts or a snapshot that says something else, judges those again.
///
/// - Throws: `FileError` or `RunError`.
package func diff(_ plan: DiffPlan) throws -> DiffReport {
  try DiffInputs(plan).report(plan)
}

/// What a comparison works on: the whole log under the reading halves of both sides.
struct DiffInputs: Sendable {
  let names: DiffNames
  let accounts: DiffAccounts
  let accountScores: DiffAccountScores
  let shape: ComparisonShape
  let states: [DiffState]
  /// The keys that merges, forgets and withdraws of the log mention, and those that only one side sees; all others are
  /// a lead each.
  let affected: AffectedKeys
  /// The keys that are no lead of their own.
  let excluded: KeyMarks
  let isForward: Bool
  let pages: SheetPages
  let (published, jobs): ([PublishedScores], Int)

  init(_ plan: DiffPlan) throws {
    let (from, to, jobs) = (plan.from, plan.to, plan.jobs)
    self.jobs = jobs
    names = DiffNames([from.definition, to.definition])
    let readerB = try LogReader(to.log(in: plan.log, of: plan.book, jobs: jobs))
    // Both sides of one look at the log: what is appended meanwhile is on neither.
    let readers = (
      a: try LogReader(from.log(in: plan.log, of: plan.book, jobs: jobs), beside: readerB),
      b: readerB
    )
    func pieces(_ half: ReadingPlan) throws -> [LogPiece] {
      try readers.b.pieces(for: half, knownBy: [readers.a.known, readers.b.known])
    }
    let halves = (a: ReadingPlan(from.definition), b: ReadingPlan(to.definition))
    let isAlike = halves.a.fingerprint == halves.b.fingerprint
    let piecesB = try pieces(halves.b)
    let piecesA = isAlike ? piecesB : try pieces(halves.a)
    let sheets = (a: piecesA.flatMap(\.reading.sheets), b: piecesB.flatMap(\.reading.sheets))
    pages = SheetPages(isAlike ? sheets.b : sheets.a + sheets.b)
    let hasSameRows = halves.a.seesSameLeads(as: halves.b)
    let lonely =
      hasSameRows
      ? [] : try otherLeads(sheets.a, than: sheets.b).union(otherLeads(sheets.b, than: sheets.a))
    let first = isAlike ? [] : sheets.a + sheets.b
    let others = lonely.sorted { $0.lexicographicallyPrecedes($1) }
    let readingB = try DiffReading(
      piecesB, AffectedKeys(sheets.b, numbering: first, and: others), hasSameRows: hasSameRows,
      isAlike ? [to.definition, from.definition] : [to.definition], jobs: jobs)
    affected = readingB.affected
    let readingA =
      isAlike
      ? readingB
      : try DiffReading(
        piecesA, AffectedKeys(sheets.a, numbering: first, and: others), hasSameRows: hasSameRows,
        [from.definition], jobs: jobs)
    excluded = KeyMarks(readingB.set.sheets)
    for place in readingB.places.all { excluded.mark(Int(place.sheet), Int(place.key)) }
    accounts = DiffAccounts(readingA, readingB)

    let rules = (a: MergeRules(from.definition), b: MergeRules(to.definition))
    pages.letGo()
    let hindsights = (a: try readingA.hindsight(0, from), b: try readingB.hindsight(1, to))
    let (atA, atB) = ((side: 0, asOf: from.asOf), (side: 1, asOf: to.asOf))
    func side(
      _ at: (side: Int, asOf: Milliseconds), _ subject: AuditSubject, _ reading: DiffReading,
      _ rules: MergeRules, _ hindsight: Hindsight
    ) -> DiffSide {
      DiffSide(
        subject: subject,
        resolved: reading.resolved(
          reading.erasures(at.side, rules, hindsight), rules, merges: at, withdraws: at),
        rules: rules, reading: reading,
        judge: Judge(
          subject.definition, reading.set, attributes: subject.definition.attributes,
          asOf: subject.asOf),
        isKnown: reading.isKnown(toSide: at.side),
        isKnownToOther: reading.isKnown(toSide: 1 - at.side))
    }
    let sideA = side(atA, from, readingA, rules.a, hindsights.a)
    let sideB = side(atB, to, readingB, rules.b, hindsights.b)
    shape = ComparisonShape(before: sideA.names, after: sideB.names)
    let erasuresB = readingA.erasures(1, rules.a, hindsights.b)
    let both = readingA.resolved(erasuresB, rules.a, merges: atB, withdraws: atB)
    states = try diffStates(
      from: sideA, to: sideB,
      readAsA: DiffIdentities(
        merged: readingA.resolved(
          erasuresB, rules.a, merges: atB, withdraws: atA, takingBack: both.withdrawals),
        withdrawn: readingA.resolved(erasuresB, rules.a, merges: atA, withdraws: atB),
        both: both),
      names, affected, jobs: jobs)
    accountScores = DiffAccountScores(states[0], states[states.count - 1])
    isForward = to.asOf >= from.asOf
    published = try [from, to].map { try PublishedScores($0) }
    pages.letGo()
  }

  func isUnderA(_ state: DiffState) -> Bool { state.reading === states[0].reading }

  /// The affected keys that name a lead in any state.
  var leadNames: [Int] {
    var isName = [Bool](repeating: false, count: affected.count)
    for state in states { for group in state.groups.all { isName[group.name] = true } }
    return isName.indices.filter { isName[$0] }
  }
}
