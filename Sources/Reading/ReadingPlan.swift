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
  /// The properties whose values a `once_per` compares.
  package let onceProperties: [EventSubject]
  package let rules: ReadingRules

  package init(_ definition: Definition) {
    interactions = definition.interactions.map(\.condition)
    answers = definition.nps?.answers
    answerValue = definition.nps?.value
    attributes = definition.attributes
    onceProperties = definition.onceProperties
    rules = definition.reading
  }

  /// All conditions on events.
  var conditions: [Condition<EventSubject>] {
    interactions + (answers.map { [$0] } ?? []) + rules.ignore.map(\.condition)
  }
}
