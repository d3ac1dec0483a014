import Definition
import Files
import Notation
import Snapshots

/// Writes the files of a plan: bodies of requests, numbered in the order in which they are sent.
struct PlanFiles {
  private let folder: String
  private let format: BodyFormat
  private(set) var files: [CRMPlan.File] = []

  init(in folder: String, _ profile: CRMMap.Profile) {
    self.folder = folder
    format = BodyFormat(profile: profile)
  }

  /// Writes an object's files: what is sent, then what is cleared.
  ///
  /// `plan`: where its rows are.
  mutating func write(_ layout: FieldLayout, from plan: String) throws {
    for isClearing in [false, true] {
      let name = rowFileName(of: layout.object.table, isClearing: isClearing)
      let rows = try CSVReader("\(plan)/\(name)")
      var body = RequestBody(layout, format)
      while let row = rows.row {
        if rowReason(rows[2]) != .dropped, !body.add(row, isCleared: isClearing) {
          try end(&body, layout, isClearing)
          _ = body.add(row, isCleared: isClearing)
        }
        try rows.next()
      }
      if !body.isEmpty { try end(&body, layout, isClearing) }
    }
  }

  private mutating func end(
    _ body: inout RequestBody, _ layout: FieldLayout, _ isClearing: Bool
  ) throws {
    let rows = body.rowCount
    let bytes = body.end()
    let sha256 = SHA256Hasher.hex(of: bytes)
    let number = files.count + 1
    let digits = String(number)
    let table = String(layout.object.table.map { $0 == "/" ? "." : $0 })
    let name =
      String(repeating: "0", count: max(0, 6 - digits.count)) + digits + "-" + table
      + (isClearing ? "-cleared" : "") + "-" + sha256.prefix(8) + "." + format.fileEnding
    try AtomicFile.write(bytes, to: "\(folder)/\(name)")
    let creates = layout.object.creates && !isClearing
    files.append(
      CRMPlan.File(
        number: number, path: name, table: layout.object.table, object: layout.object.object,
        match: layout.object.key.field, operation: creates ? "upsert" : "update",
        isClearing: isClearing, rows: rows, bytes: bytes.count, sha256: sha256))
  }

  /// Removes what an earlier export left in a folder, the plan first; all else stays.
  ///
  /// - Throws: `FileError` where a plan stands there that is not ours.
  static func removeEarlier(in folder: String) throws {
    let plan = "\(folder)/plan.json"
    if try exists(plan) {
      _ = try CRMPlan(readingFrom: plan)
      try removeTree(plan)
    }
    for name in try fileNames(in: folder) where isOwn(name) { try removeTree("\(folder)/\(name)") }
  }

  private static func isOwn(_ name: String) -> Bool {
    let plain = name.hasSuffix(".rejected") ? name.dropLast(".rejected".count) : name[...]
    let parts = plain.split(separator: "-")
    guard let first = parts.first, let last = parts.last, parts.count >= 3 else { return false }
    return first.count >= 6 && isNumber(first)
      && (last.hasSuffix(".csv") || last.hasSuffix(".json")) && last.prefix { $0 != "." }.count == 8
  }
}

extension CRMPlan {
  /// Writes the plan as people and programs read it: with why each row is in it, a row a line.
  func write(to path: String, rowsFrom folder: String) throws {
    let text = try RowFile(path, header: try line(isOpen: true))
    try text.add(Array("\"rows\":[\n".utf8))
    var isFirst = true
    for file in Dictionary(
      grouping: files, by: { RowsKey(table: $0.table, isClearing: $0.isClearing) }
    )
    .values.sorted(by: { $0[0].number < $1[0].number }) {
      let rows = try CSVReader(
        "\(folder)/\(rowFileName(of: file[0].table, isClearing: file[0].isClearing))")
      var (index, passed) = (0, 0)
      while rows.row != nil {
        if rowReason(rows[2]) == .dropped {
          try rows.next()
          continue
        }
        var line = Array((isFirst ? "" : ",\n").utf8)
        isFirst = false
        line += Array("{\"file\":\(file[index].number),\"key\":".utf8) + jsonString(Array(rows.key))
        line += Array(",\"owner\":".utf8) + jsonString(csvText(rows[1]))
        line += Array(",\"why\":".utf8) + jsonString(csvText(rows[2])) + Array("}".utf8)
        try text.add(line)
        passed += 1
        if passed == file[index].rows { (index, passed) = (index + 1, 0) }
        try rows.next()
      }
    }
    try text.add(Array("\n]}\n".utf8))
    try text.commit()
  }

  private struct RowsKey: Hashable {
    var table: String
    var isClearing: Bool
  }
}
