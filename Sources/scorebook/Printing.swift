import Audit
import Engine
import EventLog
import Files
import Foundation
import Notation
import Snapshots
import Upkeep
import Workers

// All that reaches standard output and standard error goes through here.

/// Prints lines for people; keys, types, paths and values in them come from outside, and could else move the cursor
/// or look like another line.
///
/// - Throws: `FileError` where they cannot be written: what nobody gets to see is not said.
func printLines(_ lines: [String]) throws {
  // Some at a time: of a lead with a million events there are as many.
  for first in stride(from: 0, to: lines.count, by: linesPerWrite) {
    let some = lines[first..<min(first + linesPerWrite, lines.count)]
    try printBytes(Array(some.map { Ink.printed($0) + "\n" }.joined().utf8))
  }
}

private let linesPerWrite = 4096

/// What is printed one behind the other.
enum Printout {
  case lines([String])
  case table(LongTable)

  func printOut() throws {
    switch self {
    case .lines(let lines): try printLines(lines)
    case .table(let table): try table.printOut()
    }
  }
}

/// Prints rows that are formatted side by side, some at a time, each after those before it.
///
/// `format`: makes text of some rows, with nothing in it that a terminal obeys but line feeds.
func printRows(
  _ count: Int, jobs: Int = processorCount, _ format: @Sendable (Range<Int>) -> [UInt8]
) throws {
  let ranges = (0..<count).pieces(of: rowsPerPrint)
  let sheetCount = 2 * jobs
  let texts = Slots<[UInt8]>(sheetCount)
  try WritingQueue(rangeCount: ranges.count, fileCount: 1, sheetCount: sheetCount).run(
    jobs: jobs, format: { texts[$1] = format(ranges[$0]) },
    write: { _, sheet, _ in
      try printBytes(texts[sheet] ?? [])
      texts[sheet] = nil
    })
}

let rowsPerPrint = 4096

/// Prints a report as JSON, its keys in order.
func printJSON(_ report: some Encodable) throws {
  try printBytes(harmlessJSON(try stableJSON(report)))
}

/// Prints an explanation as JSON, its contributions apart from what is around them.
func printJSON(_ explanation: Explanation) throws {
  let mark = "\(UInt64.random(in: 0 ... .max))-\(UInt64.random(in: 0 ... .max))"
  let json = try ExplanationJSON(explanation, mark: mark)
  for (text, contributions) in json.pieces {
    try printBytes(harmlessJSON(text))
    try printRows(contributions.count) { rows in
      var text: [UInt8] = []
      contributions.appendJSON(rows, to: &text)
      return harmlessJSON(text)
    }
  }
  try printBytes(harmlessJSON(json.end))
}

/// Prints a report as JSON on a line of its own, its keys in order.
func printJSONLine(_ report: some Encodable) throws { try printBytes(try jsonLine(report)) }

/// Prints a page; nothing in one is obeyed by a terminal but line feeds.
func printPage(_ page: [UInt8]) throws { try printBytes(page) }

/// Prints rows as CSV.
func printCSV(_ rows: [[String]]) throws {
  let csv = CSVWriter()
  for row in rows { csv.header(row) }
  try printCSV(Array(csv.bytes))
}

/// Prints CSV as it is for programs, and so that a terminal obeys nothing of it.
func printCSV(_ bytes: [UInt8]) throws {
  guard isTerminal(STDOUT_FILENO) else { return try printBytes(bytes) }
  let text = String(decoding: bytes, as: UTF8.self)
  try printBytes(Array(visibleText(text, keepingLineFeeds: true).utf8))
}

/// Prints what a person reads on stderr; nothing in it moves a terminal but its line feeds.
func printError(_ text: String) {
  writeError(Array((visibleText(text, keepingLineFeeds: true) + "\n").utf8))
}

/// Prints a message on stderr as JSON on a line of its own, its keys in order.
func printErrorJSON(_ message: some Encodable) {
  // What a message consists of can be encoded; if not, nobody could be told.
  if let bytes = try? jsonLine(message) { writeError(bytes) }
}

/// Draws over the line of the terminal behind stderr.
func redrawErrorLine(_ text: String) { writeError(Array("\r\(visibleText(text))\u{1b}[K".utf8)) }

func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

private func jsonLine(_ report: some Encodable) throws -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return harmlessJSON(Array(try encoder.encode(report))) + [UInt8(ascii: "\n")]
}

/// Returns the same JSON with all that a terminal would obey escaped; an encoder escapes only what JSON asks for.
private func harmlessJSON(_ json: [UInt8]) -> [UInt8] {
  if json.allSatisfy({ $0 &- 0x20 < 0x5F || $0 == 0x0A }) { return json }
  let text = String(decoding: json, as: UTF8.self)
  var harmless = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if isObeyedByTerminals(scalar), scalar != "\n" {
      let digits = String(scalar.value, radix: 16)
      let zeros = String(repeating: "0", count: 4 - digits.count)
      harmless.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
    } else {
      harmless.append(scalar)
    }
  }
  return Array(String(harmless).utf8)
}

private func printBytes(_ bytes: [UInt8]) throws {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else {
      throw FileError(
        .io, path: "standard output",
        message: "cannot write: \(String(cString: strerror(errno)).lowercased())")
    }
    rest = rest.dropFirst(count)
  }
}

/// Writes to stderr, if that can be: a full disk behind it must not end the program in another way.
private func writeError(_ bytes: [UInt8]) {
  try? FileHandle.standardError.write(contentsOf: Data(bytes))
}
