import Chance
import Foundation
import Notation
import Testing
import Vocabulary

@testable import Definition
@testable import Describing

@Suite("the schema of definitions") struct SchemaTests {
  private let schema: SchemaValidator

  init() throws { schema = try SchemaValidator(definitionSchema()) }

  @Test("it takes every definition that ships")
  func ships() throws {
    let folder = "\(Self.root)/pipelines"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") }
    #expect(names.count >= 4)
    for name in names {
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      let why = try schema.refusal(of: try node(text))
      #expect(why == nil, "\(name): \(why ?? "")")
    }
  }

  @Test("it takes every definition in a test that loads")
  func tests() throws {
    let definitions = try definitionsInTests()
    #expect(definitions.count > 50)
    for text in definitions {
      let why = try schema.refusal(of: try node(text))
      #expect(why == nil, "\(why ?? ""): \(text.prefix(300))")
    }
  }

  @Test(
    "what it refuses, check refuses: in every definition anything is put in the place of anything")
  func refusals() throws {
    var dice = SeededDice(seed: 4)
    var (refused, taken) = (0, 0)
    let nodes = try EveryKey.definitions.map(node)
    for round in 0..<1200 {
      var mutant = dice.pick(nodes)
      mutant = mutant.mutated(&dice, among: nodes)
      if dice.below(4) == 0 { mutant = mutant.mutated(&dice, among: nodes) }
      guard let why = try schema.refusal(of: mutant) else {
        taken += 1
        continue
      }
      refused += 1
      #expect(throws: DefinitionFaults.self, "round \(round): \(why)\n\(mutant.json)") {
        try Definition.load(text: mutant.json, file: "f")
      }
    }
    #expect(refused > 300 && taken > 100)
  }

  @Test("it refuses what editors are to mark: a misspelt key, a wrong kind, a word that is none")
  func marks() throws {
    for (yaml, place) in [
      ("name: x\nintractions: {}", "/intractions"), ("name: x\njourney: a", "/journey"),
      ("journey: []", ""), ("name: x\npaths: { case: upper }", "/paths/case"),
      ("name: x\nexclude: { visit: 1 }", "/exclude/visit"),
      ("name: x\nexclude: { score.s@7d: 1 }", "/exclude/score.s@7d"),
      ("name: x\nlists: { a: { visit: 1 } }", "/lists/a"),
      ("name: x\nnps: { answers: { a: 1 }, value: v, scale: [2, 10] }", "/nps/scale"),
      ("name: x\nscores: { s: { half_life: 30 } }", "/scores/s/half_life"),
      ("name: x\nscores: { s: { blend: { score.a: 0 } } }", "/scores/s/blend/score.a"),
    ] {
      let why = try #require(try schema.refusal(of: try node(yaml)), "\(yaml)")
      #expect(why.hasPrefix("\(place):"), "\(why)")
    }
  }

  @Test("it is a JSON object with a description of every key")
  func json() throws {
    let schema = try #require(
      try JSONSerialization.jsonObject(with: Data(definitionSchema().utf8)) as? [String: Any])
    let root = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(Set(root.keys) == Set(KeyTable.definition.names))
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    for (name, table) in definitions {
      for (key, value) in table["properties"] as? [String: [String: Any]] ?? [:] {
        #expect((value["description"] as? String)?.isEmpty == false, "\(name).\(key)")
      }
    }
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private func node(_ text: String) throws -> YAMLNode {
    let faults = FaultCollector(file: "f")
    return try #require(parseYAML(text, faults))
  }

  /// What stands in the tests' long texts, and those of scenarios, and is a definition.
  private func definitionsInTests() throws -> [String] {
    var found: [String] = []
    let tests = "\(Self.root)/Tests"
    let paths = try FileManager.default.subpathsOfDirectory(atPath: tests).sorted()
    for path in paths where path.hasSuffix(".swift") || path.hasSuffix(".scenario") {
      let text = try String(contentsOfFile: "\(tests)/\(path)", encoding: .utf8)
      for block in path.hasSuffix(".swift") ? longTexts(in: text) : scenarioTexts(in: text) {
        guard block.contains("interactions:") || block.hasPrefix("name:") else { continue }
        let named = block.hasPrefix("name:") ? block : "name: t\n" + block
        if (try? Definition.load(text: named, file: path)) != nil { found.append(named) }
      }
    }
    return found
  }

  private func longTexts(in source: String) -> [String] {
    var texts: [String] = []
    var current: [Substring]?
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let bare = line.drop { $0 == " " }
      if let lines = current, bare.hasPrefix("\"\"\"") {
        let indent = line.count - bare.count
        texts.append(lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n"))
        current = nil
      } else if current != nil {
        current?.append(line)
      } else if line.hasSuffix("\"\"\"") {
        current = []
      }
    }
    return texts
  }

  private func scenarioTexts(in text: String) -> [String] {
    var texts: [String] = []
    var lines: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "definition" {
        lines = []
      } else if let known = lines, !line.isEmpty, !line.hasPrefix(" ") {
        texts.append(known.map { String($0.dropFirst(2)) }.joined(separator: "\n"))
        lines = nil
      } else {
        lines?.append(line)
      }
    }
    return texts
  }
}
