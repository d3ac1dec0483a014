import Definition

/// The reading half of a definition: everything that decides how a line becomes a row of a sheet,
/// and nothing else.
///
/// Two definitions with equal plans read a log alike.
package struct ReadingPlan: Sendable {
  /// The interactions' conditions, in the definition's order.
  package let interactions: [Condition<EventSubject>]
  /// Which events answer the net promoter question, and where.
  package let answers: Condition<EventSubject>?
  let answerValue: EventSubject?
  /// The attributes kept, in byte order of their names.
  package let attributes: [String]
  /// The properties whose values are compared by their text.
  package let comparedProperties: [EventSubject]
  /// The properties whose values points are made of.
  package let valueProperties: [EventSubject]
  /// What touches read, in the order in which sheets number it.
  let touches: [TouchReading]
  package let rules: ReadingRules

  /// How many dictionaries of values a sheet has: of attributes, then of touches.
  package var valueDictionaryCount: Int { attributes.count + touches.count }

  package init(_ definition: Definition) {
    interactions = definition.interactions.map(\.condition)
    answers = definition.nps?.answers
    answerValue = definition.nps?.value
    attributes = definition.attributes
    comparedProperties = definition.comparedProperties
    valueProperties = definition.valueProperties
    touches = definition.touchReadings
    rules = definition.reading
  }

  /// All conditions on events.
  var conditions: [Condition<EventSubject>] {
    interactions + (answers.map { [$0] } ?? []) + rules.ignore.map(\.condition)
  }
}
