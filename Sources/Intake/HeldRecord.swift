/// How long a record may be, in bytes: the contract's limit for a line of the log.
let recordByteCountMax = 1 << 20
/// How much of an overlong record is kept (4 KiB): enough to recognise it in quarantine.
let overlongHeadByteCount = 1 << 12

/// The bytes of a record before anybody has looked into it.
struct HeldRecord {
  /// Without the line's end; of an overlong record the head.
  let bytes: UnsafeRawBufferPointer
  let byteCount: Int
  /// Where it begins, from 1.
  let line: Int
  /// Its number in the array that it is an element of, from 1.
  var number: Int?

  var isOverlong: Bool { byteCount > recordByteCountMax }
}

/// Holds the bytes of one record while they come in pieces; of an overlong one no more than its head.
struct RecordHolder {
  private var held: [UInt8] = []
  private(set) var byteCount = 0
  /// Whether there is nothing but spaces, tabs and carriage returns.
  private(set) var isBlank = true

  var isEmpty: Bool { byteCount == 0 }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    byteCount += bytes.count
    if isBlank { isBlank = containsOnlyBlanks(bytes) }
    if byteCount <= recordByteCountMax {
      held.append(contentsOf: bytes)
    } else if held.count > overlongHeadByteCount {
      held.removeLast(held.count - overlongHeadByteCount)
    } else if held.count < overlongHeadByteCount {
      held.append(contentsOf: bytes.prefix(overlongHeadByteCount - held.count))
    }
  }

  mutating func append(_ byte: UInt8) {
    guard byteCount < recordByteCountMax else {
      return withUnsafeBytes(of: byte) { append($0) }
    }
    byteCount += 1
    if isBlank { isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0D }
    held.append(byte)
  }

  /// Hands on the record and begins the next.
  mutating func hand(
    on line: Int, number: Int? = nil, _ body: (HeldRecord) throws -> Void
  ) rethrows {
    defer { clear() }
    try held.withUnsafeBytes { bytes in
      try body(HeldRecord(bytes: bytes, byteCount: byteCount, line: line, number: number))
    }
  }

  package mutating func clear() {
    held.removeAll(keepingCapacity: true)
    byteCount = 0
    isBlank = true
  }
}

/// Returns whether there is nothing but spaces, tabs and carriage returns.
func containsOnlyBlanks(_ bytes: UnsafeRawBufferPointer) -> Bool {
  bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
}

/// Cuts bytes into lines; blank ones are counted and passed over.
struct LineHolder {
  private var holder = RecordHolder()
  private var line = 1

  mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ body: (HeldRecord) throws -> Void
  ) throws {
    var rest = bytes
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let piece = UnsafeRawBufferPointer(rebasing: rest[..<end])
      rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
      if holder.isEmpty, piece.count <= recordByteCountMax {
        // Most lines come whole, and need not be copied.
        if !containsOnlyBlanks(piece) {
          try body(HeldRecord(bytes: piece, byteCount: piece.count, line: line))
        }
      } else {
        holder.append(piece)
        try handOn(body)
      }
      line += 1
    }
    holder.append(rest)
  }

  mutating func finish(_ body: (HeldRecord) throws -> Void) throws {
    try handOn(body)
  }

  private mutating func handOn(_ body: (HeldRecord) throws -> Void) throws {
    if holder.isBlank { return holder.clear() }
    try holder.hand(on: line, body)
  }
}
