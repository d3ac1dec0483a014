import EventLog
import Files

extension Book {
  /// Answers a question to the book without its lock, whatever writers do meanwhile.
  ///
  /// What was listed may be gone by the time it is opened: segments are merged and erased, snapshots pruned. Then
  /// all is looked at anew, from the beginning, so that an answer comes from one state of the book.
  ///
  /// - Parameters:
  ///   - log: the log that is read; the book's own unless told otherwise.
  ///   - isDoubtful: whether an answer is one that a writer may have brought about, such as damage.
  ///   - answer: may be called several times, so it tells nobody anything.
  /// - Returns: the answer of the first call that no writer disturbed.
  /// - Throws: what `answer` throws.
  package func besideWriters<Answer>(
    log: String? = nil, isDoubtful: (Answer) -> Bool = { _ in false },
    _ answer: () throws -> Answer
  ) throws -> Answer {
    try lookAgain(
      at: { BookSight(self, log: log ?? self.log) }, isDisturbing: { $1.lacks(anyOf: $0) },
      isDoubtful: isDoubtful
    ) { _ in try answer() }
  }
}

extension Log {
  /// Answers a question to the log, and to the book it is read for, in the same way.
  ///
  /// `answer`: given what reads the log; may be called several times, each with another one.
  package func read<Answer>(
    notify: @escaping Notify = { _ in }, _ answer: (LogReader) throws -> Answer
  ) throws -> Answer {
    try book.besideWriters(log: root) { try answer(LogReader(self, notify: notify)) }
  }
}

/// What stands in a book and may be gone, or be another, when it is opened.
///
/// What comes anew disturbs nobody, so of a log that is only appended to, damage is told at once.
private struct BookSight: Equatable {
  private var files: [String: FileStatus] = [:]
  /// Where `latest` leads; nil where there is none.
  private let latest: String?

  /// What cannot be looked at is not there: whoever answers will say so.
  init(_ book: Book, log: String) {
    latest = (try? linkTarget("\(book.snapshots)/latest")) ?? nil
    for segment in (try? segmentFiles(in: log) { _ in true }) ?? [] {
      files[segment.file] = segment.listed
    }
    // What begins with a dot is not published yet, or not any more.
    for name in (try? fileNames(in: book.snapshots)) ?? [] where !name.hasPrefix(".") {
      let path = "\(book.snapshots)/\(name)"
      files[path] = (try? fileStatus(path, followingLinks: false)) ?? nil
    }
  }

  func lacks(anyOf earlier: BookSight) -> Bool {
    latest != earlier.latest
      || earlier.files.contains { path, status in files[path].map { !$0.extends(status) } ?? true }
  }
}
