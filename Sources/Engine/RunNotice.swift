/// What a run tells while it is at work.
package enum RunNotice: Sendable {
  /// How many of the log's bytes have been read, and of how many.
  case reading(Int, of: Int)
  /// Another process writes to the book.
  case waiting(String)
  case finished(RunReport.Stage)
  /// Something that people should know, though the run goes on.
  case warning(String, hint: String?)
}

package typealias Notify = @Sendable (RunNotice) -> Void
