import ArgumentParser
import Definition
import Engine
import Foundation
import Notation
import Workers

/// Runs a command's work; an error is told on stderr, with what to do, and becomes an exit code.
///
/// `log`: how it is told; unless told otherwise for people, or as the JSON of a report.
func reportingErrors(
  asJSON json: Bool, log: MessageLog = MessageLog(), _ work: () throws -> Void
) throws {
  do {
    try work()
  } catch let exit as ExitCode {
    throw exit
  } catch {
    let failure = Failure(error)
    switch (log.format, json) {
    case (.json, _): log.error(failure.message, hint: failure.hint, code: failure.code)
    case (.text, true): try failure.printJSON()
    // Mistakes in a definition are a page of their own.
    case (.text, false) where error is DefinitionFaults: printError(failure.message)
    case (.text, false): log.error(failure.message, hint: failure.hint, code: failure.code)
    }
    if let interrupted = error as? Interrupted { end(by: interrupted.signal) }
    throw ExitCode(failure.code)
  }
}

extension Failure {
  private struct Report: Encodable {
    var error: String
    var hint: String?
    var code: Int32
  }

  /// One line for whoever collects them, its keys in order.
  fileprivate func printJSON() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = try encoder.encode(Report(error: message, hint: hint, code: code))
    writeError(bytes + Data("\n".utf8))
  }
}

/// Prints what a person reads; nothing in it moves a terminal but its line feeds.
func printError(_ text: String) {
  let visible = visibleText(text, keepingLineFeeds: true)
  writeError(Data((visible + "\n").utf8))
}

/// Writes to stderr, if that can be: a full disk behind it must not end the program in another way.
func writeError(_ bytes: Data) {
  try? FileHandle.standardError.write(contentsOf: bytes)
}
