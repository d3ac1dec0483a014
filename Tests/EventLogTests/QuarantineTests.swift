import Files
import Foundation
import TestFiles
import Testing

@testable import EventLog

@Suite("Lines in quarantine") struct QuarantineTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func setAside(_ line: [UInt8], time: Int64) throws -> [UInt8]? {
    let journal = QuarantineJournal(in: "\(folder.path)/q", name: "append", time: time)
    try line.withUnsafeBytes {
      try journal.add(line: $0, byteCount: nil, source: "a", number: 1, reason: "json")
    }
    try journal.sync()
    return try journal.path.flatMap { try wholeFile($0) }
  }

  @Test(
    "a line takes at most about twice its size, and the next append knows it",
    arguments: [0, 1, 0x1B, 0x22, 0x5C, 0x61, 0x7F, 0xFF] as [UInt8])
  func size(byte: UInt8) throws {
    let line = [UInt8](repeating: byte, count: LineBatch.lineByteCountMax)
    let kept = try #require(try setAside(line, time: 1))
    #expect(kept.count < line.count * 2 + 200)
    if byte < 0x20 { #expect(kept.count < line.count * 3 / 2) }
    #expect(try setAside(line, time: 2) == nil)
    // One more byte is another line.
    #expect(try setAside(line.dropLast() + [byte ^ 2], time: 3) != nil)
  }

  @Test("a few controls leave a line readable; many make it base64, and it comes out as it was")
  func form() throws {
    let few = Array("a\u{1}\tb".utf8) + [UInt8](repeating: UInt8(ascii: "c"), count: 20)
    #expect(
      String(decoding: try #require(try setAside(few, time: 1)), as: UTF8.self).contains(
        #""text":"a\u0001\tb"#))
    let many = [UInt8](repeating: 0, count: 30)
    let text = String(decoding: try #require(try setAside(many, time: 2)), as: UTF8.self)
    let base64 = text.components(separatedBy: #""base64":""#).last?.prefix { $0 != "\"" } ?? ""
    #expect(Data(base64Encoded: String(base64)).map(Array.init) == many)
  }
}
