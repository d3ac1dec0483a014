import Definition
import Judging
import Snapshots

extension Results {
  /// Writes all files of a snapshot but the manifest.
  func write(to draft: SnapshotDraft, summary: Summary, jobs: Int) throws {
    let columns = Columns(judge, accountNames: accountNames)
    try writeLeads(to: draft, columns, jobs: jobs)
    try draft.write("accounts.csv") { write in
      var csv = CSVWriter()
      csv.header(["account"] + columns.accounts.map(\.name))
      for row in 0..<accounts.count {
        accounts.withRow(row) { csv.row(accounts.keys[row], columns.accounts, $0) }
      }
      try csv.bytes.withUnsafeBytes(write)
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
      [["lead"] + columns.leads.map(\.name), ["lead", "interaction", "count"]]
      + listings.map { _ in ["lead"] + columns.listed.map(\.name) }
    for (file, header) in zip(files, headers) {
      var csv = CSVWriter()
      csv.header(header)
      try csv.bytes.withUnsafeBytes(file.write)
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
        for (file, csv) in zip(files, text) { try csv.bytes.withUnsafeBytes(file.write) }
      }
      first += wave
    }
    try draft.add(files, paths: paths)
  }

  private func format(
    _ places: [LeadPlace], _ columns: Columns, _ tallies: TallyColumns, _ listings: [LeadListing]
  ) -> [CSVWriter] {
    var texts = [CSVWriter](repeating: CSVWriter(), count: 2 + listings.count)
    for place in places {
      let part = leads.parts[Int(place.part)]
      let key = part.keys[Int(place.row)]
      part.withRow(Int(place.row)) { cells in
        texts[0].row(key, columns.leads, cells)
        tallies.write(key, cells, to: &texts[1])
        for (index, listing) in listings.enumerated() where cells[listing.cell] == listing.value {
          texts[2 + index].row(key, columns.listed, cells)
        }
      }
    }
    return texts
  }
}

/// The interactions in the byte order of their names, as `tallies.csv` has them.
private struct TallyColumns: Sendable {
  private let interactions: [(name: String, cell: Int)]

  init(_ judge: Judge) {
    interactions = judge.definition.interactions.enumerated()
      .map { ($1.name, judge.layout.lifetime.counts + $0) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  func write(_ key: ArraySlice<UInt8>, _ cells: UnsafePointer<Int64>, to csv: inout CSVWriter) {
    for (name, cell) in interactions where cells[cell] > 0 {
      csv.field(key)
      csv.comma()
      csv.field(name.utf8)
      csv.comma()
      csv.integer(cells[cell])
      csv.endLine()
    }
  }
}
