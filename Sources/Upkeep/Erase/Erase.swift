import Definition
import Engine
import EventLog
import Files
import Foundation
import Intake
import Notation

/// What an erasure is to do.
package struct ErasePlan: Sendable {
  package var book: Book
  package var lead: String
  /// What other leads' results are checked by; without one, their events are compared.
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
/// same again completes it. Nothing of the old segments goes before the new ones have been read back and no
/// other lead's result has changed.
///
/// - Throws: `FileError`, or `RunError` where the log does not know the lead.
package func erase(_ plan: ErasePlan) throws -> EraseReceipt {
  let lock = try plan.book.lock(waitMax: plan.waitMax)
  defer { lock.release() }
  let appender = try openLog(of: plan.book)
  let items = try currentItems(plan.book, appender)
  let reach = try ErasureReach(
    of: Array(plan.lead.utf8), until: plan.time, in: items.map(\.segment), jobs: plan.jobs)
  guard reach.isKnown else {
    throw RunError(
      .noInput, "the log has no lead '\(plan.lead)'; nothing was erased",
      hint: "keys are compared byte for byte; is it written so?")
  }
  let untils = reach.forgottenBefore.merging(reach.keys.map { ($0, plan.time) }) { _, now in now }
  let lines = try ErasedLines(of: untils, in: items.map(\.segment), jobs: plan.jobs)
  let before = try plan.otherLeads(than: reach.related, in: items.map(\.segment))

  let forgotten = try appender.append(
    forgetting: reach.keys, of: Array(plan.lead.utf8), at: plan.time)
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
  let sheets = try erasures.reduce(0) { try $0 + removeSheets(of: $1.old, in: plan.book) }
  for erasure in erasures { try erasure.replace(appender, appended: plan.time) }

  let holders = try LeadHolders(of: reach.keys.union(reach.forgottenBefore.keys), in: plan.book)
  if plan.purges { try holders.purge() }
  return EraseReceipt(
    plan, reach, lines, erasures, holders, forget: forgotten.path, otherLeads: before?.count,
    sheets: sheets, head: appender.chain.head)
}

private func currentItems(_ book: Book, _ appender: LogAppender) throws -> [LogInventory.Item] {
  let listing = try SegmentListing(log: book.log)
  if let fault = listing.faults.first { throw fault }
  return LogInventory(listing, chain: appender.chain).items
}

private func prepare(
  _ items: [LogInventory.Item], without lines: ErasedLines, _ appender: LogAppender
) throws -> [SegmentErasure] {
  var erasures: [SegmentErasure] = []
  // Entries of the chain are numbered as they are made, so only replacements in it count ahead.
  var aheadCount = 0
  do {
    for item in items {
      erasures.append(
        try SegmentErasure(
          item, without: lines, appender,
          serial: item.entry == nil ? erasures.count : aheadCount))
      if item.entry != nil { aheadCount += 1 }
    }
  } catch {
    for erasure in erasures { erasure.abandon() }
    throw error
  }
  return erasures
}

extension LogAppender {
  /// Appends a forget of each key: once the merges are gone that join them, none would reach another.
  fileprivate func append(
    forgetting keys: Set<[UInt8]>, of lead: [UInt8], at time: Milliseconds
  ) throws -> ChainEntry {
    let text = timeText(milliseconds: time)
    var span = EventSpan()
    let forgets = keys.sorted { $0.lexicographicallyPrecedes($1) }.map { key -> [UInt8] in
      span.add(time: time)
      let id = ForgetID.text(time: text, lead: lead, key: key)
      return Array("{\"id\":\"\(id)\",\"time\":\"\(text)\",\"type\":\"forget\",\"lead\":".utf8)
        + jsonString(key) + Array("}\n".utf8)
    }
    return try append(lines: forgets, span: span, appended: time)
  }
}

extension ErasePlan {
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

/// Removes the cached sheets of a segment that goes, and all merged ones: any may have its leads; returns
/// how many there were.
private func removeSheets(of item: LogInventory.Item, in book: Book) throws -> Int {
  let files = FileManager.default
  guard files.fileExists(atPath: book.cache) else { return 0 }
  let sha256 = try item.entry?.sha256 ?? readLines(of: item.segment) { _ in }.sha256
  var count = 0
  for path in try files.subpathsOfDirectory(atPath: book.cache)
  where path.hasSuffix(".merged.sheet")
    || path.split(separator: "/").last?.hasPrefix("\(sha256).") == true
  {
    try files.removeItem(atPath: "\(book.cache)/\(path)")
    count += 1
  }
  return count
}
