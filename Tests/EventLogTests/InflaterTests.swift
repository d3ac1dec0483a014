import TestFiles
import Testing

@testable import EventLog

#if ISAL
  @Suite("zlib and ISA-L") struct InflaterTests {
    private let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
    }

    /// What a source hands on, and how it ends.
    private func drain<Inflater: MemberInflater & ~Copyable>(
      _: Inflater.Type, _ bytes: [UInt8], outputByteCount: Int
    ) throws -> (bytes: [UInt8], damage: String?) where Inflater: ~Copyable {
      var source = try GzipSource<Inflater>(folder.write(bytes, to: "x.ndjson.gz"))
      let output = UnsafeMutableRawBufferPointer.allocate(
        byteCount: outputByteCount, alignment: 1)
      defer { output.deallocate() }
      var inflated: [UInt8] = []
      while true {
        let filling = try source.fill(output)
        inflated += output.prefix(filling.count)
        if let damage = filling.damage { return (inflated, damage.message) }
        if filling.isEnd { return (inflated, nil) }
      }
    }

    /// Some members: empty, short, with all that a header may have, long and hard to compress.
    private func members() throws -> [UInt8] {
      var text: [UInt8] = []
      var state: UInt64 = 7
      for line in 0..<4000 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += Array("{\"id\":\"\(line)\",\"x\":\"\(String(state, radix: 36))\"}\n".utf8)
      }
      return gzipMember([]) + gzipMember(Array("a\n".utf8)) + gzipMember(text)
        + (try blockGzip(text)) + gzipMember(Array(text.prefix(1000)))
    }

    @Test(
      "give the same bytes, whatever the room they are given", arguments: [1, 7, 4096, 1 << 20])
    func same(outputByteCount: Int) throws {
      let bytes = try members()
      let expected = try drain(ZlibInflater.self, bytes, outputByteCount: outputByteCount)
      let found = try drain(ISALInflater.self, bytes, outputByteCount: outputByteCount)
      #expect(expected.damage == nil)
      #expect(expected.bytes.count > 200_000)
      #expect(found.bytes == expected.bytes)
      #expect(found.damage == nil)
    }

    @Test("agree on what is damaged: every cut, and a flipped bit in every byte, of a small file")
    func sameDamage() throws {
      let small = gzipMember(Array("one line\n".utf8)) + (try blockGzip(Array("two\nthree\n".utf8)))
      var damaged = small.indices.map { Array(small[..<$0]) }
      for index in small.indices {
        var flipped = small
        flipped[index] ^= 1 << UInt8(index % 8)
        damaged.append(flipped)
      }
      for bytes in damaged {
        let expected = try drain(ZlibInflater.self, bytes, outputByteCount: 4096)
        let found = try drain(ISALInflater.self, bytes, outputByteCount: 4096)
        #expect((found.damage == nil) == (expected.damage == nil), "\(bytes)")
        if expected.damage == nil { #expect(found.bytes == expected.bytes, "\(bytes)") }
      }
    }
  }
#endif
