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
      Array(sheet.region) + withUnsafeBytes(of: SheetEnding(of: sheet.region)) { Array($0) }
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
}
