/// The inflated bytes of a gzip file of any number of members.
///
/// A member that states its own size, as BGZF does, must have it: a flipped bit in a header could else skip
/// the member's lines and find another, empty one, in silence. Zeros behind a member are padding, as tapes and block devices leave it; a file without a byte has no
/// lines. Everything else that is not a whole member is damage.
struct GzipSource<Inflater: MemberInflater & ~Copyable>: SegmentSource, ~Copyable {
  private var file: FileInput
  private var inflater = Inflater()
  private var input = UnsafeRawBufferPointer(start: nil, count: 0)
  private let path: String
  private var isInMember = false
  private var memberStart = 0
  /// The size that the member states, if it does.
  private var statedByteCount: Int?

  init(_ segment: Segment) throws {
    self.init(try FileInput(file: segment.file, path: segment.path), path: segment.path)
  }

  init(_ file: consuming FileInput, path: String) {
    self.path = path
    self.file = file
  }

  var byteCount: Int { file.byteCount }

  /// Where in the file the next unused byte stands.
  private var offset: Int { file.byteCount - input.count }

  mutating func fill(_ output: UnsafeMutableRawBufferPointer) throws -> Filling {
    var rest = output
    var trustedCount = 0
    while !rest.isEmpty {
      if !isInMember {
        guard try beginMember() else {
          return Filling(count: output.count - rest.count, isEnd: true)
        }
        // Looked at here, because zlib asks for a second byte before it calls the first one wrong.
        if input.first != 0x1F { return Filling(count: trustedCount, damage: damage(noMagic)) }
      }
      switch inflater.inflate(&input, into: &rest) {
      case .outputFull:
        break
      case .memberEnd:
        if let stated = statedByteCount, offset != memberStart + stated {
          return Filling(count: trustedCount, damage: wrongSize())
        }
        isInMember = false
        trustedCount = output.count - rest.count
      case .needsInput:
        input = try file.read()
        if input.isEmpty {
          if let stated = statedByteCount, offset >= memberStart + stated {
            return Filling(count: trustedCount, damage: wrongSize())
          }
          // What a cut file still has was inflated without fault, so it is handed on though unchecked.
          return Filling(count: output.count - rest.count, damage: truncation())
        }
      case .damaged(let reason):
        return Filling(count: trustedCount, damage: damage(reason))
      }
    }
    return Filling(count: output.count)
  }

  consuming func finish() -> String {
    file.finish()
  }

  /// Moves to the start of the next member; returns false at the end of the file.
  private mutating func beginMember() throws -> Bool {
    repeat {
      if input.isEmpty { input = try file.read() }
      guard !input.isEmpty else { return false }
      // Zeros are padding behind a member only: a file does not begin with them.
      if offset > 0 { input = UnsafeRawBufferPointer(rebasing: input.drop { $0 == 0 }) }
    } while input.isEmpty
    memberStart = offset
    isInMember = true
    if input.count < blockHeaderByteCount { input = try file.read(keeping: input) }
    statedByteCount = blockByteCount(input)
    inflater.beginMember()
    return true
  }
}

let blockHeaderByteCount = 18

/// Returns the size that a BGZF member states in its header; nil if it is not one.
func blockByteCount(_ bytes: UnsafeRawBufferPointer) -> Int? {
  // The flag for extra fields, and first of them the one named BC, of two bytes: the size less one.
  guard bytes.count >= blockHeaderByteCount, bytes[3] & 4 != 0,
    bytes[12] == UInt8(ascii: "B"), bytes[13] == UInt8(ascii: "C"), bytes[14] == 2, bytes[15] == 0
  else { return nil }
  return Int(bytes[16]) + Int(bytes[17]) * 256 + 1
}

/// What zlib says where a gzip header should be.
private let noMagic = "incorrect header check"

extension GzipSource where Inflater: ~Copyable {
  /// Members inflate to less than they stated.
  func endedEarly() -> EventLogError {
    fault(at: offset, "the file has changed while it was read, or a member states a wrong length")
  }

  private func truncation() -> EventLogError {
    fault(at: offset, "the file ends within the gzip member that begins at byte \(memberStart)")
  }

  private func wrongSize() -> EventLogError {
    fault(
      at: offset, "the gzip member that begins at byte \(memberStart) has not the size it states")
  }

  private func damage(_ reason: String) -> EventLogError {
    switch reason {
    case noMagic where memberStart == 0:
      fault(at: 0, "not gzip: the file does not begin with its two magic bytes")
    case noMagic:
      fault(at: memberStart, "what follows a gzip member is neither another one nor zeros")
    case "incorrect data check", "incorrect length check":
      fault(
        at: offset,
        "wrong checksum or length of the gzip member that begins at byte \(memberStart)")
    default:
      fault(at: offset, "damaged gzip member that begins at byte \(memberStart): \(reason)")
    }
  }

  private func fault(at offset: Int, _ message: String) -> EventLogError {
    EventLogError(
      .damaged, path: path, message: "byte \(offset): \(message)",
      hint: "restore the file from a backup, or leave it out of the log; nothing was published")
  }
}
