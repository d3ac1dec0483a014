import Pages

/// A lead as a report tells of it.
struct Person {
  let key: String
  /// What it is called by; nil where it has none.
  let name: String?
  /// What stands of it in `leads.csv`, by column.
  let row: [String: String]
  /// What was asked for, by how it was asked for.
  let values: [String: String]
  /// What its score is made of, the most first; nil without the log.
  let reasons: Reasons?
  let link: Link?

  struct Reasons {
    var forIt: [Part] = []
    var against: [Part] = []

    static let shownMax = 3
  }

  struct Part: Equatable {
    var name: String
    /// Micro-points.
    var points: Int128
  }

  init(_ key: [UInt8], _ row: [String: String]?, _ replayed: ReplayedPerson?, _ plan: ReportPlan) {
    let row = row ?? [:]
    self.row = row
    self.key = String(decoding: key, as: UTF8.self)
    func value(_ asked: String) -> String? {
      row[asked] ?? replayed?.attributes[attributeName(asked)]
        ?? row["attribute.\(attributeName(asked))"]
    }
    // A name of nothing is none.
    name = plan.nameAttribute.flatMap { value($0.hasPrefix("attribute.") ? $0 : "attribute.\($0)") }
      .flatMap { $0.isEmpty ? nil : $0 }
    values = Dictionary(plan.columns.compactMap { asked in value(asked).map { (asked, $0) } }) {
      first, _ in first
    }
    reasons = replayed?.reasons
    link = plan.link?.link(to: self.key)
  }

  var account: String? { row["account"] }
}

/// What is asked for as an attribute, with or without saying so.
func attributeName(_ asked: String) -> String {
  asked.hasPrefix("attribute.") ? String(asked.dropFirst("attribute.".count)) : asked
}
