import Definition
import Engine
import EventLog
import Files
import Foundation
import Reading
import Snapshots

/// What a snapshot's own log and definition come to today, held against it.
package struct Reproduction: Encodable, Sendable {
  package var snapshot: String
  /// How many files were compared byte by byte.
  package var files = 0
  /// How many leads' contributions and adjustments were added up; absent where nobody asked.
  package var leadsAddedUp: Int?
  package var faults: [Fault] = []
  package var isSame: Bool { faults.isEmpty }

  package struct Fault: Encodable, Sendable {
    /// The path below the book, or the segment's below the log.
    package var file: String
    package var message: String
  }
}

/// Recomputes a snapshot from the log and the definition in its manifest, without the cache, and compares
/// byte by byte.
///
/// `addsUp`: whether every lead's contributions and adjustments are added up too.
///
/// - Throws: `RunError` or `FileError` where there is no such snapshot, or no log.
package func reproduce(
  snapshot name: String, of book: Book, log: String? = nil, addsUp: Bool = false,
  jobs: Int = processorCount
) throws -> Reproduction {
  let root = log ?? book.log
  let snapshot = try findSnapshot(name, of: book)
  var found = Reproduction(snapshot: snapshot.name)
  do {
    let subject = try AuditSubject(of: snapshot)
    try found.recompute(snapshot, subject, root, book, addsUp: addsUp, jobs: jobs)
  } catch let error as FileError where error.kind == .damaged {
    found.faults.append(.init(file: error.path, message: error.message))
  } catch let faults as DefinitionFaults {
    found.faults.append(
      .init(file: "\(snapshot.name)/manifest.json", message: "its definition: \(faults)"))
  }
  return found
}

extension Reproduction {
  fileprivate mutating func recompute(
    _ snapshot: PublishedSnapshot, _ subject: AuditSubject, _ root: String, _ book: Book,
    addsUp: Bool, jobs: Int
  ) throws {
    guard let manifest = subject.manifest else { return }
    if manifest.definition.sha256 != SHA256Hasher.hex(of: manifest.definition.text) {
      add("\(snapshot.name)/manifest.json", "the definition's SHA-256 is not that of its text")
    }
    if subject.definition.freeMail.map({ SHA256Hasher.hex(of: $0) })
      != manifest.definition.freeMailSHA256
    {
      add("\(snapshot.name)/manifest.json", "this program has another list 'free-mail'")
    }
    let reader = try LogReader(
      subject.log(in: root, of: book, jobs: jobs), tellsTimes: true)
    let dated = try reader.sheets(for: ReadingPlan(subject.definition), .none).pieces
    compareSegments(dated.known, manifest)
    let hindsight = try Hindsight(of: subject, dated, jobs: jobs)
    let (found, results) = try remake(
      snapshot, subject, dated.filter { hindsight.sees($0.parts[0]) }, jobs: jobs)
    files = found.files
    faults += found.faults
    guard addsUp else { return }
    for lead in try results.unbalancedLeads(paths: dated.known.sheetPaths, jobs: jobs) {
      add("\(snapshot.name)/leads.csv", "'\(lead)': its contributions do not add up to its raw")
    }
    leadsAddedUp = results.leadCount
  }

  /// Makes a snapshot again, in a folder that is gone afterwards, and compares.
  private func remake(
    _ snapshot: PublishedSnapshot, _ subject: AuditSubject, _ dated: [LogPiece], jobs: Int
  ) throws -> (found: Reproduction, results: Results) {
    var found = Reproduction(snapshot: snapshot.name)
    let sheets = dated.sheets
    let results = try Results(
      subject.definition, sheets: sheets.all, isKnown: sheets.isKnown, asOf: subject.asOf,
      jobs: jobs)
    guard let manifest = subject.manifest else { return (found, results) }
    let folder = try ScratchFolder()
    let draft = try SnapshotDraft(in: folder.path, asOfName: "verify", manifest: manifest.bare)
    try draft.write(
      results.tableGroups,
      summary: Summary(results, LineCounts(dated.known.flatMap(\.sheets))), jobs: jobs)
    if manifest.files.contains(where: { $0.path == ledgerFileName }) {
      try results.writeLedger(to: draft, dated.known, jobs: jobs)
    }
    try found.compare(snapshot, manifest, with: "\(folder.path)/\(try draft.publish().name)")
    return (found, results)
  }

  /// A segment that took the place of others is told by the chain; its bytes are not those of then.
  private mutating func compareSegments(_ readings: [SegmentReading], _ manifest: Manifest) {
    let found = Dictionary(
      readings.records.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    for record in manifest.segments {
      guard let now = found[record.path] else { continue }
      if now.sha256 != record.sha256 || now.bytes != record.bytes {
        add(record.path, "the segment is not the one in the manifest, by its SHA-256")
      } else if now.events != record.events {
        add(record.path, "\(now.events) events; the manifest says \(record.events)")
      }
    }
  }

  private mutating func compare(
    _ snapshot: PublishedSnapshot, _ manifest: Manifest, with folder: String
  ) throws {
    for record in manifest.files {
      files += 1
      let published = try wholeFile("\(snapshot.path)/\(record.path)")
      let wanted = try wholeFile("\(folder)/\(record.path)")
      let name = "\(snapshot.name)/\(record.path)"
      switch (published, wanted) {
      case (nil, _): add(name, "missing")
      case (_, nil): add(name, "today nothing of this name is made")
      case (let published?, let wanted?) where published != wanted:
        let byte = zip(published, wanted).enumerated().first { $0.element.0 != $0.element.1 }?
          .offset
        let place = byte ?? min(published.count, wanted.count)
        let line = published.prefix(place).count { $0 == UInt8(ascii: "\n") } + 1
        add(name, "byte \(place), line \(line): not what the log and the definition come to")
      case (let published?, _):
        let sha256 = published.withUnsafeBytes { SHA256Hasher.hex(of: $0) }
        if sha256 != record.sha256 || published.count != record.bytes {
          add("\(snapshot.name)/manifest.json", "\(record.path) is not what it says")
        }
      }
    }
  }

  private mutating func add(_ file: String, _ message: String) {
    faults.append(Fault(file: file, message: message))
  }
}

extension Manifest {
  /// Without the files, which are about to be made.
  fileprivate var bare: Manifest {
    var manifest = self
    manifest.files = []
    return manifest
  }
}
