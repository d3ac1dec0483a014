import CRM
import Definition
import Engine
import Foundation
import TestBooks

/// A book, and a CRM that only applies the files that it is given.
final class PretendedCRM {
  let scratch: ScratchBook
  var book: Book { scratch.book }
  /// By object, the fields of its records by key; a record whose fields are all cleared stays.
  private(set) var records: [String: [String: [String: String]]] = [:]
  private(set) var rowCount = 0

  /// What the CRM does with a file.
  enum Answer: String {
    case takes, fails
    /// It takes the file, and the command fails all the same.
    case cut
    /// It refuses the first record.
    case rejects
  }

  init() throws {
    scratch = try ScratchBook()
    try FileManager.default.createDirectory(
      atPath: "\(book.root)/inbox", withIntermediateDirectories: true)
    let script = """
      cd '\(book.root)' || exit 3
      answer=$(head -n 1 answers); sed -i 1d answers
      case $answer in
        fails) exit 1 ;;
        rejects) sed -n 2p "$1" | cut -d, -f1 > "$1.rejected"
                 sed 2d "$1" > "inbox/$(basename "$1")"; exit 1 ;;
        cut) cp "$1" inbox/; exit 1 ;;
        *) cp "$1" inbox/ ;;
      esac
      """
    try script.write(toFile: "\(book.root)/crm.sh", atomically: true, encoding: .utf8)
  }

  func write(map: String) throws {
    try map.write(toFile: "\(book.root)/map.yaml", atomically: true, encoding: .utf8)
  }

  func export() -> CRMExport {
    CRMExport(book: book, folder: "\(book.root)/out", map: "\(book.root)/map.yaml")
  }

  /// Exports and pushes; the CRM answers so, then takes the rest.
  @discardableResult
  func push(
    _ answers: [Answer] = [], _ change: (inout CRMExport) -> Void = { _ in }
  ) throws -> CRMReport {
    let text = answers.map { "\($0.rawValue)\n" }.joined()
    try text.write(toFile: "\(book.root)/answers", atomically: true, encoding: .utf8)
    var export = export()
    export.push = "sh '\(book.root)/crm.sh' \"$1\""
    export.changedShareMax = 1
    change(&export)
    defer { apply() }
    return try exportCRM(export)
  }

  private func apply() {
    let inbox = "\(book.root)/inbox"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: inbox).sorted()) ?? [] {
      let path = "\(inbox)/\(name)"
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      let lines = text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let object = String(name.split(separator: "-")[1].prefix { $0 != "." })
      for line in lines.dropFirst() {
        rowCount += 1
        records[object, default: [:]][line[0]] = Dictionary(
          uniqueKeysWithValues: zip(lines[0].dropFirst(), line.dropFirst()))
      }
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// The records that have anything in their fields but what goes along.
  func filled(_ object: String, without along: Set<String> = ["date"]) -> [String: [String: String]]
  {
    (records[object] ?? [:]).mapValues { $0.filter { !along.contains($0.key) } }
      .filter { $0.value.values.contains { !$0.isEmpty } }
  }

  /// What the snapshot says should be there.
  ///
  /// `columns`: the CRM's field by our column.
  func wanted(_ table: String, _ columns: [String: String]) throws -> [String: [String: String]] {
    let text = String(decoding: try scratch.csvFiles()["\(table).csv"] ?? [], as: UTF8.self)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var rows: [String: [String: String]] = [:]
    for line in lines.dropFirst() {
      let row = Dictionary(uniqueKeysWithValues: zip(lines[0], line))
      rows[line[0]] = Dictionary(
        uniqueKeysWithValues: columns.map { ($0.value, row[$0.key] ?? "") })
    }
    return rows
  }
}
