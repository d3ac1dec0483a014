import Foundation
import Testing

@testable import Snapshots

@Suite("rows of a CSV file") struct CSVReaderTests {
  private func rows(_ text: String, window: Int) throws -> [[String]] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let rows = try CSVReader(file.path, windowByteCount: window)
    var found = [rows.header]
    while rows.row != nil {
      let key = String(decoding: rows.key, as: UTF8.self)
      found.append(
        [key] + (0...rows.header.count).map { String(decoding: rows[$0], as: UTF8.self) })
      try rows.next()
    }
    return found
  }

  @Test(
    "come out alike through a window of any size, with quotes, commas and line breaks in keys",
    arguments: [1, 2, 3, 7, 8, 9, 31, 64, 4096])
  func windows(window: Int) throws {
    let text = #"""
      key,a,b
      plain,1,22
      ,,
      "co,mma",3,"in, "" it"
      "line
      break",12345678,123456789
      "",x,y
      aVeryLongKeyThatIsLongerThanMostWindowsAre,,z

      """#
    let long = "aVeryLongKeyThatIsLongerThanMostWindowsAre"
    #expect(
      try rows(text, window: window) == [
        ["key", "a", "b"], ["plain", "plain", "1", "22", ""], ["", "", "", "", ""],
        ["co,mma", #""co,mma""#, "3", #""in, "" it""#, ""],
        ["line\nbreak", "\"line\nbreak\"", "12345678", "123456789", ""],
        ["", "\"\"", "x", "y", ""], [long, long, "", "z", ""],
      ])
  }

  @Test("a file that is cut, empty or not there is an error", arguments: ["", "key", "key\na,b"])
  func cut(text: String) throws {
    #expect(throws: (any Error).self) { try rows(text, window: 64) }
    #expect(throws: (any Error).self) { try CSVReader("/nowhere/x.csv") }
  }

  @Test("a hundred columns are as good as three")
  func wide() throws {
    let header = (0..<100).map { "c\($0)" }
    let row = (0..<100).map(String.init)
    let text = header.joined(separator: ",") + "\n" + row.joined(separator: ",") + "\n"
    #expect(try rows(text, window: 16) == [header, ["0"] + row + [""]])
  }

  @Test("fields may be asked for in any order, and again")
  func anyOrder() throws {
    let texts = (0..<30).map { String(repeating: "x", count: $0 * 5 % 11) + "\($0)" }
    let fields = texts + ["", "", ""]
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let text = fields.joined(separator: ",") + "\n"
    try Data((text + text).utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let rows = try CSVReader(file.path)
    for step in 1...fields.count {
      for turn in 0...fields.count {
        let field = turn * step % (fields.count + 2)
        let expected = field < fields.count ? fields[field] : ""
        #expect(String(decoding: rows[field], as: UTF8.self) == expected)
      }
    }
  }

  @Test(
    "rows before a key are passed over, whatever the window and whatever is in quotes",
    arguments: [1, 9, 64, 300, 4096], [0, 7, 40])
  func skip(window: Int, quotedEvery: Int) throws {
    let keys = (0..<400).map { number in
      let isQuoted = quotedEvery > 0 && number % quotedEvery == 0
      return String(format: "k%03d", number) + (isQuoted ? "\nk9,\"" : "")
    }
    let lines = keys.map { key in
      key.contains("\n") ? "\"\(key.replacing("\"", with: "\"\""))\",\"x\n\"" : "\(key),x"
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(("key,a\n" + lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    for first in [0, 1, 39, 40, 41, 200, 398, 399] {
      for bound in [keys[first], "k" + String(format: "%03d", first)] {
        let rows = try CSVReader(file.path, windowByteCount: window)
        try rows.skip(to: Array(bound.utf8))
        var found: [String] = []
        while rows.row != nil {
          found.append(String(decoding: rows.key, as: UTF8.self))
          try rows.next()
        }
        #expect(found == Array(keys[first...]))
      }
    }
    let rows = try CSVReader(file.path, windowByteCount: window)
    try rows.skip(to: Array("l".utf8))
    #expect(rows.row == nil)
  }
}
