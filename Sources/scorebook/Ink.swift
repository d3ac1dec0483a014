import EventLog
import Foundation
import Notation

/// Colours, on a terminal only, and never where NO_COLOR asks for none.
///
/// Text in colour stands between marks that nobody outside of the process knows, until it is printed: whatever else
/// looks like a colour came with somebody's text.
struct Ink {
  private let isOn: Bool

  init() {
    let environment = ProcessInfo.processInfo.environment
    isOn =
      isTerminal(STDOUT_FILENO) && (environment["NO_COLOR"] ?? "").isEmpty
      && environment["TERM"] != "dumb"
  }

  func up(_ text: String) -> String { coloured(text, 32) }
  func down(_ text: String) -> String { coloured(text, 31) }
  func heading(_ text: String) -> String { coloured(text, 1) }

  private func coloured(_ text: String, _ code: Int) -> String {
    isOn ? "\(Ink.mark)\(code)m\(text)\(Ink.mark)0m" : text
  }

  private static let mark = "\u{1}\(UInt64.random(in: 0 ... .max))\u{1}"

  /// Returns a line as it is printed: nothing in it but our own colours is obeyed by a terminal.
  static func printed(_ line: String) -> String {
    let pieces = line.components(separatedBy: mark)
    return visibleText(pieces[0])
      + pieces.dropFirst().map { piece in
        let code = piece.prefix { $0 != "m" }
        return "\u{1b}[\(code)m" + visibleText(String(piece.dropFirst(code.count + 1)))
      }.joined()
  }
}
