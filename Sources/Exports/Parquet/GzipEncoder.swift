import CZlib

/// Compresses a page at a time into whole gzip streams; one worker uses it.
final class GzipEncoder {
  private let stream: UnsafeMutablePointer<z_stream>

  /// Fast: what dictionaries leave is small, and a better level takes three times as long for a tenth.
  private static let level: Int32 = 1
  /// 15 bits of window, with gzip's header and trailer.
  private static let gzipWindow: Int32 = 15 + 16

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let code = deflateInit2_(
      stream, GzipEncoder.level, Z_DEFLATED, GzipEncoder.gzipWindow, 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib has no memory")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func compress(_ bytes: [UInt8]) -> [UInt8] {
    deflateReset(stream)
    let bound = Int(deflateBound(stream, UInt(bytes.count)))
    return [UInt8](unsafeUninitializedCapacity: bound) { room, count in
      bytes.withUnsafeBufferPointer { bytes in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        stream.pointee.next_out = room.baseAddress
        stream.pointee.avail_out = UInt32(bound)
        let code = deflate(stream, Z_FINISH)
        precondition(code == Z_STREAM_END, "the bound holds what is compressed")
      }
      count = bound - Int(stream.pointee.avail_out)
    }
  }
}
