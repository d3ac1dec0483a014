/// Why a line is not of an access log.
enum AccessLogFault: String, Error {
  case address, user, time, request, status, size
}

/// The fields of a line of an access log, quotes and escapes resolved.
struct AccessLogEntry {
  let lead: String
  /// RFC 3339, in UTC.
  let time: String
  /// The request line as the client sent it; it may be anything.
  let request: [UInt8]
  let status: Int
  let referrer: String?
  let agent: String

  /// Reads a line without its end.
  init(_ line: [UInt8]) throws(AccessLogFault) {
    var cursor = LogCursor(line)
    guard let address = cursor.word(), !address.isEmpty else { throw .address }
    guard cursor.word() != nil, let user = cursor.user() else { throw .user }
    guard let stamp = cursor.bracketed(), let time = accessLogTime(stamp) else { throw .time }
    guard let request = cursor.quoted() else { throw .request }
    guard let digits = cursor.word(), digits.count == 3, let status = number(digits) else {
      throw .status
    }
    // The common format ends here, so the size may have nothing behind it.
    guard let size = cursor.word(), Array(size) == [dash] || number(size) != nil else {
      throw .size
    }
    let referrer = cursor.quoted() ?? []
    // Long agents are cut by some servers, the closing quote with them.
    let agent = cursor.quoted() ?? cursor.quotedToEnd()
    let isSignedIn = !user.isEmpty && user != [dash] && user != Array("\"\"".utf8)
    lead = text(isSignedIn ? user : Array(address))
    self.time = time
    self.request = request
    self.status = status
    self.referrer = referrer.isEmpty || referrer == [dash] ? nil : text(referrer)
    self.agent = text(agent)
  }
}

private let dash = UInt8(ascii: "-")

private func number(_ digits: ArraySlice<UInt8>) -> Int? {
  guard let first = digits.first, (0x30...0x39).contains(first) else { return nil }
  return Int(String(decoding: digits, as: UTF8.self))
}

/// Walks over the fields of a line.
private struct LogCursor {
  private var rest: ArraySlice<UInt8>

  init(_ line: [UInt8]) {
    rest = line[...]
  }

  /// Returns what stands before the next space, and steps over both.
  mutating func word() -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let word = rest.prefix { $0 != 0x20 }
    rest = rest.dropFirst(word.count + 1)
    return word
  }

  /// Returns the user's name, which may hold spaces: it ends where the time begins.
  mutating func user() -> [UInt8]? {
    let end = zip(rest.indices, zip(rest, rest.dropFirst())).first { $0.1 == (0x20, 0x5B) }?.0
    guard let end else { return nil }
    let user = rest[..<end]
    rest = rest[(end + 1)...]
    return unescaped(user)
  }

  /// Returns what stands within the brackets here.
  mutating func bracketed() -> ArraySlice<UInt8>? {
    guard rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
      return nil
    }
    let inside = rest[..<end].dropFirst()
    rest = rest[(end + 1)...].drop { $0 == 0x20 }
    return inside
  }

  /// Returns what stands within the quotes here, its escapes resolved.
  mutating func quoted() -> [UInt8]? {
    guard rest.first == quote else { return nil }
    var end = rest.startIndex + 1
    while end < rest.endIndex, rest[end] != quote {
      end += rest[end] == backslash ? 2 : 1
    }
    guard end < rest.endIndex else { return nil }
    let inside = rest[(rest.startIndex + 1)..<end]
    rest = rest[(end + 1)...].drop { $0 == 0x20 }
    return unescaped(inside)
  }

  /// Returns all that is left behind a quote that is never closed.
  mutating func quotedToEnd() -> [UInt8] {
    rest.first == quote ? unescaped(rest.dropFirst()) : []
  }
}

private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")

/// Resolves the escapes that servers write: `\"`, `\\`, `\n`, `\t` and their like, and `\xHH`.
private func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
  guard bytes.contains(backslash) else { return Array(bytes) }
  let controls: [UInt8: UInt8] = [
    0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0C, 0x76: 0x0B,
  ]
  var result: [UInt8] = []
  var rest = bytes
  while let byte = rest.popFirst() {
    guard byte == backslash, let next = rest.popFirst() else {
      result.append(byte)
      continue
    }
    if next == UInt8(ascii: "x"), let value = hexadecimalValue(rest.prefix(2)) {
      result.append(value)
      rest = rest.dropFirst(2)
    } else {
      result.append(controls[next] ?? next)
    }
  }
  return result
}
