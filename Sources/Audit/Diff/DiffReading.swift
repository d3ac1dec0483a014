import Definition
import Engine
import Identity
import Notation
import Reading

/// The whole log under the reading half of one side, or of both where they read alike.
final class DiffReading: Sendable {
  let set: SheetSet
  /// The keys that merges and forgets of the log mention, and those that only one side sees; all others are a lead
  /// each, and the same for both.
  let affected: AffectedKeys
  /// Where the rows of the affected keys stand.
  let places: PlacesByKey
  /// Whether each key has a row for each of its lines under both halves.
  private let hasSameRows: Bool
  /// By side, then by sheet, what it was made of.
  let parts: [[KnownSegments.Part]]

  /// `definitions`: of the sides that read so; they have the same attributes.
  init(
    _ pieces: [LogPiece], _ affected: AffectedKeys, hasSameRows: Bool, _ definitions: [Definition],
    jobs: Int
  ) throws {
    self.hasSameRows = hasSameRows
    let sheets = pieces.flatMap(\.reading.sheets)
    parts = (0..<2).map { side in
      pieces.flatMap { piece in piece.reading.sheets.map { _ in piece.parts[side] } }
    }
    self.affected = affected
    places = try affected.places(in: sheets, jobs: jobs) { SheetPages([$0]).letGo() }
    let domains = try definitions.reduce(into: Set<[UInt8]>()) {
      try $0.formUnion($1.mailDomains(in: sheets, jobs: jobs))
    }
    set = try SheetSet(
      sheets, dictionaryCount: ReadingPlan(definitions[0]).valueDictionaryCount, domains: domains,
      jobs: jobs)
  }

  /// How much of the log forgets of a side, by its number, were worked out on.
  func hindsight(_ side: Int, _ subject: AuditSubject) throws -> Hindsight {
    try Hindsight(of: subject, affected, places, set.sheets, parts[side])
  }

  /// What is erased for a side.
  func erasures(_ side: Int, _ rules: MergeRules, _ hindsight: Hindsight) -> Erasures {
    let parts = parts[side]
    return affected.erasures(places, set.sheets, rules) { hindsight.sees(parts[$0]) }
  }

  /// Who is who.
  ///
  /// `merges`, `withdraws`: the side that they are of, by its number, and its as-of.
  ///
  /// `takingBack`: what merges are left out that the other side has not.
  func resolved(
    _ erasures: Erasures, _ rules: MergeRules, merges: (side: Int, asOf: Milliseconds),
    withdraws: (side: Int, asOf: Milliseconds), takingBack: Withdrawals? = nil
  ) -> ResolvedKeys {
    func part(_ side: (side: Int, asOf: Milliseconds)) -> KnownPart {
      let parts = parts[side.side]
      return KnownPart(asOf: side.asOf) { parts[$0].isKnown }
    }
    return affected.resolve(
      erasures, rules, merges: part(merges), withdraws: part(withdraws), takingBack: takingBack)
  }

  /// By sheet, whether a side knows it.
  func isKnown(toSide side: Int) -> [Bool] { parts[side].map(\.isKnown) }

  /// Returns where the rows of a lead stand that stand at some places under another reading half.
  ///
  /// As a rule at the same ones: both are of the same lines.
  func places(
    _ others: UnsafeBufferPointer<KeyPlace>, of other: DiffReading
  ) -> [KeyPlace] {
    guard let first = others.first else { return [] }
    let key = other.set.views[Int(first.sheet)].key(Int(first.key))
    let isAlike =
      hasSameRows && set.sheets.count == other.set.sheets.count
      && others.allSatisfy { place in
        let sheet = set.sheets[Int(place.sheet)]
        return Int(place.key) < sheet.keyCount && sheet.key(Int(place.key)).elementsEqual(key)
      }
    // Other sheets do not have the key either: it has a row for each of its lines in both.
    return isAlike ? Array(others) : set.places(of: Array(key))
  }
}

/// The keys of leads that one reading of a log has and another has not.
func otherLeads(_ sheets: [Sheet], than others: [Sheet]) throws -> Set<[UInt8]> {
  let indexes = try others.map { try SheetIndex($0) }
  var keys: Set<[UInt8]> = []
  for sheet in sheets {
    for number in 0..<sheet.keyCount {
      let key = Array(sheet.key(number))
      if key.first == Sheet.accountMark { continue }
      let sought = LogKey(lead: key)
      if try indexes.allSatisfy({ try $0.find(sought) == nil }) { keys.insert(key) }
    }
  }
  return keys
}

/// The accounts of both sides, numbered alike.
struct DiffAccounts: Sendable {
  private let b: SheetSet
  /// Those that only A's reading half finds, behind B's.
  private let others: [[UInt8]]
  /// By A's own number; nil where both sides number alike.
  private let numbersOfA: [Int]?

  init(_ a: DiffReading, _ b: DiffReading) {
    self.b = b.set
    if a === b {
      (others, numbersOfA) = ([], nil)
      return
    }
    var numbers: [[UInt8]: Int] = [:]
    for number in 0..<b.set.accounts.count { numbers[Array(b.set.accounts[number])] = number }
    var others: [[UInt8]] = []
    numbersOfA = (0..<a.set.accounts.count).map { number in
      let name = Array(a.set.accounts[number])
      if let known = numbers[name] { return known }
      others.append(name)
      return b.set.accounts.count + others.count - 1
    }
    self.others = others
  }

  var count: Int { b.accounts.count + others.count }

  func name(_ number: Int) -> [UInt8] {
    number < b.accounts.count
      ? Array(b.accounts[number]) : others[number - b.accounts.count]
  }

  func text(_ number: Int) -> String { String(decoding: name(number), as: UTF8.self) }

  /// The number of an account that has one in a reading half.
  @inline(__always)
  func number(_ own: Int64, isOfA: Bool) -> Int {
    guard isOfA, let numbersOfA else { return Int(own) }
    return numbersOfA[Int(own)]
  }
}
