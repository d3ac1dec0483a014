/// The access log of a web server, of any of the formats that `LogLines` knows.
///
///     192.0.2.7 - ada [17/May/2026:10:05:03 +0200] "GET /pricing?from=ad HTTP/1.1" 200 512 "…" "…"
///
/// - The lead is the signed-in user, or else the address; where neither names anybody the line is refused.
/// - A page that was got (status 200 to 299, and 304) is a `page_view`; a document is a `download` with its path as
///   `asset`; what was posted (200 to 399) is a `form_fill` with the path as `form`.
/// - A page got with a search (`q`, `query`, `s`, `search`) is a `search` with that `query` besides; one reached
///   from a search engine is a `search` with the `channel` `organic` besides.
/// - What browsers fetch by themselves, feeds, other methods and statuses, known crawlers and monitors are
///   skipped. A line that gives no user agent, or `-`, is kept: the common format never has one.
///
/// The id is a hash of the line. Of lines that are the same to the byte within one file, the second and later
/// ones have an ordinal in their ids, so that they are not taken for copies.
package struct AccessLog: LineReader {
  /// How many bytes a lead's key may have, the contract's limit.
  private static let leadByteCountMax = 256
  /// Answers that send on to another address: the visit is counted there.
  private static let redirects: Set = [301, 302, 303, 307, 308]
  private let keepsCrawlers: Bool
  private let keepsRedirects: Bool
  private var lines = LogLines()
  private var ids = MadeIDs()
  // Looking for a hundred marks costs more than all else, and agents are few.
  private var judgedAgents: [String: Bool] = [:]

  /// - Parameters:
  ///   - keepsCrawlers: whether the visits of known crawlers are events too.
  ///   - keepsRedirects: whether what was answered by sending the visitor elsewhere is an event too.
  package init(keepsCrawlers: Bool = false, keepsRedirects: Bool = false) {
    self.keepsCrawlers = keepsCrawlers
    self.keepsRedirects = keepsRedirects
  }

  package mutating func read(_ line: UnsafeRawBufferPointer) -> LineReading {
    let text = Array(withoutLineEnd(line))
    guard text.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return .skipped("blank") }
    let entry: AccessLogEntry
    do {
      guard let read = try lines.entry(text) else { return .skipped("no-request") }
      entry = read
    } catch {
      return .refused(error.rawValue)
    }
    guard keepsCrawlers || !isKnownCrawler(entry.agent) else { return .skipped("crawler") }
    guard let request = PageRequest(entry.request) else { return .skipped("no-request") }
    guard request.method == "GET" || request.method == "POST" else { return .skipped("method") }
    guard (200...399).contains(entry.status) else { return .skipped("status") }
    if request.method == "GET", Self.redirects.contains(entry.status), !keepsRedirects {
      return .skipped("redirect")
    }
    guard let lead = entry.lead, lead.utf8.count <= Self.leadByteCountMax else {
      return .refused("lead")
    }
    let kind = request.method == "POST" ? PathKind.page : request.kind
    switch kind {
    case .support: return .skipped("asset")
    case .feed: return .skipped("feed")
    case .page, .document: break
    }
    let draft = EventDraft(
      id: ids.id(of: text), time: entry.time, lead: lead, path: request.path)
    return .events(Self.events(draft, kind: kind, request: request, entry: entry))
  }

  private static func events(
    _ draft: EventDraft, kind: PathKind, request: PageRequest, entry: AccessLogEntry
  ) -> [[UInt8]] {
    let shared = [
      Member("referrer", entry.referrer), Member("campaign", request.parameter(["utm_campaign"])),
    ]
    if request.method == "POST" {
      return [draft.line("form_fill", [Member("form", request.path)] + shared)]
    }
    if kind == .document {
      return [draft.line("download", [Member("asset", request.path)] + shared)]
    }
    var lines = [draft.line("page_view", shared)]
    if let query = request.parameter(["q", "query", "s", "search"]) {
      lines.append(draft.line("search", suffix: "-query", [Member("query", query)]))
    }
    if let search = entry.referrer.flatMap(OrganicSearch.init(referrer:)) {
      lines.append(
        draft.line(
          "search", suffix: "-organic",
          [Member("query", search.query), Member("channel", "organic")]))
    }
    return lines
  }

  private mutating func isKnownCrawler(_ agent: String) -> Bool {
    if let known = judgedAgents[agent] { return known }
    // Bounded, because whoever writes the log chooses the agents; the number is a guess.
    if judgedAgents.count >= 10_000 { judgedAgents = [:] }
    let judged = isCrawler(agent: agent)
    judgedAgents[agent] = judged
    return judged
  }
}
