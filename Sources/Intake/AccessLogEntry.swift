/// Why a line is not of an access log.
enum AccessLogFault: String, Error {
  case address, user, time, request, status, size, columns, json
}

/// One request, as any server's log tells of it.
struct AccessLogEntry {
  /// The signed-in user, else the address; nil where neither names anybody.
  var lead: String?
  /// RFC 3339, in UTC.
  var time: String
  /// The request line as the client sent it; it may be anything.
  var request: [UInt8]
  var status: Int
  var referrer: String?
  var agent: String

  /// `user`: the signed-in user, or what stands where there is none.
  ///
  /// `address`: the client's, if the log has one.
  init(
    user: String?, address: String?, time: String, request: [UInt8], status: Int,
    referrer: String?, agent: String
  ) {
    lead = user.flatMap { isPlaceholder($0) ? nil : $0 } ?? address
    self.time = time
    self.request = request
    self.status = status
    self.referrer = referrer.flatMap { $0.isEmpty || $0 == "-" ? nil : $0 }
    self.agent = agent
  }

  /// Reads a line of the common or the combined format, without its end.
  ///
  /// What others put before it is passed over: a virtual host, syslog's and container's names. A list of addresses,
  /// here or behind the agent, is that of the proxies: the visitor is its first.
  init(_ line: [UInt8]) throws(AccessLogFault) {
    var cursor = LogCursor(line)
    guard let head = cursor.head() else { throw .user }
    let client = try ClientFields(head)
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
    let closed = cursor.quoted()
    let agent = closed ?? cursor.quotedToEnd()
    var address = client.address
    if address.map(isPrivateAddress) == true, closed != nil, let list = cursor.quoted() {
      address = firstAddress(list) ?? address
    }
    self.init(
      user: client.user, address: address, time: time, request: request, status: status,
      referrer: text(referrer), agent: text(agent))
  }
}

/// Returns the first address of a list as proxies send it on; nil where there is none.
func firstAddress(_ list: some Sequence<UInt8>) -> String? {
  Array(list).split { $0 == UInt8(ascii: ",") || $0 == 0x20 }.lazy.compactMap { clientAddress($0) }
    .first
}

/// Who asked, as it stands before the time.
private struct ClientFields {
  var address: String?
  var user: String?

  init(_ head: ArraySlice<UInt8>) throws(AccessLogFault) {
    guard head.first != 0x20 else { throw .address }
    let words = head.split(separator: 0x20)
    guard words.count >= 3 else { throw .user }
    guard let at = try Self.addressPlace(words) else { throw .address }
    let list = words[...at].suffix(while: { $0.last == UInt8(ascii: ",") })
    let first = (list + [words[at]]).lazy.compactMap { clientAddress($0) }.first
    let name = String(decoding: words[at], as: UTF8.self)
    address = first ?? (isPlaceholder(name) || name == "unix:" ? nil : text(Array(words[at])))
    let named = unescaped(head[words[at + 2].startIndex...])
    // Names may hold spaces; nothing but dashes are fields of a format that is not known.
    if named.count > 1, named.allSatisfy({ $0 == dash || $0 == 0x20 }) { throw .address }
    user = text(named)
  }

  /// Where the client's address stands: two fields behind it there is the user.
  private static func addressPlace(
    _ words: [ArraySlice<UInt8>]
  ) throws(AccessLogFault) -> Int? {
    // What stands before it may hold an address, too, as syslog's host does: the last is the client's.
    if let at = words[..<(words.count - 2)].lastIndex(where: { clientAddress($0) != nil }) {
      let before = at > 0 ? words[at - 1] : []
      let isSecond = before.last != UInt8(ascii: ",") && clientAddress(before) != nil
      // Which of two is the visitor's, nobody can say; a server's has its port behind it.
      if isSecond, !before.contains(UInt8(ascii: ":")) { throw .address }
      return at
    }
    let colon = UInt8(ascii: ":")
    let tag = words[..<(words.count - 3)].lastIndex {
      $0.last == colon && !$0.elementsEqual("unix:".utf8) || $0.elementsEqual("|".utf8)
    }
    let start = tag.map { $0 + 1 } ?? 0
    let count = words.count - start
    if count == 3 || words[start + 1].elementsEqual([dash]) { return start }
    return words[start].contains(colon) && words[start + 2].elementsEqual([dash])
      ? start + 1 : nil
  }
}

extension ArraySlice {
  /// The elements at the end that are alike, without the last of all.
  fileprivate func suffix(while isAlike: (Element) -> Bool) -> ArraySlice {
    let before = dropLast()
    let count = before.reversed().prefix(while: isAlike).count
    return before.suffix(count)
  }
}

private let dash = UInt8(ascii: "-")

private func number(_ digits: ArraySlice<UInt8>) -> Int? {
  guard let first = digits.first, (0x30...0x39).contains(first) else { return nil }
  return Int(String(decoding: digits, as: UTF8.self))
}
