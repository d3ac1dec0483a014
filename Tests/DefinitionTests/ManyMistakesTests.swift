import Notation
import Testing

@testable import Definition

/// "Each by the message its page promises, in bounded time", however many mistakes there are.
@Suite("definitions with very many mistakes") struct ManyMistakesTests {
  private func faults(in yaml: String) -> DefinitionFaults? {
    do throws(DefinitionFaults) {
      _ = try Definition.load(text: yaml, file: "f")
      return nil
    } catch {
      return error
    }
  }

  @Test("the first hundred are told, and at how many places there are others")
  func manyKeys() throws {
    let keys = (0..<5_000).map { "nmae\($0): 1\n" }.joined()
    let found = try #require(faults(in: "name: x\n" + keys))
    #expect(found.faults.map(\.line) == Array(2...101))
    #expect(found.furtherPlaces == 4_900)
    #expect(
      found.description.hasSuffix("\nf: there are mistakes in 4900 more places; these come first"))
    let hundred = try #require(
      faults(
        in: "name: x\n"
          + keys.split(separator: "\n").prefix(100)
          .joined(separator: "\n")))
    #expect(hundred.faults.count == 100 && hundred.furtherPlaces == 0)
    #expect(!hundred.description.contains("more place"))
  }

  @Test("messages and hints are made only of what may be told")
  func madeMessages() {
    let faults = FaultCollector(file: "f")
    var madeCount = 0
    func made(_ text: String) -> String {
      madeCount += 1
      return text
    }
    for line in 1...100_000 {
      faults.report(Place(line: line, column: 1), made("wrong"), hint: made("right"))
    }
    #expect(madeCount == 400)
    #expect(faults.found.first.count == 100 && faults.found.furtherPlaces == 99_900)
  }

  @Test("the first in the file are told, in whatever order they are found, and each once")
  func order() {
    let faults = FaultCollector(file: "f")
    for line in (1...1_000).reversed() + Array(1...1_000) {
      faults.report(Place(line: line, column: 1), "wrong")
    }
    #expect(faults.found.first.map(\.line) == Array(1...100))
    #expect(faults.found.furtherPlaces == 900)
  }

  @Test("of a long line what is around the place is shown, with the caret under it")
  func longLine() throws {
    let stages = (0..<3_000).map { "s\($0)" } + ["Wrong"] + (0..<3_000).map { "t\($0)" }
    let found = try #require(faults(in: "name: x\njourney: [\(stages.joined(separator: ","))]\n"))
    let lines = found.description.split(separator: "\n")
    #expect(lines.count == 3 && lines.allSatisfy { $0.count < 200 })
    let caret = lines[2].distance(
      from: lines[2].startIndex, to: try #require(lines[2].firstIndex(of: "^")))
    #expect(lines[1].dropFirst(caret).hasPrefix("Wrong,t0"))
    #expect(lines[1].hasPrefix("  …") && lines[1].hasSuffix("…"))
  }

  @Test("of a long name a message has the beginning and the end")
  func longName() throws {
    let zone = "Aa" + String(repeating: "b", count: 1_000_000) + "Zz"
    let found = try #require(faults(in: "name: x\ntimezone: \(zone)\n"))
    let message = try #require(found.faults.first?.message)
    #expect(message.hasPrefix("unknown time zone 'Aab") && message.hasSuffix("bZz'"))
    #expect(message.count == 400)
  }

  @Test("in a long text it takes a few keys given twice, not a hundred, until one more is enough")
  func keysGivenTwice() throws {
    // Each of them costs another look at the whole text.
    let comments = String(
      repeating: "# " + String(repeating: "x", count: 1_000) + "\n", count: 1_000)
    let keys = (0..<50).map { "k\($0): 1\nk\($0): 2\n" }.joined()
    let found = try #require(faults(in: "name: x\n\(comments)lists:\n  l: 1\n\(keys)"))
    let twice = found.faults.filter { $0.message.contains("given twice") }
    #expect(
      twice.count < 12 && twice.contains { $0.message == "a key is given twice in one mapping" })
  }

  @Test("what stands below another test is found without a look at each of those above")
  func earlierTests() {
    // With a look at each these would be 10^10 looks.
    let count = 100_000
    var earlier = EarlierTests()
    for number in 0..<count {
      let test = Predicate([.oneOf([.text(Glob("v\(number)")), .number(Double(number))])])
      #expect(earlier.firstImplied(by: test) == nil)
      earlier.append(test, number: number)
    }
    #expect(earlier.firstImplied(by: Predicate([.oneOf([.text(Glob("V70000"))])])) == 70_000)
    #expect(earlier.firstImplied(by: Predicate([.oneOf([.text(Glob("5"))])])) == 5)
  }

  @Test("a name is found without a look at all others")
  func names() {
    let names = NameList((0..<200_000).map { "n\($0)" })
    // With a look at all others these would be 4 × 10^10 looks.
    for index in names.all.indices {
      #expect(names.firstIndex(of: names.all[index]) == index)
      #expect(names.hasMatch(of: .text(Glob("N\(index)"))))
    }
    #expect(!names.hasMatch(of: .text(Glob("m"))) && names.hasMatch(of: .text(Glob("*99?"))))
  }
}
