import Definition
import EventLog

/// When what of a log was appended, as its chain tells.
struct AppendTimes {
  /// Lines of a segment that were appended at one time.
  struct Part {
    var lineCount: Int
    var appended: String
  }

  private let parts: [String: [Part]]

  init(_ chain: Chain) {
    parts = Dictionary(
      chain.entries.map { entry in
        let parts = entry.appendedParts.map { Part(lineCount: $0.lines, appended: $0.appended) }
        return (entry.path, parts)
      }, uniquingKeysWith: { $1 })
  }

  func parts(of segment: Segment) -> [Part] { parts[segment.path] ?? [] }

  /// The earliest and the latest time that any of some segments was appended; no latest if one of them
  /// is not in the chain.
  func first(of segments: [Segment]) -> String? {
    segments.flatMap(parts).map(\.appended).min()
  }

  func last(of segments: [Segment]) -> String? {
    if segments.contains(where: { parts[$0.path] == nil }) { return nil }
    return segments.flatMap(parts).map(\.appended).max()
  }

  /// - Throws: `RunError` where nobody knows when something was appended.
  func check(_ segments: [Segment], in root: String) throws {
    if parts.isEmpty {
      throw RunError(
        .badData, "\(root)/\(chainFileName): there is none, so nobody knows when what was appended",
        hint: "--known-at is for logs that scorebook append has written; leave it out here")
    }
    guard let stray = segments.first(where: { parts[$0.path] == nil }) else { return }
    throw RunError(
      .badData, "\(root)/\(stray.path): not in the chain, so nobody knows when it was appended",
      hint: "--known-at needs every segment in \(chainFileName); leave it out, or move the file")
  }
}
