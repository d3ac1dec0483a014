extension KeyTable {
  package static let accounts = KeyTable(
    "accounts", "What is worked out for accounts",
    [
      Key(
        "from_domain", .mapping(.fromDomain),
        "How leads to which no event gives an account come to one: by the domain of an address"),
      Key(
        "scores", .entries(.names, of: .mapping(.accountScore), isEmptyAllowed: true),
        "Numbers of an account's own, in order"),
      Key("ready", .condition(on: .account), "When an account is ready for sales"),
      Key(
        "lists",
        .entries(
          .names, of: .either([.mapping(.list(of: .account)), .condition(on: .account)]),
          isEmptyAllowed: true),
        "Lists of accounts, each who meets a condition, or written out"),
      Key(
        "columns", .list(of: .subject(of: .account), isEmptyAllowed: true),
        "What else stands in accounts.csv"),
    ])

  package static let fromDomain = KeyTable(
    "from-domain", "How leads come to an account by the domain of an address",
    [
      Key(
        "of", .list(of: .subject(of: .lead)), required: true,
        "Attributes, and lead for the key; the first that gives a domain counts"),
      Key(
        "except", .list(of: .text),
        "Patterns of domains that are no account's; free-mail names the built-in list of providers"),
    ])

  package static let accountScore = KeyTable(
    "account-score", "A number of an account's own; it needs sum, mean, max or blend",
    [
      Key("sum", .subject(of: .lead), "What each lead gives to a sum"),
      Key("mean", .subject(of: .lead), "What each lead gives to a mean"),
      Key("max", .subject(of: .lead), "What each lead gives, of which the greatest counts"),
      Key("of", .condition(on: .lead), "Which leads give anything; all unless told otherwise"),
      Key(
        "best", .whole(1...1_000_000_000),
        "How many of the greatest count; all unless told otherwise"),
      Key(
        "weights", .list(of: .mapping(.leadWeight)), "What is multiplied by something else than 1"),
      Key(
        "otherwise", .number(.notNegative),
        "What all else is multiplied by; 1 unless told otherwise"),
      Key(
        "blend", .entries(.parts(["score", "total", "max", "mean"]), of: .number(.weight)),
        "Scores of accounts above, totals, greatest and mean scores with their weights, instead"),
      Key("range", .range, "Two whole numbers that the score is held within"),
    ])

  package static let leadWeight = KeyTable(
    "lead-weight", "What is multiplied for some leads; of several the first that fits counts",
    [
      Key("when", .condition(on: .lead), required: true, "Which leads it is for"),
      Key(
        "weight", .number(.notNegative), required: true, "What their value is multiplied by"),
    ])
}
