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
      for row in 0..<accounts.count {
        csv.row(accounts.keys[row], columns.accounts, accounts.row(row))
      }
      try write(csv.bytes)
    }
    try draft.write("summary.json", stableJSON(summary))
  }

  /// Writes `leads.csv`, `tallies.csv` and the lists: ranges of leads are formatted side by side,
  /// a wave at a time, and written in order.
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

    let order = LeadOrder(leads)
    let tallies = TallyColumns(judge)
    var first = 0
    while first < order.rangeCount {
      let wave = min(jobs * 4, order.rangeCount - first)
      let start = first
      let texts = Slots<[CSVWriter]>(wave)
      try parallel(wave, jobs: jobs) { index in
        texts[index] = format(
          order.places(inRange: start + index), columns, tallies, listings)
      }
      for text in texts.elements {
        for (file, csv) in zip(files, text) { try file.write(csv.bytes) }
      }
      first += wave
    }
    try draft.add(files, paths: paths)
  }

  private func format(
    _ places: [LeadPlace], _ columns: Columns, _ tallies: TallyColumns, _ listings: [LeadListing]
  ) -> [CSVWriter] {
    let texts = (0..<2 + listings.count).map { _ in CSVWriter() }
    for place in places {
      let part = leads.parts[Int(place.part)]
      let key = part.keys[Int(place.row)]
      let cells = part.row(Int(place.row))
      texts[0].row(key, columns.leads, cells)
      tallies.write(key, cells, to: texts[1])
      for (index, listing) in listings.enumerated() where cells[listing.cell] == listing.value {
        texts[2 + index].row(key, columns.listed, cells)
      }
    }
    return texts
  }
}

/// The interactions in the byte order of their names, as `tallies.csv` has them.
private struct TallyColumns: Sendable {
  private let names: KeyList
  private let cells: [Int]

  init(_ judge: Judge) {
    let sorted = judge.definition.interactions.enumerated()
      .map { (name: $1.name, cell: judge.layout.lifetime.counts + $0) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    names = KeyList(sorted.map(\.name))
    cells = sorted.map(\.cell)
  }

  func write(_ key: UnsafeBufferPointer<UInt8>, _ row: UnsafePointer<Int64>, to csv: CSVWriter) {
    for (index, cell) in cells.enumerated() where row[cell] > 0 {
      csv.row(key, names[index], row[cell])
    }
  }
}
