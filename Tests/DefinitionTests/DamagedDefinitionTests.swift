import Testing

@testable import Definition

@Suite("damaged definitions") struct DamagedDefinitionTests {
  @Test("a damaged file loads or says where it is wrong, and never stops the program")
  func damaged() {
    let scalars = Array(sampleDefinition.unicodeScalars)
    let spice: [Unicode.Scalar] = [
      "\n", " ", ":", "-", "{", "}", "[", "]", "\"", "'", "*", "&", "!", "|", ">", "?", "#", "%",
      "@", ",", "0", "9", ".", "e", "\t", "\u{1}", "é", "😀", "\u{FEFF}", "\u{85}",
    ]
    var state: UInt64 = 7
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for round in 0..<500 {
      var damaged = scalars
      for _ in 0...random(3) {
        let start = random(damaged.count)
        switch random(4) {
        case 0: damaged.remove(at: start)
        case 1: damaged.insert(spice[random(spice.count)], at: start)
        case 2: damaged[start] = spice[random(spice.count)]
        default:
          let piece = damaged[start..<min(damaged.count, start + random(80))]
          damaged.insert(contentsOf: piece, at: random(damaged.count))
        }
      }
      var text = ""
      text.unicodeScalars.append(contentsOf: damaged)
      do throws(DefinitionFaults) {
        _ = try Definition.load(text: text, file: "f")
      } catch {
        #expect(!error.faults.isEmpty, "round \(round)")
        #expect(error.faults.allSatisfy { $0.line >= 1 && $0.column >= 1 }, "round \(round)")
        #expect(!error.description.isEmpty)
      }
    }
  }
}
