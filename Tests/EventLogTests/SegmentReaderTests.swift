import EventLog
import Files
import TestFiles
import Testing

@Suite("Reading a segment")
struct SegmentReaderTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("members may be cut anywhere: a line spans them, and some are empty")
  func everyCut() throws {
    let text = Array("{\"id\":1}\n{\"id\":2}\r\n\n{\"id\":3}".utf8)
    for cut in 0...text.count {
      let file = gzipMember(Array(text[..<cut])) + gzipMember([]) + gzipMember(Array(text[cut...]))
      let segment = try folder.write(file, to: "cut.ndjson.gz")
      for batchByteCount in [1, 2, 7, 1 << 20] {
        let seen = try Seen(segment, batchByteCount: batchByteCount)
        #expect(seen.error == nil)
        #expect(seen.bytes == text)
        #expect(seen.isPaddingZero)
        #expect(seen.summary?.lineCount == 4)
        #expect(seen.summary?.inflatedByteCount == text.count)
        #expect(seen.summary?.byteCount == file.count)
        #expect(seen.summary?.sha256 == SHA256Hasher.hex(of: file))
      }
    }
  }

  @Test("batches number their first line, and hold whole lines")
  func numbers() throws {
    let lines = (1...500).map { "line \($0)\n" }
    let segment = try folder.write(Array(lines.joined().utf8), to: "a.ndjson")
    try readLines(of: segment, batchByteCount: 100) { batch in
      let text = String(decoding: batch.bytes, as: UTF8.self)
      #expect(text.hasPrefix("line \(batch.firstLine)\n"))
      #expect(text.hasSuffix("\n"))
    }
    #expect(try Seen(segment, batchByteCount: 100).text == lines.joined())
  }

  @Test("header fields of all kinds are passed over", arguments: 0..<16)
  func headers(bits: UInt8) throws {
    let member = gzipMember(Array("a\n".utf8), header: GzipHeader(rawValue: bits << 1))
    let segment = try folder.write(member + member, to: "h.ndjson.gz")
    #expect(try Seen(segment).text == "a\na\n")
  }

  @Test("zeros after a member are padding, also before another one")
  func padding() throws {
    let member = gzipMember(Array("a\n".utf8))
    for count in [1, 511, 600_000] {
      let zeros = [UInt8](repeating: 0, count: count)
      #expect(try Seen(folder.write(member + zeros, to: "z.ndjson.gz")).text == "a\n")
      let between = try Seen(folder.write(member + zeros + member, to: "z.ndjson.gz"))
      #expect(between.text == "a\na\n")
    }
  }

  @Test("a file without a byte has no lines")
  func empty() throws {
    for name in ["e.ndjson.gz", "e.ndjson"] {
      let seen = try Seen(folder.write([], to: name))
      #expect(seen.summary?.lineCount == 0)
      #expect(seen.summary?.sha256.hasPrefix("e3b0c442") == true)
    }
  }

  @Test("a line of 1 MiB is a line; one byte more makes it overlong", arguments: [1000, 1 << 20])
  func overlongEdge(batchByteCount: Int) throws {
    let limit = LineBatch.lineByteCountMax
    for (length, isOverlong) in [(limit, false), (limit + 1, true), (3 * limit + 5, true)] {
      let long = [UInt8](repeating: UInt8(ascii: "x"), count: length)
      for end in ["\n", "\nlast", ""] {
        let text = Array("first\n".utf8) + long + Array(end.utf8)
        let seen = try Seen(folder.write(text, to: "o.ndjson"), batchByteCount: batchByteCount)
        #expect(seen.overlong == (isOverlong ? [2: length] : [:]))
        #expect(seen.summary?.lineCount == (end == "\nlast" ? 3 : 2))
        #expect(seen.isPaddingZero)
        let kept =
          isOverlong ? Array(long.prefix(4096)) + end.utf8.drop { $0 == 10 } : long + end.utf8
        #expect(seen.bytes == Array("first\n".utf8) + kept)
      }
    }
  }

  @Test("an overlong line of blanks is counted but not handed on")
  func overlongBlank() throws {
    let blank = [UInt8](repeating: 0x20, count: 2_500_000) + Array("\t\r\n".utf8)
    let seen = try Seen(folder.write(blank + Array("a\n".utf8), to: "b.ndjson"))
    #expect(seen.text == "a\n")
    #expect(seen.numbers == [2])
    #expect(seen.summary?.lineCount == 2)
  }

  @Test(
    "a single byte that is no blank makes an overlong line one to hand on",
    arguments: [0, 1_700_000, 2_499_999])
  func overlongNearlyBlank(place: Int) throws {
    var line = [UInt8](repeating: 0x20, count: 2_500_000)
    line[place] = UInt8(ascii: "x")
    let seen = try Seen(folder.write(line + [10], to: "n.ndjson"))
    #expect(seen.overlong == [1: 2_500_000])
  }

  @Test("many overlong lines in a row keep their numbers")
  func overlongRow() throws {
    let long = [UInt8](repeating: UInt8(ascii: "y"), count: LineBatch.lineByteCountMax + 1) + [10]
    let text = long + long + Array("\nz\n".utf8) + long
    let seen = try Seen(folder.write(gzipMember(text), to: "r.ndjson.gz"))
    #expect(seen.overlong.keys.sorted() == [1, 2, 5])
    #expect(seen.summary?.lineCount == 5)
  }

  @Test("a missing file is missing input, not damage")
  func missing() throws {
    let seen = try Seen(Segment(path: "no.ndjson", file: "\(folder.path)/no.ndjson", byteCount: 0))
    #expect(seen.error?.kind == .noInput)
    #expect(seen.error?.exitCode == 66)
  }

  @Test("what the body throws ends the reading")
  func bodyThrows() throws {
    struct Stop: Error {}
    let segment = try folder.write(Array("a\n".utf8), to: "t.ndjson")
    #expect(throws: Stop.self) { try readLines(of: segment) { _ in throw Stop() } }
  }
}
