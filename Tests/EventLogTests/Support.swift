import EventLog
import Files
import Foundation

/// A folder that goes away with its test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = "\(NSTemporaryDirectory())/eventlog-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file below the folder, making the folders it needs.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> Segment {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return Segment(path: name, file: "\(path)/\(name)", byteCount: bytes.count)
  }

  func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

/// What a test saw of a segment, whole or up to a fault.
struct Seen {
  var bytes: [UInt8] = []
  var numbers: [Int] = []
  var overlong: [Int: Int] = [:]
  var summary: SegmentSummary?
  var error: FileError?
  var isPaddingZero = true

  init(_ segment: Segment, batchByteCount: Int = 1 << 20) throws {
    do {
      summary = try readLines(of: segment, batchByteCount: batchByteCount) { batch in
        bytes += Array(batch.bytes)
        numbers.append(batch.firstLine)
        if batch.isOverlong { overlong[batch.firstLine] = batch.byteCount }
        let padding = UnsafeRawBufferPointer(
          start: batch.bytes.baseAddress.map { $0 + batch.bytes.count },
          count: LineBatch.paddingByteCount)
        isPaddingZero = isPaddingZero && padding.allSatisfy { $0 == 0 }
      }
    } catch let fault as FileError {
      error = fault
    }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Parts of a gzip header that a test asks for.
struct GzipHeader: OptionSet {
  let rawValue: UInt8
  static let checksum = GzipHeader(rawValue: 2)
  static let extra = GzipHeader(rawValue: 4)
  static let name = GzipHeader(rawValue: 8)
  static let comment = GzipHeader(rawValue: 16)
}

/// Returns a gzip member of stored blocks, written out by hand.
func gzipMember(_ bytes: [UInt8], header flags: GzipHeader = []) -> [UInt8] {
  var member: [UInt8] = [0x1F, 0x8B, 8, flags.rawValue, 0, 0, 0, 0, 0, 255]
  if flags.contains(.extra) { member += [5, 0] + Array("abcde".utf8) }
  if flags.contains(.name) { member += Array("name\0".utf8) }
  if flags.contains(.comment) { member += Array("comment\0".utf8) }
  if flags.contains(.checksum) { member += littleEndian(crc32(member)).prefix(2) }
  let pieces = stride(from: 0, to: max(bytes.count, 1), by: 0xFFFF)
  for start in pieces {
    let piece = bytes[start..<min(start + 0xFFFF, bytes.count)]
    let length = UInt16(piece.count)
    member.append(start + 0xFFFF >= bytes.count ? 1 : 0)
    member += littleEndian(UInt32(length)).prefix(2) + littleEndian(UInt32(~length)).prefix(2)
    member += piece
  }
  return member + littleEndian(crc32(bytes)) + littleEndian(UInt32(bytes.count))
}

/// Returns the lines as one BGZF file.
func blockGzip(_ bytes: [UInt8], level: Int = 6) throws -> [UInt8] {
  var file: [UInt8] = []
  let writer = BlockGzipWriter(level: level) { file += Array($0) }
  try writer.write(bytes)
  try writer.finish()
  return file
}

private func littleEndian(_ value: UInt32) -> [UInt8] {
  [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
}

private func crc32(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~UInt32(0)) { crc, byte in
    (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
}
