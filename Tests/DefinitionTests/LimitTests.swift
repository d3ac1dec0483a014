import Testing

@testable import Definition

/// "Whole numbers in definitions beyond what is allowed get a message that names the limit", and so do counts.
@Suite("limits of a definition") struct LimitTests {
  private func faults(in yaml: String) -> [String] {
    do throws(DefinitionFaults) {
      _ = try Definition.load(text: yaml, file: "f")
      return []
    } catch {
      return error.faults.map { String($0.description.dropFirst("f:".count)) }
    }
  }

  @Test("there are at most 65,535 interactions, which is what a sheet can number")
  func interactions() {
    func lines(_ count: Int) -> String {
      (0..<count).map { "  i\($0): { type: a }\n" }.joined()
    }
    #expect(faults(in: "name: x\ninteractions:\n" + lines(65_535)).isEmpty)
    #expect(
      faults(in: "name: x\ninteractions:\n" + lines(65_537)) == [
        "65538:3: 65537 entries of 'interactions' are too many; at most 65535"
      ])
  }

  @Test("and as many stages, and attributes that conditions ask for")
  func stagesAndAttributes() {
    let stages = (0..<65_536).map { "s\($0)" }.joined(separator: ",")
    #expect(
      faults(in: "name: x\njourney: [\(stages)]\n").map { $0.drop { $0 != " " } } == [
        " 65536 stages of the journey are too many; at most 65535"
      ])
    let tests = (0..<65_536).map { "  attribute.a\($0): 1\n" }.joined()
    #expect(
      faults(in: "name: x\nlists:\n l:\n\(tests)") == [
        "1:1: 65536 attributes that are asked for are too many; at most 65535"
      ])
  }

  @Test("windows are at most a thousand")
  func windows() {
    func lines(_ count: Int) -> String { (1...count).map { "  visits@\($0)m: 1\n" }.joined() }
    #expect(faults(in: "name: x\nlists:\n l:\n" + lines(1000)).isEmpty)
    #expect(
      faults(in: "name: x\nlists:\n l:\n" + lines(1001)) == [
        "1:1: 1001 different windows are too many; at most 1000"
      ])
  }

  @Test("properties of once_per are at most 65,535")
  func properties() throws {
    func found(_ count: Int) -> [String] {
      let rules = (0..<count).map {
        PointRule(interaction: 0, points: 1, oncePer: .member("p\($0)"))
      }
      let faults = FaultCollector(file: "f")
      Definition(name: "x", scores: [Score(name: "s", source: .points(rules: rules, caps: []))])
        .checkMentions(YAMLNode(.null, at: Place(line: 1, column: 1)), faults)
      return faults.found.first.map(\.message)
    }
    #expect(found(65_535).isEmpty)
    #expect(found(65_536) == ["65536 properties of 'once_per' are too many"])
  }
}
