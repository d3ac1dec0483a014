import Definition
import Notation
import Snapshots

/// A list, and the first of those on it, in the order to call in.
struct ListHead {
  let list: Int
  let name: String
  /// Where all of them stand.
  let path: String
  let first: [[UInt8]]

  static let firstMax = 20

  /// A list without an order of its own is in that of the score that others are called by.
  init(
    _ definition: Definition, _ list: Int, in snapshot: PublishedSnapshot, _ manifest: Manifest,
    _ choices: ReportChoices, without forgotten: Set<[UInt8]>
  ) throws {
    self.list = list
    name = definition.lists[list].name
    path = "lists/\(name).csv"
    let rows = try CSVReader("\(snapshot.path)/\(path)")
    let score = choices.callScore.flatMap { score in
      rows.header.firstIndex(of: "score.\(definition.scores[score].name)")
    }
    var best: [(key: [UInt8], score: Int64)] = []
    let isOrdered = !definition.lists[list].order.isEmpty
    while rows.row != nil {
      let value = isOrdered ? 0 : score.flatMap { wholeNumber(rows[$0]) } ?? .min
      // Of equals the first stays: rows come in the order of their keys, or of the list.
      if best.count < ListHead.firstMax || value > best[best.count - 1].score {
        let key = Array(rows.key)
        if !forgotten.contains(key) {
          let place = best.firstIndex { $0.score < value } ?? best.count
          best.insert((key, value), at: place)
          if best.count > ListHead.firstMax { best.removeLast() }
        }
      } else if isOrdered {
        break
      }
      try rows.next()
    }
    try snapshot.check(path, manifest)
    first = best.map(\.key)
  }
}

/// A whole number as a file has it; nil of what is none.
func wholeNumber(_ field: UnsafeRawBufferPointer) -> Int64? {
  guard field.count <= 20, !field.isEmpty else { return nil }
  let isNegative = field[0] == UInt8(ascii: "-")
  var number: Int64 = 0
  for byte in field.dropFirst(isNegative ? 1 : 0) {
    guard 0x30...0x39 ~= byte else { return nil }
    let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
    let (difference, isTooSmall) = product.subtractingReportingOverflow(Int64(byte - 0x30))
    if isTooLarge || isTooSmall { return nil }
    number = difference
  }
  return isNegative ? number : 0 - number
}

func text(_ field: UnsafeRawBufferPointer) -> String {
  String(decoding: csvText(field), as: UTF8.self)
}
