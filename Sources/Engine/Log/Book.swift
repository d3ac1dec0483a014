import Definition
import Files
import Foundation

/// The version that manifests and `--version` name.
package let engineVersion = "0.1.0"

/// How many workers a run has unless told otherwise.
package var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }

/// A directory with a log and what comes of it.
package struct Book: Sendable {
  package let root: String

  package init(_ root: String) {
    self.root = root
  }

  package var log: String { "\(root)/log" }
  package var snapshots: String { "\(root)/snapshots" }
  package var cache: String { "\(root)/cache" }
  package var quarantine: String { "\(root)/quarantine" }
  /// What CRMs acknowledged, by map: the one thing beside the log that nothing else gives back.
  package var pushed: String { "\(root)/pushed" }
  /// The definition that `init` makes and commands take where none is named.
  package var definition: String { "\(root)/pipeline.yaml" }

  /// Makes the book's own folder where it is missing, and those above it.
  ///
  /// What is in the book is only made where the book is: one that is renamed while somebody works on it must
  /// not be begun anew at its old path.
  package func makeRoot() throws {
    if try fileStatus(root)?.kind == .folder { return }
    do {
      try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    } catch {
      let isInTheWay = try exists(root)
      throw FileError(
        .cannotCreate, path: root,
        message: "cannot create the folder" + (isInTheWay ? ": a file is in the way" : ""),
        hint: isInTheWay ? nil : "is the folder above it writable?")
    }
  }

  /// Makes a folder in the book where it is missing.
  package func makeFolder(_ path: String) throws { try Disk.current.makeFolderDurably(path) }
}

/// What stopped a command, beside faults of files: in words, with the exit code that says so.
package struct RunError: Error, Sendable, CustomStringConvertible {
  package enum Kind: Int32, Sendable {
    case different = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case cannotCreate = 73
    case failed = 74
  }

  package let kind: Kind
  package let message: String
  package let hint: String?

  package init(_ kind: Kind, _ message: String, hint: String? = nil) {
    self.kind = kind
    self.message = message
    self.hint = hint
  }

  package var description: String { message }
  package var exitCode: Int32 { kind.rawValue }
}
