import TestFiles
import Testing

@Suite("A damaged segment")
struct DamageTests {
  let folder: TemporaryFolder
  let text = Array((1...24).map { "{\"id\":\"\($0)\",\"n\":\($0 * $0)}\n" }.joined().utf8)
  let file: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    file = try blockGzip(Array(text[..<300])) + blockGzip(Array(text[300...]), level: 9)
  }

  @Test("cut at every byte, it gives a prefix of its lines, and says so")
  func cuts() throws {
    var wholeCount = 0
    for length in 0..<file.count {
      let seen = try Seen(
        folder.write(Array(file[..<length]), to: "c.ndjson.gz"), batchByteCount: 64)
      let isPrefix = text.starts(with: seen.bytes)
      #expect(isPrefix, "length \(length)")
      guard let error = seen.error else {
        wholeCount += 1
        continue
      }
      #expect(error.kind == .damaged)
      #expect(error.message.hasPrefix("byte \(length): the file ends with"))
    }
    // The empty file, and the end of the first of the two that were put together.
    #expect(wholeCount == 2)
  }

  @Test("with any bit flipped, it gives the same lines or an error, never other lines in silence")
  func flips() throws {
    var sameCount = 0
    for bit in 0..<file.count * 8 {
      var flipped = file
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      let seen = try Seen(folder.write(flipped, to: "f.ndjson.gz"))
      let isSame = seen.bytes == text
      if seen.error == nil {
        #expect(isSame, "bit \(bit)")
        sameCount += 1
      } else if seen.error?.message.contains("the file ends within") == false {
        // A flip that hides a member's size and its end looks like a cut.
        let isPrefix = text.starts(with: seen.bytes)
        #expect(isPrefix, "bit \(bit)")
      }
    }
    // Bits that mean nothing: times, systems, extra fields. Everything else must be noticed.
    #expect(sameCount < file.count * 3)
  }

  @Test(
    "each kind of damage is named with its place",
    arguments: [
      ("text, not gzip", [], 0, "byte 0: not gzip"),
      ("zeros, not gzip", [], -1, "byte 0: not gzip"),
      ("garbage behind", [7], 1, "byte 25: what follows a gzip member is neither"),
      ("zeros and garbage behind", [0, 0, 7], 1, "byte 27: what follows a gzip member is neither"),
      ("half a magic behind", [0x1F], 1, "byte 26: the file ends within the gzip member"),
    ] as [(String, [UInt8], Int, String)])
  func kinds(name: String, tail: [UInt8], members: Int, message: String) throws {
    var bytes = members == 0 ? text : [0, 0, 0]
    if members > 0 { bytes = gzipMember(Array("a\n".utf8)) + tail }
    let error = try Seen(folder.write(bytes, to: "sub/k.ndjson.gz")).error
    #expect(error?.message.hasPrefix(message) == true, "\(name): \(error?.message ?? "")")
    #expect(error?.description.hasPrefix("sub/k.ndjson.gz: byte ") == true)
    #expect(error?.exitCode == 65)
    #expect(error?.hint?.contains("backup") == true)
  }

  @Test("a wrong checksum and a wrong length are named")
  func trailers() throws {
    let member = gzipMember(Array("abc\n".utf8))
    for back in [8, 4] {
      var bytes = member
      bytes[bytes.count - back] ^= 1
      let seen = try Seen(folder.write(member + bytes, to: "t.ndjson.gz"))
      #expect(seen.text == "abc\n")
      #expect(
        seen.error?.message.contains(
          "wrong checksum or length of the gzip member that begins at byte 27") == true)
    }
  }

  @Test("a header that skips to an empty member behind is found out by the size it states")
  func skippedMember() throws {
    var skipping = try blockGzip(Array("{\"id\":1}\n".utf8))
    // The extra field now reaches just before the end marker's empty deflate block.
    skipping[10] = UInt8(skipping.count - 10 - 12)
    let seen = try Seen(folder.write(skipping, to: "s.ndjson.gz"))
    #expect(seen.bytes.isEmpty)
    #expect(seen.error?.message.hasSuffix("has not the size it states") == true)
  }

  @Test("a flipped bit in a lone member at the very end of a file is damage like any other")
  func loneMember() throws {
    // Deflated as in BGZF, under a header that states no size; ISA-L, given no byte behind it, counts the
    // bytes it has left to below nothing when it finds such damage.
    let block = try blockGzip(text).dropLast(28)
    let member = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF] + block.dropFirst(18)
    #expect(try Seen(folder.write(member, to: "l.ndjson.gz")).error == nil)
    for bit in 80..<member.count * 8 {
      var flipped = member
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      let seen = try Seen(folder.write(flipped, to: "l.ndjson.gz"))
      // Behind the last block's end a few bits may mean nothing.
      #expect(seen.error?.kind == .damaged || seen.bytes == text, "bit \(bit)")
    }
  }
}
