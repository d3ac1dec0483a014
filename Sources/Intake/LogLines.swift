/// Reads the lines of a server's log, whichever of those known it is; each line tells for itself.
///
/// - The common and the combined format of Apache and nginx, with what syslog and containers put before it.
/// - W3C's extended format, as IIS and CloudFront write it; its columns stand in a line of their own.
/// - What load balancers of Amazon write.
/// - JSON, as Caddy, Traefik and most formats for nginx have it.
struct LogLines {
  private var columns: [String: Int] = [:]

  /// Returns the request that a line tells of; nil where it tells of none.
  mutating func entry(_ line: [UInt8]) throws(AccessLogFault) -> AccessLogEntry? {
    switch line.first {
    case UInt8(ascii: "#"):
      let words = line.split { $0 == 0x20 || $0 == 0x09 }
      if words.first?.elementsEqual("#Fields:".utf8) == true {
        let names = words.dropFirst().map { String(decoding: $0, as: UTF8.self).lowercased() }
        columns = Dictionary(
          names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      }
      return nil
    case UInt8(ascii: "{"): return try AccessLogEntry(json: line)
    case _ where !columns.isEmpty: return try AccessLogEntry(line, columns: columns)
    default:
      if let entry = try AccessLogEntry(balancer: line) { return entry }
      return try AccessLogEntry(line)
    }
  }
}

extension AccessLogEntry {
  /// Reads a line of W3C's extended format; its times are of UTC.
  fileprivate init(_ line: [UInt8], columns: [String: Int]) throws(AccessLogFault) {
    let hasTabs = line.contains(0x09)
    var fields: [[UInt8]] = []
    var cursor = LogCursor(line)
    if hasTabs {
      fields = line.split(separator: 0x09, omittingEmptySubsequences: false).map(Array.init)
    } else {
      while !cursor.isAtEnd, let field = cursor.field() { fields.append(field) }
    }
    guard fields.count == columns.count else { throw .columns }
    func field(_ names: String...) -> [UInt8]? {
      for name in names {
        if let index = columns[name], fields[index] != [UInt8(ascii: "-")], !fields[index].isEmpty {
          return fields[index]
        }
      }
      return nil
    }
    /// CloudFront writes what is not plain as `%HH`, IIS a space as `+`.
    func words(_ name: String) -> String? {
      field(name).map { text(formDecoded(hasTabs ? formDecoded($0[...])[...] : $0[...])) }
    }
    let stamp = [field("date"), field("time")].compactMap { $0.map { text($0) } }
    guard let time = TimeForms().rfc3339(stamp.joined(separator: " ")) else { throw .time }
    guard let method = field("cs-method"), let stem = field("cs-uri-stem", "cs-uri") else {
      throw .request
    }
    guard let digits = field("sc-status"), let status = Int(String(decoding: digits, as: UTF8.self))
    else { throw .status }
    let query = field("cs-uri-query").map { [UInt8(ascii: "?")] + $0 } ?? []
    var address = field("c-ip").map { clientAddress($0) ?? text($0) }
    if address.map(isPrivateAddress) != false, let list = field("x-forwarded-for") {
      address = firstAddress(list) ?? address
    }
    self.init(
      user: field("cs-username").map { text($0) }, address: address, time: time,
      request: method + [0x20] + stem.map { $0 == 0x20 ? UInt8(ascii: "+") : $0 } + query
        + Array(" HTTP/1.1".utf8),
      status: status, referrer: words("cs(referer)"), agent: words("cs(user-agent)") ?? "")
  }

  /// Reads a line of a load balancer's log, a new one's or a classic one's; nil where it is none.
  fileprivate init?(balancer line: [UInt8]) throws(AccessLogFault) {
    let kind = line.prefix { $0 != 0x20 }
    let kinds = ["http", "https", "h2", "ws", "wss", "grpc", "grpcs"]
    let isNew = kinds.contains { kind.elementsEqual($0.utf8) }
    guard isNew || kind.count > 19 && kind[4] == UInt8(ascii: "-") && kind[10] == UInt8(ascii: "T")
    else { return nil }
    var cursor = LogCursor(line)
    if isNew { _ = cursor.word() }
    guard let time = cursor.word().map({ String(decoding: $0, as: UTF8.self) }),
      let rfc3339 = TimeForms().rfc3339(time), cursor.word() != nil,
      let address = cursor.word().flatMap({ clientAddress($0) })
    else { return nil }
    for _ in 0..<4 where cursor.word() == nil { throw .columns }
    guard let digits = cursor.word(), let status = Int(String(decoding: digits, as: UTF8.self))
    else {
      throw .status
    }
    for _ in 0..<3 where cursor.word() == nil { throw .columns }
    guard let request = cursor.quoted() else { throw .request }
    self.init(
      user: nil, address: address, time: rfc3339, request: request, status: status, referrer: nil,
      agent: text(cursor.quoted() ?? cursor.quotedToEnd()))
  }

  /// Reads a request that is a JSON object; nil where it tells of none, as a server's own messages do.
  fileprivate init?(json line: [UInt8]) throws(AccessLogFault) {
    guard let object = line.withUnsafeBytes({ try? JSONParser.object($0) }) else { throw .json }
    func value(_ paths: String...) -> String? {
      for path in paths {
        if let key = JSONPath(path).value(in: object)?.key, key != "-" { return key }
      }
      return nil
    }
    let line = value("request", "request_line")
    let method = value("request_method", "method", "request.method", "RequestMethod", "verb")
    let uri = value("request_uri", "uri", "request.uri", "RequestPath", "path", "url")
    guard line != nil || uri != nil else {
      if object["level"] != nil, object["msg"] != nil { return nil }
      throw .request
    }
    let given = value("time_iso8601", "ts", "@timestamp", "StartUTC", "timestamp", "time", "msec")
    let stamp = value("time_local").flatMap { accessLogTime(Array($0.utf8)[...]) }
    guard let time = given.flatMap({ TimeForms().rfc3339($0) }) ?? stamp else { throw .time }
    guard
      let status = value("status", "DownstreamStatus", "status_code", "response").flatMap(Int.init)
    else { throw .status }
    let remote = value(
      "request.client_ip", "request.remote_ip", "remote_addr", "remote_ip", "client_ip",
      "ClientHost",
      "clientip", "client", "ip")
    var address = remote.map { clientAddress($0.utf8) ?? $0 }
    let forwarded = value(
      "http_x_forwarded_for", "x_forwarded_for", "request.headers.X-Forwarded-For.0",
      "request_X-Forwarded-For")
    if address.map(isPrivateAddress) != false, let forwarded {
      address = firstAddress(forwarded.utf8) ?? address
    }
    self.init(
      user: value("remote_user", "user_id", "ClientUsername"),
      address: address.flatMap { isPlaceholder($0) || $0 == "unix:" ? nil : $0 }, time: time,
      request: Array((line ?? "\(method ?? "GET") \(uri ?? "/") HTTP/1.1").utf8), status: status,
      referrer: value(
        "http_referer", "http_referrer", "referer", "referrer", "request.headers.Referer.0",
        "request_Referer"),
      agent: value(
        "http_user_agent", "user_agent", "agent", "useragent", "request.headers.User-Agent.0",
        "request_User-Agent") ?? "")
  }
}
