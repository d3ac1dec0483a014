import Foundation
import Notation

/// Calls `body` again for as long as a signal interrupts it.
package func retryingOnInterrupt<Count: SignedInteger>(_ body: () -> Count) -> Count {
  while true {
    let count = body()
    if count >= 0 || errno != EINTR { return count }
  }
}

/// Returns the clock's time.
///
/// Only what is written down about a run asks for it, never a result.
package func currentMilliseconds() -> Milliseconds {
  Milliseconds((Date().timeIntervalSince1970 * 1000).rounded(.down))
}
