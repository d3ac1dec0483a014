import Definition
import Engine
import Files
import Foundation

/// What is to be sent, file by file.
package struct CRMPlan: Codable, Sendable {
  package var schema = 1
  package var id: String
  package var map: String
  package var profile: String
  package var snapshot: String
  package var asOf: String
  package var knownAt: String?
  package var definition: String
  var definitionSHA256: String
  package var objects: [Object]
  package var files: [File]

  /// Rows of a table by what becomes of them.
  package struct Object: Codable, Sendable {
    package var table: String
    package var object: String
    /// The field by which the CRM finds its records.
    var match: String
    /// Those that the map sends.
    package var rows = 0
    package var new = 0
    package var changed = 0
    package var rejected = 0
    package var unacknowledged = 0
    package var unchanged = 0
    package var cleared = 0
    package var notSelected = 0
    package var withoutKey = 0
    /// Those that changed in a list, grade, persona, stage or readiness, or are cleared.
    var steadyChanges = 0
    /// Those that were known before.
    package var known = 0

    init(_ object: CRMMap.Object) {
      (table, self.object, match) = (object.table, object.object, object.key.field)
    }

    /// How many rows are sent.
    package var sent: Int { new + changed + rejected + unacknowledged + cleared }
  }

  package struct File: Codable, Sendable {
    package var number: Int
    /// Its name in the folder.
    package var path: String
    package var table: String
    package var object: String
    var match: String
    /// `upsert` where the CRM makes records that it does not find, else `update`.
    package var operation: String
    var isClearing: Bool
    package var rows: Int
    package var bytes: Int
    package var sha256: String
  }

  package var sent: Int { objects.reduce(0) { $0 + $1.sent } }
}

extension CRMPlan {
  /// Reads a plan without its rows: all of that is the file's first line.
  ///
  /// - Throws: `FileError`, or `RunError` where there is none.
  package init(readingFrom path: String) throws {
    guard try exists(path) else { throw RunError(.noInput, "\(path): no such plan") }
    let bytes = try beginning(of: path)
    var line = Array(bytes.prefix { $0 != UInt8(ascii: "\n") })
    if line.last == UInt8(ascii: ",") { line[line.count - 1] = UInt8(ascii: "}") }
    guard let plan = try? JSONDecoder().decode(CRMPlan.self, from: Data(line)), plan.schema == 1
    else {
      throw FileError(.damaged, path: path, message: "not a plan of an export")
    }
    self = plan
  }

  /// The first line, to which rows may be added.
  func line(isOpen: Bool) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = Array(try encoder.encode(self))
    return (isOpen ? json.dropLast() + [UInt8(ascii: ",")] : json) + [UInt8(ascii: "\n")]
  }
}

/// Reads a file up to its first line end, or more.
private func beginning(of path: String) throws -> [UInt8] {
  let file = try RegularFile(path, path: path)
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = try piece.withUnsafeMutableBytes { try file.read(at: bytes.count, into: $0) }
    bytes += piece[..<count]
    if count == 0 || piece[..<count].contains(UInt8(ascii: "\n")) { return bytes }
  }
}
