import Chance
import Notation

@testable import Definition

extension YAMLNode {
  /// The value as JSON, which is YAML as well.
  var json: String {
    switch value {
    case .null, .notFinite, .unusable: "null"
    case .bool(let bool): "\(bool)"
    case .number(let number): number
    case .text(let text): jsonString(text)
    case .list(let items): "[\(items.map(\.json).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\(jsonString($0.key)): \($0.value.json)" }.joined(separator: ", "))}"
    }
  }

  /// The value with something in it gone, renamed, or something else.
  func mutated(_ dice: inout SeededDice, among nodes: [YAMLNode]) -> YAMLNode {
    var node = self
    switch value {
    case .mapping(var entries) where !entries.isEmpty && dice.below(8) > 0:
      let place = dice.below(entries.count)
      switch dice.below(9) {
      case 0: entries.remove(at: place)
      case 1: entries[place].key += dice.pick(["x", "@7d", ".a", "@0d"])
      case 2:
        let key = dice.pick(nodes).someKey(&dice)
        if !entries.contains(where: { $0.key == key }) { entries[place].key = key }
      default: entries[place].value = entries[place].value.mutated(&dice, among: nodes)
      }
      node.value = .mapping(entries)
    case .list(var items) where !items.isEmpty && dice.below(6) > 0:
      let place = dice.below(items.count)
      if dice.below(6) == 0 {
        items.remove(at: place)
      } else {
        items[place] = items[place].mutated(&dice, among: nodes)
      }
      node.value = .list(items)
    default: node = dice.pick(nodes).someValue(&dice)
    }
    return node
  }

  /// A key from somewhere in it.
  private func someKey(_ dice: inout SeededDice) -> String {
    switch value {
    case .mapping(let entries) where !entries.isEmpty:
      let entry = dice.pick(entries)
      return entry.value.isScalar || dice.below(3) == 0 ? entry.key : entry.value.someKey(&dice)
    case .list(let items) where !items.isEmpty: return dice.pick(items).someKey(&dice)
    default: return "any"
    }
  }

  /// A value from somewhere in it, or one that is often wrong.
  private func someValue(_ dice: inout SeededDice) -> YAMLNode {
    if dice.below(3) == 0 {
      let values: [Value] = [
        .null, .bool(true), .bool(false), .number("0"), .number("-1"), .number("7"),
        .number("1.1234567"), .number("1e10"), .text(""), .text("x"), .text("5d"), .text("0d"),
        .text("2026-03-01"), .list([]), .mapping([]), .list([YAMLNode(.text("x"), at: place)]),
      ]
      return YAMLNode(dice.pick(values), at: place)
    }
    var node = self
    while dice.below(5) > 0 {
      switch node.value {
      case .mapping(let entries) where !entries.isEmpty: node = dice.pick(entries).value
      case .list(let items) where !items.isEmpty: node = dice.pick(items)
      default: return node
      }
    }
    return node
  }

  private var isScalar: Bool {
    switch value {
    case .mapping, .list: false
    default: true
    }
  }
}
