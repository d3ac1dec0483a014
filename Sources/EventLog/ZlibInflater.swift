import CZlib

/// Inflates gzip members with zlib, which is everywhere.
struct ZlibInflater: MemberInflater, ~Copyable {
  // On the heap, because zlib remembers the address of its stream and refuses one that has moved.
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 bits of window, plus 16 for "a gzip header and trailer, both checked".
    let code = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(
      code == Z_OK, "zlib cannot start: out of memory, or another library than was built against")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Makes ready for the next member, keeping all memory: BGZF has a member every 64 KiB.
  mutating func beginMember() {
    inflateReset(stream)
  }

  /// Inflates from `input` into `output`, both shortened by what was used of them.
  mutating func inflate(
    _ input: inout UnsafeRawBufferPointer, into output: inout UnsafeMutableRawBufferPointer
  ) -> InflateOutcome {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    let code = CZlib.inflate(stream, Z_NO_FLUSH)
    input = UnsafeRawBufferPointer(
      rebasing: input[(input.count - Int(stream.pointee.avail_in))...])
    output = UnsafeMutableRawBufferPointer(
      rebasing: output[(output.count - Int(stream.pointee.avail_out))...])
    switch code {
    case Z_STREAM_END:
      return .memberEnd
    case Z_OK, Z_BUF_ERROR:
      return output.isEmpty ? .outputFull : .needsInput
    default:
      return .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib fault \(code)")
    }
  }
}
