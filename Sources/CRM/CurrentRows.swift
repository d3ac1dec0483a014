import Definition
import Engine
import Files
import Foundation
import Notation
import Snapshots
import Tables

/// What a snapshot has to send to an object, in the order of the records' keys.
///
/// A row is `key,owner,` and an empty status, then the fields, each as it stands in a file of ours.
final class CurrentRows {
  private let layout: FieldLayout
  private let rows: CSVReader
  private let asOf: Milliseconds
  /// By field, its column's place in the table; below 0 for a constant.
  private let places: [Int]
  private let key: Int
  private let asked: [Int]
  private(set) var counts = Counts()

  struct Counts: Sendable {
    var rows = 0
    var notSelected = 0
    var withoutKey = 0
  }

  init(_ layout: FieldLayout, of snapshot: PublishedSnapshot, asOf: Milliseconds) throws {
    self.layout = layout
    self.asOf = asOf
    let path = "\(snapshot.path)/\(layout.object.table).csv"
    let rows = try CSVReader(path)
    func place(_ column: String) throws -> Int {
      if let place = rows.header.firstIndex(of: column) { return place }
      throw RunError(
        .badData, "\(path) has no column '\(column)', which the map sends",
        hint: "it was made by an earlier version: run once more")
    }
    self.rows = rows
    places = try layout.fields.map { try $0.column.map(place) ?? -1 }
    key = try place(layout.object.key.column)
    asked = try layout.object.asked.map(place)
  }

  /// Whether rows come in the order of their records' keys already.
  private var isInOrder: Bool { key == 0 && ["leads", "accounts"].contains(layout.object.table) }

  /// Calls back for each row, in the order of keys; the key is as it was before it was quoted.
  ///
  /// - Throws: `RunError` where two rows are for one record.
  func forEach(
    _ body: (_ key: UnsafeBufferPointer<UInt8>, _ row: UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var row: [UInt8] = []
    if isInOrder {
      while let key = try take(into: &row) { try row.withUnsafeBytes { try body(key, $0) } }
      return
    }
    var sorting = RowSorting()
    while let key = try take(into: &row) { sorting.add(key: key, row) }
    try sorting.forEach(of: layout, body)
  }

  /// Takes the next row that is sent; returns its key.
  private func take(into row: inout [UInt8]) throws -> UnsafeBufferPointer<UInt8>? {
    while true {
      if isAtRow { try rows.next() }
      isAtRow = true
      guard rows.row != nil else { return nil }
      if let condition = layout.object.condition, !condition.holds(asOf: asOf, value) {
        counts.notSelected += 1
        continue
      }
      let keyField = rows[key]
      if keyField.isEmpty {
        counts.withoutKey += 1
        continue
      }
      counts.rows += 1
      row.removeAll(keepingCapacity: true)
      row.append(contentsOf: keyField)
      row.append(UInt8(ascii: ","))
      row.append(contentsOf: rows[0])
      row.append(UInt8(ascii: ","))
      for index in places.indices {
        row.append(UInt8(ascii: ","))
        if places[index] >= 0 {
          row.append(contentsOf: rows[places[index]])
        } else {
          row.append(contentsOf: layout.fields[index].constant)
        }
      }
      if key == 0 { return rows.key }
      keyText = keyField.first == UInt8(ascii: "\"") ? csvText(keyField) : Array(keyField)
      return keyText.withUnsafeBufferPointer { $0 }
    }
  }

  private var isAtRow = false
  private var keyText: [UInt8] = []

  private func value(_ asked: Int) -> Scalar? {
    let field = rows[self.asked[asked]]
    if field.isEmpty { return nil }
    return .text(
      field.first == UInt8(ascii: "\"")
        ? String(decoding: csvText(field), as: UTF8.self) : String(decoding: field, as: UTF8.self))
  }
}

/// Rows that are put in the order of their records' keys.
private struct RowSorting {
  private var bytes: [UInt8] = []
  private var places: [(key: Int, keyCount: Int, row: Int, rowCount: Int)] = []

  mutating func add(key: UnsafeBufferPointer<UInt8>, _ row: [UInt8]) {
    places.append((bytes.count, key.count, bytes.count + key.count, row.count))
    bytes.append(contentsOf: key)
    bytes.append(contentsOf: row)
  }

  mutating func forEach(
    of layout: FieldLayout,
    _ body: (_ key: UnsafeBufferPointer<UInt8>, _ row: UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try bytes.withUnsafeBufferPointer { bytes in
      func key(_ at: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[places[at].key..<places[at].key + places[at].keyCount])
      }
      func row(_ at: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
          UnsafeBufferPointer(
            rebasing: bytes[places[at].row..<places[at].row + places[at].rowCount]))
      }
      let order = places.indices.sorted {
        let order = keyOrder(key($0), key($1))
        return order == 0 ? $0 < $1 : order < 0
      }
      for (one, other) in zip(order, order.dropFirst()) where keyOrder(key(one), key(other)) == 0 {
        throw twoForOne(layout, String(decoding: key(one), as: UTF8.self), [row(one), row(other)])
      }
      for at in order { try body(key(at), row(at)) }
    }
  }

  private func twoForOne(
    _ layout: FieldLayout, _ key: String, _ rows: [UnsafeRawBufferPointer]
  ) -> RunError {
    let owners = rows.map { row in
      var fields = RowFields()
      fields.split(row)
      return "'\(String(decoding: csvText(row[fields.range(1)]), as: UTF8.self))'"
    }
    return RunError(
      .badData,
      "\(owners.joined(separator: " and ")) are both the record '\(key)' of \(layout.object.object): nothing was sent",
      hint: "merge them, or mend '\(layout.object.key.column)' of one")
  }
}
