import Definition
import Engine
import Files
import Notation

/// A side of a diff as it is typed: a snapshot, a definition's file or an as-of, and behind an `@` another
/// as-of, behind a second one a known-at.
///
///     latest      20261101T000000Z-0a1b2c3d      other.yaml
///     2026-10-01T00:00:00Z      other.yaml@2026-10-01T00:00:00Z      latest@@2026-09-30T00:00:00Z
package struct DiffOperand: Sendable {
  private let name: String
  private let asOf: Milliseconds?
  private let knownAt: Milliseconds?

  /// Nil where a time is none.
  package init?(_ text: String) {
    var parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    if eventTime(parts[0]) != nil { parts.insert("", at: 0) }
    guard parts.count <= 3 else { return nil }
    func time(_ index: Int) -> (isSound: Bool, time: Milliseconds?) {
      guard index < parts.count, !parts[index].isEmpty else { return (true, nil) }
      let time = eventTime(parts[index])
      return (time != nil, time)
    }
    guard time(1).isSound, time(2).isSound else { return nil }
    name = parts[0]
    asOf = time(1).time
    knownAt = time(2).time
  }

  private var isDefinition: Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name == "-"
  }

  /// Whether it stands for itself, and the other side can take what it lacks from it.
  private var isSnapshot: Bool { !name.isEmpty && !isDefinition }

  /// Works out both sides: what one does not say is as on the other if that is a snapshot, else as in the
  /// latest one, else the book's definition as of now.
  package static func resolve(
    _ a: DiffOperand, _ b: DiffOperand, in book: Book
  ) throws -> (a: AuditSubject, b: AuditSubject) {
    // One snapshot by its name: where `latest` leads may change between two looks.
    var found: [String: AuditSubject] = [:]
    func subject(ofSnapshot name: String) throws -> AuditSubject {
      if let subject = found[name] { return subject }
      let subject = try AuditSubject(snapshot: name, of: book)
      found[name] = subject
      return subject
    }
    let base: AuditSubject
    if let snapshot = [a, b].first(where: \.isSnapshot) {
      base = try subject(ofSnapshot: snapshot.name)
    } else if try AuditSubject.hasSnapshot(book) {
      base = try subject(ofSnapshot: "latest")
    } else {
      base = AuditSubject(
        definition: try loadDefinition(book.definition), asOf: currentMilliseconds(),
        knownAt: nil)
    }
    return (
      try a.subject(base, ofSnapshot: subject(ofSnapshot:)),
      try b.subject(base, ofSnapshot: subject(ofSnapshot:))
    )
  }

  private func subject(
    _ base: AuditSubject, ofSnapshot snapshot: (String) throws -> AuditSubject
  ) throws -> AuditSubject {
    var subject = isSnapshot ? try snapshot(name) : base
    if isDefinition { subject.definition = try loadDefinition(name) }
    if let asOf { subject.asOf = asOf }
    if let knownAt { subject.knownAt = knownAt }
    if !isSnapshot || asOf != nil || knownAt != nil { subject.snapshot = nil }
    // What was not known is no matter of the snapshot any more.
    if knownAt != nil { subject.manifest = nil }
    return subject
  }
}
