/// What a file looks like, judged by its beginning.
package enum FormatGuess: Equatable, Sendable {
  /// One of the formats that can be read, by its name.
  case format(String)
  /// Something that is not text of lines, in words, with what to do about it.
  case unreadable(String, hint: String)

  /// Judges the beginning of a file; nil where it looks like nothing known.
  package init?(head: [UInt8]) {
    if let unreadable = Self.unreadable(head) {
      self = unreadable
      return
    }
    let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
    guard let first = text.first(where: { $0 > 0x20 }) else { return nil }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    guard let name = isJSON ? Self.objects(Array(text)) : Self.lines(Array(text)) else {
      return nil
    }
    self = .format(name)
  }

  private static func unreadable(_ head: [UInt8]) -> FormatGuess? {
    if let (what, hint) = foreignBeginnings.first(where: { head.starts(with: $0.bytes) }).map({
      ($0.what, $0.hint)
    }) {
      return .unreadable(what, hint: hint)
    }
    let text = head.drop { $0 <= 0x20 }.prefix(32)
    let lowered = String(decoding: text, as: UTF8.self).lowercased()
    if lowered.hasPrefix("<!doctype html") || lowered.hasPrefix("<html") {
      return .unreadable(
        "a page of the web, perhaps a login instead of a download", hint: "fetch the export again")
    }
    if lowered.hasPrefix("<?xml") {
      return .unreadable("XML", hint: "export it as CSV or JSON")
    }
    // Every other byte of plain text in UTF-16 is a zero.
    let beginning = head.prefix(64)
    if beginning.count >= 8, beginning.count(where: { $0 == 0 }) * 3 > beginning.count {
      return foreignBeginnings.first { $0.bytes == [0xFF, 0xFE] }.map {
        .unreadable($0.what, hint: $0.hint)
      }
    }
    return nil
  }

  /// Judges JSON by the members of its first sound objects.
  private static func objects(_ text: [UInt8]) -> String? {
    var holder = JSONHolder(wrapperNames: ["batch", "results"])
    var names: [String] = []
    let look: (HeldRecord) -> Void = { record in
      guard let object = try? JSONParser.object(record.bytes) else { return }
      if let name = format(of: object) { names.append(name) }
    }
    text.withUnsafeBytes { bytes in
      try? holder.take(bytes, look)
      try? holder.finish(look)
    }
    return names.first
  }

  private static func format(of object: JSONObject) -> String? {
    if object["specversion"] != nil { return "cloudevents" }
    if object["distinct_id"] != nil, object["event"] != nil { return "posthog" }
    let type = object.text("type")?.lowercased() ?? ""
    let calls: Set = ["page", "screen", "track", "identify", "group", "alias"]
    let names = ["userId", "anonymousId", "messageId", "originalTimestamp"]
    if calls.contains(type), names.contains(where: { object[$0] != nil }) { return "segment" }
    let own = ["id", "time", "type", "lead"]
    return own.count { object[$0] != nil } >= 3 ? "native" : nil
  }

  /// Judges lines by the first of them.
  private static func lines(_ text: [UInt8]) -> String? {
    let lines = text.split(separator: UInt8(ascii: "\n")).prefix(10)
    guard let first = lines.first else { return nil }
    if first.starts(with: "#Version:".utf8) || first.starts(with: "#Fields:".utf8) {
      return "access-log"
    }
    var log = LogLines()
    if let entry = try? log.entry(Array(first)), !entry.request.isEmpty { return "access-log" }
    let tab = UInt8(ascii: "\t")
    let counts = [tab, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|")].map { delimiter in
      (delimiter, first.count { $0 == delimiter })
    }
    guard let (delimiter, count) = counts.max(by: { $0.1 < $1.1 }), count > 0 else { return nil }
    let names = Array(first).withUnsafeBytes { cells(of: $0, CellSyntax(delimiter: delimiter)) }
      .map { $0.lowercased() }
    let isEnriched = delimiter == tab && count + 1 == SnowplowMapping.enrichedColumns.count
    if isEnriched || Set(names).isSuperset(of: ["event", "event_id", "collector_tstamp"]) {
      return "snowplow"
    }
    let isTable = lines.dropFirst().allSatisfy { $0.contains(delimiter) }
    return isTable && names.allSatisfy { !$0.isEmpty } ? "csv" : nil
  }
}

/// How files begin that are no text, what they are, and what to do about it.
private let foreignBeginnings: [(bytes: [UInt8], what: String, hint: String)] = [
  ([0x42, 0x5A, 0x68], "compressed by bzip2", "unpack it: bzip2 -dc FILE | scorebook append … -"),
  (
    [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "compressed by xz",
    "unpack it: xz -dc FILE | scorebook append … -"
  ),
  (
    [0x28, 0xB5, 0x2F, 0xFD], "compressed by Zstandard",
    "unpack it: zstd -dc FILE | scorebook append … -"
  ),
  (
    [0x04, 0x22, 0x4D, 0x18], "compressed by LZ4", "unpack it: lz4 -dc FILE | scorebook append … -"
  ),
  (
    [0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E], "compressed by Snappy",
    "unpack it, or export it as gzip or plain"
  ),
  (
    [0x4C, 0x5A, 0x49, 0x50], "compressed by lzip",
    "unpack it: lzip -dc FILE | scorebook append … -"
  ),
  (
    [0x37, 0x7A, 0xBC, 0xAF], "a 7z archive", "unpack it: 7z x -so FILE | scorebook append … -"
  ),
  (
    [0x52, 0x61, 0x72, 0x21], "a RAR archive",
    "unpack it: unrar p -inul FILE | scorebook append … -"
  ),
  (
    [0x50, 0x4B, 3, 4], "a ZIP archive, or a workbook of a spreadsheet",
    "unpack it (unzip -p FILE | scorebook append … -), or save the sheet as CSV in UTF-8"
  ),
  (
    [0xD0, 0xCF, 0x11, 0xE0], "a workbook of an old spreadsheet", "save the sheet as CSV in UTF-8"
  ),
  ([0x50, 0x41, 0x52, 0x31], "a Parquet file", "export it as CSV or JSON"),
  ([0x4F, 0x62, 0x6A, 1], "an Avro file", "export it as CSV or JSON"),
  ([0x4F, 0x52, 0x43], "an ORC file", "export it as CSV or JSON"),
  ([0x25, 0x50, 0x44, 0x46], "a PDF", "export the table as CSV"),
  ([0x53, 0x51, 0x4C, 0x69, 0x74, 0x65], "an SQLite database", "export the table as CSV"),
  (
    [0xFF, 0xFE], "text in UTF-16",
    "make it UTF-8: iconv -f UTF-16 -t UTF-8 FILE | scorebook append … -"
  ),
  (
    [0xFE, 0xFF], "text in UTF-16",
    "make it UTF-8: iconv -f UTF-16 -t UTF-8 FILE | scorebook append … -"
  ),
]
