import ArgumentParser
import Definition
import Engine
import Files
import Foundation
import Nightly
import Notation

/// How messages on stderr are written.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case text
  /// For log collectors: an object a line, routine steps included.
  case json
}

/// Tells on stderr what a command has to say while it works.
struct MessageLog: Sendable {
  var format = LogFormat.text
  /// Whether only what is wrong is told.
  var isQuiet = false

  /// A line of the log for collectors; absent members are left out.
  private struct Line: Encodable {
    var time = timeText(milliseconds: currentMilliseconds())
    var level: String
    var message: String
    var hint: String?
    var code: Int32?
    var stage: Stage?
    var snapshot: String?
  }

  func error(_ message: String, hint: String?, code: Int32) {
    if format == .json {
      write(Line(level: "error", message: message, hint: hint, code: code))
    } else {
      printError("error: \(message)")
      if let hint { printError("hint: \(hint)") }
    }
  }

  func warning(_ message: String, hint: String?) {
    if format == .json {
      write(Line(level: "warning", message: message, hint: hint))
    } else {
      printError("warning: \(message)")
      if let hint { printError("hint: \(hint)") }
    }
  }

  /// Routine: people see it on a terminal, collectors always.
  func info(_ message: String, stage: Stage? = nil, snapshot: String? = nil) {
    if isQuiet { return }
    if format == .json {
      write(Line(level: "info", message: message, stage: stage, snapshot: snapshot))
    } else if stage == nil, snapshot == nil, isatty(STDERR_FILENO) == 1 {
      printError(message)
    }
  }

  private func write(_ line: Line) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(line) else { return }
    writeError(bytes + Data("\n".utf8))
  }
}
