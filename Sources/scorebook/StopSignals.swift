import Foundation
import Workers

/// How long a command has to stop by itself: less than the five seconds that are promised.
private let stopSecondsMax: UInt32 = 4

/// Lets SIGINT, SIGTERM and SIGHUP stop the work in good order, and makes an end of it if that takes
/// too long.
///
/// A file that meets the size limit of its process is an error like a full disk, not a death.
func stopOnSignals() {
  // Once before any handler may: what is set up on first use is so by then.
  Interruption.note(0)
  for number in [SIGINT, SIGTERM, SIGHUP] {
    let former = signal(number) { number in
      Interruption.note(number)
      alarm(stopSecondsMax)
    }
    // Whoever says nohup means it.
    if number == SIGHUP, unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    {
      signal(number, SIG_IGN)
    }
  }
  signal(SIGALRM) { _ in
    let message: StaticString =
      "error: stopped in the middle, because it took too long to stop; the last snapshot stays\n"
    write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
    _exit(128 + SIGTERM)
  }
  signal(SIGXFSZ) { _ in }
  var wanted = sigset_t()
  sigemptyset(&wanted)
  for number in [SIGINT, SIGTERM, SIGHUP, SIGALRM] { sigaddset(&wanted, number) }
  // A parent that held them back would have them held back here, too.
  pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
}

/// Ends the process by the signal that stopped it, so that its parent sees what happened.
func end(by signalNumber: Int32) -> Never {
  fflush(nil)
  alarm(0)
  signal(signalNumber, SIG_DFL)
  raise(signalNumber)
  exit(128 + signalNumber)
}
