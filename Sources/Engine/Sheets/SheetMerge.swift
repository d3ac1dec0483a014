import Identity
import Intake
import Reading
import Tables
import Workers

/// Adjacent sheets laid out as one: what a single sheet of all their lines would be, but for what only
/// its segment needs (refusals, marks, counts).
///
/// Joined once here, leads need not be brought together from many sheets each time they are judged.
/// First the keys are joined and counted, then each goes straight to its place.
final class SheetMerge: Sendable {
  let frame: SheetFrame
  var classCount: Int { self.set.classes.classes.count }
  private let set: SheetSet
  /// By sheet, how many lines stand before those that its lines are counted from.
  private let lineBases: [UInt32]
  private let partitions: [JoinedKeys]
  private let texts: SheetTexts
  private let jobs: Int
  private let hasIdentities: Bool

  /// `sheets`: in the order of the log.
  ///
  /// `lineBases`: of each sheet, how many lines stand before its own, those of the sheets before it included.
  ///
  /// `left`: keys that are left out, and with them all merges, forgets and withdraws; none unless told otherwise.
  init(
    _ sheets: [Sheet], lineBases: [UInt32], dictionaryCount: Int, leaving left: KeyMarks? = nil,
    jobs: Int
  ) throws {
    let set = try SheetSet(sheets, dictionaryCount: dictionaryCount, jobs: jobs)
    let excluded = left ?? KeyMarks(sheets, marksAccounts: false)
    let joined = Slots<JoinedKeys>(Sheet.partitionCount)
    try parallel(Sheet.partitionCount, jobs: jobs, makeWorker: { _ in JoinWorker() }) {
      worker, partition in
      joined[partition] = JoinedKeys(set, partition, &worker.join, excluded)
    }
    let partitions = joined.elements
    let texts = SheetTexts(
      classes: set.classes.classes, values: set.attributeValues,
      accounts: (0..<set.accounts.count).lazy.map { Array(set.accounts[$0]) },
      outcomes: set.outcomes)
    frame = SheetFrame { section in
      func sum(_ count: KeyPath<JoinedKeys, Int>) -> Int {
        partitions.reduce(0) { $0 + $1[keyPath: count] }
      }
      func bytes<Element>(_ count: Int, of: Element.Type) -> Int {
        count * MemoryLayout<Element>.stride
      }
      return switch section {
      case .counts: bytes(2, of: UInt64.self)
      case .partitions: bytes(Sheet.partitionCount + 1, of: UInt32.self)
      case .keys: bytes(sum(\.keys.count), of: SheetKey.self)
      case .keyText: sum(\.textByteCount)
      case .rows: bytes(sum(\.rowCount), of: SheetRow.self)
      case .notes: bytes(sum(\.noteCount), of: Note.self)
      case .classTable: texts.classTable.count
      case .dictionaryEnds: bytes(texts.dictionaryEnds.count, of: UInt32.self)
      case .textEnds: bytes(texts.ends.count, of: UInt32.self)
      case .text: texts.text.count
      case .accountKeys: bytes(sum(\.accountCount), of: UInt32.self)
      case .merges where left == nil:
        sheets.reduce(0) { $0 + bytes($1.merges.count, of: MergeEntry.self) }
      case .forgets where left == nil:
        sheets.reduce(0) { $0 + bytes($1.forgets.count, of: ForgetEntry.self) }
      case .withdraws where left == nil:
        sheets.reduce(0) { $0 + bytes($1.withdraws.count, of: WithdrawEntry.self) }
      case .withdrawnText where left == nil: sheets.reduce(0) { $0 + $1.withdrawnText.count }
      case .merges, .forgets, .withdraws, .withdrawnText, .refusals, .refusedText, .marks,
        .classCounts, .typeCounts:
        0
      }
    }
    self.set = set
    self.lineBases = lineBases
    self.partitions = partitions
    self.texts = texts
    self.jobs = jobs
    hasIdentities = left == nil
  }

