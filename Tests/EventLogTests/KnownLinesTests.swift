import EventLog
import Files
import Foundation
import TestFiles
import Testing

@Suite("Lines the log has")
struct KnownLinesTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func segment(_ name: String, _ lines: [String]) throws -> Segment {
    try folder.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: name)
  }

  private func take(_ lines: [String], at time: Int64 = 0, of known: KnownLines) throws -> [Bool] {
    try lines.map { try known.take(LineDigest(Array($0.utf8)), time: time) }
  }

  @Test("each equal line takes one off, and a new source begins anew")
  func counted() throws {
    let known = KnownLines()
    known.add(try segment("1.ndjson", ["a", "b", "a"]), span: nil)
    known.add(try segment("2.ndjson", ["", "a \r"]), span: nil)
    let lines = ["a", "a", "c", "a", "b", "b"]
    known.beginSource()
    #expect(try take(lines, of: known) == [true, true, false, true, true, false])
    known.beginSource()
    #expect(try take(lines, of: known).allSatisfy { $0 })
    known.beginSource()
    #expect(try take(["a", "a", "a", "a", "b", "b", "b"], of: known).filter { $0 }.count == 5)
  }

  @Test("what a source adds counts from the next one on, saved or not")
  func ownLines() throws {
    let known = KnownLines()
    known.beginSource()
    #expect(try take(["a", "a", "b"], of: known) == [false, false, false])
    known.noteSaved(in: try segment("1.ndjson", ["a", "a", "b"]), span: nil)
    #expect(try take(["a", "c"], of: known) == [false, false])
    known.beginSource()
    #expect(try take(["a", "a", "a", "a"], of: known) == [true, true, true, false])
    #expect(try take(["b", "c", "c"], of: known) == [true, true, false])
    known.noteSaved(in: try segment("2.ndjson", ["a", "c", "a", "c"]), span: nil)
    known.beginSource()
    #expect(try take(["a", "a", "a", "a", "a", "c", "c", "c"], of: known).filter { $0 }.count == 6)
  }

  @Test("a segment is read only for times that it spans")
  func spans() throws {
    let known = KnownLines()
    let missing = Segment(path: "x.ndjson", file: "\(folder.path)/x.ndjson", byteCount: 0)
    known.add(missing, span: 10...20)
    known.add(try segment("1.ndjson", ["a"]), span: 21...30)
    known.beginSource()
    #expect(try take(["a"], at: 21, of: known) == [true])
    #expect(try take(["a"], at: 9, of: known) == [false])
    #expect(throws: FileError.self) { try take(["a"], at: 20, of: known) }
  }

  @Test("segments let go for want of room still know what was taken off")
  func letGo() throws {
    let known = KnownLines(lineCountMax: 3)
    for name in ["1", "2", "3"] {
      known.add(try segment("\(name).ndjson", ["a", name]), span: nil)
    }
    known.beginSource()
    let lines = ["1", "a", "3", "a", "2", "a", "a", "1", "4"]
    #expect(
      try take(lines, of: known) == [true, true, true, true, true, true, false, false, false])
  }

  @Test("of a damaged segment, what can be read is known, and nothing is turned away")
  func damaged() throws {
    let known = KnownLines()
    try folder.write(Array("no gzip".utf8), to: "1.ndjson.gz")
    known.add(
      Segment(path: "1.ndjson.gz", file: "\(folder.path)/1.ndjson.gz", byteCount: 7), span: nil)
    known.beginSource()
    #expect(try take(["no gzip"], of: known) == [false])
  }
}
