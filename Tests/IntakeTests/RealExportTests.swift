import Foundation
import Intake
import Testing

private let exportPath = ProcessInfo.processInfo.environment["EXPORT"]

/// Reads an export of the developer's own: `EXPORT=calls.json FORMAT=segment swift test --filter realExport`.
@Test("each record of a real export is accounted for", .enabled(if: exportPath != nil))
func realExport() throws {
  let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: exportPath ?? "")))
  let readers: [String: any RecordReader] = [
    "segment": segmentReader(), "snowplow": snowplowReader(), "posthog": postHogReader(),
    "cloudevents": cloudEventsReader(),
  ]
  let format = ProcessInfo.processInfo.environment["FORMAT"] ?? "segment"
  let found = try records(bytes, by: try #require(readers[format]))
  var counts: [String: Int] = [:]
  for record in found {
    counts[record.refusal.map { "refused \($0)" } ?? record.skipped ?? "read", default: 0] += 1
    for event in record.events { counts["  \(event["type"] ?? "?")", default: 0] += 1 }
  }
  for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print(name, count) }
  #expect(counts.filter { !$0.key.hasPrefix(" ") }.values.reduce(0, +) == found.count)
}
