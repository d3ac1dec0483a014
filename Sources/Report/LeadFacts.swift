import Definition
import Notation
import Snapshots
import Workers

/// What `leads.csv` comes to: counts over all leads, and the rows of the few that are named.
struct LeadFacts: Sendable {
  /// By stage of the journey, leads of which it is the furthest.
  fileprivate(set) var stages: [Int]
  /// By stage, interactions in it.
  fileprivate(set) var tallies: [Int]
  /// By letter of the first grade, and behind them those that are not graded: by band of the first score.
  fileprivate(set) var map: [[Int]]
  /// By key of those that are named, what stands in its row, by column; what is empty is left out.
  fileprivate(set) var rows: [[UInt8]: [String: String]] = [:]
  /// By account, those with the highest first score.
  fileprivate(set) var strongest: [[UInt8]: [(key: [UInt8], score: Int64)]] = [:]

  static let strongestMax = 2

  private init(_ definition: Definition, _ choices: ReportChoices) {
    stages = [Int](repeating: 0, count: definition.journey.count)
    tallies = stages
    map =
      definition.grades.first.map { grade in
        [[Int]](
          repeating: [Int](repeating: 0, count: choices.bands.count), count: grade.letters.count + 1
        )
      } ?? []
  }

  /// Reads the file in parts, side by side.
  init(
    _ snapshot: PublishedSnapshot, _ manifest: Manifest, _ definition: Definition,
    _ choices: ReportChoices, named: Set<[UInt8]>, accounts: [[UInt8]],
    without forgotten: Set<[UInt8]>, jobs: Int
  ) throws {
    self.init(definition, choices)
    let bounds = try snapshot.leadBounds(partCount: jobs * 4)
    let wanted = named.sorted { $0.lexicographicallyPrecedes($1) }
    let parts = Slots<LeadFacts>(bounds.count + 1)
    let empty = self
    try parallel(bounds.count + 2, jobs: jobs) { part in
      if part == bounds.count + 1 { return try snapshot.check("leads.csv", manifest) }
      var facts = empty
      let pass = try LeadPass(
        "\(snapshot.path)/leads.csv", definition, choices, wanted, accounts, forgotten)
      try pass.run(
        from: part == 0 ? nil : bounds[part - 1], upTo: part < bounds.count ? bounds[part] : nil,
        into: &facts)
      parts[part] = facts
    }
    for part in parts.elements { add(part) }
  }

  private mutating func add(_ part: LeadFacts) {
    for index in stages.indices {
      stages[index] += part.stages[index]
      tallies[index] += part.tallies[index]
    }
    for row in map.indices {
      for column in map[row].indices { map[row][column] += part.map[row][column] }
    }
    rows.merge(part.rows) { first, _ in first }
    for (account, leads) in part.strongest {
      for lead in leads { strengthen(account, lead.key, lead.score) }
    }
  }

  /// Of equals the first stays: leads come in the order of their keys.
  fileprivate mutating func strengthen(_ account: [UInt8], _ key: [UInt8], _ score: Int64) {
    var leads = strongest[account] ?? []
    let place = leads.firstIndex { $0.score < score } ?? leads.count
    if place == LeadFacts.strongestMax { return }
    leads.insert((key, score), at: place)
    if leads.count > LeadFacts.strongestMax { leads.removeLast() }
    strongest[account] = leads
  }
}

/// One way through some rows of `leads.csv`.
private struct LeadPass {
  private let rows: CSVReader
  private let wanted: [[UInt8]]
  private let accounts: [[UInt8]]
  private let forgotten: Set<[UInt8]>
  private let (account, stage, score, letter): (Int, Int, Int, Int)
  private let tallies: [Int]
  private let stageNames: [[UInt8]]
  private let letters: [[UInt8]]
  private let bands: [ClosedRange<Int64>]

  init(
    _ path: String, _ definition: Definition, _ choices: ReportChoices, _ wanted: [[UInt8]],
    _ accounts: [[UInt8]], _ forgotten: Set<[UInt8]>
  ) throws {
    let rows = try CSVReader(path)
    func column(_ name: String?) -> Int {
      name.flatMap { rows.header.firstIndex(of: $0) } ?? -1
    }
    self.rows = rows
    self.wanted = wanted
    self.accounts = accounts.map { csvField($0) }
    self.forgotten = forgotten
    account = column("account")
    stage = column("stage")
    score = column(definition.scores.first.map { "score.\($0.name)" })
    letter = column(definition.grades.first.map { "grade.\($0.name)" })
    tallies = definition.journey.map { column("tally.\($0)") }
    stageNames = definition.journey.map { csvField(Array($0.utf8)) }
    letters = (definition.grades.first?.letters ?? []).map { csvField(Array($0.utf8)) }
    bands = choices.bands.map(\.values)
  }

  func run(from first: [UInt8]?, upTo end: [UInt8]?, into facts: inout LeadFacts) throws {
    if let first { try rows.skip(to: first) }
    var next =
      first.map { first in
        wanted.firstIndex { !$0.lexicographicallyPrecedes(first) } ?? wanted.count
      } ?? 0
    while rows.row != nil {
      if let end, !rows.comes(before: end) { return }
      count(into: &facts)
      while next < wanted.count, !rows.comes(before: wanted[next]) {
        if rows.key.elementsEqual(wanted[next]) { facts.rows[wanted[next]] = fields() }
        next += 1
      }
      try rows.next()
    }
  }

  private func count(into facts: inout LeadFacts) {
    let name = rows[stage]
    if !name.isEmpty, let place = stageNames.firstIndex(where: name.elementsEqual) {
      facts.stages[place] += 1
    }
    for index in tallies.indices {
      facts.tallies[index] += wholeNumber(rows[tallies[index]]).map(Int.init) ?? 0
    }
    guard let value = wholeNumber(rows[score]) else { return }
    if !facts.map.isEmpty, let band = bands.firstIndex(where: { $0.contains(value) }) {
      let field = rows[letter]
      let row = field.isEmpty ? letters.count : letters.firstIndex(where: field.elementsEqual)
      if let row { facts.map[row][band] += 1 }
    }
    let field = rows[account]
    if field.isEmpty { return }
    for account in accounts where account.count == field.count && field.elementsEqual(account) {
      let key = Array(rows.key)
      if !forgotten.contains(key) { facts.strengthen(csvText(account), key, value) }
    }
  }

  private func fields() -> [String: String] {
    var fields: [String: String] = [:]
    for (index, column) in rows.header.enumerated() where !rows[index].isEmpty {
      fields[column] = text(rows[index])
    }
    return fields
  }
}
