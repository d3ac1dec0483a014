import Definition
import Statistics

/// How well scores, grades and personas taken before the outcome told who would reach it.
package struct BacktestReport: Codable, Sendable {
  /// Raised whenever a key changes its meaning or goes away.
  package static let schemaVersion = 1

  package var schema = BacktestReport.schemaVersion
  package var definition: String
  package var asOf: String
  package var outcome: String
  package var lines: Lines
  package var leads: Leads
  /// What became of the file of outcomes; absent where they are the log's own.
  package var given: Given?
  /// The chosen score first.
  package var scores: [Ranking]
  package var grades: [Ranking]
  /// The share of leads that reached the outcome by band and letter; absent without a grade.
  package var matrix: Matrix?
  package var personas: [Group]
  package var lists: [Row]
  /// Against another definition; absent where there is none.
  package var against: Against?

  package struct Lines: Codable, Sendable {
    package var read: Int
    package var refused: Int
  }

  package struct Leads: Codable, Sendable {
    /// Those the report is about: `won` + `otherwise` + `open`.
    package var all = 0
    /// Those that reached the outcome.
    package var won = 0
    /// Those that reached only another.
    package var otherwise = 0
    /// Those without an outcome, as of the as-of.
    package var open = 0
    /// Those that were left out: without an outcome, or with an early one.
    package var leftOut = 0
    /// Those that the definition excludes, as they stood then.
    package var excluded = 0
    /// Those that had done nothing before their outcome.
    package var unseen = 0
  }

  package struct Given: Codable, Sendable {
    package var file: String
    /// Rows that are outcomes = `used` + `strangers` + `future` + `erased` + `withdrawn`.
    package var rows = 0
    package var used = 0
    /// Rows about leads that the log does not know.
    package var strangers = 0
    package var future = 0
    package var erased = 0
    package var withdrawn = 0
    /// Rows that are no outcomes, by what is wrong with them.
    package var refused: [String: Int]
  }

  /// One value that leads are ranked by.
  package struct Ranking: Codable, Sendable {
    package var name: String
    /// Leads that have the value.
    package var leads: Int
    package var won: Int
    /// The area under the ROC curve, and its 95% interval by DeLong.
    package var auc: Double?
    package var aucLow: Double?
    package var aucHigh: Double?
    /// The same among the leads that have an outcome.
    package var aucDecided: Double?
    package var bands: [Row]
    /// Calling every lead with at least a value; of grades none.
    package var thresholds: [Row]
    /// The threshold that is called ready; absent where nothing says which.
    package var ready: Row?
  }

  /// Some leads, and how many of them reached the outcome.
  package struct Row: Codable, Sendable {
    /// A letter, a persona or a list; absent where it goes by values.
    package var name: String?
    /// The lowest value; absent where it is open below.
    package var from: Int64?
    /// The value it ends below; absent where it is open above.
    package var below: Int64?
    package var leads: Int
    package var won: Int
    /// The share that reached the outcome: of a threshold, its precision.
    package var share: Double?
    /// How many times the share of all leads that is.
    package var lift: Double?
    /// Of all that reached the outcome, the share here; of bands and letters, here and above.
    package var recall: Double?
  }

  package struct Group: Codable, Sendable {
    package var name: String
    package var rows: [Row]
  }

  package struct Matrix: Codable, Sendable {
    package var score: String
    package var grade: String
    /// The lowest value of each band, the highest band first; the last may be open below.
    package var bands: [Int64?]
    package var letters: [String]
    /// By band, then by letter.
    package var cells: [[Cell]]

    package struct Cell: Codable, Sendable {
      package var leads = 0
      package var won = 0
    }
  }

  package struct Against: Codable, Sendable {
    package var definition: String
    package var differences: [Difference]

    /// By how much a ranking of the other definition is better, on the same leads.
    package struct Difference: Codable, Sendable {
      package var name: String
      /// What it is compared with in the other definition.
      package var other: String
      package var leads: Int
      package var auc: Double
      package var aucAgainst: Double
      /// `aucAgainst` less `auc`, and its 95% interval.
      package var difference: Double
      package var low: Double?
      package var high: Double?
      /// The difference in standard deviations.
      package var z: Double?
      /// How often chance alone makes a difference at least as large (paired test by DeLong).
      package var p: Double?
    }
  }
}

extension Double {
  /// As reports have it: six decimals, so that no library's last bit shows.
  var reported: Double { (self * 1e6).rounded() / 1e6 }
}

extension Double? {
  var reported: Double? { map { $0.reported } }
}

extension BacktestReport.Row {
  init(_ band: Band, name: String? = nil) {
    self.init(
      name: name, from: name == nil ? band.from : nil, below: name == nil ? band.below : nil,
      leads: band.leads, won: band.won, share: band.share.reported, lift: band.lift.reported,
      recall: band.captured.reported)
  }

  init(_ threshold: Threshold, of table: OutcomeTable) {
    let lift = threshold.precision.flatMap { precision in
      table.share.flatMap { $0 == 0 ? nil : precision / $0 }
    }
    self.init(
      name: nil, from: threshold.value, below: nil, leads: threshold.leads, won: threshold.won,
      share: threshold.precision.reported, lift: lift.reported,
      recall: threshold.recall.reported)
  }
}

extension BacktestReport.Given {
  init(_ given: GivenOutcomes, _ cutoffs: LeadsAtCutoff) {
    let fates = cutoffs.givenFates
    self.init(
      file: given.file, rows: given.rows,
      used: given.rows - cutoffs.strangers - fates.future - fates.erased - fates.withdrawn,
      strangers: cutoffs.strangers, future: fates.future, erased: fates.erased,
      withdrawn: fates.withdrawn, refused: given.refused)
  }
}
