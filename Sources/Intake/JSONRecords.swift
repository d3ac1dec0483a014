/// What an object of somebody else's format came to.
struct MappedRecord {
  let kind: String?
  let outcome: LineReading
  var hasMadeID = false
  /// How many of its keys were none, as `undefined` is.
  var placeholderCount = 0
  /// What to do about a refusal, where that can be said.
  var hint: String?

  static func refused(_ reason: String, kind: String? = nil) -> MappedRecord {
    MappedRecord(kind: kind, outcome: .refused(reason))
  }

  static func skipped(_ reason: String, kind: String? = nil) -> MappedRecord {
    MappedRecord(kind: kind, outcome: .skipped(reason))
  }
}

/// Says what the objects of a format mean.
protocol ObjectMapping {
  /// Names of the members of an object that wrap an array of records.
  var wrapperNames: [String] { get }

  /// Returns what a record means.
  ///
  /// `madeID`: makes the id of a record that has none.
  func map(_ record: JSONObject, madeID: () -> String) -> MappedRecord
}

/// Reads a format whose records are JSON objects: one after another, or in an array, or in a wrapping object.
struct JSONRecords<Mapping: ObjectMapping>: RecordReader {
  private let mapping: Mapping
  private var holder: JSONHolder
  private var mark = ByteOrderMark()
  private var ids = MadeIDs()

  init(_ mapping: Mapping) {
    self.mapping = mapping
    holder = JSONHolder(wrapperNames: mapping.wrapperNames)
  }

  mutating func take(_ bytes: UnsafeRawBufferPointer, _ found: (Record) throws -> Void) throws {
    let (held, rest) = mark.strip(bytes)
    try held.withUnsafeBytes { try read($0, found) }
    try read(rest, found)
  }

  mutating func finish(isCut: Bool, _ found: (Record) throws -> Void) throws {
    try mark.finish().withUnsafeBytes { try read($0, found) }
    let mapping = mapping
    try holder.finish { try found(Self.record($0, mapping, &ids)) }
  }

  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ found: (Record) throws -> Void
  ) throws {
    let mapping = mapping
    try holder.take(bytes) { try found(Self.record($0, mapping, &ids)) }
  }

  private static func record(
    _ held: HeldRecord, _ mapping: Mapping, _ ids: inout MadeIDs
  ) -> Record {
    let mapped = mapped(held, mapping, &ids)
    return Record(
      held.bytes, byteCount: held.byteCount, line: held.line, outcome: mapped.outcome,
      kind: mapped.kind, hasMadeID: mapped.hasMadeID, number: held.number,
      placeholderCount: mapped.placeholderCount, hint: mapped.hint)
  }

  private static func mapped(
    _ held: HeldRecord, _ mapping: Mapping, _ ids: inout MadeIDs
  ) -> MappedRecord {
    if held.isOverlong { return .refused("too-long") }
    let object: JSONObject
    do throws(JSONFault) {
      object = try JSONParser.object(held.bytes)
    } catch {
      return .refused(error.rawValue)
    }
    var isMade = false
    var mapped = mapping.map(object) {
      isMade = true
      return ""
    }
    guard isMade, case .events(let lines) = mapped.outcome else { return mapped }
    let id = ids.id(of: lines)
    mapped = mapping.map(object) { id }
    mapped.hasMadeID = true
    return mapped
  }
}
