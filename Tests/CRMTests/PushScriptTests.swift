import Foundation
import Testing

/// The scripts of pipelines/crm, tried out on servers that behave as the CRMs' documentation says.
@Suite("pushing by curl") struct PushScriptTests {
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  private static let python = ["/usr/bin/python3", "/usr/local/bin/python3"]
    .first(where: FileManager.default.fileExists)
  private static let hasCurl = ["/usr/bin/curl", "/usr/local/bin/curl"]
    .contains(where: FileManager.default.fileExists)

  @Test(
    "what fails is tried again, what is refused is named, what is not answered for fails",
    .enabled(if: python != nil && hasCurl, "it takes python3 and curl"))
  func scripts() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.python))
    process.arguments = [
      "\(Self.package)/Tests/Pushes/push_scripts.py", "\(Self.package)/pipelines/crm",
    ]
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(told)")
  }
}
