import Foundation

/// What a command said and how it ended.
struct Outcome {
  var code: Int32
  var out: String
  var err: String
}

/// A folder in which commands are run, and which goes away with its test.
final class Workplace {
  let path = "\(NSTemporaryDirectory())/command-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/\(name)")
  }

  /// How long a command may take; a guess, far more than any of them needs where the machine has a dozen
  /// other things to do.
  private static let secondsMax = 300.0

  /// Runs the program that was built with the tests; its pipes are read to the end before it is
  /// waited for, so that a long report cannot block it.
  func run(_ arguments: String..., input: String = "") throws -> Outcome {
    try run(arguments, input: Array(input.utf8))
  }

  func run(_ arguments: String..., input: [UInt8]) throws -> Outcome {
    try run(arguments, input: input)
  }

  func run(_ arguments: [String], input: [UInt8] = []) throws -> Outcome {
    let process = Process()
    process.executableURL = try Self.program
    process.arguments = arguments
    return try finish(process, input: input)
  }

  private func finish(_ process: Process, input: [UInt8]) throws -> Outcome {
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    let (input, output, errors) = (Data(input), Pipe(), Pipe())
    let given = Pipe()
    process.standardInput = given
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let said = Said()
    let reading = DispatchQueue(label: "errors")
    reading.async { said.errors = errors.fileHandleForReading.readDataToEndOfFile() }
    try given.fileHandleForWriting.write(contentsOf: input)
    try given.fileHandleForWriting.close()
    // A command that hangs is ended, so that its test fails instead of hanging too.
    // Not by SIGTERM: the threads of tests hold that back, and what they start inherits it.
    let watchdog = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.secondsMax, execute: watchdog)
    defer { watchdog.cancel() }
    let out = output.fileHandleForReading.readDataToEndOfFile()
    reading.sync {}
    process.waitUntilExit()
    return Outcome(
      code: process.terminationReason == .exit ? process.terminationStatus : -1,
      out: String(decoding: out, as: UTF8.self), err: String(decoding: said.errors, as: UTF8.self))
  }

  /// Begins a command, whose output goes to the files `out` and `err`, and does not wait for it.
  func begin(_ arguments: String...) throws -> Process {
    let process = Process()
    process.executableURL = try Self.program
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    process.standardInput = FileHandle.nullDevice
    for (name, keep) in [
      ("out", { process.standardOutput = $0 }), ("err", { process.standardError = $0 }),
    ] as [(String, (FileHandle) -> Void)] {
      try write("", to: name)
      keep(try FileHandle(forWritingTo: URL(fileURLWithPath: "\(path)/\(name)")))
    }
    try process.run()
    return process
  }

  /// Runs a line of bash in which `scorebook` is the program.
  func shell(_ script: String) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "bash", "-c", "scorebook() { '\(try Self.program.path)' \"$@\"; }\n\(script)",
    ]
    return try finish(process, input: [])
  }

  /// Starts the program and leaves its input open.
  func start(_ arguments: String...) throws -> RunningCommand {
    try RunningCommand(Self.program, arguments, in: path, secondsMax: Self.secondsMax)
  }

  /// Filled on a queue and read when the queue is done.
  private final class Said: @unchecked Sendable {
    var errors = Data()
  }

  struct NoProgram: Error {}

  /// The program stands beside the bundle of the tests.
  static var program: URL {
    get throws {
      let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
      let folders = [
        Bundle.main.bundleURL,
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
        package.appendingPathComponent(".build/debug"),
      ]
      for folder in folders {
        let program = folder.appendingPathComponent("scorebook")
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: program.path, isDirectory: &isFolder),
          !isFolder.boolValue
        {
          return program
        }
      }
      throw NoProgram()
    }
  }
}

/// A command that is still running, and is given its input bit by bit.
final class RunningCommand {
  private let process = Process()
  private let (given, output) = (Pipe(), Pipe())
  private let watchdog: DispatchWorkItem
  private var pending = ""

  init(_ program: URL, _ arguments: [String], in folder: String, secondsMax: Double) throws {
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = given
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let identifier = process.processIdentifier
    watchdog = DispatchWorkItem { Foundation.kill(identifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + secondsMax, execute: watchdog)
  }

  var identifier: Int32 { process.processIdentifier }

  func write(_ text: some StringProtocol) throws {
    try given.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// Returns the next line it prints; nil if it ends before.
  func line() -> String? {
    while true {
      if let end = pending.firstIndex(of: "\n") {
        defer { pending = String(pending[pending.index(after: end)...]) }
        return String(pending[..<end])
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      pending += String(decoding: more, as: UTF8.self)
    }
  }

  /// Ends its input and waits for it.
  func end() throws -> Outcome {
    try given.fileHandleForWriting.close()
    return outcome()
  }

  func kill() -> Outcome {
    Foundation.kill(identifier, SIGKILL)
    return outcome()
  }

  /// Waits until it has read all that was written; whatever stops it then stops it behind that.
  func waitUntilTaken() {
    let descriptor = given.fileHandleForWriting.fileDescriptor
    var pending: Int32 = 1
    while pending > 0 {
      guard ioctl(descriptor, UInt(FIONREAD), &pending) == 0 else { return }
      usleep(10_000)
    }
  }

  func outcome() -> Outcome {
    while let line = line() { said += line + "\n" }
    process.waitUntilExit()
    watchdog.cancel()
    return Outcome(
      code: process.terminationReason == .exit ? process.terminationStatus : -1, out: said, err: "")
  }

  private var said = ""
}

/// An event of the log on a line of its own.
func event(_ id: String, _ type: String, _ lead: String, _ rest: String = "") -> String {
  #"{"id":"\#(id)","time":"2026-02-01T00:00:00Z","type":"\#(type)","lead":"\#(lead)"\#(rest)}"#
    + "\n"
}
