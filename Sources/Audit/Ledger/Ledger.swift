import Definition
import Engine
import EventLog
import Identity
import Judging
import Notation
import Reading
import Snapshots
import Tables
import Workers

/// The file of a snapshot that has every contribution and adjustment.
let ledgerFileName = "ledger.csv.gz"

extension Results {
  /// Writes the ledger: a row for each contribution and adjustment of each lead, leads in the order of
  /// their keys; per lead and score the values add up to raw exactly.
  ///
  /// `readings`: those that the results were made of; their lines have the events' ids.
  package func writeLedger(
    to draft: SnapshotDraft, _ readings: [SegmentReading], form: IntakeForm = IntakeForm(),
    jobs: Int
  ) throws {
    let ids = try EventIDs(of: readings, form: form, ReadingPlan(judge.definition), jobs: jobs)
    let file = try draft.begin(ledgerFileName)
    let header = try gzip(Array((LedgerText.columns.joined(separator: ",") + "\n").utf8))
    try header.withUnsafeBytes { try file.write($0) }
    try forEachRange(paths: readings.sheetPaths, ids, jobs: jobs) {
      try gzip($0.bytes)
    } take: { bytes in
      try bytes.withUnsafeBytes { try file.write($0) }
    }
    try BlockGzipWriter.endMarker.withUnsafeBytes { try file.write($0) }
    draft.add([file], paths: [ledgerFileName])
  }

  /// Traces every lead; returns the leads whose contributions and adjustments do not add up to raw, which
  /// there should be none of.
  func unbalancedLeads(paths: [String], jobs: Int) throws -> [String] {
    var unbalanced: [String] = []
    try forEachRange(paths: paths, nil, jobs: jobs) {
      $0.unbalanced
    } take: {
      unbalanced += $0
    }
    return unbalanced
  }

  /// Traces ranges of leads side by side, a wave at a time, and takes what is made of each in order.
  private func forEachRange<Piece: Sendable>(
    paths: [String], _ ids: EventIDs?, jobs: Int,
    _ make: @Sendable @escaping (LedgerText) throws -> Piece,
    take: (Piece) throws -> Void
  ) throws {
    let lookup = LeadLookup(log)
    let order = try RowOrder(leads.parts, jobs: jobs)
    let parts = leads.parts
    let (log, judge) = (log, judge)
    let waveCount = jobs * 4
    var first = 0
    while first < order.rangeCount {
      let start = first
      let rangeCount = min(waveCount, order.rangeCount - start)
      let pieces = Slots<Piece>(rangeCount)
      try parallel(rangeCount, jobs: jobs) { index in
        try Interruption.check()
        let text = LedgerText(log, judge, paths: paths, ids)
        for place in order.sortedPlaces(ofRange: start + index) {
          let part = parts[Int(place.part)]
          try text.add(
            Array(part.keys[Int(place.row)]), lookup,
            raws: judge.definition.scores.indices.map {
              part.cell(Int(place.row), judge.layout.raws + $0)
            })
        }
        pieces[index] = try make(text)
      }
      for piece in pieces.elements { try take(piece) }
      first += rangeCount
    }
  }
}

/// Compresses text into whole gzip members, without an end marker.
private func gzip(_ text: [UInt8]) throws -> [UInt8] {
  var bytes: [UInt8] = []
  let writer = BlockGzipWriter { bytes += $0 }
  try writer.write(text)
  try writer.finish()
  return Array(bytes.dropLast(BlockGzipWriter.endMarker.count))
}

/// The ledger's rows of some leads.
///
/// One worker fills it.
final class LedgerText {
  static let columns = [
    "lead", "score", "kind", "rule", "time", "segment", "line", "id", "points", "held",
    "value",
  ]

  private(set) var bytes: [UInt8] = []
  private(set) var unbalanced: [String] = []
  private let paths: [String]
  /// Nil where nobody reads the rows.
  private let ids: EventIDs?
  private let replayer: LeadReplayer
  /// By rule, its score and its name.
  private let rules: [(score: Int, name: String)]
  private let scoreNames: [String]
  private let names: AdjustmentNames

  init(_ log: GatheredLog, _ judge: Judge, paths: [String], _ ids: EventIDs?) {
    self.paths = paths
    self.ids = ids
    replayer = LeadReplayer(log, judge)
    let definition = judge.definition
    rules = definition.pointRules.map {
      ($0.score, definition.interactions[$0.rule.interaction].name)
    }
    scoreNames = definition.scores.map(\.name)
    names = AdjustmentNames(definition)
  }

  /// Adds a lead's rows.
  ///
  /// `raws`: what the fold found; another trace must come to the same.
  func add(_ lead: [UInt8], _ lookup: LeadLookup, raws: [Micropoints]) throws {
    _ = replayer.gather(lookup.members(ofLeadNamed: lead), named: lead)
    replayer.traceLead()
    let (history, trace) = (replayer.history, replayer.trace)
    var sums = [Int128](repeating: 0, count: raws.count)
    let key = csvField(lead)
    for contribution in trace.contributions {
      let (score, name) = rules[Int(contribution.rule)]
      let event = history.events[Int(contribution.event)]
      sums[score] += Int128(contribution.points)
      let passage = contribution.passage
      row(
        key, scoreNames[score], "contribution", name, timeText(milliseconds: event.time),
        paths[Int(event.segment)], "\(event.line)", ids?.id(at: EventPlace(event)) ?? "",
        passage == .noValue ? "" : pointsText(contribution.offered), passage.heldBy ?? "",
        pointsText(contribution.points))
    }
    for adjustment in trace.adjustments {
      sums[adjustment.score] += adjustment.points
      row(
        key, scoreNames[adjustment.score], adjustment.part.rawValue,
        names.name(adjustment.kind, ofScore: adjustment.score) ?? "",
        "", "", "", "", "", "",
        pointsText(adjustment.points))
    }
    if sums != raws.map({ Int128($0) }) {
      unbalanced.append(String(decoding: lead, as: UTF8.self))
    }
  }

  private func row(_ key: [UInt8], _ fields: String...) {
    bytes += key
    for field in fields {
      bytes.append(UInt8(ascii: ","))
      bytes += csvField(Array(field.utf8))
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
