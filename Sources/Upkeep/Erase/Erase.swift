import Definition
import Engine
import EventLog
import Files
import Foundation
import Identity
import Intake
import Notation
import Reading
import Snapshots

/// What an erasure is to do.
package struct ErasePlan: Sendable {
  package var book: Book
  package var lead: String
  /// What says which keys are one, and what other leads' results are checked by; without one, keys are compared
  /// byte by byte, and so are the others' events.
  package var definition: Definition?
  /// Whether snapshots and quarantined lines that hold the lead go as well.
  package var purges: Bool
  /// When the lead is forgotten; what it did up to then goes.
  package var time: Milliseconds
  package var jobs: Int
  package var waitMax: Milliseconds

  package init(
    book: Book, lead: String, definition: Definition? = nil, purges: Bool = false,
    time: Milliseconds = currentMilliseconds(), jobs: Int = processorCount,
    waitMax: Milliseconds = 0
  ) {
    self.book = book
    self.lead = lead
    self.definition = definition
    self.purges = purges
    self.time = time
    self.jobs = jobs
    self.waitMax = waitMax
  }
}

/// Erases a lead from a book's log: appends the forget, and writes the segments that hold the lead anew without
/// its lines.
///
/// The forget comes first, so that from then on no run counts the lead, wherever a crash cuts off the rest; the
/// same again completes it, and once more changes nothing. Nothing of the old segments goes before the new ones have been read back and no
/// other lead's result has changed.
///
/// - Throws: `FileError`, or `RunError` where the log does not know the lead.
package func erase(_ plan: ErasePlan) throws -> EraseReceipt {
  let lock = try plan.book.lock(waitMax: plan.waitMax)
  defer { lock.release() }
  let appender = try openLog(of: plan.book)
  let items = try currentItems(plan.book, appender)
  let reach = try ErasureReach(
    of: plan.key, plan.form, plan.rules, until: plan.time, in: items.map(\.segment), jobs: plan.jobs
  )
  guard reach.isKnown else {
    throw RunError(
      .noInput, "the log has no lead '\(plan.lead)'; nothing was erased",
      hint: "keys are compared \(plan.form.comparison); is it written so?")
  }
  let untils = reach.forgottenBefore.merging(reach.keys.map { ($0, plan.time) }) { _, now in now }
  let lines = try ErasedLines(of: untils, plan.form, in: items.map(\.segment), jobs: plan.jobs)
  let before = try plan.otherLeads(than: reach.related, in: items.map(\.segment))

  let isForgotten = reach.hasForgets(of: lines)
  let forget = isForgotten ? nil : try appender.append(forgetting: reach, lines, plan)
  let erasures = try prepare(
    zip(items, lines.counts).filter { $0.1 > 0 }.map(\.0), without: lines, appender)
  do {
    let erased = Dictionary(uniqueKeysWithValues: erasures.map { ($0.old.segment.path, $0.new) })
    let segments = try currentItems(plan.book, appender).map {
      erased[$0.segment.path] ?? $0.segment
    }
    try plan.check(before, against: plan.otherLeads(than: reach.related, in: segments))
  } catch {
    for erasure in erasures { erasure.abandon() }
    throw error
  }
  let sheets = try removeSheets(in: plan.book, but: items, erasures)
  // In this order, which tells a reader where it stands.
  for erasure in erasures.filter(\.isInChain) + erasures.filter({ !$0.isInChain }) {
    try erasure.replace(appender, appended: plan.time)
  }

  try removeLeftovers(in: plan.book)
  let holders = try LeadHolders(
    of: reach.keys.union(reach.forgottenBefore.keys).union(lines.otherSpellings), in: plan.book)
  if plan.purges { try holders.purge() }
  return EraseReceipt(
    plan, reach, lines, erasures, holders, forget: forget?.path, otherLeads: before?.count,
    sheets: sheets, head: appender.chain.head)
}

/// The definition that an erasure goes by: one that is named, else that of the latest snapshot, else the book's own,
/// if there is one.
///
/// - Throws: `DefinitionFaults`; `RunError` where there is no file of that name.
package func definitionToErase(by named: String?, in book: Book) throws -> Definition? {
  if let named { return try loadDefinition(named) }
  if let latest = LatestLink.snapshot(in: book.snapshots)?.manifest.definition {
    return try Definition.load(text: latest.text, file: "snapshots/latest (\(latest.name))")
  }
  return try exists(book.definition) ? loadDefinition(book.definition) : nil
}

private func currentItems(_ book: Book, _ appender: LogAppender) throws -> [LogInventory.Item] {
  let listing = try SegmentListing(log: book.log, isLocked: true)
  if let fault = listing.faults.first { throw fault }
  return LogInventory(listing, chain: appender.chain).items
}

