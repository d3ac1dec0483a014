import Notation

extension PublishedSnapshots {
  /// What a snapshot may be called instead of by its whole name, for messages.
  package static let naming = "a name or how one begins, latest, latest~1 for the one before, yesterday"

  /// Returns the snapshots that a text can mean: `latest~1` is the one before the latest of the same definition's
  /// name, `yesterday` the last as of a time before today in UTC; else those whose names begin so.
  ///
  /// `now`: when it is asked.
  ///
  /// - Throws: `FileError` where the latest one's manifest cannot be read.
  package func meant(by text: String, now: Milliseconds) throws -> [PublishedSnapshot] {
    if text.hasPrefix("latest~"), let steps = Int(text.dropFirst("latest~".count)), steps >= 0 {
      return try before(latest: steps).map { [$0] } ?? []
    }
    if text == "yesterday" {
      let today = now - now % 86_400_000
      return all.last { $0.asOf < today }.map { [$0] } ?? []
    }
    return text.isEmpty ? [] : all.filter { $0.name.hasPrefix(text) }
  }

  private func before(latest steps: Int) throws -> PublishedSnapshot? {
    guard var found = all.first(where: { $0.name == latest }) else { return nil }
    for _ in 0..<steps {
      let manifest = try found.manifest()
      guard let before = self.latest(of: manifest.definition.name, before: manifest.asOf) else {
        return nil
      }
      found = before
    }
    return found
  }
}
