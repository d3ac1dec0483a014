import Foundation

/// Colours, on a terminal only, and never where NO_COLOR asks for none.
struct Ink {
  private let isOn: Bool

  init() {
    let environment = ProcessInfo.processInfo.environment
    isOn =
      isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
      && environment["TERM"] != "dumb"
  }

  func up(_ text: String) -> String { coloured(text, 32) }
  func down(_ text: String) -> String { coloured(text, 31) }
  func heading(_ text: String) -> String { coloured(text, 1) }

  private func coloured(_ text: String, _ code: Int) -> String {
    isOn ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}