private func prepare(
  _ items: [LogInventory.Item], without lines: ErasedLines, _ appender: LogAppender
) throws -> [SegmentErasure] {
  var erasures: [SegmentErasure] = []
  // Entries of the chain are numbered as they are made, so only replacements in it count ahead.
  var (chainedCount, otherCount) = (0, 0)
  do {
    for item in items {
      erasures.append(
        try SegmentErasure(
          item, without: lines, appender,
          serial: item.entry == nil ? otherCount : chainedCount))
      if item.entry == nil { otherCount += 1 } else { chainedCount += 1 }
    }
  } catch {
    for erasure in erasures { erasure.abandon() }
    throw error
  }
  return erasures
}

extension ErasureReach {
  /// The keys that an event can have for its lead; others are named by merges alone.
  fileprivate var leads: [[UInt8]] { ErasureReach.leads(among: keys) }

  fileprivate static func leads(among keys: some Sequence<[UInt8]>) -> [[UInt8]] {
    keys.filter { $0.count <= leadByteCountMax }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Whether each key has a forget behind all its lines that go: then an erasure has begun, and its forgets are as
  /// good as new ones.
  fileprivate func hasForgets(of lines: ErasedLines) -> Bool {
    leads.allSatisfy { key in
      forgotten[key].map { $0.time >= lines.last[key] ?? $0.time } ?? false
    }
  }
}

extension LogAppender {
  /// Appends a forget of each key: once the merges are gone that join them, none would reach another.
  ///
  /// Each other spelling gets one, too, so that it is forgotten by definitions that see another key in it.
  fileprivate func append(
    forgetting reach: ErasureReach, _ lines: ErasedLines, _ plan: ErasePlan
  ) throws -> ChainEntry {
    let text = timeText(milliseconds: plan.time)
    var span = EventSpan()
    let keys = reach.keys.union(reach.keys.flatMap { lines.spellings[$0] ?? [] })
    let forgets = ErasureReach.leads(among: keys).map { key -> [UInt8] in
      span.add(time: plan.time)
      let id = ForgetID.text(time: text, lead: plan.key, key: key)
      return Array("{\"id\":\"\(id)\",\"time\":\"\(text)\",\"type\":\"forget\",\"lead\":".utf8)
        + jsonString(key) + Array("}\n".utf8)
    }
    return try append(lines: forgets, span: span, appended: plan.time)
  }
}

extension ErasePlan {
  /// How keys are seen.
  var form: KeyForm { definition?.reading.leadKeys ?? .exact }

  /// Which merges join.
  var rules: MergeRules { definition.map(MergeRules.init) ?? .all }

  /// The lead's key.
  var key: [UInt8] { form.key(Array(lead.utf8)) }

  fileprivate func otherLeads(
    than left: Set<[UInt8]>, in segments: [Segment]
  ) throws -> ErasureCheck? {
    guard let definition else { return nil }
    return try ErasureCheck(
      than: left, in: segments, definition: definition, asOf: time, jobs: jobs)
  }

  fileprivate func check(_ before: ErasureCheck?, against after: ErasureCheck?) throws {
    guard let before, let after, let lead = before.firstDifference(from: after) else { return }
    throw RunError(
      .different,
      "the result of another lead, '\(lead)', would change; no segment was written anew",
      hint: "the lead itself is forgotten and in no result any more")
  }
}

/// Removes all cached sheets but those of segments that stay as they are: merged ones, and those of segments that
/// were merged or erased before, may have the lead, too; returns how many there were.
private func removeSheets(
  in book: Book, but items: [LogInventory.Item], _ erasures: [SegmentErasure]
) throws -> Int {
  let cache = CacheFolder(book.cache)
  let halves = try cache.halves()
  if halves.isEmpty { return 0 }
  let erased = Set(erasures.map(\.old.segment.path))
  let kept = Set(
    try items.filter { !erased.contains($0.segment.path) }.map {
      try $0.entry?.sha256 ?? sha256(of: $0.segment)
    })
  var count = 0
  for half in halves {
    for name in try cache.files(ofHalf: half) where !CacheFolder.isSheet(name, ofAny: kept) {
      try cache.remove(name, ofHalf: half)
      if name.hasSuffix(".sheet") { count += 1 }
    }
  }
  return count
}

/// Removes what killed commands left of snapshots and quarantines, which nobody will ever read.
private func removeLeftovers(in book: Book) throws {
  try removeSnapshotLeftovers(in: book.snapshots)
  try Files.removeLeftovers(in: book.quarantine) {
    AtomicFile.target(ofTemporary: $0)?.hasSuffix(".ndjson") == true
  }
}
