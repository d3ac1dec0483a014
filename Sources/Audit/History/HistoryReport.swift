import Engine

/// How the numbers of a lead or an account came and went over time.
package struct HistoryReport: Encodable, Sendable {
  /// Raised whenever a key changes its meaning or goes away.
  package static let schemaVersion = 1

  package var schema = HistoryReport.schemaVersion
  package var engine = engineVersion
  package var lead: String?
  package var account: String?
  package var definition: String
  package var asOf: String
  /// Whether the lead is left out of all results as of then; absent where the definition leaves nobody out.
  package var isExcluded: Bool?
  /// What each moment has a value of.
  package var columns: [String]
  package var moments: [Moment]
  package var crossings: [Crossing]

  package struct Moment: Encodable, Sendable {
    package var time: String
    /// The events of this very time; none of a midnight.
    package var events: [Cause]
    /// In the order of columns, as snapshots have them; absent where there is nothing.
    package var values: [String?]
  }

  /// A bound that was crossed: a persona, a list or readiness that was entered or left.
  package struct Crossing: Encodable, Sendable {
    package var time: String
    /// `persona.GROUP`, `list.NAME`, `excluded` or `ready`.
    package var what: String
    package var from: String?
    package var to: String?
    /// Towards the group's first persona, or into the list.
    package var isUp: Bool
    /// The events that caused it; none where only time passed.
    package var causes: [Cause]
  }

  package struct Cause: Encodable, Sendable, Hashable {
    package var id: String
    package var type: String
    /// Segment and line.
    package var at: String
  }
}

extension HistoryReport {
  /// The moments as rows, columns as in snapshots.
  package var csvRows: [[String]] {
    [["time", "events"] + columns]
      + moments.map { moment in
        [moment.time, moment.events.map(\.at).joined(separator: " ")]
          + moment.values.map { $0 ?? "" }
      }
  }
}

/// How often a history tells the numbers.
package enum HistoryStep: String, Sendable, CaseIterable {
  /// At each event and each midnight.
  case event
  case day, week, month
}
