import Chance
import Testing

@testable import Reading

@Suite("Damage to sheets") struct SheetDamageTests {
  /// The lines of a small log of every kind of event; its order is the seed's.
  private func lines(seed: UInt64) -> String {
    var dice = SeededDice(seed: seed)
    let rests = [
      #","path":"/pricing/x","duration":12"#, #","account":"acme","asset":"paper""#,
      #","fields":{"size":5,"title":"vp"}"#, "",
    ]
    let types = ["page_view", "download", "profile", "other", "forget"]
    let events = (0..<6).map { number in
      event(
        id: #""\#(number)""#, type: #""\#(types.randomElement(using: &dice) ?? "")""#,
        lead: #""\#(["ada", "bob", "cy"].randomElement(using: &dice) ?? "")""#,
        rests.randomElement(using: &dice) ?? "")
    }
    let merge = event(
      id: #""m""#, type: #""merge""#, lead: #""ada""#, #","from":"cy""#)
    return (events + [merge, "refused"]).joined(separator: "\n") + "\n"
  }

  @Test("no flipped bit of an ordinary sheet goes unseen", arguments: 1...12 as ClosedRange<UInt64>)
  func everyBit(seed: UInt64) throws {
    let sheet = sheet(of: lines(seed: seed), try plan())
    let bytes = withExtendedLifetime(sheet) {
      Array(sheet.region) + SheetEnding(of: sheet.region).words.withUnsafeBytes { Array($0) }
    }
    let file = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
    defer { file.deallocate() }
    file.copyBytes(from: bytes)
    func isUsed() -> Bool { Sheet.open(UnsafeRawBufferPointer(file)) { _ in } != nil }
    #expect(isUsed())
    var unseen: [Int] = []
    for bit in 0..<file.count * 8 {
      file[bit / 8] ^= 1 << UInt8(bit % 8)
      if isUsed() { unseen.append(bit) }
      file[bit / 8] ^= 1 << UInt8(bit % 8)
    }
    #expect(unseen.isEmpty)
  }

  /// What somebody finds in a sheet who looks at a few keys; nil where it is noticed that it is damaged.
  private func found(in file: UnsafeRawBufferPointer) -> [[UInt32]]? {
    guard let blocks = SheetBlocks(file) else { return nil }
    let looked = Looked()
    return try? lines(
      SheetIndex(region: blocks.region, lineBase: 0, owner: 0) { bytes in
        blocks.blocks(of: bytes).allSatisfy { looked.isWhole($0, blocks) }
      })
  }

  /// What is known of blocks that have been looked at; of one thread alone.
  private final class Looked: @unchecked Sendable {
    private var known: [Int: Bool] = [:]

    func isWhole(_ block: Int, _ blocks: SheetBlocks) -> Bool {
      if let isWhole = known[block] { return isWhole }
      let isWhole = blocks.areWhole(block..<block + 1)
      known[block] = isWhole
      return isWhole
    }
  }

  private func lines(_ index: SheetIndex) throws -> [[UInt32]] {
    let leads = ["lead 3", "lead 1999", "nobody"].map { LogKey(lead: Array($0.utf8)) }
    let lines = try leads.map { try index.find($0).map(index.lines) ?? [] }
    return try lines + [
      index.merges().map(\.line), index.forgets().map(\.line),
      ([1, 777] as [UInt32]).flatMap { line in
        let mark = try index.marks(around: line).before
        return [mark.line, mark.offset]
      },
    ]
  }

  @Test("who reads parts of a sheet is not misled by a flipped bit, and reads few of them")
  func parts() throws {
    let text = (1...4000).map { number in
      event(
        id: #""\#(number)""#, type: number % 500 == 0 ? #""merge""# : #""page_view""#,
        lead: #""lead \#(number % 2000)""#,
        number % 500 == 0 ? #","from":"lead \#(number % 36)""# : "")
    }.joined(separator: "\n")
    let sheet = sheet(of: text, try plan())
    let bytes = withExtendedLifetime(sheet) {
      Array(sheet.region) + SheetEnding(of: sheet.region).words.withUnsafeBytes { Array($0) }
    }
    let file = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
    defer { file.deallocate() }
    file.copyBytes(from: bytes)
    let whole = try #require(found(in: UnsafeRawBufferPointer(file)))
    #expect(whole[0] == [3, 2003])
    #expect(whole[2].isEmpty)
    #expect(whole[3].count == 8)
    var (misled, noticedCount, tried) = ([Int](), 0, 0)
    for bit in stride(from: 0, to: file.count * 8, by: 2741) {
      file[bit / 8] ^= 1 << UInt8(bit % 8)
      let found = found(in: UnsafeRawBufferPointer(file))
      if let found, found != whole { misled.append(bit) }
      if found == nil { noticedCount += 1 }
      tried += 1
      file[bit / 8] ^= 1 << UInt8(bit % 8)
    }
    #expect(misled.isEmpty)
    #expect(noticedCount > 0 && noticedCount < tried)
  }
}
