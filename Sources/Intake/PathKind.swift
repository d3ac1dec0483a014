/// What is at a path, judged by its name alone.
enum PathKind {
  /// Something that is looked at.
  case page
  /// Something that is kept: its download is worth more than a look.
  case document
  /// What a page is made of, or what browsers and crawlers ask for by themselves.
  case support
  /// What programs read on behalf of people, time and again.
  case feed

  init(path: String) {
    let lowered = path.lowercased()
    let parts = lowered.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last ?? ""
    let ending = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
    if supportEndings.contains(ending) || supportNames.contains(String(name))
      || name.hasPrefix("favicon") || name.hasPrefix("apple-touch-icon")
    {
      self = .support
    } else if documentEndings.contains(ending) {
      self = .document
    } else if feedEndings.contains(ending) || parts.contains("feed")
      || parts.last(where: { !$0.isEmpty }).map({ feedNames.contains(String($0)) }) == true
    {
      self = .feed
    } else {
      self = .page
    }
  }
}

private let supportEndings: Set<String> = [
  "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "avif", "bmp",
  "woff",
  "woff2", "ttf", "eot", "otf", "webmanifest", "wasm", "xsl", "xslt", "swf", "cur",
]

private let supportNames: Set<String> = [
  "robots.txt", "ads.txt", "humans.txt", "security.txt", "browserconfig.xml", "crossdomain.xml",
  "manifest.json", "sitemap.xml", "sitemap.xml.gz",
]

private let documentEndings: Set<String> = [
  "pdf", "ps", "epub", "mobi", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "ppt",
  "pptx",
  "odp", "key", "zip", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar", "tar", "deb", "rpm", "apk",
  "dmg",
  "pkg", "iso", "exe", "msi", "jar", "gem", "whl", "mp3", "wav", "ogg", "flac", "mp4", "webm",
  "mov",
  "avi", "mkv",
]

private let feedEndings: Set<String> = ["rss", "atom", "rdf", "xml", "json"]

private let feedNames: Set<String> = ["feeds", "rss", "rss2", "atom", "rdf"]
