/// Returns the address of a word of a log, without brackets, port and comma; nil if it is none.
///
/// An IPv4 address that is written as an IPv6 one is the same visitor's.
func clientAddress(_ word: some Sequence<UInt8>) -> String? {
  var bytes = Array(word)
  if bytes.last == UInt8(ascii: ",") { bytes.removeLast() }
  if bytes.first == UInt8(ascii: "["), let end = bytes.firstIndex(of: UInt8(ascii: "]")) {
    guard end + 1 == bytes.count || bytes[end + 1] == UInt8(ascii: ":") else { return nil }
    bytes = Array(bytes[1..<end])
  } else if bytes.count(where: { $0 == UInt8(ascii: ":") }) == 1,
    let colon = bytes.firstIndex(of: UInt8(ascii: ":")), isPort(bytes[(colon + 1)...])
  {
    bytes = Array(bytes[..<colon])
  }
  if isIPv4(bytes[...]) { return String(decoding: bytes, as: UTF8.self) }
  guard isIPv6(bytes) else { return nil }
  let text = String(decoding: bytes, as: UTF8.self).lowercased()
  let inner = text.utf8.dropFirst(7)
  return text.hasPrefix("::ffff:") && isIPv4(Array(inner)[...])
    ? String(decoding: inner, as: UTF8.self) : text
}

/// Returns whether an address is of a network of one's own, as a proxy's before the server is.
func isPrivateAddress(_ address: String) -> Bool {
  let parts = address.split(separator: ".").compactMap { Int($0) }
  guard parts.count == 4 else {
    return address == "::1" || ["fc", "fd", "fe80:"].contains(where: address.hasPrefix)
  }
  return parts[0] == 10 || parts[0] == 127 || parts[0] == 192 && parts[1] == 168
    || parts[0] == 172 && 16...31 ~= parts[1] || parts[0] == 169 && parts[1] == 254
    || parts[0] == 100 && 64...127 ~= parts[1]
}

private func isPort(_ digits: ArraySlice<UInt8>) -> Bool {
  1...5 ~= digits.count && digits.allSatisfy { 0x30...0x39 ~= $0 }
}

private func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
  guard 7...15 ~= bytes.count else { return false }
  let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return parts.count == 4
    && parts.allSatisfy { part in
      1...3 ~= part.count && part.allSatisfy { 0x30...0x39 ~= $0 }
        && part.reduce(0) { $0 * 10 + Int($1 - 0x30) } < 256
    }
}

private func isIPv6(_ bytes: [UInt8]) -> Bool {
  guard 2...45 ~= bytes.count, bytes.count(where: { $0 == UInt8(ascii: ":") }) >= 2 else {
    return false
  }
  let address = bytes.prefix { $0 != UInt8(ascii: "%") }
  let parts = address.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
  return parts.count <= 9
    && parts.enumerated().allSatisfy { index, part in
      part.count <= 4
        && part.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 | 0x20 }
        || index == parts.count - 1 && isIPv4(part)
    }
}
