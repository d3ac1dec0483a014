import Engine
import EventLog
import Files
import Foundation
import TestBooks
import Testing

@testable import Upkeep

@Suite("verify: what changed, and names that are none") struct VerifyMoreTests {
  /// Publishes once more; returns the path of what changed since.
  private func publishChanges(_ book: SmallBook) throws -> String {
    let definition = """
      name: small
      interactions: { view: { type: page_view } }
      scores: { s: { points: { view: 2 } } }
      """
    _ = try book.scratch.run(definition: definition, asOf: "2026-01-02T00:00:00Z")
    return try #require(try book.files().first { $0.hasSuffix("changes.json") })
  }

  @Test("bits of changes.json count, wherever they are")
  func changes() throws {
    let book = try SmallBook()
    let path = try publishChanges(book)
    let whole = try book.bytes(of: path)
    #expect(try book.verify().isSound)
    // No divisor of eight, so each bit of a byte has its turn.
    for bit in stride(from: 0, to: whole.count * 8, by: 19) {
      var flipped = whole
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      try book.write(flipped, to: path)
      let damage = try verifySnapshots(
        VerifyPlan(book: book.book, jobs: 1), LogFindings(chain: ChainAudit.none)
      ).damage
      #expect(damage.map(\.file) == [path], "bit \(bit)")
    }
  }

  @Test("changes.json of the first version has no checksum, and is compared as far as it goes")
  func firstVersion() throws {
    let book = try SmallBook()
    let path = try publishChanges(book)
    let lines = String(decoding: try book.bytes(of: path), as: UTF8.self)
      .replacingOccurrences(of: #""format" : 3"#, with: #""format" : 1"#)
      .components(separatedBy: "\n")
    // The last of the members whose names begin with an s; the one before it ends with a comma.
    let old = lines.filter { !$0.hasPrefix(#"  "sha256""#) }.joined(separator: "\n")
    #expect(old != lines.joined(separator: "\n"))
    unlink("\(book.book.root)/\(path)")
    try book.write(Array(old.utf8), to: path)
    #expect(try book.verify().damage == [])
    try book.write(Array(old.replacingOccurrences(of: "rows", with: "rowz").utf8), to: path)
    #expect(try !book.verify().isSound)
  }

  /// Makes a file whose name is not UTF-8.
  private func make(_ name: [UInt8], in folder: String) throws {
    let path = Array("\(folder)/".utf8) + name + [0]
    let descriptor = path.withUnsafeBytes { raw in
      raw.withMemoryRebound(to: CChar.self) { path in
        path.baseAddress.map { open($0, O_WRONLY | O_CREAT, 0o644) } ?? -1
      }
    }
    try #require(descriptor >= 0)
    close(descriptor)
  }

  @Test("a name that is not UTF-8 is damage beside all other damage, and stops whoever reads")
  func names() throws {
    let book = try SmallBook()
    try make([0xFF] + Array(".ndjson".utf8), in: book.book.log)
    try make([0xFE], in: book.book.snapshots)
    try make([0xFE] + Array(".sheet".utf8), in: book.book.cache)
    unlink("\(book.book.log)/000002.ndjson.gz")
    let damage = try book.verify().damage
    #expect(damage.map(\.kind) == [.missing, .name])
    #expect(damage.last?.file == "log/\u{FFFD}.ndjson")
    for salvages in [false, true] {
      let error = #expect(throws: FileError.self) { try book.run(salvages: salvages) }
      #expect(error?.exitCode == 65)
    }
  }

  @Test("a folder that cannot be read is told, and not taken for an empty one")
  func unreadable() throws {
    let book = try SmallBook()
    for folder in ["snapshots", "cache"] {
      let path = "\(book.book.root)/\(folder)"
      #expect(rename(path, "\(path)-kept") == 0 && symlink(path, path) == 0)
      let found = try book.verify()
      // A link in the place of the cache is not followed, wherever it leads.
      #expect(found.isSound == (folder == "cache"), "\(folder): \(found.damage)")
      unlink(path)
      #expect(rename("\(path)-kept", path) == 0)
    }
    #expect(try book.verify().isSound)
  }
}
