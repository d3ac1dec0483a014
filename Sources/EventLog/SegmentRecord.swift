/// A segment as results tell what they were made from.
package struct SegmentRecord: Codable, Sendable {
  /// Its path below the log.
  package var path: String
  package var bytes: Int
  package var sha256: String
  package var events: Int

  package init(path: String, bytes: Int, sha256: String, events: Int) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
    self.events = events
  }
}
