import Definition
import Engine
import Judging
import Snapshots
import Tables

/// What a lead's scores consist of in one state, each entry under a name that it keeps from state to
/// state.
struct LeadLedger {
  struct ContributionKey: Hashable {
    var score: Int
    var interaction: Int
    /// Its event's place in the log.
    var position: UInt64
  }

  struct AdjustmentKey: Hashable {
    var score: Int
    package var part: DiffPart
    var rule: String?
  }

  var isKnown = false
  var contributions: [ContributionKey: Int64] = [:]
  var adjustments: [AdjustmentKey: Int128] = [:]
  /// By score; nil where the definition has none of that name.
  var scores: [Int64?]
  var raws: [Int64?]
  /// The lead's events and the hashes of their ids.
  var events: [UInt64: UInt64] = [:]
  /// Contributions that are 0 because their event came of age.
  var expired: Set<ContributionKey> = []
  var account: String?
  /// What is compared of it, in the shape of the comparison.
  var row: [Int64] = []
}

/// The names of two definitions, numbered alike.
struct LedgerNames: Sendable {
  let scores: [String]
  let interactions: [String]

  init(_ definitions: [Definition]) {
    func union(_ lists: [[String]]) -> [String] {
      lists.reduce(into: []) { all, names in all += names.filter { !all.contains($0) } }
    }
    scores = union(definitions.map { $0.scores.map(\.name) })
    interactions = union(definitions.map { $0.interactions.map(\.name) })
  }
}

/// Takes down a judged lead's ledger.
struct LedgerKeeper: Sendable {
  private let judge: Judge
  private let accounts: [String]
  private let comparing: (shape: ComparisonShape, reader: ShapeReader)?
  private let scoreCount: Int
  private let scoreNumbers: [Int]
  private let rules: [(score: Int, interaction: Int, rule: PointRule)]
  private let capNames: [[String]]
  private let ruleNames: [String]

  /// `shape`: that of the comparison.
  init(_ judge: Judge, _ set: SheetSet, _ names: LedgerNames, _ shape: ComparisonShape) {
    self.init(judge, accounts: set.accounts.strings, names, shape)
  }

  init(
    _ judge: Judge, accounts: [String], _ names: LedgerNames, _ shape: ComparisonShape? = nil
  ) {
    self.judge = judge
    comparing = shape.map { shape in
      let tables = ResultTables(judge, accountNames: KeyList()).ofLeads
      return (shape, ShapeReader(shape, tables))
    }
    self.accounts = accounts
    let definition = judge.definition
    scoreCount = names.scores.count
    let numbers = definition.scores.map { names.scores.firstIndex(of: $0.name) ?? 0 }
    scoreNumbers = numbers
    let interactions = definition.interactions.map {
      names.interactions.firstIndex(of: $0.name) ?? 0
    }
    rules = definition.pointRules.map {
      (numbers[$0.score], interactions[$0.rule.interaction], $0.rule)
    }
    ruleNames = definition.pointRules.map { definition.interactions[$0.rule.interaction].name }
    capNames = definition.scores.map { score in
      guard case .points(_, let caps) = score.source else { return [] }
      return caps.map { cap in
        cap.interactions.map { definition.interactions[$0].name }.joined(separator: ", ")
      }
    }
  }

  /// `positions`: where the lines of each sheet begin among all places of the log.
  func ledger(
    _ history: LeadHistory, _ cells: UnsafePointer<Int64>, _ trace: LeadTrace, positions: [UInt64],
    wantsEvents: Bool
  ) -> LeadLedger {
    var ledger = LeadLedger(
      scores: Array(repeating: nil, count: scoreCount),
      raws: Array(repeating: nil, count: scoreCount))
    ledger.isKnown = true
    func position(_ index: Int) -> UInt64 {
      let event = history.events[index]
      return positions[Int(event.segment)] + UInt64(event.line)
    }
    if wantsEvents {
      for index in 0..<history.count { ledger.events[position(index)] = history.events[index].id }
    }
    for contribution in trace.contributions where contribution.passage == .counted {
      let (score, interaction, rule) = rules[Int(contribution.rule)]
      let key = LeadLedger.ContributionKey(
        score: score, interaction: interaction, position: position(Int(contribution.event)))
      ledger.contributions[key] = contribution.points
      let age = judge.asOf - history.events[Int(contribution.event)].time
      if let expires = rule.aging.expires, age >= expires { ledger.expired.insert(key) }
    }
    for adjustment in trace.adjustments {
      let (part, rule) = name(adjustment)
      ledger.adjustments[
        .init(score: scoreNumbers[adjustment.score], part: part, rule: rule), default: 0] +=
        adjustment.points
    }
    close(&ledger, cells)
    return ledger
  }

  private func close(_ ledger: inout LeadLedger, _ cells: UnsafePointer<Int64>) {
    let layout = judge.layout
    for (index, number) in scoreNumbers.enumerated() {
      let (raw, score) = (cells[layout.raws + index], cells[layout.scores + index])
      let whole = wholePoints(raw)
      ledger.raws[number] = raw
      ledger.scores[number] = score
      ledger.adjustments[.init(score: number, part: .rounding, rule: nil)] =
        Int128(whole) * 1_000_000 - Int128(raw)
      ledger.adjustments[.init(score: number, part: .range, rule: nil)] =
        (Int128(score) - Int128(whole)) * 1_000_000
    }
    let account = cells[layout.account]
    if account != LeadLayout.absent { ledger.account = accounts[Int(account)] }
    guard let comparing else { return }
    ledger.row = comparing.shape.nobody
    ledger.row.withUnsafeMutableBufferPointer {
      comparing.reader.read(cells, into: $0.baseAddress.unsafelyUnwrapped)
    }
  }

  /// What an adjustment is, and what it is about.
  func name(_ adjustment: Adjustment) -> (DiffPart, String?) {
    switch adjustment.kind {
    case .cap(let rule): (.caps, ruleNames[rule])
    case .groupCap(let cap): (.caps, capNames[adjustment.score][cap])
    case .blend: (.blend, nil)
    case .bonus(let bonus):
      (.bonuses, judge.definition.scores[adjustment.score].bonuses[bonus].name)
    case .inactivity: (.inactivity, nil)
    case .hold: (.hold, nil)
    }
  }
}
