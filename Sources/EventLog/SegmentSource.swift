/// Where the lines of a segment come from: its file, inflated if it is compressed.
protocol SegmentSource: ~Copyable {
  /// Fills `output` from its start with the next bytes, as far as they go.
  mutating func fill(_ output: UnsafeMutableRawBufferPointer) throws -> Filling
  /// How many bytes of the file have been read.
  var byteCount: Int { get }
  /// Returns the SHA-256 of the bytes read.
  consuming func finish() -> String
}

/// What one filling of a buffer came to.
struct Filling {
  /// How many bytes there are to use.
  var count: Int
  var isEnd = false
  /// Why there is no more; of a damaged member, unless it is just cut, nothing is then counted.
  var damage: EventLogError?
}

/// The bytes of a plain file.
struct PlainSource: SegmentSource, ~Copyable {
  private var file: FileInput

  init(_ segment: Segment) throws {
    file = try FileInput(file: segment.file, path: segment.path)
  }

  var byteCount: Int { file.byteCount }

  mutating func fill(_ output: UnsafeMutableRawBufferPointer) throws -> Filling {
    let count = try file.readCount(into: output)
    return Filling(count: count, isEnd: count == 0)
  }

  consuming func finish() -> String {
    file.finish()
  }
}

/// The inflated bytes of a gzip file of any number of members.
///
/// Zeros behind a member are padding, as tapes and block devices leave it; a file without a byte has no
/// lines. Everything else that is not a whole member is damage.
struct GzipSource: SegmentSource, ~Copyable {
  private var file: FileInput
  private var inflater = GzipInflater()
  private var input = UnsafeRawBufferPointer(start: nil, count: 0)
  private let path: String
  private var isInMember = false
  private var memberStart = 0

  init(_ segment: Segment) throws {
    path = segment.path
    file = try FileInput(file: segment.file, path: segment.path)
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
        isInMember = false
        trustedCount = output.count - rest.count
      case .needsInput:
        input = try file.read()
        if input.isEmpty {
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
    inflater.beginMember()
    return true
  }
}

/// What zlib says where a gzip header should be.
private let noMagic = "incorrect header check"

extension GzipSource {
  private func truncation() -> EventLogError {
    fault(at: offset, "the file ends within the gzip member that begins at byte \(memberStart)")
  }

  private func damage(_ reason: String) -> EventLogError {
    switch reason {
    case noMagic where memberStart == 0:
      fault(at: 0, "not gzip: the file does not begin with its two magic bytes")
    case noMagic:
      fault(at: memberStart, "what follows a gzip member is neither another one nor zeros")
    case "incorrect data check":
      fault(at: offset, "wrong checksum of the gzip member that begins at byte \(memberStart)")
    case "incorrect length check":
      fault(at: offset, "wrong length of the gzip member that begins at byte \(memberStart)")
    default:
      fault(at: offset, "damaged gzip member that begins at byte \(memberStart): \(reason)")
    }
  }

  private func fault(at offset: Int, _ message: String) -> EventLogError {
    EventLogError(
      .damaged, path: path, message: "byte \(offset): \(message)",
      hint: "restore the file from a backup, or read what is whole of it with --salvage")
  }
}
