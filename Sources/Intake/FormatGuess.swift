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
    if head.starts(with: [0x50, 0x4B, 3, 4]) {
      return .unreadable(
        "a ZIP archive, or a workbook of a spreadsheet",
        hint: "unpack it, or save the sheet as CSV in UTF-8")
    }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      return .unreadable(
        "text in UTF-16", hint: "make it UTF-8: iconv -f UTF-16 -t UTF-8 FILE | scorebook append -")
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
    if (try? AccessLogEntry(Array(first))) != nil { return "access-log" }
    let tab = UInt8(ascii: "\t")
    let counts = [tab, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|")].map { delimiter in
      (delimiter, first.count { $0 == delimiter })
    }
    guard let (delimiter, count) = counts.max(by: { $0.1 < $1.1 }), count > 0 else { return nil }
    let names = Array(first).withUnsafeBytes { cells(of: $0, CellSyntax(delimiter: delimiter)) }
      .map { String(decoding: $0, as: UTF8.self).lowercased() }
    let isEnriched = delimiter == tab && count + 1 == SnowplowMapping.enrichedColumns.count
    if isEnriched || Set(names).isSuperset(of: ["event", "event_id", "collector_tstamp"]) {
      return "snowplow"
    }
    let isTable = lines.dropFirst().allSatisfy { $0.contains(delimiter) }
    return isTable && names.allSatisfy { !$0.isEmpty } ? "csv" : nil
  }
}
