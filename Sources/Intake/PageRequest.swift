/// The request line of a page: what was asked for, and how.
struct PageRequest {
  let method: String
  /// The path as it was sent, its query and fragment cut off; never empty.
  let path: String
  private let query: ArraySlice<UInt8>

  /// Reads `GET /path?query HTTP/1.1`; nil if the bytes are no request, as scanners send them.
  init?(_ line: [UInt8]) {
    let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count >= 2, let name = parts.first, !name.isEmpty,
      name.allSatisfy({ (0x41...0x5A).contains($0) })
    else { return nil }
    // A path may hold a bare space; only the protocol at the end is not part of it.
    let hasProtocol = parts.count > 2 && parts.last?.starts(with: "HTTP/".utf8) == true
    let targetEnd = hasProtocol ? line.count - (parts.last?.count ?? 0) - 1 : line.count
    guard hasProtocol || parts.count == 2 else { return nil }
    var target = line[(name.count + 1)..<targetEnd]
    for scheme in ["http://", "https://"] where target.starts(with: scheme.utf8) {
      target = target.dropFirst(scheme.utf8.count).drop { $0 != 0x2F && $0 != 0x3F }
      // A proxy's request for a whole site names no path.
      if target.first != 0x2F { target = [0x2F] + target }
    }
    guard target.first == 0x2F else { return nil }
    let resource = target.prefix { $0 != 0x23 }
    let pathBytes = resource.prefix { $0 != 0x3F }
    method = String(decoding: name, as: UTF8.self)
    path = text(Array(pathBytes), encoding: 0...0x20)
    query = resource.dropFirst(pathBytes.count + 1)
  }

  /// What is got by the request; blogs give a page's feed at the page's path.
  var kind: PathKind {
    let format = parameter(["flav", "feed", "format"])?.lowercased() ?? ""
    return format.hasPrefix("rss") || format.hasPrefix("atom") ? .feed : PathKind(path: path)
  }

  /// Returns the decoded value of the first parameter of one of these names that has one.
  func parameter(_ names: Set<String>) -> String? {
    queryParameter(query, names)
  }
}

/// Returns the decoded value, if it is not blank, of the first parameter of one of these names.
func queryParameter(_ query: ArraySlice<UInt8>, _ names: Set<String>) -> String? {
  for pair in query.split(separator: 0x26) {
    let name = pair.prefix { $0 != 0x3D }
    guard names.contains(String(decoding: name, as: UTF8.self).lowercased()) else { continue }
    let value = formDecoded(pair.dropFirst(name.count + 1))
    if value.contains(where: { $0 != 0x20 }) { return text(value) }
  }
  return nil
}
