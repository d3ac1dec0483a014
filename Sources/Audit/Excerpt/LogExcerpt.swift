import EventLog
import Reading
import Workers

/// All that a log says of one lead, or several: the lines themselves, and sheets made of them.
///
/// Whatever can be said of the lead from the whole log can be said from these lines alone: those of every
/// key that merges join to it, their merges and forgets, and the profiles of the accounts they name. So
/// the same replay that judges everybody judges this one, from the log's own bytes; the cached sheets
/// only told where to look.
struct LogExcerpt: Sendable {
  /// Lines of one segment that became known together.
  struct Part: Sendable {
    var segment: Segment
    var isKnown: Bool
    var sheet: Sheet
  }

  private(set) var parts: [Part] = []
  /// By segment's path, then line.
  private(set) var lines: [String: [Int: [UInt8]]] = [:]

  var sheets: [Sheet] { parts.map(\.sheet) }
  var isKnown: [Bool] { parts.map(\.isKnown) }
  /// The segments that events of known parts stand in, by the number histories have.
  var knownPaths: [String] { parts.filter(\.isKnown).map(\.segment.path) }

  /// - Throws: `SheetIndex.Unsound` where the index led astray; `FileError` where the log is
  ///   damaged.
  init(of leads: Set<LogKey>, in index: LogIndex, plan: ReadingPlan, jobs: Int) throws {
    var keys = leads
    var read: [Int: [Int: [UInt8]]] = [:]
    // A second look for the profiles of accounts that the first one met.
    for _ in 0..<2 {
      let wanted = try index.lines(of: keys).enumerated().map { segment, lines in
        lines.filter { read[segment]?[$0] == nil }
      }
      let found = try LogExcerpt.read(wanted, index, jobs: jobs)
      for (segment, lines) in found.enumerated() where !lines.isEmpty {
        read[segment, default: [:]].merge(lines) { first, _ in first }
      }
      try decode(read, index, plan: plan)
      try check(keys)
      let accounts = Set(
        parts.flatMap { part in
          (0..<part.sheet.accountCount).map {
            LogKey(account: Array(part.sheet.accountName($0)))
          }
        })
      if accounts.isSubset(of: keys) { break }
      keys.formUnion(accounts)
    }
    for (segment, found) in read { lines[index.log.segments[segment].path] = found }
  }

  private static func read(
    _ wanted: [[Int]], _ index: LogIndex, jobs: Int
  ) throws -> [[Int: [UInt8]]] {
    let found = Slots<[Int: [UInt8]]>(wanted.count)
    try parallel(wanted.count, jobs: jobs) { segment in
      var lines: [Int: [UInt8]] = [:]
      try readLines(
        of: index.log.segments[segment],
        try wanted[segment].map { try index.wanted($0, ofSegment: segment) }
      ) { lines[$0.line] = Array($1) }
      found[segment] = lines
    }
    return found.elements
  }

  /// Makes a sheet of the lines of each segment, of known and unknown ones apart.
  private mutating func decode(
    _ read: [Int: [Int: [UInt8]]], _ index: LogIndex, plan: ReadingPlan
  ) throws {
    let decoder = SegmentDecoder(plan: plan)
    parts = []
    for segment in index.log.segments.indices {
      guard let lines = read[segment] else { continue }
      let numbers = lines.keys.sorted()
      for isKnown in [true, false] {
        let chosen = numbers.filter {
          index.log.isKnown(line: $0, ofSegment: segment) == isKnown
        }
        if chosen.isEmpty { continue }
        for number in chosen { decoder.decode(single: lines[number] ?? [], line: number) }
        let sheet = decoder.seal()
        guard sheet.refusals.isEmpty, sheet.rowCount + sheet.forgets.count == chosen.count else {
          throw SheetIndex.Unsound()
        }
        parts.append(
          Part(segment: index.log.segments[segment], isKnown: isKnown, sheet: sheet))
      }
    }
  }

  /// Whether the lines are about what was asked for and nothing else.
  private func check(_ keys: Set<LogKey>) throws {
    let asked = Set(keys.map(\.bytes))
    for part in parts {
      for key in 0..<part.sheet.keyCount where !asked.contains(Array(part.sheet.key(key))) {
        throw SheetIndex.Unsound()
      }
    }
  }
}

extension SegmentDecoder {
  /// Decodes one line that stands alone.
  fileprivate func decode(single text: [UInt8], line: Int) {
    let padded = text + [UInt8](repeating: 0, count: LineBatch.paddingByteCount)
    padded.withUnsafeBytes {
      decode(UnsafeRawBufferPointer(rebasing: $0[..<text.count]), firstLine: line)
    }
  }
}
