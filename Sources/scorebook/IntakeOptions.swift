import ArgumentParser
import Definition
import Engine

/// What files of events are, and how they are taken in.
struct IntakeOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the files are: \(IntakeFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "format"))
  var from: IntakeFormat = .native

  @Flag(name: .long, help: "Keep the visits of known crawlers (access-log).")
  var keepBots = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Take a member of the events, or fields.NAME, from a column (csv).",
      valueName: "member=column"))
  var map: [Assignment] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Give a member the same value in each event (csv).", valueName: "member=value"))
  var set: [Assignment] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What stands between cells: one character, or 'tab' (csv).", valueName: "char"))
  var delimiter: Delimiter?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The time zone of times without an offset; UTC unless given (csv).", valueName: "zone"))
  var timezone: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What 3/4/2026 is: mdy for March 4, dmy for April 3 (csv).", valueName: "order"))
  var dateOrder: ColumnChoices.Order?

  func validate() throws {
    if keepBots, from != .accessLog {
      throw ValidationError("--keep-bots: only access logs have bots; add --from access-log")
    }
    guard from == .csv else {
      let given = [
        ("--map", !map.isEmpty), ("--set", !set.isEmpty), ("--delimiter", delimiter != nil),
        ("--timezone", timezone != nil), ("--date-order", dateOrder != nil),
      ]
      if let option = given.first(where: \.1)?.0 {
        throw ValidationError("\(option): this is about columns; add --from csv")
      }
      return
    }
    try validateColumns()
  }

  private func validateColumns() throws {
    if let timezone, !isTimezone(timezone) {
      throw ValidationError("--timezone: '\(timezone)' is no time zone such as Europe/Tallinn")
    }
    let names = (map + set).map(\.name)
    for name in names where names.count(where: { $0 == name }) > 1 {
      throw ValidationError("'\(name)' is given twice; once, by --map or by --set, is enough")
    }
    let type = set.first { $0.name == "type" }?.value
    let isOfAccounts =
      ["account_profile", "account_merge"].contains(type)
      || type == "withdraw" && !names.contains("lead")
    for name in ["type", "time", isOfAccounts ? "account" : "lead"] where !names.contains(name) {
      throw ValidationError(
        "--from csv: nothing gives the '\(name)' of an event; add --map \(name)=COLUMN or "
          + "--set \(name)=VALUE")
    }
    if let time = set.first(where: { $0.name == "time" }), !form.columns.isTime(time.value) {
      throw ValidationError("--set time: '\(time.value)' is no time such as 2026-11-01T00:00:00Z")
    }
  }

  /// The choices as one value.
  var form: IntakeForm {
    var columns = ColumnChoices()
    columns.members =
      map.map { ($0.name, .column($0.value)) } + set.map { ($0.name, .text($0.value)) }
    if let delimiter { columns.delimiter = delimiter.byte }
    if let timezone { columns.timezone = timezone }
    columns.dateOrder = dateOrder
    return IntakeForm(from, keepsCrawlers: keepBots, columns: columns)
  }
}

extension IntakeFormat: ExpressibleByArgument {}
extension ColumnChoices.Order: ExpressibleByArgument {}

/// `member=value`.
struct Assignment: ExpressibleByArgument {
  let name: String
  let value: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0] != "fields.", !parts[1].isEmpty else {
      return nil
    }
    name = String(parts[0])
    value = String(parts[1])
  }
}

/// One ASCII character that can stand between cells.
struct Delimiter: ExpressibleByArgument {
  let byte: UInt8

  init?(argument: String) {
    let named = argument == "tab" || argument == "\\t" ? "\t" : argument
    guard named.utf8.count == 1, let byte = named.utf8.first, byte < 0x80,
      !"\"\r\n".utf8.contains(byte)
    else { return nil }
    self.byte = byte
  }
}
