extension KeyTable {
  /// A definition as a whole.
  package static let definition = KeyTable(
    "definition", "A pipeline definition: what counts, what it is worth, and who is who",
    [
      Key("name", .name, required: true, "The definition's name, which its snapshots carry"),
      Key(
        "timezone", .text,
        "An IANA time zone such as Europe/Tallinn: what a calendar day is; UTC unless told otherwise"
      ),
      Key("week_starts", .word(["monday", "sunday"]), "The day that a week begins with"),
      Key("keys", .mapping(.keys), "Which spellings of a key are one key"),
      Key("ignore", .condition(on: .event), "Events that are as if they were not there"),
      Key("paths", .mapping(.paths), "What is done to the text of a path before it is tested"),
      Key(
        "blanks", .word(["keep", "ignore"]),
        "Whether text without anything to see in it counts, or is as if absent"),
      Key("identity", .mapping(.identity), "Which merges of leads join"),
      Key(
        "journey", .list(of: .name, isEmptyAllowed: true), "The buyer's stages, first to last"),
      Key(
        "interactions", .entries(.names, of: .mapping(.interaction), isEmptyAllowed: true),
        "What counts: named conditions on events"),
      Key(
        "touches", .entries(.names, of: .mapping(.touch), isEmptyAllowed: true),
        "Where leads came from"),
      Key(
        "scores", .entries(.names, of: .mapping(.score), isEmptyAllowed: true),
        "What it is worth, in points"),
      Key(
        "grades", .entries(.names, of: .mapping(.grade), isEmptyAllowed: true),
        "How well a lead fits, by who it is"),
      Key("nps", .mapping(.nps), "The net promoter question"),
      Key(
        "personas",
        .entries(
          .names, of: .either([.list(of: .mapping(.persona)), .mapping(.highest)]),
          isEmptyAllowed: true),
        "Who is who: groups of which a lead is at most one each"),
      Key("exclude", .condition(on: .lead), "Leads that are left out of all results"),
      Key(
        "columns", .list(of: .subject(of: .lead), isEmptyAllowed: true),
        "What else stands in leads.csv: subjects of leads, reasons, and reasons.SCORE"),
      Key(
        "lists",
        .entries(
          .names, of: .either([.mapping(.list(of: .lead)), .condition(on: .lead)]),
          isEmptyAllowed: true),
        "Who gets what next: the leads that meet a condition, or a list that is written out"),
      Key("accounts", .mapping(.accounts), "What is worked out for accounts"),
      Key(
        "examples", .list(of: .mapping(.example), isEmptyAllowed: true),
        "A few events each and what must come of them, proved by check"),
    ])

  package static let keys = KeyTable(
    "keys", "Which spellings of a key are one key: exact, but for case, or as addresses of e-mail",
    [
      Key("leads", .word(keyForms), "How keys of leads are compared"),
      Key("accounts", .word(keyForms), "How keys of accounts are compared"),
    ])

  private static let keyForms = ["exact", "fold-case", "email"]

  package static let paths = KeyTable(
    "paths", "What is done to the text of a path before it is tested, counted or compared",
    [
      Key(
        "trailing_slash", .word(["keep", "drop"]),
        "Whether slashes at its end stay or go; of slashes alone one stays"),
      Key("case", .word(["keep", "fold"]), "Whether its case is kept or folded"),
    ])

  package static let identity = KeyTable(
    "identity", "Which merges of leads join",
    [
      Key(
        "merges", .word(["all", "keep-first"]),
        "Whether all join, or a key stays with the lead that it was first joined to"),
      Key("never", .list(of: .text), "Patterns of keys whose merges never join"),
    ])

  package static let interaction = KeyTable(
    "interaction", "What an event must be to count as this: a condition, and perhaps a stage",
    others: .tests(of: [.event]),
    [Key("stage", .name, "The stage of the journey in which it is tallied")]
      + nesting(.event))

  package static let touch = KeyTable(
    "touch", "What a property said at the first, or last, occurrence that has it",
    [
      Key("first", .name, "The interaction whose first occurrence tells"),
      Key("last", .name, "The interaction whose last occurrence tells"),
      Key("property", .subject(of: .event), required: true, "The property that is kept, as text"),
    ])

  package static let nps = KeyTable(
    "nps", "The net promoter question: how likely somebody is to recommend us",
    [
      Key("answers", .condition(on: .event), required: true, "The events that answer it"),
      Key(
        "value", .subject(of: .event), required: true,
        "Where in them the answer stands, such as fields.satisfaction"),
      Key(
        "scale", .oneOf([[0, 10], [1, 10]]), required: true, "The lowest and the highest answer"),
      Key("within", .duration, "The age from which on an answer is none any more"),
    ])
}
