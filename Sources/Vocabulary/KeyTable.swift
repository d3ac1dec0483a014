/// A mapping of a definition: which keys it has, what their values are, and what they mean.
///
/// Each is declared once. What is loaded, hinted at, shown by the schema and checked against the reference
/// page all goes by these tables.
package struct KeyTable: Sendable {
  /// What the schema calls it.
  package let name: String
  /// In a sentence without its full stop.
  package let meaning: String
  package let keys: [Key]
  package let others: Others

  /// What a key can be that is none of these.
  package enum Others: Sendable {
    case nothing
    /// A subject, whose value is what is asked of it.
    case tests(of: [Asked])
    /// Any member of an event.
    case members
  }

  init(_ name: String, _ meaning: String, others: Others = .nothing, _ keys: [Key]) {
    self.name = name
    self.meaning = meaning
    self.others = others
    self.keys = keys
  }

  package var names: [String] { keys.map(\.name) }

  package var required: [String] { keys.filter(\.isRequired).map(\.name) }

  package subscript(name: String) -> Key? { keys.first { $0.name == name } }

  /// The words that a key's value can be.
  package func words(of name: String) -> [String] {
    if case .word(let words)? = self[name]?.value { words } else { [] }
  }
}

/// A key of a definition.
package struct Key: Sendable {
  package let name: String
  package let value: ValueKind
  let isRequired: Bool
  /// In a sentence without its full stop.
  package let meaning: String

  init(_ name: String, _ value: ValueKind, required: Bool = false, _ meaning: String) {
    self.name = name
    self.value = value
    self.isRequired = required
    self.meaning = meaning
  }
}

/// What a value of a definition is.
package indirect enum ValueKind: Sendable {
  /// A name of the definition's own, or one that it gives elsewhere.
  case name
  case text
  case bool
  /// Of at most six decimals.
  case number(NumberBounds)
  case whole(ClosedRange<Int64>)
  /// Two whole numbers that ascend.
  case range
  case duration
  case word([String])
  /// Lists of whole numbers, one of which it is.
  case oneOf([[Int64]])
  case list(of: ValueKind, isEmptyAllowed: Bool = false)
  case entries(EntryKeys, of: ValueKind, isEmptyAllowed: Bool = false)
  /// What text, a number or a boolean is compared to.
  case patterns(ComparedValues)
  /// Any finite number.
  case bound
  case mapping(KeyTable)
  case condition(on: Asked)
  /// A subject, named.
  case subject(of: Asked)
  case either([ValueKind])
}

/// What a number of a definition lies within.
package struct NumberBounds: Sendable {
  package var min: Int64 = -1_000_000_000
  package var max: Int64 = 1_000_000_000
  /// Whether `min` itself is too little.
  package var isAboveMin = false

  package static let points = NumberBounds()
  static let notNegative = NumberBounds(min: 0)
  package static let weight = NumberBounds(min: 0, isAboveMin: true)
  package static let percent = NumberBounds(min: 0, max: 100)
}

/// What the keys of a mapping are that the definition chooses itself.
package enum EntryKeys: Sendable {
  case names
  case anything
  /// One of these words, a dot and a name.
  case parts([String])
}

/// Whom a condition is about.
package enum Asked: String, Sendable, CaseIterable {
  case event, lead, account
}

/// What values a subject has that is compared.
package enum ComparedValues: String, Sendable, CaseIterable {
  /// Any scalar, of a lead or an account.
  case any
  /// Any scalar that is asked whatever the as-of: of an event, or of an attribute that is graded.
  case member
  case time
  /// The time of an event.
  case eventTime
  case number
  case name
  case letter
}
