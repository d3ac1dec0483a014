import Foundation
import Snapshots

/// What a run did, for a person or, as JSON, for a program.
package struct RunReport: Codable, Sendable {
  /// Raised whenever a key changes its meaning or goes away.
  package static let schemaVersion = 1

  package var schema = RunReport.schemaVersion
  package var engine = engineVersion
  package var snapshot: String
  /// The file of refused lines; absent without any.
  package var quarantine: String?
  package var segments: Int
  package var logBytes: Int
  package var stages: [Stage]
  package var summary: Summary

  package struct Stage: Codable, Sendable {
    package var name: String
    package var seconds: Double
    /// Bytes and events that went through: of reading, compressed bytes and lines; of judging, the
    /// sheets' bytes and the events used; of publishing, the snapshot's bytes and the leads.
    package var bytes: Int
    package var events: Int
  }

  init(
    snapshot: String, quarantine: String?, summary: Summary, segments: Int, logBytes: Int,
    stages: [Stage]
  ) {
    self.snapshot = snapshot
    self.quarantine = quarantine
    self.summary = summary
    self.segments = segments
    self.logBytes = logBytes
    self.stages = stages
  }

  package var seconds: Double { stages.reduce(0) { $0 + $1.seconds } }
}

/// Times the stages of a run by a clock that nothing sets back.
package final class StageClock {
  package private(set) var stages: [RunReport.Stage] = []
  private var last = DispatchTime.now().uptimeNanoseconds

  package init() {}

  func finish(_ name: String, bytes: Int, events: Int) {
    let now = DispatchTime.now().uptimeNanoseconds
    stages.append(
      .init(name: name, seconds: Double(now - last) / 1e9, bytes: bytes, events: events))
    last = now
  }
}
