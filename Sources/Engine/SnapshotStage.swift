import Definition
import Judging
import Snapshots

extension Results {
  /// Writes all files of a snapshot but the manifest.
  func write(to draft: SnapshotDraft, summary: Summary, jobs: Int) throws {
    let columns = Columns(judge, accountNames: accountNames)
    try writeLeads(to: draft, columns, jobs: jobs)
    try draft.write("accounts.csv") { write in
      let csv = CSVWriter()
      csv.header(["account"] + columns.accounts.names)
      let cells = UnsafeMutablePointer<Int64>.allocate(capacity: accounts.width)
      defer { cells.deallocate() }
      for row in 0..<accounts.count {
        accounts.unpack(row, accounts.width, into: cells)
        csv.row(accounts.keys[row], columns.accounts, cells)
      }
      try write(csv.bytes)
    }
    try draft.write("summary.json", stableJSON(summary))
  }

  /// Writes `leads.csv`, `tallies.csv` and the lists: ranges of leads are formatted side by side, and
  /// written meanwhile.
  private func writeLeads(to draft: SnapshotDraft, _ columns: Columns, jobs: Int) throws {
    let listings = LeadListing.all(judge)
    let paths = ["leads.csv", "tallies.csv"] + listings.map { "lists/\($0.name).csv" }
    let files = try paths.map(draft.begin)
    let headers =
      [["lead"] + columns.leads.names, ["lead", "interaction", "count"]]
      + listings.map { _ in ["lead"] + columns.listed.names }
    for (file, header) in zip(files, headers) {
      let csv = CSVWriter()
      csv.header(header)
      try file.write(csv.bytes)
    }

    let order = try LeadOrder(leads.parts, jobs: jobs)
    let sheets = (0..<jobs * 3).map { _ in
      LeadText(self, columns, TallyColumns(judge).names, listings)
    }
    let queue = WritingQueue(
      rangeCount: order.rangeCount, fileCount: files.count, sheetCount: sheets.count)
    try queue.run(jobs: jobs) { range, sheet in
      sheets[sheet].format(order.sortedPlaces(ofRange: range))
    } write: { file, sheet, isLast in
      try files[file].write(sheets[sheet].texts[file].bytes)
      if isLast || files[file].isSyncDue() { beginSync(files[file]) }
    }
    draft.add(files, paths: paths)
  }
}

/// The text of one range of leads, a piece for each file; used again from range to range.
///
/// Only one worker at a time formats it.
private final class LeadText: @unchecked Sendable {
  let texts: [CSVWriter]
  private let parts: UnsafeMutableBufferPointer<LeadPart>
  private let results: Results
  private let columns: Columns
  private let tallies: CountedNames
  /// Of each listing, the cell that tells, what it holds for a member, and the members' text, which is kept
  /// with the others.
  private let members: [(cell: Int, value: Int64, text: Unmanaged<CSVWriter>)]
  private let cells: UnsafeMutablePointer<Int64>
  private let cellCount: Int
  /// Keeps what was touched, so that touching is not optimised away.
  private var touched: UInt8 = 0

  /// So many leads fit what a processor has under way at once.
  private static let touchedCount = 16

  init(
    _ results: Results, _ columns: Columns, _ tallies: CountedNames, _ listings: [LeadListing]
  ) {
    self.results = results
    let tables = results.leads.parts
    parts = .allocate(capacity: tables.count)
    _ = parts.initialize(from: tables.map { LeadPart(rows: $0.rows, keys: $0.keys.contents) })
    self.columns = columns
    self.tallies = tallies
    let texts = (0..<2 + listings.count).map { _ in CSVWriter() }
    self.texts = texts
    members = zip(listings, texts.dropFirst(2)).map { ($0.cell, $0.value, .passUnretained($1)) }
    cellCount = results.judge.layout.storedCount
    cells = .allocate(capacity: cellCount)
  }

  deinit {
    cells.deallocate()
    parts.deallocate()
  }

  func format(_ places: UnsafeBufferPointer<LeadPlace>) {
    for text in texts { text.removeAll() }
    // Kept for all leads, not retained for each.
    let (leads, counts, members) = (texts[0], texts[1], members)
    let (leadRow, listedRow, tallies) = (columns.leads, columns.listed, tallies)
    for (index, place) in places.enumerated() {
      if index % LeadText.touchedCount == 0 {
        touch(places[index...].prefix(LeadText.touchedCount))
      }
      let part = parts[Int(place.part)]
      let key = leads.asField(part.keys[Int(place.row)])
      part.rows.unpack(Int(place.row), cellCount, into: cells)
      leads.row(field: key, leadRow, cells)
      counts.counts(field: key, tallies, cells)
      for index in members.indices where cells[members[index].cell] == members[index].value {
        members[index].text._withUnsafeGuaranteedRef { $0.row(field: key, listedRow, cells) }
      }
    }
  }

  /// Looks at leads that come next, so that waits for memory overlap: in the order of their keys, leads
  /// stand all over it.
  private func touch(_ places: Slice<UnsafeBufferPointer<LeadPlace>>) {
    var touched = touched
    for place in places {
      let part = parts[Int(place.part)]
      touched &+= part.rows.firstByte(Int(place.row)) &+ (part.keys[Int(place.row)].first ?? 0)
    }
    self.touched = touched
  }
}

/// One part of the leads, as bare pointers: a lead may not retain anything.
private struct LeadPart: BitwiseCopyable {
  var rows: PackedRows
  var keys: KeyList.Bytes
}

/// The interactions in the byte order of their names, as `tallies.csv` has them.
private struct TallyColumns {
  let names: CountedNames

  init(_ judge: Judge) {
    names = CountedNames(
      judge.definition.interactions.enumerated()
        .map { (name: $1.name, cell: judge.layout.lifetime.counts + $0) }
        .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
  }
}
