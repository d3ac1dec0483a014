import Definition
import Foundation
import Intake

/// The formats of events that can be taken in.
package enum IntakeFormat: String, Sendable, CaseIterable {
  case native, segment, snowplow, csv, cloudevents, posthog
  case accessLog = "access-log"

  /// Whether each of its records is a line.
  package var hasLines: Bool { self == .native || self == .accessLog }

  /// Names of the files that are read of a folder, as patterns.
  ///
  /// The log's own are not among them: it has its own rule for what a segment is.
  package var filePatterns: [String] {
    switch self {
    case .native: ["*.ndjson", "*.ndjson.gz"]
    case .segment, .cloudevents, .posthog: ["*.json", "*.ndjson", "*.jsonl", "*.gz"]
    case .snowplow, .csv: ["*.csv", "*.tsv", "*.gz"]
    case .accessLog: ["*.log", "*.log.*", "*.log-*", "*access_log*", "*.gz"]
    }
  }
}

/// How files are to be taken in: what format they are, with the choices that the format leaves open.
package struct IntakeForm: Sendable {
  package var format: IntakeFormat
  /// Whether an access log's crawlers are kept.
  package var keepsCrawlers: Bool
  package var columns: ColumnChoices

  package init(
    _ format: IntakeFormat = .native, keepsCrawlers: Bool = false,
    columns: ColumnChoices = ColumnChoices()
  ) {
    self.format = format
    self.keepsCrawlers = keepsCrawlers
    self.columns = columns
  }

  /// Returns a reader for one file.
  func reader() -> any RecordReader {
    switch format {
    case .native: LineRecords(NativeEvents())
    case .segment: segmentReader()
    case .snowplow: snowplowReader()
    case .csv: csvReader(columns.choices)
    case .cloudevents: cloudEventsReader()
    case .posthog: postHogReader()
    case .accessLog: LineRecords(AccessLog(keepsCrawlers: keepsCrawlers))
    }
  }

  /// The format and its choices, as a command line has them.
  package var text: String {
    switch format {
    case .csv: "csv \(columns.text)"
    case .accessLog where keepsCrawlers: "access-log --keep-bots"
    default: format.rawValue
    }
  }

  /// All that decides which events a file becomes; nil for the log's own format.
  ///
  /// It goes into the names of sheets, so whoever changes what a reader makes of a file raises the number.
  var fingerprint: String? { format == .native ? nil : "1 \(text)" }
}

/// What the columns of a CSV file are, as it was asked for.
package struct ColumnChoices: Sendable {
  /// By the member's name, or `fields.` and an attribute's.
  package var members: [(name: String, source: Source)] = []
  package var delimiter: UInt8 = UInt8(ascii: ",")
  /// An IANA name: what times without an offset are of.
  package var timezone = "UTC"
  package var dateOrder: Order?

  package enum Source: Sendable {
    case column(String)
    case text(String)
  }

  /// In which order dates such as `3/4/2026` have their day and month.
  package enum Order: String, Sendable, CaseIterable {
    case monthFirst = "mdy"
    case dayFirst = "dmy"
  }

  package init() {}

  fileprivate var text: String {
    var words = members.map { name, source in
      switch source {
      case .column(let column): "--map '\(name)=\(column)'"
      case .text(let text): "--set '\(name)=\(text)'"
      }
    }
    words.append("--delimiter '\(Unicode.Scalar(delimiter))' --timezone \(timezone)")
    if let dateOrder { words.append("--date-order \(dateOrder.rawValue)") }
    return words.joined(separator: " ")
  }

  /// Returns whether a text is a time as these choices have it.
  package func isTime(_ text: String) -> Bool { choices.times.rfc3339(text) != nil }

  fileprivate var choices: CSVChoices {
    CSVChoices(
      members: members.map { name, source in
        switch source {
        case .column(let column): (name, .column(column))
        case .text(let text): (name, .text(text))
        }
      },
      delimiter: delimiter,
      times: TimeForms(
        order: dateOrder.map { $0 == .monthFirst ? .monthFirst : .dayFirst },
        utc: wallClock(of: timezone)))
  }
}

/// Returns what turns seconds since 1970 as a clock of a time zone shows them into those of UTC.
///
/// Of an hour that the clock shows twice it is the first; one that it skips is counted on from before.
func wallClock(of timezone: String) -> @Sendable (Int) -> Int {
  guard timezone != "UTC", let zone = TimeZone(identifier: timezone) else { return { $0 } }
  let offset: @Sendable (Int) -> Int = { seconds in
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
  }
  return { local in
    // Two days have at most one change, so the offset is one of these two.
    let (before, after) = (offset(local - 86_400), offset(local + 86_400))
    let isAfter = offset(local - before) != before && offset(local - after) == after
    return local - (isAfter ? after : before)
  }
}
