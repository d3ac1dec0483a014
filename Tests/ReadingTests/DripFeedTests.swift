import EventLog
import TestFiles
import Testing

@testable import Reading

/// However the bytes of a segment come in, the sheet is the same to the byte.
@Suite("Drip feed")
struct DripFeedTests {
  /// Events of every kind, refused lines, blank ones, both line ends, and none at the end.
  private let text = [
    event(id: #""1""#, type: #""page_view""#, #","path":"/pricing","duration":"12.5""#),
    "",
    event(id: #""2""#, time: #""2026-01-01T02:00:00+01:00""#, type: #""download""#, #","asset":7"#)
      + "\r",
    event(
      id: #""3""#, type: #""profile""#, lead: #""b""#,
      #","fields":{"size":12,"title":"V\u00e9p"},"account":"acme""#),
    "{broken",
    event(id: #""4""#, type: #""merge""#, #","from":"b""#),
    " \t \r",
    event(
      id: #""5""#, type: #""form_fill""#, #","form":"nps","fields":{"satisfaction":9,"size":null}"#),
    event(id: #""6""#, type: #""account_profile""#, #","account":"acme","fields":{"size":3}"#),
    event(id: #""7""#, type: #""forget""#, lead: #""gone""#),
    event(id: #""8""#, type: #""outcome""#, #","outcome":"won""#),
    event(id: "9"),
    event(id: #""10""#, time: #""2025-12-31T23:00:00Z""#, type: #""page_view""#),
  ].joined(separator: "\n")

  private var bytes: [UInt8] { Array(text.utf8) }

  /// Reads a segment as a run does.
  private func read(_ segment: Segment, batchByteCount: Int = 1 << 20) throws -> Sheet {
    let decoder = SegmentDecoder(plan: try plan())
    try readLines(of: segment, batchByteCount: batchByteCount) { batch in
      if batch.isOverlong {
        decoder.refuseOverlong(batch.bytes, byteCount: batch.byteCount, line: batch.firstLine)
      } else {
        decoder.decode(batch.bytes, firstLine: batch.firstLine)
      }
    }
    return decoder.seal()
  }

  /// Compares two sheets byte for byte and names the section in which they differ first.
  private func expectSame(_ found: Sheet, _ wanted: Sheet, _ how: String) {
    if found.region.elementsEqual(wanted.region) { return }
    let place = zip(found.region, wanted.region).enumerated()
      .first { $0.element.0 != $0.element.1 }?.offset
    let section = Sheet.Section.allCases.last { section in
      let start = wanted.region.load(
        fromByteOffset: SheetFormat.headerEntry(section), as: UInt64.self)
      return place.map { $0 >= Int(start) } ?? false
    }
    Issue.record(
      """
      \(how): \(found.region.count) bytes instead of \(wanted.region.count), different from byte \
      \(place.map(String.init) ?? "-") in \(section.map { "\($0)" } ?? "the header")
      """)
  }

  @Test("in one piece the sheet has every line")
  func whole() throws {
    let sheet = sheet(of: bytes, try plan())
    #expect(sheet.lineCount == 11)
    #expect(sheet.rowCount == 8 && sheet.forgets.count == 1)
    #expect(sheet.refusals.map(\.line) == [5, 12])
  }

  @Test("lines handed on one by one, or cut into two batches anywhere, give the same sheet")
  func batches() throws {
    let whole = sheet(of: bytes, try plan())
    let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map { Array($0) }
    for cut in 0...lines.count {
      let decoder = SegmentDecoder(plan: try plan())
      let parts = [lines[..<cut], lines[cut...]]
      for part in parts where !part.isEmpty {
        let isLast = part.endIndex == lines.count
        let bytes = Array(part.joined(separator: [0x0a])) + (isLast ? [] : [0x0a])
        withPadding(bytes) { decoder.decode($0, firstLine: part.startIndex + 1) }
      }
      expectSame(decoder.seal(), whole, "cut before line \(cut + 1)")
    }
    let decoder = SegmentDecoder(plan: try plan())
    for (index, line) in lines.enumerated() {
      let isLast = index == lines.count - 1
      withPadding(line + (isLast ? [] : [0x0a])) { decoder.decode($0, firstLine: index + 1) }
    }
    expectSame(decoder.seal(), whole, "line by line")
  }

  @Test("batches of 1 to 300 bytes, of plain and of compressed segments, give the same sheet")
  func batchSizes() throws {
    let whole = sheet(of: bytes, try plan())
    let folder = try TemporaryFolder()
    let plain = try folder.write(bytes, to: "a.ndjson")
    let packed = try folder.write(try blockGzip(bytes), to: "a.ndjson.gz")
    for size in 1...300 {
      expectSame(try read(plain, batchByteCount: size), whole, "plain, \(size)")
      expectSame(try read(packed, batchByteCount: size), whole, "compressed, \(size)")
    }
  }

  @Test("gzip members cut at every byte of the text give the same sheet")
  func members() throws {
    let whole = sheet(of: bytes, try plan())
    let folder = try TemporaryFolder()
    for cut in 0...bytes.count {
      let members = try blockGzip(bytes[..<cut]) + blockGzip(bytes[cut...])
      let segment = try folder.write(members, to: "a.ndjson.gz")
      expectSame(try read(segment), whole, "cut before byte \(cut)")
    }
    let pieces = stride(from: 0, to: bytes.count, by: 7).map {
      bytes[$0..<min($0 + 7, bytes.count)]
    }
    let many = try folder.write(try pieces.flatMap { try blockGzip($0) }, to: "a.ndjson.gz")
    expectSame(try read(many, batchByteCount: 13), whole, "a member for seven bytes")
  }

  @Test("a line over 1 MiB is refused alike from a file and in one piece, but for what is kept")
  func overlong() throws {
    let long = event(id: #""long""#, #","x":"\#(String(repeating: "y", count: 1 << 20))""#)
    let text = [event(id: #""a""#), long, event(id: #""b""#)].joined(separator: "\n")
    let folder = try TemporaryFolder()
    let segment = try folder.write(Array(text.utf8), to: "a.ndjson")
    let whole = sheet(of: text, try plan())
    for size in [1000, 4096, 65_537, 1 << 20] {
      expectSame(try read(segment, batchByteCount: size), whole, "batches of \(size)")
    }
  }
}
