import Foundation
import Testing

@Suite("The benchmark") struct BenchmarkTests {
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private static let python: String? = ["/usr/bin/python3", "/usr/local/bin/python3"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(
    "a tiny round of it runs, and cold, warm and one worker come to the same snapshot",
    .enabled(if: python != nil, "there is no python3 here"))
  func tiny() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.python))
    process.arguments = ["\(Self.package)/Benchmarks/bench.py", "--tiny", "--no-peers"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    #expect(text.contains("cold, warm and with one worker: the same snapshot, byte for byte"))
    #expect(text.contains("| scorebook, a night |"))
  }
}
