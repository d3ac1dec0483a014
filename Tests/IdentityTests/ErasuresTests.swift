import Chance
import Definition
import Notation
import Reading
import Testing

@testable import Identity

@Suite("What forgets erase") struct ErasuresTests {
  /// A log whose merges and forgets have been numbered.
  private struct Ground {
    let sheets: [Sheet]
    let affected: AffectedKeys
    let places: PlacesByKey

    init(_ segments: [[String]]) throws {
      let definition = try Definition.load(
        text: "name: d\njourney: [a]\ninteractions: { v: { type: view, stage: a } }\n",
        file: "d.yaml")
      let decoder = SegmentDecoder(plan: ReadingPlan(definition))
      sheets = segments.map { lines in
        let text = Array((lines.joined(separator: "\n") + "\n").utf8)
        (text + [UInt8](repeating: 0, count: 64)).withUnsafeBytes {
          decoder.decode(UnsafeRawBufferPointer(rebasing: $0[..<text.count]), firstLine: 1)
        }
        return decoder.seal()
      }
      affected = AffectedKeys(sheets)
      places = try affected.places(in: sheets, jobs: 1)
    }

    var forgets: [(key: Int, time: Milliseconds)] { affected.forgets.map { ($0.key, $0.time) } }

    func erasures(places: (Int) -> [KeyPlace]) -> Erasures {
      Identity.erasures(
        forgets: forgets, merges: affected.merges,
        joining: affected.sieve(.all).joining(affected.merges).merges, keyCount: affected.count,
        places: places,
        sheets: sheets)
    }

    func rows(of key: Int) -> [SheetRow] {
      places.of(key: key).flatMap { sheets[Int($0.sheet)].rows(of: Int($0.key)) }
    }
  }

  private func line(
    _ id: String, _ time: Int, _ type: String, _ lead: String, from: String? = nil
  ) -> String {
    #"{"id":"\#(id)","time":"2026-01-01T00:\#(10 + time / 60):\#(10 + time % 60)Z","#
      + #""type":"\#(type)","lead":"\#(lead)""#
      + (from.map { #","from":"\#($0)""# } ?? "") + "}"
  }

  /// Few keys, times and ids, so that cycles, ties, merges of a key with itself and copies abound.
  private func randomLog(_ dice: inout SeededDice) -> [[String]] {
    let keys = Array(["a", "b", "c", "d", "e", "f", "g", "h"].prefix(1 + dice.below(8)))
    var segments: [[String]] = Array(repeating: [], count: 1 + dice.below(3))
    let timeCount = dice.pick([3, 12, 40])
    for _ in 0..<5 + dice.below(30) {
      let id = "\(dice.below(8))"
      let time = dice.below(timeCount)
      let lead = dice.pick(keys)
      let line =
        switch dice.below(6) {
        case 0: line(id, time, "forget", lead)
        case 1: line(id, time, "merge", lead, from: dice.pick(keys))
        default: line(id, time, "view", lead)
        }
      segments[dice.below(segments.count)].append(line)
    }
    return segments
  }

  @Test("the same events are erased as one forget after the other would erase")
  func agrees() throws {
    var dice = SeededDice(seed: 1)
    var wrong: [String] = []
    var (copies, kept, several) = (0, 0, 0)
    for log in 0..<400 {
      let ground = try Ground(randomLog(&dice))
      let found = ground.erasures(places: ground.places.of(key:))
      let wanted = slowErasures(
        forgets: ground.forgets, merges: ground.affected.merges,
        places: ground.places.of(key:), sheets: ground.sheets)
      for key in 0..<ground.affected.count {
        let name = "log \(log), \(String(decoding: ground.affected.name(key), as: UTF8.self))"
        if found[key]?.until != wanted[key]?.until { wrong.append(name) }
        for row in ground.rows(of: key) {
          let isErased = wanted[key]?.covers(time: row.time, id: row.id) ?? false
          if found[key]?.covers(time: row.time, id: row.id) ?? false != isErased {
            wrong.append("\(name), at \(row.time)")
          }
          guard let until = wanted[key]?.until, row.time > until else { continue }
          if isErased { copies += 1 } else { kept += 1 }
        }
      }
      if Set(wanted.values.map(\.until)).count > 1 { several += 1 }
    }
    #expect(wrong.isEmpty)
    // The dice fell so that there was something to disagree about.
    #expect(copies > 200 && kept > 200 && several > 80)
  }

  @Test(
    "the rows of a key are looked up once, however many forgets reach it",
    arguments: ["chain", "star", "pairs"])
  func oneLook(shape: String) throws {
    let lines = (0..<50).flatMap { number in
      let (lead, from) =
        switch shape {
        case "chain": (number + 1, number)
        case "star": (0, number + 1)
        default: (number * 2, number * 2 + 1)
        }
      return [
        line("m\(number)", number * 2, "merge", "k\(lead)", from: "k\(from)"),
        line("f\(number)", number * 2 + 1, "forget", "k\(from)"),
        line("e\(number)", 0, "view", "k\(from)"), line("e\(number)", 200, "view", "k\(from)"),
      ]
    }
    let ground = try Ground([lines])
    var looks: [Int: Int] = [:]
    let erasures = ground.erasures { key in
      looks[key, default: 0] += 1
      return ground.places.of(key: key)
    }
    #expect(looks.count == ground.affected.count && looks.values.allSatisfy { $0 == 1 })
    for key in 0..<ground.affected.count {
      #expect(
        ground.rows(of: key).allSatisfy {
          erasures[key]?.covers(time: $0.time, id: $0.id) ?? false
        })
    }
  }
}
