import Foundation
import Intake
import Testing

private let logPath = ProcessInfo.processInfo.environment["ACCESS_LOG"]

/// Reads a log of the developer's own: `ACCESS_LOG=access.log swift test --filter RealAccessLogTests`.
@Test("each line of a real log is accounted for", .enabled(if: logPath != nil))
func realAccessLog() throws {
  let text = Array(try Data(contentsOf: URL(fileURLWithPath: logPath ?? "")))
  var log = AccessLog()
  var counts: [String: Int] = [:]
  var ids: Set<String> = []
  var eventCount = 0
  for line in text.split(separator: 0x0A) {
    switch Array(line).withUnsafeBytes({ log.read($0) }) {
    case .skipped(let reason): counts["skipped \(reason)", default: 0] += 1
    case .refused(let reason): counts["refused \(reason)", default: 0] += 1
    case .events(let lines):
      counts["read", default: 0] += 1
      for event in lines {
        let members = try JSONDecoder().decode([String: String].self, from: Data(event))
        counts["  \(members["type"] ?? "?") \(members["channel"] ?? "")", default: 0] += 1
        ids.insert(members["id"] ?? "")
        eventCount += 1
      }
    }
  }
  for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print(name, count) }
  #expect(ids.count == eventCount)
  #expect(
    counts.filter { !$0.key.hasPrefix(" ") }.values.reduce(0, +)
      == text.split(separator: 0x0A).count)
}