  /// Fills a region as long as the frame says, all of whose bytes are 0.
  func write(to region: UnsafeMutableRawBufferPointer) throws {
    frame.writeHeader(to: region)
    frame.fill(
      .counts, of: region,
      [UInt64(set.sheets.reduce(0) { $0 + $1.lineCount }), 0])
    frame.fill(.classTable, of: region, texts.classTable)
    frame.fill(.dictionaryEnds, of: region, texts.dictionaryEnds)
    frame.fill(.textEnds, of: region, texts.ends)
    frame.fill(.text, of: region, texts.text)

    var places = [MergedPlace()]
    for (partition, keys) in partitions.enumerated() {
      places.append(places[partition].after(keys))
    }
    frame.fill(.partitions, of: region, places.map { UInt32($0.key) })
    let numbers = MergedNumbers(set.sheets)
    nonisolated(unsafe) let target = MergeTarget(frame, region)
    let starts = places
    try parallel(partitions.count, jobs: jobs, makeWorker: { _ in [LateRow]() }) {
      late, partition in
      self.lineBases.withUnsafeBufferPointer { lineBases in
        guard let lineBases = lineBases.baseAddress else { return }
        MergeWriter(self.set, lineBases, target, numbers, starts[partition])
          .write(self.partitions[partition], &late)
      }
    }
    if hasIdentities { writeIdentities(to: region, numbers) }
  }

  /// Writes merges, forgets and withdraws, in the order of the log, with the new numbers of their keys.
  private func writeIdentities(
    to region: UnsafeMutableRawBufferPointer, _ numbers: MergedNumbers
  ) {
    var merge = frame.elements(.merges, of: region, as: MergeEntry.self)
    var forget = frame.elements(.forgets, of: region, as: ForgetEntry.self)
    var withdraw = frame.elements(.withdraws, of: region, as: WithdrawEntry.self)
    var text = frame.elements(.withdrawnText, of: region, as: UInt8.self)
    var textStart: UInt32 = 0
    for (index, sheet) in set.sheets.enumerated() {
      for var entry in sheet.merges {
        entry.lead = numbers[index, entry.lead]
        entry.from = numbers[index, entry.from]
        entry.line &+= lineBases[index]
        merge.pointee = entry
        merge += 1
      }
      for var entry in sheet.forgets {
        entry.lead = numbers[index, entry.lead]
        entry.line &+= lineBases[index]
        forget.pointee = entry
        forget += 1
      }
      for var entry in sheet.withdraws {
        entry.key = numbers[index, entry.key]
        entry.line &+= lineBases[index]
        entry.textEnd += textStart
        withdraw.pointee = entry
        withdraw += 1
      }
      UnsafeMutableRawBufferPointer(start: text, count: sheet.withdrawnText.count)
        .copyMemory(from: sheet.withdrawnText)
      text += sheet.withdrawnText.count
      textStart += UInt32(sheet.withdrawnText.count)
    }
  }
}

/// A worker's memory to join in.
private final class JoinWorker {
  var join = LeadJoin()
}

/// The keys of one partition of all sheets, each once, in the order of a sheet.
struct JoinedKeys: Sendable {
  struct Key: BitwiseCopyable, Sendable {
    var hash: UInt64
    /// Its places are `places[start..<end]`.
    var start: UInt32
    var end: UInt32
  }

  private(set) var keys: [Key] = []
  private(set) var places: [KeyPlace] = []
  private(set) var textByteCount = 0
  private(set) var accountCount = 0
  private(set) var rowCount = 0
  private(set) var noteCount = 0

  init(_ set: SheetSet, _ partition: Int, _ join: inout LeadJoin, _ excluded: KeyMarks) {
    let views = set.views
    join.forEachLead(set, partition, excluding: excluded) { found in
      let first = views + Int(found[0].sheet)
      let text = first.pointee.key(Int(found[0].key))
      textByteCount += text.count
      if text.first == Sheet.accountMark { accountCount += 1 }
      let start = UInt32(places.count)
      places.append(contentsOf: found)
      for place in found {
        let view = views + Int(place.sheet)
        rowCount += view.pointee.rows(of: place.key).count
        noteCount += view.pointee.noteCount(of: place.key)
      }
      keys.append(
        Key(
          hash: first.pointee.keys[Int(found[0].key)].hash, start: start,
          end: UInt32(places.count)))
    }
    // The table leaves nearly all in order, but for those whose bucket was taken.
    keys.sort { [places] in JoinedKeys.precedes($0, $1, places, views) }
  }

  /// By hash; different keys of one hash by their bytes.
  private static func precedes(
    _ a: Key, _ b: Key, _ places: [KeyPlace], _ views: UnsafePointer<SheetView>
  ) -> Bool {
    if a.hash != b.hash { return a.hash < b.hash }
    let (a, b) = (places[Int(a.start)], places[Int(b.start)])
    return views[Int(a.sheet)].key(Int(a.key))
      .lexicographicallyPrecedes(views[Int(b.sheet)].key(Int(b.key)))
  }
}
