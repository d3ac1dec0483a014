import Definition
import Engine
import EventLog
import Files
import Notation

/// A segment written anew without some lines; it waits beside the log until it is put in place.
struct SegmentErasure {
  /// The segment as it was.
  let old: LogInventory.Item
  /// The segment as it will be, where it can be read already.
  let new: Segment
  /// How many lines are gone.
  let lineCount: Int
  private let span: EventSpan
  private let draft: Draft

  private enum Draft {
    case replacement(ReplacementDraft)
    case rewrite(RewriteDraft)
  }

  /// Writes a segment anew without the lines of a lead, and reads it back.
  ///
  /// `serial`: how many others wait already: of those in the chain, or of those that are not.
  init(_ old: LogInventory.Item, without lines: ErasedLines, _ appender: LogAppender, serial: Int)
    throws
  {
    self.old = old
    var copying = Copying(lines: lines)
    let draft: Draft
    if old.entry == nil {
      let rewrite = try appender.beginRewrite(of: old.segment, serial: serial)
      draft = .rewrite(rewrite)
    } else {
      draft = .replacement(try appender.beginReplacement(of: [old.segment.path], ahead: serial))
    }
    do {
      switch draft {
      case .rewrite(let rewrite):
        try copying.copy(old.segment, to: rewrite) { _ in }
        new = try rewrite.seal()
      case .replacement(let replacement):
        var parts = old.parts[...]
        try copying.copy(old.segment, to: replacement) { copying in
          while let part = parts.first, copying.read == part.lines {
            try replacement.endPart(
              lines: copying.kept, events: copying.kept, appended: part.appended)
            copying.beginPart()
            parts = parts.dropFirst()
          }
        }
        new = try replacement.seal()
      }
      try copying.check(new)
    } catch {
      Self.abandon(draft)
      throw error
    }
    lineCount = copying.goneCount
    span = copying.span
    self.draft = draft
  }

  /// Whether the chain has the segment, and so tells when another takes its place.
  var isInChain: Bool { old.entry != nil }

  /// Puts the new segment in the place of the old one.
  func replace(_ appender: LogAppender, appended: Int64) throws {
    switch draft {
    case .rewrite(let rewrite): try rewrite.replace()
    case .replacement(let replacement):
      _ = try appender.commit(
        replacement, because: .erase, first: span.first.map(timeText),
        last: span.last.map(timeText), appended: appended)
    }
  }

  func abandon() { Self.abandon(draft) }

  private static func abandon(_ draft: Draft) {
    switch draft {
    case .rewrite(let rewrite): rewrite.abandon()
    case .replacement(let replacement): replacement.abandon()
    }
  }
}

/// Copies lines but for those of a lead, with a digest of what was kept.
private struct Copying {
  let lines: ErasedLines
  private(set) var goneCount = 0
  private(set) var span = EventSpan()
  /// Lines of the part at hand.
  private(set) var read = 0
  private(set) var kept = 0
  private let digest = LinesDigest()

  init(lines: ErasedLines) { self.lines = lines }

  mutating func beginPart() {
    read = 0
    kept = 0
  }

  /// `copied`: called after each line.
  mutating func copy(
    _ segment: Segment, to sink: any LineSink, copied: (inout Copying) throws -> Void
  ) throws {
    try readSegmentLines(of: segment) { line in
      guard !line.isOverlong else {
        throw FileError(
          .damaged, path: segment.path, message: "has a line over 1 MiB and cannot be written anew",
          hint: "mend or remove that line first; nothing was erased")
      }
      read += 1
      if let event = line.event, lines.contains(event) {
        goneCount += 1
      } else {
        kept += 1
        if let event = line.event { span.add(time: event.time) }
        digest.add(line.bytes)
        try sink.write(line.bytes)
        try [UInt8(ascii: "\n")].withUnsafeBytes { try sink.write($0) }
      }
      try copied(&self)
    }
  }

  /// Makes sure that a segment has what was kept, line by line, before anything goes.
  func check(_ new: Segment) throws {
    let written = LinesDigest()
    try readSegmentLines(of: new) { written.add($0.bytes) }
    guard written.finish() == digest.finish() else {
      throw FileError(
        .io, path: new.path, message: "what was written reads differently; nothing was erased")
    }
  }
}

/// What some lines are, in their order.
private final class LinesDigest {
  private var hasher = SHA256Hasher()

  func add(_ line: UnsafeRawBufferPointer) {
    hasher.update(line)
    // No line has a line feed in it, so it tells where each ends.
    [UInt8(ascii: "\n")].withUnsafeBytes { hasher.update($0) }
  }

  func finish() -> String {
    var last = SHA256Hasher()
    swap(&last, &hasher)
    return last.finish()
  }
}
