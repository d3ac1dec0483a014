import EventLog

/// Returns the bytes as Scorebook writes them: BGZF.
package func blockGzip(_ bytes: some Collection<UInt8>, level: Int = 6) throws -> [UInt8] {
  var file: [UInt8] = []
  let writer = BlockGzipWriter(level: level) { file += Array($0) }
  try writer.write(Array(bytes))
  try writer.finish()
  return file
}

/// Parts of a gzip header that a test asks for.
package struct GzipHeader: OptionSet {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  static let checksum = GzipHeader(rawValue: 2)
  static let extra = GzipHeader(rawValue: 4)
  static let name = GzipHeader(rawValue: 8)
  static let comment = GzipHeader(rawValue: 16)
}

/// Returns a plain gzip member of stored blocks, as no program of ours writes it.
package func gzipMember(
  _ bytes: some Collection<UInt8>, header flags: GzipHeader = []
) -> [UInt8] {
  let bytes = Array(bytes)
  var member: [UInt8] = [0x1f, 0x8b, 8, flags.rawValue, 0, 0, 0, 0, 0, 255]
  if flags.contains(.extra) { member += [5, 0] + Array("abcde".utf8) }
  if flags.contains(.name) { member += Array("name\0".utf8) }
  if flags.contains(.comment) { member += Array("comment\0".utf8) }
  if flags.contains(.checksum) { member += littleEndian(checksum(member)).prefix(2) }
  for start in stride(from: 0, to: max(bytes.count, 1), by: 0xffff) {
    let piece = bytes[start..<min(start + 0xffff, bytes.count)]
    let count = UInt16(piece.count)
    member.append(start + 0xffff >= bytes.count ? 1 : 0)
    member += littleEndian(UInt32(count)).prefix(2) + littleEndian(UInt32(~count)).prefix(2)
    member += piece
  }
  return member + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
}

private func littleEndian(_ value: UInt32) -> [UInt8] {
  [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
}

private let checksumTable: [UInt32] = (0..<256).map { index in
  (0..<8).reduce(UInt32(index)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xedb8_8320 : 0) }
}

private func checksum(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~UInt32(0)) { crc, byte in
    checksumTable[Int((crc ^ UInt32(byte)) & 0xff)] ^ crc >> 8
  }
}
