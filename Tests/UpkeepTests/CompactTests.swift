import Files
import Notation
import TestBooks
import Testing

@testable import Engine
@testable import EventLog
@testable import Upkeep

@Suite("Which segments are merged") struct CompactTests {
  /// A segment of so many bytes that was merged from so many appends.
  private func item(_ number: Int, byteCount: Int = 1000, partCount: Int = 1) -> LogInventory.Item {
    let path = "\(number).ndjson.gz"
    let part = ChainEntry.Part(bytes: 1, lines: 1, events: 1, appended: "t")
    return LogInventory.Item(
      segment: Segment(path: path, file: path, byteCount: byteCount, isInChain: true),
      entry: ChainEntry(
        number: number, path: path, written: WrittenFile(byteCount: byteCount, sha256: ""),
        events: 1, first: nil, last: nil, appended: 1,
        parts: partCount == 1 ? nil : [ChainEntry.Part](repeating: part, count: partCount)))
  }

  @Test("neither a file nor an entry of the chain grows without end")
  func limits() {
    let small = (1...10_000).map { item($0) }
    #expect(smallNeighbours(small).map(\.count) == [4096, 4096, 1808])
    let grown = [item(1, partCount: 2048), item(2), item(3, partCount: 2047), item(4), item(5)]
    #expect(
      smallNeighbours(grown).map { $0.map(\.segment.path) } == [
        ["2.ndjson.gz", "3.ndjson.gz", "4.ndjson.gz", "5.ndjson.gz"]
      ])
    let large = [item(1, byteCount: 32 << 20), item(2), item(3)]
    #expect(smallNeighbours(large).map(\.count) == [2])
  }

  @Test("the entry of the largest merge is a line that any reader takes")
  func entry() throws {
    let part = ChainEntry.Part(
      bytes: 1 << 30, lines: 1 << 30, events: 1 << 30, appended: timeText(milliseconds: 1))
    let entry = ChainEntry(
      number: 999_999_999, path: SegmentName.appended(999_999_999),
      written: WrittenFile(byteCount: 1 << 40, sha256: String(repeating: "0", count: 64)),
      events: 1, first: nil, last: nil, appended: 1,
      replaces: [String](repeating: "000000001-000000002.000000003.ndjson.gz", count: 4096),
      because: .compact, parts: [ChainEntry.Part](repeating: part, count: 4096))
    #expect(entry.line.utf8.count < LineBatch.lineByteCountMax)
  }

  @Test("an index that would be longer than is read goes without what was used least recently")
  func index() throws {
    let scratch = try ScratchBook()
    let path = "\(scratch.book.root)/index.json"
    var index = CacheIndex()
    index.halves = (0..<4).map { String(repeating: "\($0)", count: 16) }
    let look = try #require(FileLook(scratch.book.log))
    for half in index.halves {
      index.files[half] = [
        "/log/1": .init(
          look: look, sha256: String(repeating: "0", count: 64), lineBases: [0], lineCount: 1,
          inflatedByteCount: 1)
      ]
    }
    index.save(path)
    let whole = try #require(try wholeFile(path)).count
    #expect(CacheIndex.read(path)?.halves == index.halves)
    index.save(path, byteCountMax: whole - 1)
    let read = try #require(CacheIndex.read(path))
    #expect(read.halves == index.halves.dropLast() && Set(read.files.keys) == Set(read.halves))
    index.save(path, byteCountMax: 10)
    #expect(CacheIndex.read(path)?.halves == read.halves)
  }
}
