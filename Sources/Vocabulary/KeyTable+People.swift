extension KeyTable {
  package static let persona = KeyTable(
    "persona", "One of a group; a lead is the first that fits",
    [
      Key("name", .name, required: true, "What it is called"),
      Key("when", .condition(on: .lead), "Who it is; without it all who come so far"),
    ])

  package static let highest = KeyTable(
    "personas-by-points", "A group in which a lead is what it has most of",
    [
      Key(
        "highest", .entries(.names, of: .subject(of: .lead)), required: true,
        "The personas, each with the number by which it is measured"),
      Key(
        "min", .number(.points),
        "What the greatest comes to at least; above 0 unless told otherwise"
      ),
      Key(
        "gap", .number(.notNegative), "How much it is above every other; 0 unless told otherwise"),
    ])

  /// A list that is more than its condition.
  package static func list(of asked: Asked) -> KeyTable {
    KeyTable(
      "\(asked.rawValue)-list", "A list that is written out: who is on it, and what its file has",
      [
        Key("when", .condition(on: asked), "Who is on it; everybody unless told otherwise"),
        Key(
          "columns", .list(of: .subject(of: asked), isEmptyAllowed: true),
          "What its file has beside the keys and the scores"),
        Key(
          "order_by", .either([.subject(of: asked), .list(of: .subject(of: asked))]),
          "What its file is ordered by; - before a subject turns it"),
        Key(
          "first", .whole(1...1_000_000_000), "How many its file has at most; only with order_by"),
      ])
  }

  package static let example = KeyTable(
    "example", "A few events and what must come of them",
    [
      Key("name", .text, required: true, "What it shows, in words"),
      Key(
        "as_of", .text, "The time as of which it is; that of the latest event unless told otherwise"
      ),
      Key(
        "events", .list(of: .mapping(.event), isEmptyAllowed: true), required: true,
        "The events, as in a log; id and lead are filled in where absent"),
      Key(
        "expect", .either([.mapping(.expectation), .list(of: .mapping(.expectation))]),
        required: true, "What must come of them; a list where it is about several"),
    ])

  package static let event = KeyTable(
    "event", "An event of an example", others: .members,
    [Key("time", .text, required: true, "When it happened, as 2026-03-01T09:00:00Z")])

  package static let expectation = KeyTable(
    "expectation", "What a lead or an account must be", others: .tests(of: [.lead, .account]),
    [
      Key("lead", .text, "The lead that it is about; example unless told otherwise"),
      Key("account", .text, "The account that it is about"),
      Key("excluded", .bool, "Whether the lead is left out of all results"),
      Key("ready", .bool, "Whether the account is ready"),
    ])
}
