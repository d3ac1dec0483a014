import Definition
import Foundation
import Intake

/// The formats of events that can be taken in.
package enum IntakeFormat: String, Sendable, CaseIterable {
  case native, segment, snowplow, csv, json, cloudevents, posthog
  case accessLog = "access-log"

  /// Whether each of its records is a line.
  package var hasLines: Bool { self == .native || self == .accessLog }

  /// Names of the files that are read of a folder, as patterns.
  ///
  /// The log's own are not among them: it has its own rule for what a segment is.
  package var filePatterns: [String] {
    switch self {
    case .native: ["*.ndjson", "*.ndjson.gz"]
    case .segment, .cloudevents, .posthog, .json: ["*.json", "*.ndjson", "*.jsonl", "*.gz"]
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
  /// Whether what an access log answers by sending the visitor elsewhere is kept.
  package var keepsRedirects = false
  /// Whether the times of Segment's calls are put right by when they were sent and received.
  package var correctsClocks = false
  /// Whether a last line without its line feed may be half of one that somebody is writing, and waits.
  package var awaitsLineEnd = false
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
    case .segment: segmentReader(correctsClocks: correctsClocks)
    case .snowplow: snowplowReader()
    case .csv: csvReader(columns.choices)
    case .json: jsonReader(columns.choices)
    case .cloudevents: cloudEventsReader()
    case .posthog: postHogReader()
    case .accessLog:
      LineRecords(AccessLog(keepsCrawlers: keepsCrawlers, keepsRedirects: keepsRedirects))
    }
  }

  /// The format and its choices, as a command line has them.
  package var text: String {
    switch format {
    case .csv, .json: "\(format.rawValue) \(columns.text)"
    case .accessLog:
      "access-log\(keepsCrawlers ? " --keep-bots" : "")\(keepsRedirects ? " --keep-redirects" : "")"
    case .segment where correctsClocks: "segment --correct-clocks"
    default: format.rawValue
    }
  }

  /// All that decides which events a file becomes; nil for the log's own format.
  ///
  /// It goes into the names of sheets, so whoever changes what a reader makes of a file raises the number.
  var fingerprint: String? {
    format == .native ? nil : "2 \(text)\(awaitsLineEnd ? " awaiting" : "")"
  }
}

/// What the columns of a CSV file or the members of a JSON object are, as it was asked for.
package struct ColumnChoices: Sendable {
  /// By the member's name, or `fields.` and an attribute's; of several for a name the first with a value counts.
  package var members: [(name: String, source: Source)] = []
  /// Nil where the header tells.
  package var delimiter: UInt8?
  /// What a member's text is to be instead, in the order given.
  package var translations: [(name: String, from: String, to: String)] = []
  /// Members of which the number at the head of the text counts.
  package var numbers: [String] = []
  package var hasDecimalCommas = false
  /// How many lines before the header, and rows at the end, are passed over.
  package var headCount = 0
  package var footCount = 0
  /// The member of a wrapping object that holds the records.
  package var wrapper: String?
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
    case yearFirst = "ymd"
  }

  package init() {}

  fileprivate var text: String {
    var words = members.map { name, source in
      switch source {
      case .column(let column): "--map '\(name)=\(column)'"
      case .text(let text): "--set '\(name)=\(text)'"
      }
    }
    words += translations.map { "--translate '\($0.name):\($0.from)=\($0.to)'" }
    words += numbers.map { "--number '\($0)'" }
    if hasDecimalCommas { words.append("--decimal-comma") }
    if headCount > 0 { words.append("--skip-head \(headCount)") }
    if footCount > 0 { words.append("--skip-foot \(footCount)") }
    if let wrapper { words.append("--records '\(wrapper)'") }
    if let delimiter { words.append("--delimiter '\(Unicode.Scalar(delimiter))'") }
    words.append("--timezone \(timezone)")
    if let dateOrder { words.append("--dates \(dateOrder.rawValue)") }
    return words.joined(separator: " ")
  }

  /// Returns whether a text is a time as these choices have it.
  package func isTime(_ text: String) -> Bool { choices.times.rfc3339(text) != nil }

  fileprivate var choices: MemberChoices {
    var choices = MemberChoices(
      members: members.map { name, source in
        switch source {
        case .column(let column): (name, .column(column))
        case .text(let text): (name, .text(text))
        }
      },
      delimiter: delimiter,
      times: TimeForms(
        order: dateOrder.flatMap { DateOrder(rawValue: $0.rawValue) },
        utc: timezone == "UTC" ? nil : wallClock(of: timezone)))
    for (name, from, to) in translations { choices.translations[name, default: [:]][from] = to }
    choices.numbers = Set(numbers)
    choices.hasDecimalCommas = hasDecimalCommas
    choices.headCount = headCount
    choices.footCount = footCount
    choices.wrapper = wrapper
    return choices
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
