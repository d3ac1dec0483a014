/// Whether the entries of a chain can be so, one after the other, however right their heads are.
///
/// Files are removed and renamed by what a chain says. So a path must be one that an append or a swap gives,
/// and a segment may only take the place of those that stand: nothing outside of the log, and nothing in it
/// that is no segment, is ever reached.
struct ChainSense: Sendable, Equatable {
  /// The paths of the segments that stand.
  private var standing: Set<String> = []
  private var lastNumber = 0

  /// No file has a trillion of anything; so the sums of as many entries as a chain can have are numbers.
  private static let countMax = 1 << 40

  /// Takes an entry in; returns what is wrong with it.
  mutating func fault(in record: ChainAudit.Record) -> String? {
    if record.number <= lastNumber {
      return "number \(record.number) follows number \(lastNumber)"
    }
    let fault = fault(inPathsOf: record) ?? fault(inCountsOf: record)
    if fault == nil { lastNumber = record.number }
    return fault
  }

  private mutating func fault(inPathsOf record: ChainAudit.Record) -> String? {
    let replaces = record.replaces ?? []
    if let path = ([record.path] + replaces).first(where: { !isInside($0) }) {
      return "'\(path)' is no path below the log"
    }
    let isNamedSo =
      record.replaces == nil
      ? SegmentName.isAppended(record.path, record.number)
      : SegmentName.isReplacement(record.path, record.number)
    if !isNamedSo { return "'\(record.path)' is not what the segment of such an entry is named" }
    return enter(record.path, replacing: replaces)
  }

  /// Notes that a segment takes the place of others; returns what is wrong with that.
  mutating func enter(_ path: String, replacing replaced: [String]) -> String? {
    if let path = replaced.first(where: { !standing.contains($0) }) {
      return "'\(path)' is replaced, but no segment that stands"
    }
    if Set(replaced).count < replaced.count { return "it replaces a segment twice" }
    if standing.contains(path), !replaced.contains(path) { return "'\(path)' is there already" }
    standing.subtract(replaced)
    standing.insert(path)
    return nil
  }

  private func fault(inCountsOf record: ChainAudit.Record) -> String? {
    let parts = record.parts ?? []
    let counts =
      [record.bytes, record.events] + parts.flatMap { [$0.bytes, $0.lines, $0.events] }
    if counts.contains(where: { $0 < 0 }) { return "a negative length or count" }
    if counts.contains(where: { $0 > Self.countMax }) {
      return "a length or count beyond all files"
    }
    if (record.replaces == nil) != (record.parts == nil) {
      return "what it replaces and its parts are only there together"
    }
    if record.parts == nil { return nil }
    let end = BlockGzipWriter.endMarker.count
    // Wrapping: more parts than a sum can take do not add up to a file's length either.
    let sums = parts.reduce(into: (bytes: end, events: 0)) { sum, part in
      sum = (sum.bytes &+ part.bytes, sum.events &+ part.events)
    }
    return sums == (record.bytes, record.events) ? nil : "its parts do not add up to it"
  }
}

/// Whether a path stays below the folder it is taken from.
package func isInside(_ path: String) -> Bool {
  !path.isEmpty && !path.utf8.contains(0)
    && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0 != "." && $0 != ".."
    }
}
