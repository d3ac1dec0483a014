import Foundation
import Testing
import Vocabulary

@testable import Definition
@testable import Describing

/// A key that arrives is forgotten nowhere: these tests walk the tables.
@Suite("every key") struct EveryKeyTests {
  @Test("the definitions that are to have every key load, without a warning")
  func load() throws {
    for text in EveryKey.definitions {
      #expect(try Definition.load(text: text, file: "f").warnings == [])
    }
  }

  @Test("each is told by some sentence: with another value in its place it reads differently")
  func told() throws {
    var untold = Set(
      KeyTable.reachable.flatMap { table in table.names.map { "\(table.name).\($0)" } })
    for text in EveryKey.definitions {
      let root = try node(text)
      let sentences = try describe(text)
      for use in TableWalk(root).uses where untold.contains("\(use.table).\(use.key)") {
        let isTold = root.variants(at: use.trail[...]).contains { variant in
          guard let other = try? describe(variant.json) else { return false }
          return other != sentences
        }
        if isTold { untold.remove("\(use.table).\(use.key)") }
      }
    }
    #expect(untold.sorted() == [])
  }

  @Test("each word that a table offers is taken, and says something of its own")
  func words() throws {
    var met = 0
    for text in EveryKey.definitions {
      let root = try node(text)
      for use in TableWalk(root).uses {
        let table = try #require(KeyTable.reachable.first { $0.name == use.table })
        let words = table.words(of: use.key)
        let told = try words.map { word in
          try describe(root.replacing(use.trail, by: YAMLNode(.text(word), at: root.place)).json)
        }
        #expect(Set(told).count == words.count, "\(use.table).\(use.key)")
        met += words.count
      }
    }
    #expect(met > 40)
  }

  @Test("each subject is told by some sentence, in the words of its table")
  func subjectsTold() throws {
    var untold = Set<String>()
    for asked in Asked.allCases {
      untold.formUnion(SubjectKind.all(of: asked).map { "\(asked) \($0.name)" })
    }
    for text in EveryKey.definitions {
      let sentences = try describe(text).joined(separator: "\n")
      for (name, asked) in TableWalk(try node(text)).subjects {
        guard let kind = SubjectKind.find(TableWalk.kind(of: name), of: asked) else { continue }
        let words = kind.meaning.split(separator: "…")
        #expect(words.allSatisfy { sentences.contains($0) }, "\(name)")
        untold.remove("\(asked) \(kind.name)")
      }
    }
    #expect(untold.sorted() == [])
  }

  @Test("each stands in the reference page, and so does each subject")
  func documented() throws {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    let page = try String(contentsOfFile: "\(root)/docs/reference/definition.md", encoding: .utf8)
    // What stands between backticks, fences among them.
    let code = page.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map(\.element).joined(separator: " ")
    let words = Set(
      code.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    let keys = KeyTable.reachable.flatMap(\.names)
    let subjects = Asked.allCases.flatMap { SubjectKind.all(of: $0) }.map(\.name)
    #expect(Set(keys + subjects).subtracting(words).sorted() == [])
  }

  private func node(_ text: String) throws -> YAMLNode {
    try #require(parseYAML(text, FaultCollector(file: "f")))
  }

  private func describe(_ text: String) throws -> [String] {
    let description = DefinitionDescription(try Definition.load(text: text, file: "f"))
    return [description.definition] + description.sections.flatMap { [$0.heading] + $0.sentences }
  }
}

extension YAMLNode {
  /// The definition with something else in a place, or nothing there.
  fileprivate func variants(at trail: ArraySlice<Int>) -> [YAMLNode] {
    guard let step = trail.first else { return others }
    var all: [YAMLNode] = []
    switch value {
    case .mapping(var entries):
      if trail.count == 1 {
        let entry = entries.remove(at: step)
        all.append(YAMLNode(.mapping(entries), at: place))
        entries.insert(entry, at: step)
      }
      for other in entries[step].value.variants(at: trail.dropFirst()) {
        entries[step].value = other
        all.append(YAMLNode(.mapping(entries), at: place))
      }
    case .list(var items):
      for other in items[step].variants(at: trail.dropFirst()) {
        items[step] = other
        all.append(YAMLNode(.list(items), at: place))
      }
    default: break
    }
    return all
  }

  /// Values like it that it is not.
  private var others: [YAMLNode] {
    let values: [Value] =
      switch value {
      case .number: ["0", "1", "2", "3", "50", "2000"].map { .number($0) }
      case .bool(let bool): [.bool(!bool)]
      case .text:
        [
          "7d", "2026-02-15", "2026-03-01T12:00:00Z", "x", "view", "demo", "monday", "exact",
          "keep", "all", "order",
          "first", "A", "fields.x", "activities",
        ].map { .text($0) }
      case .list(let items): items.count > 1 ? [.list(Array(items.dropLast()))] : []
      case .mapping(let entries): [.mapping(Array(entries.dropLast()))]
      default: []
      }
    let deeper = (items.indices.map { [$0] } + entries.indices.map { [$0] }).flatMap { trail in
      variants(at: trail[...])
    }
    return values.map { YAMLNode($0, at: place) } + deeper
  }
}
