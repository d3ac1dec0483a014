import Definition
import Notation

/// A key of a sheet, and where what is its own ends; it begins where that of the key before ends.
public struct SheetKey: BitwiseCopyable, Sendable {
  public var hash: UInt64
  public var textEnd: UInt32
  public var rowEnd: UInt32
  public var noteEnd: UInt32
  @usableFromInline var distinctMark: UInt32

  /// `hasDistinctIDs`: whether it is known that no two of its rows have the same id.
  @inlinable public init(
    hash: UInt64, textEnd: UInt32, rowEnd: UInt32, noteEnd: UInt32, hasDistinctIDs: Bool = false
  ) {
    self.hash = hash
    self.textEnd = textEnd
    self.rowEnd = rowEnd
    self.noteEnd = noteEnd
    distinctMark = hasDistinctIDs ? 1 : 0
  }

  @inlinable public var hasDistinctIDs: Bool { distinctMark == 1 }
}

/// An event as a sheet has it.
///
/// All that folding reads of one event stands in 24 bytes: what is read from memory is what a warm
/// run waits for.
public struct SheetRow: BitwiseCopyable, Sendable {
  /// A hash of the event's id.
  public var id: UInt64
  /// The time in the upper 44 bits, which reach until 2527; the class in the others.
  @usableFromInline var timeAndClass: UInt64
  /// The line in the segment, 1-based.
  public var line: UInt32
  /// The duration, and in the highest bit whether there are notes.
  @usableFromInline var durationAndMark: UInt32

  /// How many classes a sheet can tell apart.
  public static let classCountMax = 1 << classBitCount
  @usableFromInline static let classBitCount = 20
  /// What there is room for; each time of an event is among them.
  static let times: ClosedRange<Milliseconds> = 0...1 << 44 - 1

  init(
    time: Milliseconds, id: UInt64, line: UInt32, duration: UInt32, eventClass: UInt32,
    hasNotes: Bool
  ) {
    self.id = id
    timeAndClass = UInt64(time) &<< UInt64(Self.classBitCount) | UInt64(eventClass)
    self.line = line
    durationAndMark = duration | (hasNotes ? 1 << 31 : 0)
  }

  /// The same event with another number of its class and of its line.
  @inlinable @inline(__always)
  public func renumbered(eventClass: UInt32, line: UInt32) -> SheetRow {
    var row = self
    row.timeAndClass =
      timeAndClass & ~UInt64(Self.classCountMax &- 1) | UInt64(truncatingIfNeeded: eventClass)
    row.line = line
    return row
  }

  @inlinable public var time: Milliseconds {
    Milliseconds(truncatingIfNeeded: timeAndClass &>> UInt64(Self.classBitCount))
  }

  /// Index into `eventClasses`.
  @inlinable public var eventClass: Int {
    Int(truncatingIfNeeded: timeAndClass & UInt64(Self.classCountMax &- 1))
  }

  /// Milliseconds on a page, 0 to 1,800,000.
  @inlinable public var duration: UInt32 { durationAndMark & ~(1 << 31) }

  @inlinable public var hasNotes: Bool { durationAndMark &>> 31 == 1 }
}

/// Something that few events say, beside what all do.
///
/// The number of an account, an attribute or an outcome is that in the sheet's dictionary. A note
/// that is `wide` is followed by the 64 bits it is about: of an answer those of a Double, NaN where
/// it is no number; of a property that is compared the hash of its text; of one that points are made of the
/// bits of a Double.
public struct Note: BitwiseCopyable, Sendable {
  public var kind: FactKind
  /// Whether the row has no further notes: 1 or 0.
  @usableFromInline var lastMark: UInt8 = 0
  /// Which attribute, or which property.
  public var index: UInt16
  public var number: UInt32

  init(kind: FactKind, index: UInt16, number: UInt32 = 0) {
    self.kind = kind
    self.index = index
    self.number = number
  }

  @inlinable public var isWide: Bool { kind == .answer || kind == .compared || kind == .value }
  @inlinable var isLast: Bool { lastMark == 1 }
}

/// Reads a row's notes one by one.
public struct NoteReader: BitwiseCopyable {
  /// Where the next note stands; behind the row's last one that of the next row that has any.
  @usableFromInline var position: UnsafePointer<Note>

  @inlinable public init(_ position: UnsafePointer<Note>) { self.position = position }

  /// Calls back with each note of a row and what it is about: a number, or 64 bits.
  @inlinable @inline(__always)
  public mutating func forEach(_ body: (Note, UInt64) -> Void) {
    while true {
      let note = position.pointee
      position += 1
      var payload = UInt64(note.number)
      if note.isWide {
        payload = UnsafeRawPointer(position).load(as: UInt64.self)
        position += 1
      }
      body(note, payload)
      if note.isLast { return }
    }
  }
}

/// Two keys that are one person, or one account.
package struct MergeEntry: BitwiseCopyable, Sendable {
  package var time: Milliseconds
  package var id: UInt64
  /// The key that stays, and the one that joins it.
  package var lead: UInt32
  package var from: UInt32
  package var line: UInt32
  /// Keeps the size a multiple of eight without undefined bytes in the file.
  var padding: UInt32 = 0
}

/// Something that is taken back: what has an id of a lead, or of an account.
package struct WithdrawEntry: BitwiseCopyable, Sendable {
  package var time: Milliseconds
  /// Its own id.
  package var id: UInt64
  /// The id of what it takes back.
  package var named: UInt64
  /// Of the lead, or of the account that it is about.
  package var key: UInt32
  package var line: UInt32
  /// Where the text of `named` ends among those of all withdraws of the sheet.
  package var textEnd: UInt32
  /// Keeps the size a multiple of eight without undefined bytes in the file.
  var padding: UInt32 = 0
}

/// A lead to be erased.
package struct ForgetEntry: BitwiseCopyable, Sendable {
  package var time: Milliseconds
  package var lead: UInt32
  package var line: UInt32
}

/// Where a line begins in the text of a sheet, now and then one: from there a line is soon found.
package struct LineMark: BitwiseCopyable, Sendable {
  package var line: UInt32
  /// Bytes of text before it, those of the sheet alone.
  package var offset: UInt32

  /// How much text lies between two marks, but for the rest of a line: a quarter of a gzip member,
  /// so that a line is mostly found within one.
  static let spacing = 16 << 10
}

/// A line that is no event.
package struct RefusalEntry: BitwiseCopyable, Sendable {
  package var textStart: UInt64
  /// The whole line's length; of a line that is too long, what is known of it.
  package var byteCount: UInt32
  package var line: UInt32
  package var textByteCount: UInt16
  var reasonCode: UInt16
  var padding: UInt32 = 0

  package var reason: Refusal { Refusal(rawValue: UInt8(reasonCode)) ?? .json }
}
