import Definition
import Engine
import Files
import Foundation
import Notation
import Snapshots

/// What a replay is to do, with everything resolved that was typed.
package struct ReplayPlan: Sendable {
  package var book: Book
  /// The log to read; the book's own unless told otherwise.
  package var log: String
  /// The file of the definition.
  package var file: String
  package var settings: [Setting]
  /// A snapshot's name or folder, or a definition's file.
  package var against: String?
  /// That of the snapshot it is compared with, else of the latest one, else now, unless told otherwise.
  package var asOf: Milliseconds?
  package var knownAt: Milliseconds?
  package var jobs: Int
  /// How many leads are named for each score and list.
  package var namedMax = 10
  /// Whether every change of a lead is wanted, not only how many there are.
  package var keepsChanges = false
  /// Makes what tells when and through what each change came about; nil where nobody asks.
  package var reasons: Reasons?
  /// Where the snapshot is kept.
  package var out: String?
  /// Where the changed definition is written.
  package var save: String?

  package typealias Reasons =
    @Sendable (GatheredLog, LogSheets, LogReader, Earlier) -> any ChangeReasons

  /// What the results are compared with.
  package struct Earlier {
    package let definition: Definition
    package let asOf: Milliseconds
    /// Of a snapshot.
    package internal(set) var manifest: Manifest?

    init(definition: Definition, asOf: Milliseconds) {
      self.definition = definition
      self.asOf = asOf
    }
  }

  package init(
    book: Book, log: String? = nil, file: String, settings: [Setting] = [],
    jobs: Int = processorCount
  ) {
    self.book = book
    self.log = log ?? book.log
    self.file = file
    self.settings = settings
    self.jobs = jobs
  }
}

/// What a replay is compared with.
enum Counterpart {
  case definition(Definition, file: String)
  case snapshot(folder: String, name: String, Manifest, Definition)

  var definition: Definition {
    switch self {
    case .definition(let definition, _), .snapshot(_, _, _, let definition): definition
    }
  }

  /// Finds what a plan is to be compared with.
  ///
  /// Unless told otherwise that is the definition before anything is set in it; where nothing is set,
  /// the latest snapshot.
  init(_ plan: ReplayPlan, unchanged: Definition) throws {
    let book = plan.book
    if let name = plan.against {
      if PublishedSnapshot(name, in: book.snapshots) != nil || name == "latest" {
        self = try Counterpart.snapshot(at: "\(book.snapshots)/\(name)")
      } else if try exists("\(name)/manifest.json") {
        self = try Counterpart.snapshot(at: name)
      } else {
        self = .definition(try loadDefinition(name), file: name)
      }
    } else if !plan.settings.isEmpty {
      self = .definition(unchanged, file: plan.file)
    } else {
      let latest = "\(book.snapshots)/latest"
      guard try exists("\(latest)/manifest.json") else {
        throw RunError(
          .usage,
          "nothing to compare with: no --set, no --against, and no snapshot in \(book.root)",
          hint: "change a value with --set PATH=VALUE, or name another definition with --against")
      }
      self = try Counterpart.snapshot(at: latest)
    }
  }

  private static func snapshot(at folder: String) throws -> Counterpart {
    // What `latest` points to may change while it is read.
    let folder =
      try linkTarget(folder).map {
        $0.hasPrefix("/") ? $0 : "\((folder as NSString).deletingLastPathComponent)/\($0)"
      } ?? folder
    let file = "\(folder)/manifest.json"
    guard let bytes = try wholeFile(file, atMost: Manifest.byteCountMax) else {
      throw RunError(
        .noInput, "\(file): no such snapshot", hint: "see what there is with: scorebook snapshots")
    }
    let manifest = try Manifest(json: bytes, path: file)
    return .snapshot(
      folder: folder, name: (folder as NSString).lastPathComponent, manifest,
      try Definition.load(text: manifest.definition.text, file: "\(file): definition"))
  }
}
