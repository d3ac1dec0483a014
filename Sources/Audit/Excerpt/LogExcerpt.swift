import Definition
import Engine
import EventLog
import Reading
import Workers

/// All that a log says of one lead, or several: sheets made of the lines themselves, and of each line what
/// people want to see.
///
/// Whatever can be said of the lead from the whole log can be said from these lines alone: those of every
/// key that merges join to it, their merges, forgets and withdraws, and the profiles of the accounts they name, and of
/// those that are one with these. So the same replay that judges everybody judges this one, from the log's own bytes;
/// the cached sheets only told where to look.
struct LogExcerpt: Sendable {
  /// Lines of one segment that became known together.
  struct Part: Sendable {
    var segment: Segment
    var isKnown: Bool
    var sheet: Sheet
    var texts: EventTexts
    /// Their bytes, where they are kept.
    var lines: [KeptLine]
  }

  struct KeptLine: Sendable {
    var number: Int
    var bytes: [UInt8]
  }

  private(set) var parts: [Part] = []
  /// Those that results come from, by the numbers that histories have.
  private(set) var known: [Part] = []

  var sheets: [Sheet] { parts.map(\.sheet) }
  var isKnown: [Bool] { parts.map(\.isKnown) }

  /// `keepsLines`: whether the lines' own bytes are wanted as well.
  ///
  /// - Throws: `SheetIndex.Unsound` where the index led astray; `FileError` where the log is
  ///   damaged.
  init(
    of leads: Set<LogKey>, in index: LogIndex, _ definition: Definition, keepsLines: Bool = false,
    jobs: Int
  ) throws {
    let form = PartForm(definition, keepsLines: keepsLines)
    parts = try LogExcerpt.read(leads, index, form, jobs: jobs)
    // A second look for the profiles of accounts that the first one met.
    let domains = try definition.mailDomains(in: sheets, jobs: jobs)
    let named = Set(
      parts.flatMap { part in
        (0..<part.sheet.accountCount).map {
          LogKey(account: Array(part.sheet.accountName($0))).bytes
        }
      } + domains.map { LogKey(account: $0).bytes })
    let accounts = try named.isEmpty ? [] : index.joined(to: named).subtracting(leads)
    if !accounts.isEmpty { parts += try LogExcerpt.read(accounts, index, form, jobs: jobs) }
    known = parts.filter(\.isKnown)
  }

  /// Makes sheets of the lines of some keys.
  private static func read(
    _ keys: Set<LogKey>, _ index: LogIndex, _ form: PartForm, jobs: Int
  ) throws -> [Part] {
    let wanted = try index.lines(of: keys)
    // Many lines of one segment are read side by side.
    let tasks = wanted.enumerated().flatMap { segment, lines in
      let count = max(linesPerTask, (lines.count + jobs - 1) / jobs)
      return lines.indices.pieces(of: count).map { (segment: segment, lines: lines[$0]) }
    }
    let found = Slots<[Part]>(tasks.count)
    try parallel(tasks.count, jobs: jobs) { number in
      let task = tasks[number]
      let reading = PartReading(task.segment, index, form)
      try readLines(
        of: index.log.segments[task.segment],
        index.wanted(task.lines, ofSegment: task.segment), reading.take)
      found[number] = try reading.finish()
    }
    let parts = Array(found.elements.joined())
    try check(parts, keys)
    return parts
  }

  /// So many that reading them takes longer than finding the first one of them.
  private static let linesPerTask = 20_000

  /// Whether the lines are about what was asked for and nothing else.
  private static func check(_ parts: [Part], _ keys: Set<LogKey>) throws {
    let asked = Set(keys.map(\.bytes))
    for part in parts {
      for key in 0..<part.sheet.keyCount where !asked.contains(Array(part.sheet.key(key))) {
        throw SheetIndex.Unsound()
      }
    }
  }
}

/// How parts are made of lines.
struct PartForm: Sendable {
  let plan: ReadingPlan
  let properties: [EventSubject]
  let keepsLines: Bool

  init(_ definition: Definition, keepsLines: Bool) {
    plan = ReadingPlan(definition)
    properties = definition.readProperties
    self.keepsLines = keepsLines
  }
}
