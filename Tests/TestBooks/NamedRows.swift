/// The rows of a CSV file (RFC 4180, LF line ends) by the names of its columns.
package struct NamedRows {
  package private(set) var columns: [String] = []
  package private(set) var rows: [[String: String]] = []

  package init(_ bytes: [UInt8]) {
    var records: [[String]] = [[]]
    var field: [UInt8] = []
    var isQuoted = false
    var index = 0
    func endField() {
      records[records.count - 1].append(String(decoding: field, as: UTF8.self))
      field = []
    }
    while index < bytes.count {
      let byte = bytes[index]
      if isQuoted {
        if byte == UInt8(ascii: "\""), index + 1 < bytes.count, bytes[index + 1] == byte {
          field.append(byte)
          index += 1
        } else if byte == UInt8(ascii: "\"") {
          isQuoted = false
        } else {
          field.append(byte)
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: ","): endField()
        case UInt8(ascii: "\n"):
          endField()
          records.append([])
        default: field.append(byte)
        }
      }
      index += 1
    }
    columns = records[0]
    for record in records.dropFirst() where record.count == columns.count {
      rows.append(Dictionary(uniqueKeysWithValues: zip(columns, record)))
    }
  }
}
