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
  /// The definition that `init` makes and commands take where none is named.
  package var definition: String { "\(root)/pipeline.yaml" }

  /// Makes a folder of the book where it is missing.
  package func makeFolder(_ path: String) throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
      throw FileError(
        .cannotCreate, path: path, message: "cannot create the folder: a file is in the way")
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        .cannotCreate, path: path, message: "cannot create the folder",
        hint: "is the folder above it writable?")
    }
  }
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
