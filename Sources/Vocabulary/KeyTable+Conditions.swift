extension KeyTable {
  /// A condition: tests, all of which must hold.
  package static func condition(on asked: Asked) -> KeyTable {
    KeyTable(
      "\(asked.rawValue)-condition", "A condition on \(article(asked)); all its tests must hold",
      others: .tests(of: [asked]), nesting(asked))
  }

  private static func article(_ asked: Asked) -> String {
    asked == .lead ? "a lead" : "an \(asked.rawValue)"
  }

  /// The keys that put conditions together.
  static func nesting(_ asked: Asked) -> [Key] {
    [
      Key("any", .list(of: .condition(on: asked)), "Conditions of which one must hold"),
      Key("all", .list(of: .condition(on: asked)), "Conditions of which all must hold"),
      Key("not", .condition(on: asked), "A condition that must not hold"),
    ]
  }

  /// What can be asked of values, written as a mapping whose parts must all hold.
  package static func tests(of values: ComparedValues) -> KeyTable {
    let known = [Key("exists", .bool, "Whether it is known at all")]
    let keys: [Key] =
      switch values {
      case .any: equality(values) + bounds + times + lapses + known
      case .member: equality(values) + bounds + times + known
      case .time: times + lapses + known
      case .eventTime: times + known
      case .number: equality(values) + bounds + known
      case .name: equality(values) + known
      case .letter: equality(values) + letters + known
      }
    return KeyTable("\(values.rawValue)-test", "What a value must be; all of it must hold", keys)
  }

  private static func equality(_ values: ComparedValues) -> [Key] {
    [Key("is", .patterns(values), "What it equals, or a list of which it equals one")]
  }

  private static let bounds = [
    Key("min", .bound, "The least it can be"),
    Key("max", .bound, "The most it can be"),
    Key("above", .bound, "What it is more than"),
    Key("below", .bound, "What it is less than"),
  ]

  private static let times = [
    Key("from", .text, "The first time it can be, such as 2026-03-01"),
    Key("before", .text, "The time before which it is, such as 2026-04-01"),
  ]

  private static let lapses = [
    Key("ago", .mapping(.lapse), "How long before the as-of it lies"),
    Key("ahead", .mapping(.lapse), "How long after the as-of it lies"),
  ]

  private static let letters = [
    Key("at_least", .patterns(.letter), "The worst letter it can be")
  ]

  package static let lapse = KeyTable(
    "lapse", "How long, at least and at most",
    [
      Key("min", .duration, "The shortest it can be"),
      Key("max", .duration, "The longest it can be"),
    ])
}
