import Audit
import Definition
import Engine
import Files
import Foundation
import Notation
import Snapshots

/// What is to be exported to a CRM, and how.
package struct CRMExport: Sendable {
  package var book: Book
  /// Where the files go.
  package var folder: String
  /// The file with the map.
  package var map: String
  /// The snapshot's name or path; `latest` unless told otherwise.
  package var snapshot = "latest"
  /// What runs once for each file; nil where somebody else takes them.
  package var push: String?
  /// From which share of all rows on it stops where too many are cleared or change in what does not fade.
  package var changedShareMax = 0.2
  /// Which of leads, accounts and lists are sent, the others staying as they are; nil for all.
  package var only: Set<String>?
  /// Whether a snapshot older than the one pushed last may be.
  package var allowsOlder = false

  package init(book: Book, folder: String, map: String) {
    self.book = book
    self.folder = folder
    self.map = map
  }

  func sends(_ table: String) -> Bool {
    only?.contains(table.hasPrefix("lists/") ? "lists" : table) ?? true
  }
}

/// What an export came to.
package struct CRMReport: Codable, Sendable {
  package var schema = 1
  package var map: String
  package var plan: String
  package var snapshot: String
  package var asOf: String
  package var folder: String
  package var objects: [CRMPlan.Object]
  package var files: Int
  /// Rows of the plan's files.
  package var rows: Int
  /// Files, and rows of them, that the CRM has taken.
  package var acknowledgedFiles = 0
  package var acknowledgedRows = 0
  package var rejectedRows = 0
  /// Keys that were rejected, the first of them.
  package var rejected: [String] = []

  init(_ plan: CRMPlan, folder: String) {
    (map, self.plan, snapshot, asOf) = (plan.map, plan.id, plan.snapshot, plan.asOf)
    (self.folder, objects) = (folder, plan.objects)
    files = plan.files.count
    rows = plan.sent
  }

  mutating func count(_ file: CRMPlan.File, rejected keys: Set<[UInt8]>) {
    acknowledgedFiles += 1
    acknowledgedRows += file.rows - keys.count
    rejectedRows += keys.count
    let room = CRMReport.namedMax - rejected.count
    rejected += keys.sorted { $0.lexicographicallyPrecedes($1) }.prefix(max(0, room))
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static let namedMax = 10
}

/// Loads a map from a file, for a definition.
///
/// - Throws: `DefinitionFaults` with every mistake in it; `RunError` where there is no such file.
package func loadMap(_ path: String, for definition: Definition) throws -> CRMMap {
  guard let bytes = try wholeFile(path, atMost: Definition.byteCountMax + 1) else {
    throw RunError(.noInput, "\(path): no such map", hint: "there are some in pipelines/crm")
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw RunError(.badData, "\(path): not UTF-8", hint: "save the map as UTF-8")
  }
  return try CRMMap.load(
    text: text, file: path, for: definition, tables: try SnapshotColumns(definition).names)
}

/// Whether a file is meant to be a map, not a definition.
package func isMap(_ path: String) throws -> Bool {
  // What is no regular file is told of by who reads it.
  guard try fileStatus(path)?.kind == .file,
    let bytes = try wholeFile(path, atMost: Definition.byteCountMax + 1)
  else { return false }
  return CRMMap.isMeant(by: String(decoding: bytes, as: UTF8.self))
}

/// Writes what changed since the last acknowledged push into files, with a plan, and pushes them where that is
/// asked for.
///
/// - Throws: `RunError`, `FileError`, `DefinitionFaults`; `Interrupted`. What was acknowledged until then stays so.
package func exportCRM(_ export: CRMExport) throws -> CRMReport {
  let snapshot = try findSnapshot(export.snapshot, of: export.book)
  let hold = try SnapshotHold(snapshot)
  defer { hold.release() }
  let manifest = try snapshot.checkedManifest().manifest
  let definition = try Definition.load(
    text: manifest.definition.text, file: "snapshots/\(snapshot.name) (\(manifest.definition.name))"
  )
  let map = try loadMap(export.map, for: definition)
  let pushes = try PushFolder(of: export.book, map: map.name)
  try pushes.endPlan()
  try pushes.check(map, manifest, export)

  try Disk.current.makeFolderDurably(export.folder)
  try PlanFiles.removeEarlier(in: export.folder)
  let path = absolutePath(export.folder)
  try pushes.note(folder: path)
  let plan = try pushes.plan(map, of: snapshot, manifest, definition, export)
  var report = CRMReport(plan, folder: path)
  if let command = export.push {
    try pushes.push(plan, by: command, from: path, &report)
  } else if plan.files.isEmpty {
    try pushes.endPlan()
  }
  return report
}

extension PushFolder {
  /// Refuses what would send something else than what is meant.
  fileprivate func check(_ map: CRMMap, _ manifest: Manifest, _ export: CRMExport) throws {
    if let last = record.lastAsOf, last > manifest.asOf, !export.allowsOlder {
      throw RunError(
        .badData,
        "the snapshot is as of \(manifest.asOf); as of \(last) was pushed already",
        hint: "send what is older with --older")
    }
    for object in map.objects {
      guard let known = record.targets.first(where: { $0.table == object.table }),
        known.object != object.object || known.key != object.key.field
      else { continue }
      throw RunError(
        .badData,
        "map '\(map.name)' has pushed \(object.table) into \(known.object) by \(known.key), "
          + "not into \(object.object) by \(object.key.field)",
        hint: "give the map another name: it is another push")
    }
  }

  /// Works out what is to be sent, and makes its files; from then on the plan is under way.
  fileprivate func plan(
    _ map: CRMMap, of snapshot: PublishedSnapshot, _ manifest: Manifest, _ definition: Definition,
    _ export: CRMExport
  ) throws -> CRMPlan {
    guard let asOf = eventTime(manifest.asOf) else {
      throw FileError(
        .damaged, path: "\(snapshot.path)/manifest.json", message: "its as-of is no time")
    }
    let columns = try SnapshotColumns(definition)
    let name = try makeFolder("plan")
    let folder = "\(path)/\(name)"
    let isInMap = Set(map.objects.map(\.table))
    let left = try objectsInState().filter { !isInMap.contains($0.table) }
    let layouts = (map.objects + left).filter { export.sends($0.table) }.map {
      FieldLayout($0, asOf: manifest.asOf, kinds: columns.kinds(of: $0.table))
    }
    var objects: [CRMPlan.Object] = []
    for layout in layouts {
      var delta = try ObjectDelta(
        layout, state: record.state.map { "\(path)/\($0)" }, plan: folder)
      if isInMap.contains(layout.object.table) {
        try snapshot.check("\(layout.object.table).csv", manifest)
        try delta.run(CurrentRows(layout, of: snapshot, asOf: asOf))
      } else {
        try delta.run(nil)
      }
      objects.append(delta.counts)
    }
    if record.lastAsOf != nil { try check(objects, shareMax: export.changedShareMax) }
    var files = PlanFiles(in: export.folder, map.profile)
    for layout in layouts { try files.write(layout, from: folder) }
    let content = ([snapshot.name, name] + files.files.map(\.sha256)).joined(separator: " ")
    let plan = CRMPlan(
      id: "\(name.dropFirst("plan-".count))-\(SHA256Hasher.hex(of: content).prefix(12))",
      map: map.name, profile: map.profile.rawValue, snapshot: snapshot.name, asOf: manifest.asOf,
      knownAt: manifest.knownAt, definition: manifest.definition.name,
      definitionSHA256: manifest.definition.sha256, objects: objects, files: files.files)
    try AtomicFile.write(try plan.line(isOpen: false), to: "\(folder)/plan.json")
    try commit { $0.plan = name }
    try plan.write(to: "\(export.folder)/plan.json", rowsFrom: folder)
    return plan
  }

  /// Stops where so much changes that does not fade that it looks like an accident.
  private func check(_ objects: [CRMPlan.Object], shareMax: Double) throws {
    let changed = objects.reduce(0) { $0 + $1.steadyChanges }
    let all = objects.reduce(0) { $0 + max($1.rows, $1.known) }
    guard Double(changed) > shareMax * Double(all) else { return }
    throw RunError(
      .badData,
      "\(changed) of \(all) rows are cleared, or change in a list, grade, persona, stage or readiness: "
        + "nothing was sent",
      hint:
        "look at what happened with `scorebook diff`; where it is meant, allow it with --max-changed"
    )
  }
}

/// A path that means the same wherever a command runs.
private func absolutePath(_ path: String) -> String {
  URL(fileURLWithPath: path).standardized.path
}
