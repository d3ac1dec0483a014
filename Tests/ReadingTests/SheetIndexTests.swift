import Testing

@testable import Reading

/// Finding a key's lines in a sheet of which nobody reads more than that takes.
@Suite("Sheet index")
struct SheetIndexTests {
  private static let text = (1...400).map { number in
    event(
      id: #""\#(number)""#, type: number % 50 == 0 ? #""merge""# : #""page_view""#,
      lead: #""lead \#(number % 37)""#,
      number % 50 == 0 ? #","from":"lead \#(number % 36)""# : #","padding":"\#(number)""#)
  }.joined(separator: "\n")

  private func index(_ sheet: Sheet) throws -> SheetIndex { try SheetIndex(sheet) }

  @Test("every key's lines are found, and no others")
  func lines() throws {
    let sheet = sheet(of: Self.text, try plan())
    let index = try SheetIndex(sheet)
    for key in 0..<sheet.keyCount {
      let bytes = Array(sheet.key(key))
      #expect(try index.find(LogKey(lead: bytes)) == key)
      #expect(try index.lines(of: key) == sheet.rows(of: key).map(\.line))
    }
    #expect(try index.find(LogKey(lead: Array("nobody".utf8))) == nil)
    #expect(try index.merges().map(\.line) == sheet.merges.map(\.line))
  }

  @Test("a mark stands at a line's first byte, and none is farther than its spacing and a line")
  func marks() throws {
    let sheet = sheet(of: Self.text, try plan())
    let index = try SheetIndex(sheet)
    let bytes = Array(Self.text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0a { starts.append(offset + 1) }
    for line in 1...400 {
      let mark = try index.marks(around: UInt32(line)).before
      #expect(mark.line <= line)
      #expect(Int(mark.offset) == starts[Int(mark.line) - 1])
      #expect(starts[line - 1] - Int(mark.offset) <= LineMark.spacing + 200)
    }
    #expect(Set(try (1...400).map { try index.marks(around: $0).before.line }).count > 1)
  }

  @Test("whatever byte of a sheet is wrong, it leads nowhere outside of it")
  func damaged() throws {
    let sheet = sheet(of: Self.text, try plan())
    let whole = Array(sheet.region)
    var unsoundCount = 0
    for place in stride(from: 0, to: whole.count, by: 13) {
      var bytes = whole
      bytes[place] ^= place % 2 == 0 ? 0xff : 0x10
      bytes.withUnsafeBytes { region in
        do {
          let index = try SheetIndex(region: region, lineBase: 0, owner: 0) { _ in true }
          for key in 0..<40 {
            let number = try index.find(LogKey(lead: Array("lead \(key)".utf8)))
            if let number { _ = try index.lines(of: number) }
          }
          _ = try index.merges()
          _ = try index.forgets()
          _ = try index.marks(around: 200)
        } catch {
          unsoundCount += 1
        }
      }
    }
    #expect(unsoundCount > 0)
  }
}
