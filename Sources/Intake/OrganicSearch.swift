/// A visit that came from a search engine's results, as the referrer tells.
struct OrganicSearch {
  /// What was searched for; most engines no longer say.
  let query: String?

  /// Reads a referrer; nil if it is not a search engine's.
  init?(referrer: String) {
    let bytes = Array(referrer.utf8)
    guard let start = ["http://", "https://", "android-app://"].first(where: referrer.hasPrefix)
    else {
      return nil
    }
    let rest = bytes.dropFirst(start.utf8.count)
    let host = rest.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x3A }
    guard Self.isEngine(host: String(decoding: host, as: UTF8.self).lowercased()) else {
      return nil
    }
    let parameters = rest.drop { $0 != 0x3F }.dropFirst().prefix { $0 != 0x23 }
    query = queryParameter(parameters, ["q", "p", "text", "wd", "word", "query"])
  }

  /// Returns whether a host is that of an engine's search, not of its mail or its other services.
  private static func isEngine(host: String) -> Bool {
    let labels = host.split(separator: ".").map(String.init)
    guard let index = labels.firstIndex(where: engines.contains) else { return false }
    // What follows the name is a country's or a general ending, as in `google.co.uk`.
    let ending = labels[(index + 1)...]
    guard (1...2).contains(ending.count), ending.allSatisfy({ $0.count <= 3 }) else { return false }
    return index == 0 || !otherServices.contains(labels[0])
  }
}

private let engines: Set<String> = [
  "google", "bing", "duckduckgo", "yahoo", "yandex", "baidu", "ecosia", "startpage", "qwant",
  "brave", "ask",
  "aol", "naver", "seznam", "sogou",
]

private let otherServices: Set<String> = [
  "mail", "docs", "drive", "groups", "plus", "accounts", "translate", "calendar", "sites", "code",
  "maps",
  "news", "finance", "feedproxy", "answers", "chat", "meet", "play", "classroom", "my", "login",
]
