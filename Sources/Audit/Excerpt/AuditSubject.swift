import Definition
import Engine
import Files
import Foundation
import Notation
import Snapshots

/// What is to be explained: results of a definition, as of a time, from what a log knew by then; often
/// those of a snapshot.
package struct AuditSubject: Sendable {
  package var definition: Definition
  package var asOf: Milliseconds
  package var knownAt: Milliseconds?
  /// The snapshot that the results are held against; nil where there is none to compare with.
  package var snapshot: PublishedSnapshot?
  package var manifest: Manifest?
  /// Keeps the snapshot from being pruned.
  private var hold: SnapshotHold?

  package init(definition: Definition, asOf: Milliseconds, knownAt: Milliseconds?) {
    self.definition = definition
    self.asOf = asOf
    self.knownAt = knownAt
  }

  /// Of a snapshot: everything as its manifest says.
  ///
  /// `name`: the snapshot's name, `latest`, or a path to one.
  ///
  /// - Throws: `RunError` where there is none; `FileError` or `DefinitionFaults` where its manifest
  ///   is damaged.
  package init(snapshot name: String, of book: Book) throws {
    try self.init(of: findSnapshot(name, of: book))
  }

  init(of found: PublishedSnapshot) throws {
    let hold = try SnapshotHold(found)
    let manifest = try found.checkedManifest().manifest
    guard let asOf = eventTime(manifest.asOf) else {
      throw FileError(
        .damaged, path: "\(found.path)/manifest.json", message: "its as-of is no time")
    }
    self.init(
      definition: try Definition.load(
        text: manifest.definition.text, file: "\(found.name) (\(manifest.definition.name))"),
      asOf: asOf, knownAt: manifest.knownAt.flatMap { eventTime($0) })
    snapshot = found
    self.hold = hold
    self.manifest = manifest
  }

  /// The time and the definition that it speaks of, in words.
  var terms: String { "as of \(timeText(milliseconds: asOf)), by '\(definition.name)'" }

  /// Whether a book has anything to name a subject after.
  package static func hasSnapshot(_ book: Book) throws -> Bool {
    try exists("\(book.snapshots)/latest/manifest.json")
  }
}

/// What to look at where a key is not found.
func keyHint(_ form: KeyForm) -> String {
  "keys are compared \(form.comparison): is this one written as it is in the events?"
}

/// Finds a snapshot by its name, `latest`, or a path.
package func findSnapshot(_ name: String, of book: Book) throws -> PublishedSnapshot {
  let isPath = name.contains("/")
  let path = URL(fileURLWithPath: isPath ? name : "\(book.snapshots)/\(name)")
    .resolvingSymlinksInPath()
  let root = path.deletingLastPathComponent().path
  guard let snapshot = PublishedSnapshot(path.lastPathComponent, in: root),
    try exists(snapshot.path)
  else {
    throw RunError(
      .noInput, "no such snapshot: '\(name)'",
      hint: "see what there is with: scorebook snapshots --book \(book.root)")
  }
  return snapshot
}
