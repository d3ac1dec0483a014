import Definition
import Files
import Snapshots
import Tables

extension PushFolder {
  /// The objects that there are rows of, as they were last sent.
  func objectsInState() throws -> [CRMMap.Object] {
    guard let state = record.state else { return [] }
    return try record.targets.map { target in
      let header = try CSVReader("\(path)/\(state)/\(rowFileName(of: target.table))").header
      return CRMMap.Object(
        former: target.table, object: target.object, match: target.key,
        fields: Array(header.dropFirst(FieldLayout.leadingCount)))
    }
  }
}

/// The rows of an object that the book knows of, seen in the layout of another file.
final class StateRows {
  private let reader: CSVReader
  /// By field of the layout, its place in a row here; below 0 where there is none.
  private let places: [Int]
  /// Whether rows are laid out alike.
  let isAligned: Bool
  private(set) var fields = RowFields()
  private var relaid: [UInt8] = []

  /// Nil where there is no such file.
  init?(_ path: String, fields names: [String]) throws {
    guard try exists(path) else { return nil }
    reader = try CSVReader(path)
    let header = reader.header
    places = names.map { name in
      header.dropFirst(FieldLayout.leadingCount).firstIndex(of: name) ?? -1
    }
    isAligned = Array(header.dropFirst(FieldLayout.leadingCount)) == names
    split()
  }

  var row: UnsafeRawBufferPointer? { reader.row }
  var key: UnsafeBufferPointer<UInt8> { reader.key }

  var status: RowStatus {
    row.map { RowStatus(bytes($0, fields.range(2))) } ?? .unknown
  }

  func next() throws {
    try reader.next()
    split()
  }

  private func split() { row.map { fields.split($0) } }

  /// A field of the layout; nil where the file does not have it.
  func field(_ index: Int) -> UnsafeRawBufferPointer? {
    guard let row, places[index] >= 0 else { return nil }
    return bytes(row, fields.range(places[index]))
  }

  var keyAndOwner: UnsafeRawBufferPointer {
    row.map { bytes($0, fields.range(0..<2)) } ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// Calls back with all fields as the layout has them.
  func withFields<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    guard let row else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    if isAligned {
      return try body(bytes(row, fields.range(FieldLayout.leadingCount..<fields.count)))
    }
    relaid.removeAll(keepingCapacity: true)
    for index in places.indices {
      if index > 0 { relaid.append(UInt8(ascii: ",")) }
      if let field = field(index) { relaid.append(contentsOf: field) }
    }
    return try relaid.withUnsafeBytes(body)
  }
}
