extension KeyTable {
  package static let score = KeyTable(
    "score", "A number made of what a lead does; it needs points, a blend or bonuses",
    [
      Key("range", .range, "Two whole numbers that the score is held within"),
      Key(
        "half_life", .duration, "The age at which points count half, and again half as much later"),
      Key("fade", .duration, "The age up to which points lose all their weight, evenly"),
      Key("expires", .duration, "The age from which on points count nothing"),
      Key("inactivity", .mapping(.inactivity), "Points for silence"),
      Key(
        "points",
        .entries(.names, of: .either([.number(.points), .mapping(.rule)])),
        "By interaction what each of its occurrences is worth: points, or a rule"),
      Key("caps", .list(of: .mapping(.cap)), "Bounds on the sum of several rules"),
      Key("bonuses", .list(of: .mapping(.bonus)), "Points that are added once for a condition"),
      Key(
        "blend", .entries(.parts(["percent", "score"]), of: .number(.weight)),
        "Grades' percents and scores above with their weights, in place of points"),
    ])

  package static let rule = KeyTable(
    "rule", "What the occurrences of one interaction are worth",
    [
      Key(
        "points", .either([.number(.points), .mapping(.valuePoints)]), required: true,
        "The points of an occurrence, or the value that they are made of"),
      Key(
        "once_per", .subject(of: .event),
        "A property: of occurrences with the same value of it one counts"),
      Key("limit", .whole(1...1_000_000_000), "At most so many occurrences count in a window"),
      Key(
        "per", .either([.word(["hour", "day", "week", "month", "lifetime"]), .duration]),
        "The window of the limit: of the calendar, or so long up to each occurrence; lifetime unless "
          + "told otherwise"),
      Key(
        "each", .subject(of: .event), "A property: the limit is for each value of it apart"),
      Key("cap", .number(.notNegative), "What the rule's total is held within, up and down"),
      Key("half_life", .duration, "The age at which its points count half"),
      Key("fade", .duration, "The age up to which its points lose all their weight, evenly"),
      Key("expires", .duration, "The age from which on its points count nothing"),
    ])

  package static let valuePoints = KeyTable(
    "points-of-value", "Points made of a value, such as the amount of an order",
    [
      Key("of", .subject(of: .event), required: true, "The property that has the value"),
      Key("times", .number(.points), "What the value is multiplied by; 1 unless told otherwise"),
      Key("min", .number(.points), "The least it comes to"),
      Key("max", .number(.points), "The most it comes to"),
    ])

  package static let cap = KeyTable(
    "cap", "Holds the sum of several rules within bounds",
    [
      Key(
        "interactions", .list(of: .name), required: true,
        "The interactions whose totals are held together"),
      Key(
        "points", .number(.notNegative), required: true, "What they are held within, up and down"),
    ])

  package static let bonus = KeyTable(
    "bonus", "Points that are added once while a condition holds",
    [
      Key("name", .name, required: true, "What the bonus is called"),
      Key("when", .condition(on: .lead), required: true, "When it is given"),
      Key("points", .number(.points), required: true, "What it is worth"),
    ])

  package static let inactivity = KeyTable(
    "inactivity", "Points for silence, since the last activity",
    [
      Key(
        "after", .duration, required: true, "How long nothing happened when they are first given"),
      Key("points", .number(.points), required: true, "The points, mostly below 0"),
      Key("every", .duration, "After how much more silence they are given again"),
    ])

  package static let grade = KeyTable(
    "grade", "How well a lead fits: by letters with bounds in percent, or on a ladder from a start",
    [
      Key(
        "letters", .entries(.anything, of: .number(.percent)),
        "The letters, best first, and from which percent on each is given"),
      Key("start", .word(ladder), "The letter at which a ladder begins"),
      Key(
        "criteria",
        .either([.list(of: .mapping(.weightedCriterion)), .list(of: .mapping(.ladderCriterion))]),
        required: true, "The attributes that count, and how"),
    ])

  /// The thirteen steps of a ladder, worst first.
  package static let ladder = [
    "F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+",
  ]

  package static let weightedCriterion = KeyTable(
    "criterion", "What one attribute adds to a percent",
    [
      Key("attribute", .text, required: true, "The attribute that is looked at"),
      Key("weight", .number(.weight), required: true, "How much it matters beside the others"),
      Key(
        "values", .list(of: .mapping(.criterionValue)), required: true,
        "What its values are worth; the first that matches counts"),
      Key("otherwise", .number(.percent), "What any other value is worth; 0 unless told otherwise"),
    ])

  package static let criterionValue = KeyTable(
    "criterion-value", "A test of the attribute, and what it is worth where it holds",
    tests(of: .member).keys + [
      Key("value", .number(.percent), required: true, "What it is worth, 0 to 100")
    ])

  package static let ladderCriterion = KeyTable(
    "ladder-criterion", "Up where a test of the attribute holds, else down",
    [Key("attribute", .text, required: true, "The attribute that is looked at")]
      + tests(of: .member).keys + [
        Key("thirds", .whole(1...12), required: true, "By how many thirds of a letter")
      ])
}
