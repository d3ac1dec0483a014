import Definition
import Notation

/// A place in a definition and the values it is given in turn: `PATH=FROM:TO:STEP`.
package struct VariedValue: Sendable, Equatable {
  package let path: String
  /// As they are written, the first one first.
  package let values: [String]

  /// How many values one place is given at most: a guess at what still makes a table.
  private static let countMax = 1000

  /// Numbers with at most six decimals, or durations in one unit; nil where it is something else, or
  /// more values than a table holds.
  package init?(_ text: String) {
    guard let setting = Setting(text) else { return nil }
    let parts = setting.value.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let units = Set(parts.map { $0.last.map { "mhdw".contains($0) ? String($0) : "" } ?? "" })
    guard units.count == 1, let unit = units.first else { return nil }
    let numbers = parts.compactMap { VariedValue.millionths($0.dropLast(unit.count)) }
    guard numbers.count == 3, numbers[2] > 0, numbers[0] <= numbers[1],
      (numbers[1] - numbers[0]) / numbers[2] < Self.countMax
    else { return nil }
    path = setting.path
    values = stride(from: numbers[0], through: numbers[1], by: Int(numbers[2])).map {
      shortestDecimal(Double($0) / 1_000_000) + unit
    }
  }

  /// A decimal as a whole number of millionths; nil where it is none, or too large to be points.
  private static func millionths(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isNegative = text.hasPrefix("-")
    let whole = isNegative ? parts[0].dropFirst() : parts[0]
    let decimals = parts.count > 1 ? parts[1] : "0"
    let isDecimal = (whole + decimals).utf8.allSatisfy { 0x30...0x39 ~= $0 }
    guard parts.count <= 2, isDecimal, 1...9 ~= whole.count, 1...6 ~= decimals.count,
      let units = Int64(whole),
      let rest = Int64(decimals + String(repeating: "0", count: 6 - decimals.count))
    else { return nil }
    let number = units * 1_000_000 + rest
    return isNegative ? -number : number
  }
}
