import Files
import Foundation
import TestFiles
import Testing

@testable import EventLog

@Suite("Input made to do harm") struct HostileInputTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func segment(_ bytes: [UInt8], _ name: String = "h.ndjson.gz") throws -> Segment {
    try folder.write(bytes, to: name)
  }

  @Test("a gzip bomb is refused by its ratio, which can be raised")
  func bomb() throws {
    // 80 MiB of one line over and over, hundreds to 1.
    var file: [UInt8] = []
    let writer = BlockGzipWriter(level: 9) { file += Array($0) }
    let line = [UInt8](repeating: UInt8(ascii: "a"), count: 8191) + [0x0A]
    let lines = Array([[UInt8]](repeating: line, count: 128).joined())
    for _ in 0..<80 { try writer.write(lines) }
    try writer.finish()
    let bomb = try segment(file)
    var batchCount = 0
    let error = #expect(throws: FileError.self) {
      try readLines(of: bomb) { _ in batchCount += 1 }
    }
    #expect(error?.kind == .beyondLimit && error?.exitCode == 65)
    #expect(error?.message == "inflates to more than 200 times its size; a log does not")
    #expect(batchCount > 60 && batchCount < 80)
    let all = try readLines(of: bomb, limit: InflationLimit(ratioMax: 2000)) { _ in }
    #expect(all.lineCount == 80 * 128)
  }

  @Test("a flood of empty members is no lines, in bounded memory and without deep calls")
  func emptyMembers() throws {
    let member = gzipMember([])
    let file = [[UInt8]](repeating: member, count: 50_000).joined()
    let flood = try segment(Array(file) + gzipMember(Array("a\n".utf8)))
    #expect(try Seen(flood).text == "a\n")
    let map = try mapMembers(of: flood)
    #expect(map.isWhole && map.stretches.count == 1 && map.lineCount == 1)
  }

  @Test("bytes that look like members everywhere do not hold up the search for a sound one")
  func falseMembers() throws {
    let header = BlockGzipWriter.endMarker.prefix(18)
    let fakes = Array([[UInt8]](repeating: Array(header), count: 20_000).joined())
    let sound = try blockGzip(Array("a\n".utf8))
    let file = try segment(sound.dropLast(28) + fakes + sound)
    let map = try mapMembers(of: file)
    #expect(map.stretches.map(\.condition) == [.whole, .lost, .whole])
    #expect(map.lineCount == 2)
  }

  @Test("damage in every other member is told apart up to a limit, and the rest is one loss")
  func muchDamage() throws {
    let good = Array(try blockGzip(Array("a\n".utf8)).dropLast(28))
    var bad = good
    bad[20] ^= 0xFF
    let file = try segment(Array([[UInt8]](repeating: good + bad, count: 6000).joined()))
    let map = try mapMembers(of: file)
    #expect(map.stretches.count <= 10_002)
    #expect(map.stretches.last?.bytes.upperBound == file.byteCount)
  }

  @Test(
    "a map covers a file from its first byte to its last, whatever is in it", arguments: 0..<200)
  func mapsCover(seed: Int) throws {
    var state = UInt64(seed)
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var bytes: [UInt8] = []
    for _ in 0..<next(6) {
      switch next(5) {
      case 0: bytes += gzipMember(Array("a\nb\n".utf8))
      case 1: bytes += try blockGzip(Array("c\n".utf8))
      case 2: bytes += [UInt8](repeating: 0, count: next(40))
      case 3: bytes += (0..<next(40)).map { _ in UInt8(next(256)) }
      default: bytes += try blockGzip(Array("dddddddd\n".utf8)).prefix(next(60))
      }
    }
    for _ in 0..<next(3) where !bytes.isEmpty { bytes[next(bytes.count)] ^= 1 << UInt8(next(8)) }
    let file = try segment(bytes)
    let map = try mapMembers(of: file)
    var end = 0
    for stretch in map.stretches {
      #expect(stretch.bytes.lowerBound == end && stretch.bytes.upperBound > end, "seed \(seed)")
      end = stretch.bytes.upperBound
    }
    #expect(end == bytes.count, "seed \(seed)")
    // The map and the reader are of one mind about what is whole.
    let error = try Seen(file).error
    #expect(map.isWhole == (error == nil), "seed \(seed): \(String(describing: error))")
    var salvaged: [UInt8] = []
    _ = try readSalvagedLines(of: file, map: map) { salvaged += Array($0.bytes) }
    if map.isWhole { #expect(try Seen(file).bytes == salvaged, "seed \(seed)") }
  }

  @Test("folders, pipes, devices and links are no segments")
  func specialFiles() throws {
    try folder.write(Array("{}\n".utf8), to: "a.ndjson")
    mkfifo("\(folder.path)/pipe.ndjson", 0o644)
    symlink("/dev/zero", "\(folder.path)/zero.ndjson")
    symlink("a.ndjson", "\(folder.path)/link.ndjson")
    mkdir("\(folder.path)/folder.ndjson", 0o755)
    symlink("..", "\(folder.path)/folder.ndjson/up")
    #expect(try listSegments(in: folder.path).map(\.path) == ["a.ndjson"])
  }

  @Test("the chain in a pipe's or a device's place is damage, at once")
  func chainPipe() throws {
    mkfifo("\(folder.path)/chain.ndjson", 0o644)
    let error = #expect(throws: FileError.self) { try ChainAudit(log: folder.path) }
    #expect(error?.message == "not a regular file")
  }
}
