import EventLog
import Files
import Foundation
import TestBooks
import TestFiles
import Testing

@Suite("verify") struct VerifyTests {
  /// Seven ways to damage a gzip file of three members, as docs/explanation/what-is-promised.md lists them.
  enum GzipDamage: String, CaseIterable {
    case cutInMember = "cut inside a member"
    case cutInHeader = "cut inside a member's header"
    case cutBetween = "cut exactly between two members"
    case magic = "a bit flipped in the second member's magic"
    case garbage = "garbage behind the last member"
    case zeros = "zeros behind the last member"
    case checksum = "a wrong checksum in a trailer"

    func apply(to members: [[UInt8]]) -> [UInt8] {
      var members = members
      switch self {
      case .cutInMember: return Array((members[0] + members[1]).dropLast(20))
      case .cutInHeader: return members[0] + members[1].prefix(5)
      case .cutBetween: return members[0] + members[1]
      case .magic: members[1][1] ^= 1
      case .garbage: return members.joined() + Array("garbage".utf8)
      case .zeros: return members.joined() + [UInt8](repeating: 0, count: 64)
      case .checksum: members[1][members[1].count - 8] ^= 1
      }
      return Array(members.joined())
    }
  }

  /// Enters a file of three members, BGZF or plain, in a log's chain as if it had been appended.
  private func chained(_ members: [[UInt8]], damaged: [UInt8]) throws -> SmallBook {
    let book = try SmallBook()
    let whole = Array(members.joined())
    let bare =
      #"{"number":3,"path":"000003.ndjson.gz","bytes":\#(whole.count),"events":3,"first":null,"#
      + #""last":null,"appended":"2026-01-01T00:00:00.000Z","sha256":"\#(SHA256Hasher.hex(of: whole))""#
    let head = SHA256Hasher.hex(of: try ChainAudit(log: book.book.log).head + bare + "}")
    let chain = try book.bytes(of: "log/chain.ndjson")
    try book.write(
      chain + Array("\(bare),\"head\":\"\(head)\"}\n".utf8), to: "log/chain.ndjson")
    try book.write(damaged, to: "log/000003.ndjson.gz")
    return book
  }

