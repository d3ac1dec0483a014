import ArgumentParser
import Definition
import Engine
import EventLog
import Foundation

/// Runs a command's work; an error is told on stderr, with what to do, and becomes an exit code.
func reportingErrors(asJSON json: Bool, _ work: () throws -> Void) throws {
  do {
    try work()
  } catch let faults as DefinitionFaults {
    try tell("\(faults)", hint: nil, code: 65, prefix: "", json: json)
  } catch let error as EventLogError {
    try tell("\(error)", hint: error.hint, code: error.exitCode, json: json)
  } catch let error as RunError {
    try tell("\(error)", hint: error.hint, code: error.exitCode, json: json)
  } catch let exit as ExitCode {
    throw exit
  } catch {
    try tell("\(error)", hint: nil, code: 74, json: json)
  }
}

private func tell(
  _ message: String, hint: String?, code: Int32, prefix: String = "error: ", json: Bool
) throws {
  if json {
    // One line for whoever collects them, its keys in order.
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    printError(
      String(
        decoding: try encoder.encode(ErrorReport(error: message, hint: hint, code: code)),
        as: UTF8.self))
  } else {
    printError(prefix + message)
    if let hint { printError("hint: \(hint)") }
  }
  throw ExitCode(code)
}

private struct ErrorReport: Encodable {
  var error: String
  var hint: String?
  var code: Int32
}

func printError(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}
