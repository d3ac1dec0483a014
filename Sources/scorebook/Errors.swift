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
    case (.text, true): printErrorJSON(FailureReport(failure))
    // Mistakes in a definition are a page of their own.
    case (.text, false) where error is DefinitionFaults: printError(failure.message)
    case (.text, false): log.error(failure.message, hint: failure.hint, code: failure.code)
    }
    if let interrupted = error as? Interrupted { end(by: interrupted.signal) }
    throw ExitCode(failure.code)
  }
}

/// A failure as one line of JSON, for whoever collects them.
private struct FailureReport: Encodable {
  var error: String
  var hint: String?
  var code: Int32

  init(_ failure: Failure) { (error, hint, code) = (failure.message, failure.hint, failure.code) }
}
