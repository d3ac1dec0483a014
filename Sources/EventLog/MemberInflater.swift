/// Inflates the gzip members of a file, one stream for all of them: all that the reader knows of a
/// C library.
protocol MemberInflater: ~Copyable {
  init()
  /// Makes ready for the next member, keeping all memory: BGZF has a member every 64 KiB.
  mutating func beginMember()
  /// Inflates from `input` into `output`, both shortened by what was used of them.
  mutating func inflate(
    _ input: inout UnsafeRawBufferPointer, into output: inout UnsafeMutableRawBufferPointer
  ) -> InflateOutcome
}

enum InflateOutcome: Equatable {
  /// The input is used up within a member.
  case needsInput
  /// The output is full.
  case outputFull
  /// A member has ended, its checksum and length found right.
  case memberEnd
  /// The bytes are not gzip; the library's own words, those of zlib for what both can tell.
  case damaged(String)
}

#if ISAL
  typealias FastestInflater = ISALInflater
#else
  typealias FastestInflater = ZlibInflater
#endif
