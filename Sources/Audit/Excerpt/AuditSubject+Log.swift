import Definition
import Engine

extension AuditSubject {
  /// The log that its results come from, as it knows it.
  ///
  /// - Throws: `RunError` where its snapshot was made from what cannot be looked at event by event;
  ///   `FileError` where it was made from another log.
  package func log(in root: String, of book: Book, jobs: Int) throws -> Log {
    if let form = manifest?.from {
      throw RunError(
        .badData, "the snapshot was made from files of another format: \(form)",
        hint: "append them to a book, so that there are events to point to")
    }
    if manifest?.salvaged != nil {
      throw RunError(
        .badData, "the snapshot was made from what was whole of a damaged log",
        hint: "mend the log and run again; a salvaged snapshot cannot be made a second time")
    }
    try manifest?.checkLog(root, of: snapshot.map { "snapshot \($0.name)" } ?? "the snapshot")
    var log = Log(of: book, root: root, knownAt: knownAt, jobs: jobs)
    if knownAt == nil { log.knownPaths = manifest?.segments.map(\.path) }
    return log
  }
}
