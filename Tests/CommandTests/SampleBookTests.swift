import EventLog
import Foundation
import Testing

@Suite("The samplebook command")
struct SampleBookTests {
  let folder: String

  init() throws {
    folder = "\(NSTemporaryDirectory())/samplebook-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  @Test("makes the committed sample book again, line by line")
  func sampleIsReproducible() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try samplebook("sample", folder)
    let made = try lines(ofLog: "\(folder)/log")
    let committed = try lines(ofLog: committedLog)
    #expect(made.keys.sorted() == committed.keys.sorted())
    // Lines, not files: another release of zlib may compress them to other bytes.
    for (path, bytes) in committed {
      let isSame = made[path] == bytes
      #expect(isSame, "\(path)")
    }
  }

  @Test("keeps the sample small, with all months and few broken lines")
  func sampleIsSmall() throws {
    try FileManager.default.removeItem(atPath: folder)
    let segments = try listSegments(in: committedLog)
    #expect(segments.count == 24)
    #expect(segments.first?.path == "2024-11.ndjson.gz")
    #expect(segments.reduce(0) { $0 + $1.byteCount } < 3_000_000)
  }

  @Test(
    "gives the winners of the sample about five, three and four interactions in the three stages")
  func stagesOfWinners() throws {
    try FileManager.default.removeItem(atPath: folder)
    let averages = try WinnerStages(log: committedLog).averages
    #expect((4.85...5.15).contains(averages.awareness))
    #expect((2.85...3.15).contains(averages.consideration))
    #expect((3.85...4.15).contains(averages.decision))
  }

  @Test("makes the same bulk events, however they are cut into segments and stored")
  func bulkIsReproducible() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let size = ["--events", "20000", "--leads", "500"]
    try samplebook(["bulk", "\(folder)/a", "--segments", "1", "--plain"] + size)
    try samplebook(["bulk", "\(folder)/b", "--segments", "7", "--level", "1"] + size)
    let one = try lines(ofLog: "\(folder)/a/log")
    let seven = try lines(ofLog: "\(folder)/b/log")
    #expect(seven.count == 7)
    let joined = seven.sorted { $0.key < $1.key }.flatMap(\.value)
    let isSame = one["000001.ndjson"] == joined
    #expect(isSame)
    #expect(joined.split(separator: 10).count == 20_000)
  }

  private var committedLog: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("sample-data/log").path
  }

  private func samplebook(_ arguments: String...) throws {
    try samplebook(arguments)
  }

  /// Runs the built program, which stands beside the tests.
  private func samplebook(_ arguments: [String]) throws {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0])
    let process = Process()
    process.executableURL = tests.deletingLastPathComponent().appendingPathComponent("samplebook")
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  private func lines(ofLog log: String) throws -> [String: [UInt8]] {
    var lines: [String: [UInt8]] = [:]
    for segment in try listSegments(in: log) {
      var bytes: [UInt8] = []
      try readLines(of: segment) { bytes.append(contentsOf: $0.bytes) }
      lines[segment.path] = bytes
    }
    return lines
  }
}
