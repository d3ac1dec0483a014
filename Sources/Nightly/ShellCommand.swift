import Engine
import Foundation
import Workers

/// A line for the shell, run as a process of its own, with nothing to read and stderr for what it prints.
///
/// Started without Foundation's `Process`, which also waits for whatever the command leaves running.
package struct ShellCommand {
  let line: String
  /// What the shell calls it in its messages.
  let name: String
  /// `$1` and so on.
  let arguments: [String]
  /// Added to the environment.
  let variables: [String: String]

  package init(
    line: String, name: String, arguments: [String], variables: [String: String]
  ) {
    self.line = line
    self.name = name
    self.arguments = arguments
    self.variables = variables
  }

  package enum Ending {
    case exit(Int32)
    case signal(Int32)
  }

  /// Runs it to its end.
  ///
  /// - Throws: `RunError` where it cannot be started; `Interrupted`, having told the command to stop.
  package func run() throws -> Ending {
    let process = try start()
    var status: Int32 = 0
    while true {
      let found = waitpid(process, &status, WNOHANG)
      if found == process { break }
      if found < 0, errno != EINTR { throw failure(errno) }
      do {
        try Interruption.check()
      } catch {
        kill(process, SIGTERM)
        throw error
      }
      usleep(10_000)
    }
    let signal = status & 0x7f
    return signal == 0 ? .exit(status >> 8 & 0xff) : .signal(signal)
  }

  private func start() throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    let environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
    let words = ["sh", "-c", line, name] + arguments
    var process: pid_t = 0
    let code = withCStrings(words) { words in
      withCStrings(environment.map { "\($0)=\($1)" }.sorted()) { environment in
        posix_spawn(&process, "/bin/sh", &actions, nil, words, environment)
      }
    }
    guard code == 0 else { throw failure(code) }
    return process
  }

  private func failure(_ code: Int32) -> RunError {
    RunError(.failed, "/bin/sh: cannot run: \(String(cString: strerror(code)).lowercased())")
  }
}

/// Calls back with texts as C has them: an array of pointers that ends with none.
private func withCStrings<Result>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = texts.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
