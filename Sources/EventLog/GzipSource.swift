import Files

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
  /// Whether the last member is one that another must follow: a BGZF member with content.
  private var awaitsEndMarker = false
  private var memberIsEmpty = true

  init(_ segment: Segment) throws {
    self.init(try FileInput(segment), path: segment.path)
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
          let count = output.count - rest.count
          return Filling(
            count: count, isEnd: true, damage: awaitsEndMarker ? missingEndMarker() : nil)
        }
        // Looked at here, because zlib asks for a second byte before it calls the first one wrong.
        if input.first != 0x1F { return Filling(count: trustedCount, damage: damage(noMagic)) }
      }
      let free = rest.count
      let outcome = inflater.inflate(&input, into: &rest)
      memberIsEmpty = memberIsEmpty && rest.count == free
      switch outcome {
      case .outputFull:
        break
      case .memberEnd:
        if let stated = statedByteCount, offset != memberStart + stated {
          return Filling(count: trustedCount, damage: wrongSize())
        }
        isInMember = false
        awaitsEndMarker = statedByteCount != nil && !memberIsEmpty
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
    memberIsEmpty = true
    if input.count < blockHeaderByteCount { input = try file.read(keeping: input) }
    statedByteCount = blockByteCount(input)
    inflater.beginMember()
    return true
  }
}

extension GzipSource where Inflater: ~Copyable {
  /// Members inflate to less than they stated.
  func endedEarly() -> FileError {
    fault(at: offset, "the file has changed while it was read, or a member states a wrong length")
  }

  private func truncation() -> FileError {
    fault(at: offset, "the file ends within the gzip member that begins at byte \(memberStart)")
  }

  private func missingEndMarker() -> FileError {
    fault(at: offset, "the file ends without the end marker of BGZF: it has been cut")
  }

  private func wrongSize() -> FileError {
    fault(
      at: offset, "the gzip member that begins at byte \(memberStart) has not the size it states")
  }

  private func damage(_ reason: String) -> FileError {
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

  private func fault(at offset: Int, _ message: String) -> FileError {
    FileError(
      .damaged, path: path, message: "byte \(offset): \(message)",
      hint:
        "restore the file from a backup; nothing was changed by it. In a log, 'scorebook verify' names "
        + "all that is damaged and 'scorebook run --salvage' reads what is whole")
  }
}
