import Definition
import Engine

/// Shows on stderr how a run comes along: a bar on a terminal, messages for people or collectors.
struct RunView: Sendable {
  private let log: MessageLog
  private let bar: ProgressBar

  init(_ log: MessageLog, showsProgress: Bool) {
    self.log = log
    bar = ProgressBar(isShown: showsProgress && !log.isQuiet && log.format == .text)
  }

  @Sendable func show(_ notice: Notice) {
    switch notice {
    case .reading(let done, let all): bar.show(done, of: all)
    case .waiting(let holder): log.info("\(holder); waiting")
    case .finished(let stage):
      bar.finish()
      log.info("finished: \(stage.name)", stage: stage)
    case .warning(let message, let hint):
      bar.finish()
      log.warning(message, hint: hint)
    }
  }

  /// Takes the bar away.
  func finish() { bar.finish() }
}
