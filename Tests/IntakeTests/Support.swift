import Foundation
import Intake

/// A record as a test can keep it.
struct ReadRecord: Equatable {
  var line: Int
  var text: [UInt8]
  var byteCount: Int
  var outcome: LineReading
  var kind: String?
  var hasMadeID: Bool
  var number: Int?
  var placeholderCount = 0
  var hint: String?

  /// Its events, their members as text; a number, a truth or an object as JSON.
  var events: [[String: String]] {
    guard case .events(let lines) = outcome else { return [] }
    return lines.map { line in
      guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      else { return ["broken": String(decoding: line, as: UTF8.self)] }
      return object.mapValues { value in
        if let text = value as? String { return text }
        let json = try? JSONSerialization.data(
          withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
        return json.map { String(decoding: $0, as: UTF8.self) } ?? "?"
      }
    }
  }

  var refusal: String? { if case .refused(let reason) = outcome { reason } else { nil } }
  var skipped: String? { if case .skipped(let reason) = outcome { reason } else { nil } }
}

/// Returns the records of a file that comes in pieces of so many bytes.
func records(
  _ bytes: [UInt8], by given: any RecordReader, pieceByteCount: Int = .max, isCut: Bool = false
) throws -> [ReadRecord] {
  var reader = given
  var found: [ReadRecord] = []
  func keep(_ record: Record) {
    found.append(
      ReadRecord(
        line: record.line, text: Array(record.bytes), byteCount: record.byteCount,
        outcome: record.outcome, kind: record.kind, hasMadeID: record.hasMadeID,
        number: record.number, placeholderCount: record.placeholderCount, hint: record.hint))
  }
  var rest = bytes[...]
  while !rest.isEmpty {
    let piece = Array(rest.prefix(pieceByteCount))
    rest = rest.dropFirst(piece.count)
    try piece.withUnsafeBytes { try reader.take($0, keep) }
  }
  try reader.finish(isCut: isCut, keep)
  return found
}

func records(
  _ text: String, by reader: any RecordReader, isCut: Bool = false
) throws -> [ReadRecord] {
  try records(Array(text.utf8), by: reader, isCut: isCut)
}
