import EventLog
import Reading

/// Makes parts of the lines of one segment: known ones and unknown ones apart.
final class PartReading {
  private let segment: Int
  private let index: LogIndex
  private let form: PartForm
  private var known: PartDraft?
  private var unknown: PartDraft?

  init(_ segment: Int, _ index: LogIndex, _ form: PartForm) {
    self.segment = segment
    self.index = index
    self.form = form
  }

  /// Takes the next line, in the order of the segment.
  func take(_ wanted: WantedLine, _ bytes: UnsafeRawBufferPointer) throws {
    if index.log.isKnown(line: wanted.line, ofSegment: segment) {
      try take(wanted.line, bytes, &known)
    } else {
      try take(wanted.line, bytes, &unknown)
    }
  }

  private func take(_ line: Int, _ bytes: UnsafeRawBufferPointer, _ draft: inout PartDraft?) throws
  {
    let open = draft ?? PartDraft(form)
    draft = open
    try open.take(line, bytes)
  }

  /// Returns the parts, the known ones first.
  func finish() throws -> [LogExcerpt.Part] {
    try [(known, true), (unknown, false)].flatMap { draft, isKnown in
      try (draft?.finish() ?? []).map { sealed in
        LogExcerpt.Part(
          segment: index.log.segments[segment], isKnown: isKnown, sheet: sealed.sheet,
          texts: sealed.texts, lines: sealed.lines)
      }
    }
  }
}

/// Lines on their way into sheets; mostly into one.
private final class PartDraft {
  typealias Sealed = (sheet: Sheet, texts: EventTexts, lines: [LogExcerpt.KeptLine])

  private let form: PartForm
  private let decoder: SegmentDecoder
  private let reader: EventTextReader
  private var sealed: [Sealed] = []
  private var texts: EventTexts
  private var kept: [LogExcerpt.KeptLine] = []
  /// Consecutive lines, each with its line feed, that wait to be decoded together.
  private var batch: [UInt8] = []
  private var batchLines: Range<Int> = 0..<0
  /// Where each of them ends, at its line feed.
  private var lineEnds: [Int] = []

  /// So much that looking up keys for all of it at once pays.
  private static let batchByteCount = 1 << 16

  init(_ form: PartForm) {
    self.form = form
    decoder = SegmentDecoder(plan: form.plan)
    reader = EventTextReader(plan: form.plan, properties: form.properties)
    texts = EventTexts(propertyCount: form.properties.count)
  }

  func take(_ line: Int, _ bytes: UnsafeRawBufferPointer) throws {
    if line != batchLines.upperBound || batch.count > PartDraft.batchByteCount { try decode() }
    if batchLines.isEmpty { batchLines = line..<line }
    batchLines = batchLines.lowerBound..<line + 1
    batch.append(contentsOf: bytes)
    lineEnds.append(batch.count)
    batch.append(UInt8(ascii: "\n"))
    if form.keepsLines {
      kept.append(LogExcerpt.KeptLine(number: line, bytes: Array(bytes)))
    }
  }

  private func decode() throws {
    if batchLines.isEmpty { return }
    let byteCount = batch.count
    batch.append(contentsOf: repeatElement(0, count: LineBatch.paddingByteCount))
    try batch.withUnsafeBytes { bytes in
      decoder.decode(
        UnsafeRawBufferPointer(rebasing: bytes[..<byteCount]), firstLine: batchLines.lowerBound)
      try readTexts(bytes.assumingMemoryBound(to: UInt8.self))
    }
    batch.removeAll(keepingCapacity: true)
    lineEnds.removeAll(keepingCapacity: true)
    batchLines = batchLines.upperBound..<batchLines.upperBound
    if decoder.isFull { try seal() }
  }

  private func readTexts(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    var start = 0
    for (line, end) in zip(batchLines, lineEnds) {
      guard
        reader.read(UnsafeBufferPointer(rebasing: bytes[start..<end]), number: line, into: texts)
      else { throw SheetIndex.Unsound() }
      start = end + 1
    }
  }

  private func seal() throws {
    let sheet = decoder.seal()
    guard sheet.refusals.isEmpty, sheet.rowCount + sheet.forgets.count == texts.count else {
      throw SheetIndex.Unsound()
    }
    texts.trim()
    sealed.append((sheet, texts, kept))
    texts = EventTexts(propertyCount: form.properties.count)
    kept = []
  }

  func finish() throws -> [Sealed] {
    try decode()
    if texts.count > 0 { try seal() }
    return sealed
  }
}
