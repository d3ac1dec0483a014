import Definition
import Files
import Workers

/// What stopped a command, whatever kind of error it was: in words, with what to do and the exit code.
package struct Failure: Sendable {
  package let message: String
  package let hint: String?
  package let code: Int32

  package init(_ error: any Error) {
    message = "\(error)"
    switch error {
    case is DefinitionFaults: (hint, code) = (nil, 65)
    case let error as FileError: (hint, code) = (error.hint, error.exitCode)
    case let error as RunError: (hint, code) = (error.hint, error.exitCode)
    case let error as Interrupted: (hint, code) = (nil, error.exitCode)
    default: (hint, code) = (nil, 74)
    }
  }
}
