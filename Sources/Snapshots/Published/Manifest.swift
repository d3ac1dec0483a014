import EventLog
import Files
import Foundation
import Notation

/// What a snapshot was made from, and what it is made of, with checksums.
package struct Manifest: Codable, Sendable {
  /// The version of the files' format.
  package static let formatVersion = 1
  /// More than a manifest of a million segments has.
  package static let byteCountMax = 1 << 29

  package var format: Int
  package var engine: String
  package var asOf: String
  /// The known-at that has the same segments, now and later; absent where the log cannot tell.
  package var knownAt: String?
  package var definition: DefinitionRecord
  /// What the segments are, where they are not of the log's own format, as a command line has it.
  package var from: String?
  package var segments: [SegmentRecord]
  /// What was lost of damaged segments; absent where nothing was.
  package var salvaged: [SalvageRecord]?
  package var files: [FileRecord]

  package struct DefinitionRecord: Codable, Sendable {
    package var name: String
    package var sha256: String
    package var text: String
    /// That of the list `free-mail`, where the definition names it: it is the program's, not in the text.
    package var freeMailSHA256: String?

    package init(name: String, text: String, freeMail: String? = nil) {
      self.name = name
      sha256 = SHA256Hasher.hex(of: text)
      self.text = text
      freeMailSHA256 = freeMail.map { SHA256Hasher.hex(of: $0) }
    }
  }

  package struct FileRecord: Codable, Sendable {
    package var path: String
    package var bytes: Int
    package var sha256: String
  }

  package init(
    engine: String, asOf: Milliseconds, knownAt: Milliseconds?, definition: DefinitionRecord,
    from: String? = nil,
    segments: [SegmentRecord]
  ) {
    format = Manifest.formatVersion
    self.engine = engine
    self.asOf = timeText(milliseconds: asOf)
    self.knownAt = knownAt.map(timeText)
    self.definition = definition
    self.from = from
    self.segments = segments
    files = []
  }
}

extension Manifest {
  /// Reads a manifest's text.
  ///
  /// - Throws: `FileError` where it is none, or names a file that is not below its snapshot.
  package init(json: [UInt8], path: String) throws {
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(json)) else {
      throw FileError(.damaged, path: path, message: "not a manifest of a snapshot")
    }
    if let file = manifest.files.first(where: { !isInside($0.path) }) {
      throw FileError(
        .damaged, path: path, message: "'\(file.path)' is no path below the snapshot")
    }
    self = manifest
  }
}

/// Returns a value as JSON the same way on every machine: keys in order, one member a line.
package func stableJSON(_ value: some Encodable) throws -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
}
