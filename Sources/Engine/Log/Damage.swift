import Definition
import Intake
import Notation

/// Something about a book that is not as it was written: where, and what.
package struct Damage: Encodable, Sendable, Equatable {
  package enum Kind: String, Encodable, Sendable {
    /// A line of the chain is no entry or does not follow from the one before it.
    case chain
    /// No entry of the chain has the expected head.
    case head
    /// A file that is vouched for is not there, or cannot be read.
    case missing
    /// A file that nothing vouches for, where everything is vouched for.
    case extra
    /// A file or folder cannot be opened, because its name is not text.
    case name
    /// A file has another length than was written.
    case length
    /// A file has other bytes than were written.
    case checksum
    /// A part of a segment cannot be read, or not trusted.
    case block
    /// A segment has another number of events than was written.
    case events
    /// A sheet is not what its segment comes to.
    case sheet
    /// A manifest is not what it was, or says what cannot be.
    case manifest
    /// `latest` leads nowhere.
    case latest
  }

  package var kind: Kind
  /// The path below the book, or of another log the path below its parent.
  package var file: String
  package var message: String
  /// The bytes of the file that are damaged, from the first to the one behind the last.
  package var fromByte: Int?
  package var toByte: Int?
  /// The lines, which in a segment that was appended are its events: the damaged ones are among them.
  package var fromLine: Int?
  package var toLine: Int?

  package init(_ kind: Kind, _ file: String, _ message: String) {
    self.kind = kind
    self.file = file
    self.message = message
  }
}

extension Damage: CustomStringConvertible {
  package var description: String {
    var text = "\(visibleText(file)): "
    switch (fromByte, toByte) {
    case (let from?, let to?) where to > from: text += "bytes \(from) to \(to - 1): "
    case (let from?, _): text += "byte \(from): "
    default: break
    }
    text += visibleText(message)
    switch (fromLine, toLine) {
    case (let from?, let to?) where to < from: text += "; no event is missing"
    case (let from?, let to?) where to == from: text += "; event \(from)"
    case (let from?, let to?): text += "; events \(from) to \(to)"
    case (let from?, nil): text += "; from line \(from) on"
    default: break
    }
    return text
  }
}
