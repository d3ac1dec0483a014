#if ISAL
  import CISAL

  /// Inflates gzip members with ISA-L, two and a half times as fast as zlib 1.2.
  struct ISALInflater: MemberInflater, ~Copyable {
    // On the heap: it has some eighty kilobytes of tables.
    private let state: UnsafeMutablePointer<inflate_state>

    init() {
      state = .allocate(capacity: 1)
      isal_inflate_init(state)
    }

    deinit { state.deallocate() }

    mutating func beginMember() {
      isal_inflate_reset(state)
      // A header and a trailer, both checked.
      state.pointee.crc_flag = UInt32(ISAL_GZIP)
    }

    mutating func inflate(
      _ input: inout UnsafeRawBufferPointer, into output: inout UnsafeMutableRawBufferPointer
    ) -> InflateOutcome {
      // Its lengths have 32 bits.
      let inputCount = min(input.count, 1 << 30)
      let outputCount = min(output.count, 1 << 30)
      state.pointee.next_in = UnsafeMutablePointer(
        mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
      state.pointee.avail_in = UInt32(inputCount)
      state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      state.pointee.avail_out = UInt32(outputCount)
      let code = isal_inflate(state)
      // Of damaged input ISA-L counts down what it is given to below nothing.
      let left = min(Int(state.pointee.avail_in), inputCount)
      input = UnsafeRawBufferPointer(rebasing: input[(inputCount - left)...])
      output = UnsafeMutableRawBufferPointer(
        rebasing: output[(outputCount - Int(state.pointee.avail_out))...])
      guard code == ISAL_DECOMP_OK else { return .damaged(ISALInflater.words(for: code)) }
      if state.pointee.block_state == ISAL_BLOCK_FINISH { return .memberEnd }
      return output.isEmpty ? .outputFull : .needsInput
    }

    private static func words(for code: Int32) -> String {
      switch code {
      case ISAL_INVALID_WRAPPER: "incorrect header check"
      case ISAL_UNSUPPORTED_METHOD: "unknown compression method"
      case ISAL_INCORRECT_CHECKSUM: "incorrect data check"
      case ISAL_INVALID_BLOCK: "invalid block type"
      case ISAL_INVALID_SYMBOL: "invalid code"
      case ISAL_INVALID_LOOKBACK: "invalid distance too far back"
      default: "ISA-L fault \(code)"
      }
    }
  }
#endif