  private func lines(_ range: ClosedRange<Int>) -> [[UInt8]] {
    range.map {
      Array(
        #"{"id":"x\#($0)","time":"1970-01-01T00:00:01Z","type":"t","lead":"l"}"#.utf8) + [0x0A]
    }
  }

  @Test(
    "what no gzip reader notices every time, verify and run notice every time",
    arguments: GzipDamage.allCases, [false, true])
  func corruptionTable(damage: GzipDamage, isBlocked: Bool) throws {
    let end = BlockGzipWriter.endMarker
    let members = try lines(1...3).map { line in
      isBlocked ? Array(try blockGzip(line).dropLast(end.count)) : gzipMember(line)
    }
    let tail = isBlocked ? [end] : []
    let sound = try chained(members + tail, damaged: Array((members + tail).joined()))
    #expect(try sound.verify().isSound)
    _ = try sound.read()

    let book = try chained(
      members + tail,
      damaged: damage.apply(to: members) + (isBlocked && damage == .magic ? end : []))
    let report = try book.verify()
    #expect(!report.isSound && report.damage.allSatisfy { $0.file == "log/000003.ndjson.gz" })
    #expect(throws: FileError.self) { try book.read() }
  }

  @Test(
    "a BGZF file that nothing vouches for is damaged without its end marker, at any member's end")
  func endMarker() throws {
    let book = try SmallBook()
    let file = try blockGzip(lines(1...2).flatMap { $0 })
    try book.write(file, to: "log/foreign.ndjson.gz")
    #expect(try book.verify().isSound)
    try book.write(Array(file.dropLast(28)), to: "log/foreign.ndjson.gz")
    let damage = try book.verify().damage
    #expect(damage.count == 1)
    #expect(damage.first?.message.contains("end marker") == true)
    #expect(throws: FileError.self) { try book.read() }
  }

  @Test("all damage is named, not only the first, with bytes and events")
  func allDamage() throws {
    // 4,000 events take several members of 64 KiB.
    let book = try SmallBook(eventCount: 4000)
    var bytes = try book.bytes(of: "log/000002.ndjson.gz")
    let starts = blockStarts(bytes)
    #expect(starts.count > 4)
    bytes[starts[1] + 100] ^= 8
    bytes[starts[3] + 100] ^= 8
    try book.write(bytes, to: "log/000002.ndjson.gz")
    unlink("\(book.book.log)/000001.ndjson.gz")

    let damage = try book.verify().damage
    #expect(damage.map(\.kind) == [.missing, .block, .block])
    #expect(damage.map(\.fromByte) == [nil, starts[1], starts[3]])
    #expect(damage.map(\.toByte) == [nil, starts[2], starts[4]])
    #expect(damage[0].toLine == 4000)
    // What stands before the first and behind the last is known, so the ranges are bounded.
    let (first, second) = (damage[1], damage[2])
    #expect(first.fromLine ?? 0 > 500 && first.toLine ?? 0 < second.toLine ?? 0)
    #expect(second.toLine ?? 4000 < 4000)
    #expect(damage[1].description.hasPrefix("log/000002.ndjson.gz: bytes \(starts[1]) to "))
  }

  /// Where the members of a BGZF file begin, by the sizes they state.
  private func blockStarts(_ bytes: [UInt8]) -> [Int] {
    var starts = [0]
    while let last = starts.last, last + 18 <= bytes.count {
      starts.append(last + Int(bytes[last + 16]) + Int(bytes[last + 17]) * 256 + 1)
    }
    return starts
  }

  @Test("an expected head is met by any line of the chain, and by no other log's")
  func expectedHead() throws {
    let book = try SmallBook()
    let heads = try ChainAudit(log: book.book.log).heads
    #expect(heads.count == 2)
    for head in heads + [String(repeating: "0", count: 64)] {
      #expect(try book.verify(expecting: head).isSound)
    }
    #expect(try book.verify().head == heads[1])
    let other = String(repeating: "1", count: 64)
    #expect(try book.verify(expecting: other).damage.map(\.kind) == [.head])

    // Whoever writes the whole chain anew makes it sound, but not an extension of the old one.
    var chain = try book.bytes(of: "log/chain.ndjson")
    let first = try #require(chain.firstIndex(of: 0x0A))
    chain.removeSubrange((first + 1)...)
    try book.write(chain, to: "log/chain.ndjson")
    unlink("\(book.book.log)/000002.ndjson.gz")
    #expect(try book.verify().isSound)
    #expect(try book.verify(expecting: heads[0]).isSound)
    #expect(try book.verify(expecting: heads[1]).damage.map(\.kind) == [.head])
  }

  @Test(
    "a line of the chain that is changed, taken out or moved is named, and the others still count")
  func chainLines() throws {
    let book = try SmallBook()
    let appender = try LogAppender(log: book.book.log)
    for _ in 0..<2 { _ = try appender.append(lines: [], span: EventSpan(), appended: 5) }
    let whole = try book.bytes(of: "log/chain.ndjson")
    let lines = whole.split(separator: 0x0A).map(Array.init)
    #expect(lines.count == 4)
    var changed = lines
    changed[1] = Array(
      String(decoding: lines[1], as: UTF8.self)
        .replacingOccurrences(of: "\"events\":3", with: "\"events\":4").utf8)
    for (order, fault) in [
      ([lines[0], lines[2], lines[3]], 2), ([lines[1], lines[0], lines[2], lines[3]], 1),
      (changed, 2), ([lines[0], lines[1], Array("{}".utf8), lines[2], lines[3]], 3),
    ] {
      try book.write(Array(order.joined(separator: [0x0A])) + [0x0A], to: "log/chain.ndjson")
      let damage = try book.verify().damage
      #expect(damage.first?.file == "log/chain.ndjson")
      #expect(damage.first?.message.hasPrefix("line \(fault): ") == true, "\(damage)")
      // Without its chain nobody can say that the log is whole, so a run stops.
      #expect(throws: FileError.self) { try book.read() }
      #expect(try !book.read(salvages: true).isEmpty)
    }
  }

  @Test("quick looks at lengths and names alone, full at what sheets should be")
  func depths() throws {
    let book = try SmallBook()
    var segment = try book.bytes(of: "log/000001.ndjson.gz")
    segment[40] ^= 1
    try book.write(segment, to: "log/000001.ndjson.gz")
    #expect(try book.verify(.quick).isSound)
    #expect(try !book.verify().isSound)
    segment[40] ^= 1
    try book.write(segment + [0], to: "log/000001.ndjson.gz")
    #expect(try book.verify(.quick).damage.map(\.kind) == [.length])
    try book.write(segment, to: "log/000001.ndjson.gz")

    // The two sheets change places: each is sound by itself.
    let sheets = try book.files().filter { $0.hasSuffix(".sheet") }
    #expect(sheets.count == 2)
    let bytes = try sheets.map(book.bytes)
    try book.write(bytes[1], to: sheets[0])
    try book.write(bytes[0], to: sheets[1])
    #expect(try book.verify().isSound)
    let full = try book.verify(.full)
    #expect(full.sheets.decodedAgain == 2)
    #expect(full.damage.map(\.file) == sheets)
  }

  @Test("what a crash leaves is no damage")
  func leftovers() throws {
    let book = try SmallBook()
    try book.write(Array("half".utf8), to: "log/.000003.ndjson.gz.1-0.tmp")
    try book.write(Array("half".utf8), to: "snapshots/.latest-1")
    let sheet = try #require(try book.files().first { $0.hasSuffix(".sheet") })
    try book.write(Array("half".utf8), to: "\(sheet).77")
    let chain = try book.bytes(of: "log/chain.ndjson")
    try book.write(chain + Array("{\"number\":3".utf8), to: "log/chain.ndjson")
    let report = try book.verify()
    #expect(report.isSound)
    #expect(report.notes.contains { $0.contains("crash cut off") })
    _ = try book.read()
  }

  @Test("a folder in the place of `latest`, as copies have it, is mended by the next run")
  func copiedLatest() throws {
    let book = try SmallBook()
    let latest = "\(book.book.snapshots)/latest"
    let name = try FileManager.default.destinationOfSymbolicLink(atPath: latest)
    try FileManager.default.removeItem(atPath: latest)
    try FileManager.default.copyItem(
      atPath: "\(book.book.snapshots)/\(name)", toPath: latest)
    #expect(try book.verify().damage.map(\.kind) == [.latest])
    #expect(try book.run().latestStays == nil)
    let mended = try book.verify()
    #expect(mended.isSound && mended.notes.contains { $0.contains("set aside by a run") })
  }

  @Test("segments that took the place of others are sound at each step of the exchange")
  func swaps() throws {
    let book = try SmallBook()
    let names = ["000001.ndjson.gz", "000002.ndjson.gz"]
    let replaced = try names.map { try book.bytes(of: "log/\($0)") }
    let end = BlockGzipWriter.endMarker
    let whole = replaced.flatMap { $0.dropLast(end.count) } + end
    let name = "000001-000002.000003.ndjson.gz"
    let parts = replaced.map {
      #"{"bytes":\#($0.count - end.count),"lines":3,"events":3,"appended":"2026-01-01T00:00:00.000Z"}"#
    }.joined(separator: ",")
    let bare =
      #"{"number":3,"path":"\#(name)","bytes":\#(whole.count),"events":6,"first":null,"last":null,"#
      + #""appended":"2026-01-01T00:00:00.000Z","sha256":"\#(SHA256Hasher.hex(of: whole))","#
      + #""replaces":["\#(names[0])","\#(names[1])"],"because":"compact","parts":[\#(parts)]"#
    let head = SHA256Hasher.hex(of: try ChainAudit(log: book.book.log).head + bare + "}")
    let before = try book.bytes(of: "log/chain.ndjson")
    func events() throws -> Int { try book.verify().log.events }

    try book.write(whole, to: "log/.\(name)")
    #expect(try book.verify().isSound)
    try book.write(
      before + Array("\(bare),\"head\":\"\(head)\"}\n".utf8), to: "log/chain.ndjson")
    // Entered, but not in its place: what it replaces still counts.
    #expect(try book.verify().isSound && events() == 6)
    try #require(rename("\(book.book.log)/.\(name)", "\(book.book.log)/\(name)") == 0)
    #expect(try book.verify().isSound && events() == 6)
    #expect(try book.verify().log.segments == 1)
    for name in names { unlink("\(book.book.log)/\(name)") }
    let report = try book.verify()
    // The snapshot was made from segments that are gone; the chain still knows what they were.
    #expect(report.isSound && report.log.chained == 1)
    unlink("\(book.book.log)/\(name)")
    #expect(try book.verify().damage.map(\.file) == ["log/\(name)"])
  }

  @Test("a manifest, a chain or an index that says what cannot be is damage, never a crash")
  func nonsense() throws {
    let book = try SmallBook()
    let index = "cache/index.json"
    let manifest = try #require(try book.files().first { $0.hasSuffix("manifest.json") })
    let texts = [
      "", "[]", "null", "{", "{\"format\":1e999}", "{\"format\":-1}", "\u{0}", "{\"files\":[{}]}",
      String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
    ]
    for path in [manifest, index, "log/chain.ndjson"] {
      let whole = try book.bytes(of: path)
      for text in texts {
        try book.write(Array((text + "\n").utf8), to: path)
        #expect(try !book.verify().isSound, "\(path): \(text.prefix(20))")
        #expect(book.isNeverSilentlyDifferent())
      }
      for (number, value) in [("-5", "-9223372036854775808"), ("9e99", "99999999999999999999")] {
        for key in [
          "sheetCount", "lineCount", "byteCount", "bytes", "number", "events", "inflatedByteCount",
        ] {
          for nonsense in [number, value] {
            let text = String(decoding: whole, as: UTF8.self).replacingOccurrences(
              of: "\"\(key)\" ?: ?[0-9]+", with: "\"\(key)\":\(nonsense)",
              options: .regularExpression)
            guard Array(text.utf8) != whole else { continue }
            try book.write(Array(text.utf8), to: path)
            #expect(try !book.verify().isSound, "\(path): \(key) \(nonsense)")
            #expect(book.isNeverSilentlyDifferent())
          }
        }
      }
      try book.write(whole, to: path)
    }
    let many = String(decoding: try book.bytes(of: index), as: UTF8.self)
      .replacingOccurrences(of: "\"sheetCount\":1", with: "\"sheetCount\":4000000000000000000")
    try book.write(Array(many.utf8), to: index)
    #expect(book.isNeverSilentlyDifferent())
    #expect(try book.verify().isSound)
  }

  @Test("a path that leads out of the snapshot or the log is not followed")
  func outside() throws {
    let book = try SmallBook()
    let manifest = try #require(try book.files().first { $0.hasSuffix("manifest.json") })
    let text = String(decoding: try book.bytes(of: manifest), as: UTF8.self)
      .replacingOccurrences(of: "\"leads.csv\"", with: "\"../../../etc/passwd\"")
    // Under another name nothing but its own words vouch for it.
    try FileManager.default.createDirectory(
      atPath: "\(book.book.snapshots)/kept", withIntermediateDirectories: true)
    try book.write(Array(text.utf8), to: "snapshots/kept/manifest.json")
    let damage = try book.verify().damage.filter { $0.kind == .manifest }
    #expect(damage.map(\.file) == ["snapshots/kept/manifest.json"])
    #expect(damage.first?.message.contains("no path below") == true)
  }

  @Test("pipes, links and devices in the place of files hold nothing up")
  func specialFiles() throws {
    let book = try SmallBook()
    let root = book.book.root
    for path in try book.files() {
      let whole = try book.bytes(of: path)
      let isSegment = path.hasPrefix("log/0")
      for make in [{ mkfifo($0, 0o644) }, { symlink("/dev/zero", $0) }] as [(String) -> Int32] {
        unlink("\(root)/\(path)")
        try #require(make("\(root)/\(path)") == 0)
        let damage = try book.verify().damage
        #expect(damage.contains { $0.file == path }, "\(path)")
        if path.hasPrefix("log/") {
          #expect(throws: FileError.self) { try book.read() }
        } else {
          #expect(book.isNeverSilentlyDifferent())
        }
        #expect(isSegment == damage.contains { $0.kind == .missing && isSegment })
      }
      unlink("\(root)/\(path)")
      try book.write(whole, to: path)
    }
  }
}
