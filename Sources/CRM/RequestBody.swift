import Definition
import Notation

/// The text of a file as it grows, row by row.
struct RequestBody {
  private let format: BodyFormat
  private let layout: FieldLayout
  /// What the file begins with, and what it ends with.
  private let beginning: [UInt8]
  private let ending: [UInt8]
  /// By field, what stands before its value.
  private let names: [[UInt8]]
  private var fields = RowFields()
  private var row: [UInt8] = []

  private(set) var bytes: [UInt8] = []
  private(set) var rowCount = 0

  init(_ layout: FieldLayout, _ format: BodyFormat) {
    self.format = format
    self.layout = layout
    let titles = [layout.object.key.field] + layout.fields.map(\.name)
    switch format.profile {
    case .hubspot:
      (beginning, ending) = (Array("{\"inputs\":[\n".utf8), Array("\n]}\n".utf8))
    case .dynamics:
      (beginning, ending) = (Array("{\"Targets\":[\n".utf8), Array("\n]}\n".utf8))
    case .mautic:
      (beginning, ending) = (Array("[\n".utf8), Array("\n]\n".utf8))
    default:
      (beginning, ending) = (Array((csvLine(titles) + "\n").utf8), [])
    }
    names = layout.fields.map { Array("\(jsonString($0.name)):".utf8) }
    bytes = beginning
  }

  var isEmpty: Bool { rowCount == 0 }

  /// Adds a row, unless the file has no room for it.
  ///
  /// `isCleared`: whether all of its fields are.
  mutating func add(_ packed: UnsafeRawBufferPointer, isCleared: Bool) -> Bool {
    fields.split(packed)
    row.removeAll(keepingCapacity: true)
    let key = UnsafeRawBufferPointer(rebasing: packed[fields.range(0)])
    if format.isJSON {
      appendJSON(key, packed, isCleared)
    } else {
      appendCSV(key, packed, isCleared)
    }
    let byteCount = bytes.count + row.count + 2 + ending.count
    if rowCount > 0, rowCount == format.rowCountMax || byteCount > format.byteCountMax {
      return false
    }
    if format.isJSON, rowCount > 0 { bytes.append(contentsOf: ",\n".utf8) }
    bytes.append(contentsOf: row)
    rowCount += 1
    return true
  }

  /// Returns the whole file and begins another.
  mutating func end() -> [UInt8] {
    bytes.append(contentsOf: ending)
    defer {
      bytes.removeAll(keepingCapacity: true)
      bytes.append(contentsOf: beginning)
      rowCount = 0
    }
    return bytes
  }

  private mutating func appendValue(
    _ index: Int, _ packed: UnsafeRawBufferPointer, _ isCleared: Bool
  ) {
    let range = isCleared ? 0..<0 : fields.range(FieldLayout.leadingCount + index)
    if range.isEmpty {
      row.append(contentsOf: format.clearing)
    } else {
      format.append(
        UnsafeRawBufferPointer(rebasing: packed[range]), layout.fields[index].kind, to: &row)
    }
  }

  private mutating func appendCSV(
    _ key: UnsafeRawBufferPointer, _ packed: UnsafeRawBufferPointer, _ isCleared: Bool
  ) {
    row.append(contentsOf: key)
    for index in layout.fields.indices {
      row.append(UInt8(ascii: ","))
      appendValue(index, packed, isCleared)
    }
    row.append(UInt8(ascii: "\n"))
  }

  private mutating func appendJSON(
    _ key: UnsafeRawBufferPointer, _ packed: UnsafeRawBufferPointer, _ isCleared: Bool
  ) {
    let (field, text) = (layout.object.key.field, csvText(key))
    switch format.profile {
    case .hubspot:
      row.append(contentsOf: "{\"id\":".utf8)
      appendJSONString(text, to: &row)
      // Without it the id is HubSpot's own.
      if field != "id" { row.append(contentsOf: ",\"idProperty\":\(jsonString(field))".utf8) }
      // An error names the record by it where others of the batch are taken.
      row.append(contentsOf: ",\"objectWriteTraceId\":".utf8)
      appendJSONString(text, to: &row)
      row.append(contentsOf: ",\"properties\":{".utf8)
    case .dynamics:
      let object = layout.object.object
      row.append(
        contentsOf: "{\"@odata.type\":\(jsonString("Microsoft.Dynamics.CRM.\(object)"))".utf8)
      row.append(contentsOf: ",\"@odata.id\":".utf8)
      let quoted = String(decoding: text, as: UTF8.self).split(
        separator: "'", omittingEmptySubsequences: false
      ).joined(separator: "''")
      row.append(contentsOf: jsonString("\(entitySet(object))(\(field)='\(quoted)')").utf8)
    default:
      row.append(contentsOf: "{\(jsonString(field)):".utf8)
      appendJSONString(text, to: &row)
      // Without it Mautic passes over what is empty.
      row.append(contentsOf: ",\"overwriteWithBlank\":true".utf8)
    }
    for index in layout.fields.indices {
      if format.profile != .hubspot || index > 0 { row.append(UInt8(ascii: ",")) }
      row.append(contentsOf: names[index])
      appendValue(index, packed, isCleared)
    }
    row.append(contentsOf: format.profile == .hubspot ? "}}".utf8 : "}".utf8)
  }
}

/// The name of all records of a table in Dataverse, as it makes them: the plural of one's.
private func entitySet(_ object: String) -> String {
  if object.hasSuffix("y") { return object.dropLast() + "ies" }
  if ["s", "x", "z", "ch", "sh"].contains(where: object.hasSuffix) { return object + "es" }
  return object + "s"
}
