import Dispatch
import Files
import Foundation
import Notation
import Workers

extension Book {
  /// Takes the book's lock, waiting for another process that has it, or says who that is.
  ///
  /// - Throws: `FileError` when the time is up; `Interrupted`.
  package func lock(waitMax: Milliseconds, _ notify: Notify = { _ in }) throws -> BookLock {
    let start = DispatchTime.now().uptimeNanoseconds
    var isTold = false
    while true {
      do {
        return try BookLock(book: root)
      } catch let error as FileError where error.kind == .locked {
        let waited = Milliseconds((DispatchTime.now().uptimeNanoseconds - start) / 1_000_000)
        if waited >= waitMax { throw error }
        if !isTold { notify(.waiting("\(error)")) }
        isTold = true
        try Interruption.check()
        usleep(100_000)
      }
    }
  }
}
