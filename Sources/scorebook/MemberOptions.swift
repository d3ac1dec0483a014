import ArgumentParser
import Definition
import Engine

/// What an event's members are taken from, in CSV and JSON.
struct MemberOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Take a member of the events, or fields.NAME, from a column, or in JSON from a path such as user.id; given "
        + "again, the first with a value counts; 'time=Date + Time' joins two. In JSON 'properties=PATH' and "
        + "'fields=PATH' take all that an object has.",
      valueName: "member=column"))
  var map: [Assignment] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Give a member the same value in each event.", valueName: "member=value"))
  var set: [Assignment] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What a value is to be instead, as stage:Closed Won=won.", valueName: "member:from=to"))
  var translate: [Translation] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Take the number at the head of a member's text: 9 of '9 - Very likely'.", valueName: "member"
    ))
  var number: [String] = []

  @Option(
    name: [.customLong("dates"), .customLong("date-order")],
    help: ArgumentHelp(
      "What 3/4/2026 is: mdy for March 4, dmy for April 3; ymd for 26/3/4.", valueName: "order"))
  var dateOrder: ColumnChoices.Order?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The time zone of times without an offset, as Europe/Tallinn; UTC unless given.",
      valueName: "zone"))
  var timezone: String?

  @Flag(name: .long, help: "Numbers are written as 1.234,5.")
  var decimalComma = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What stands between cells: one character, or 'tab'; the header tells unless given (csv).",
      valueName: "char"))
  var delimiter: Delimiter?

  @Option(
    name: .long,
    help: ArgumentHelp("How many lines stand before the header (csv).", valueName: "n"))
  var skipHead = 0

  @Option(
    name: .long,
    help: ArgumentHelp("How many rows at the end are no data (csv).", valueName: "n"))
  var skipFoot = 0

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The member that holds the records, where one object wraps them all (json).",
      valueName: "name"))
  var records: String?

  /// The options that were given.
  var given: [String] {
    [
      ("--map", !map.isEmpty), ("--set", !set.isEmpty), ("--translate", !translate.isEmpty),
      ("--number", !number.isEmpty), ("--dates", dateOrder != nil), ("--timezone", timezone != nil),
      ("--decimal-comma", decimalComma), ("--delimiter", delimiter != nil),
      ("--skip-head", skipHead != 0), ("--skip-foot", skipFoot != 0), ("--records", records != nil),
    ].filter(\.1).map(\.0)
  }

  func validate(for format: IntakeFormat) throws {
    if let timezone, !isTimezone(timezone) {
      throw ValidationError("--timezone: '\(timezone)' is no time zone such as Europe/Tallinn")
    }
    for (option, count) in [("--skip-head", skipHead), ("--skip-foot", skipFoot)]
    where !(0...1000 ~= count) {
      throw ValidationError("\(option): from 0 to 1000, not \(count)")
    }
    let ofCSV: Set = ["--delimiter", "--skip-head", "--skip-foot"]
    if let option = given.first(where: { format == .csv ? $0 == "--records" : ofCSV.contains($0) })
    {
      throw ValidationError("\(option): this is not about \(format.rawValue)")
    }
    try validateNames(format)
    if let time = set.first(where: { $0.name == "time" }), !choices.isTime(time.value) {
      throw ValidationError("--set time: '\(time.value)' is no time such as 2026-11-01T00:00:00Z")
    }
  }

  private func validateNames(_ format: IntakeFormat) throws {
    let names = Set((map + set).map(\.name))
    for name in names where set.count(where: { $0.name == name }) > 1 {
      throw ValidationError("--set \(name) is given twice; one value is all that a member has")
    }
    let place = format == .csv ? "COLUMN" : "PATH"
    let type = map.contains { $0.name == "type" } ? nil : set.first { $0.name == "type" }?.value
    let isOfAccounts =
      ["account_profile", "account_merge"].contains(type)
      || type == "withdraw" && !names.contains("lead")
    for name in ["type", "time", isOfAccounts ? "account" : "lead"] where !names.contains(name) {
      throw ValidationError(
        "--from \(format.rawValue): nothing gives the '\(name)' of an event; add --map \(name)=\(place) or "
          + "--set \(name)=VALUE")
    }
    let unknown = (translate.map(\.name) + number).first { !names.contains($0) }
    if let unknown {
      throw ValidationError("'\(unknown)' has no value to change; add --map \(unknown)=\(place)")
    }
  }

  var choices: ColumnChoices {
    var choices = ColumnChoices()
    // What is given by --set is what counts where no column has a value.
    choices.members =
      map.map { ($0.name, .column($0.value)) } + set.map { ($0.name, .text($0.value)) }
    choices.translations = translate.map { ($0.name, $0.from, $0.to) }
    choices.numbers = number
    choices.hasDecimalCommas = decimalComma
    choices.delimiter = delimiter?.byte
    choices.headCount = skipHead
    choices.footCount = skipFoot
    choices.wrapper = records
    if let timezone { choices.timezone = timezone }
    choices.dateOrder = dateOrder
    return choices
  }
}

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

/// `member:from=to`; nothing behind the sign takes the value away.
struct Translation: ExpressibleByArgument {
  let name: String
  let from: String
  let to: String

  init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    let sides = parts[1].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty else { return nil }
    (name, from, to) = (String(parts[0]), String(sides[0]), String(sides[1]))
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
