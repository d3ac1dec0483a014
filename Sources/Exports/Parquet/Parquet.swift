import Files

extension Export {
  /// Writes a folder with a Parquet file for each table.
  ///
  /// - Throws: `FileError` where the target cannot be written, or the snapshot is not as its manifest says.
  package func writeParquet(to target: String, jobs: Int) throws -> ExportDescription {
    let folder = try ExportFolder(at: target)
    var counts: [Int] = []
    for table in tables {
      let rows = try rows(of: table)
      let file = try ParquetFile(
        folder.path(table.name + ".parquet"), table, origin, jobs: jobs)
      while rows.isRow {
        try file.append(rows)
        try rows.next()
      }
      try check(table)
      try file.finish(metadata)
      counts.append(rows.number)
    }
    let description = ExportDescription(self, as: .parquet, rows: counts, carries: true)
    try folder.finish(description, files: tables.map { $0.name + ".parquet" })
    return description
  }

  private var metadata: [(key: String, value: String)] {
    ([("snapshot", origin.snapshot)] + origin.columns.map { ($0.column.name, $0.text) })
      .map { ("scorebook.\($0.0)", $0.1) }
  }
}
