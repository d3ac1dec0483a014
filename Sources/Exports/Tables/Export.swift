import Audit
import Definition
import Engine
import Files
import Snapshots

/// What an export is made of: some tables of one snapshot, which is not pruned meanwhile.
package struct Export: Sendable {
  package let tables: [ExportTable]
  package let origin: ExportOrigin
  let snapshot: PublishedSnapshot
  let manifest: Manifest
  private let subject: AuditSubject

  /// `name`: the snapshot's name, `latest`, or a path to one.
  ///
  /// - Throws: `RunError` or `FileError` where there is no such snapshot, or it is not as its manifest says;
  ///   also where the format does not take its names.
  package init(
    snapshot name: String, of book: Book, only sections: Set<ExportSection>,
    as format: ExportFormat
  ) throws {
    subject = try AuditSubject(snapshot: name, of: book)
    guard let snapshot = subject.snapshot, let manifest = subject.manifest else {
      throw RunError(.noInput, "no such snapshot: '\(name)'")
    }
    self.snapshot = snapshot
    self.manifest = manifest
    origin = ExportOrigin(snapshot.name, manifest)
    tables = try exportTables(of: subject.definition, only: sections)
    if let faults = NameFaults(of: tables, in: format) {
      throw RunError(.badData, faults.description)
    }
    let files = Set(manifest.files.map(\.path))
    for table in tables where !files.contains(table.file) {
      throw ExportRows.isOtherVersion(snapshot, table.file, "it is not there")
    }
  }

  /// Reads a table from its beginning.
  func rows(of table: ExportTable) throws -> ExportRows { try ExportRows(table, of: snapshot) }

  /// - Throws: `FileError` where a table's file is not what the manifest says.
  func check(_ table: ExportTable) throws { try snapshot.check(table.file, manifest) }
}

/// Returns the tables that a definition's snapshots have.
///
/// - Throws: `RunError` where a time zone or something else of the definition cannot be made out.
func exportTables(
  of definition: Definition, only sections: Set<ExportSection>
) throws -> [ExportTable] {
  // Of no log: columns follow from the definition alone.
  let tables = try Results(definition, sheets: [], asOf: 0, jobs: 1).tables
  return (tables.ofLeads + tables.ofAccounts).map { ExportTable($0) }
    .filter { sections.contains($0.section) }
}

/// Where an export comes from; so nights can be stacked and told apart.
package struct ExportOrigin: Encodable, Sendable {
  package var snapshot: String
  package var asOf: String
  package var knownAt: String?
  package var definition: String
  package var definitionSha256: String

  init(_ snapshot: String, _ manifest: Manifest) {
    self.snapshot = snapshot
    asOf = manifest.asOf
    knownAt = manifest.knownAt
    definition = manifest.definition.name
    definitionSha256 = manifest.definition.sha256
  }

  /// The same as columns, which have one value each.
  var columns: [(column: ExportColumn, text: String)] {
    [
      (ExportColumn("as_of", .time, "the time that all is true for"), asOf),
      (ExportColumn("known_at", .time, "what was appended later is not in it"), knownAt ?? ""),
      (ExportColumn("definition", .text, "the definition's name"), definition),
      (
        ExportColumn("definition_sha256", .text, "the SHA-256 of the definition's text"),
        definitionSha256
      ),
    ]
  }
}
