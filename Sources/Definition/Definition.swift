/// A pipeline definition as values: what counts, what it is worth, and who is who.
///
/// Everything a name refers to is resolved to an index into the arrays here, in the order of the
/// file. A value of this type is always valid: `Definition.load` is the only way to make one from
/// text, and it reports every mistake it finds instead.
package struct Definition: Sendable {
  package var name: String
  /// IANA time zone name: what a calendar day is.
  package var timezone: String
  package var reading: ReadingRules
  /// The buyer's stages, in order.
  package var journey: [String]
  package var interactions: [Interaction]
  package var scores: [Score]
  package var grades: [Grade]
  package var nps: NetPromoterQuestion?
  package var personas: [PersonaGroup]
  package var lists: [LeadList]
  /// What makes an account ready for sales; nil where the definition does not say.
  package var ready: Condition<AccountSubject>?
  package var examples: [Example]
  /// The file's text, byte for byte: it goes into each snapshot's manifest.
  package var text: String

  package init(
    name: String, timezone: String = "UTC", reading: ReadingRules = ReadingRules(),
    journey: [String] = [],
    interactions: [Interaction] = [], scores: [Score] = [], grades: [Grade] = [],
    nps: NetPromoterQuestion? = nil, personas: [PersonaGroup] = [], lists: [LeadList] = [],
    ready: Condition<AccountSubject>? = nil, examples: [Example] = [], text: String = ""
  ) {
    self.name = name
    self.timezone = timezone
    self.reading = reading
    self.journey = journey
    self.interactions = interactions
    self.scores = scores
    self.grades = grades
    self.nps = nps
    self.personas = personas
    self.lists = lists
    self.ready = ready
    self.examples = examples
    self.text = text
  }
}

/// A named kind of thing leads do.
///
/// An event is an occurrence of each interaction whose condition
/// it meets.
package struct Interaction: Sendable {
  package var name: String
  package var condition: Condition<EventSubject>
  /// Index into `Definition.journey`.
  package var stage: Int?

  package init(name: String, condition: Condition<EventSubject>, stage: Int? = nil) {
    self.name = name
    self.condition = condition
    self.stage = stage
  }
}

/// The net promoter question: which events answer it, and where in them the answer stands.
package struct NetPromoterQuestion: Sendable {
  package var answers: Condition<EventSubject>
  package var value: EventSubject
  /// The lowest answer allowed, 0 or 1; the highest is 10.
  package var lowest: Int

  package init(answers: Condition<EventSubject>, value: EventSubject, lowest: Int) {
    self.answers = answers
    self.value = value
    self.lowest = lowest
  }
}

/// A group of personas of which a lead has at most one: the first whose condition holds.
package struct PersonaGroup: Sendable {
  package var name: String
  package var personas: [Persona]

  package init(name: String, personas: [Persona]) {
    self.name = name
    self.personas = personas
  }
}

/// A named archetype; without a condition it takes every lead that reaches it.
package struct Persona: Sendable {
  package var name: String
  package var condition: Condition<LeadSubject>?

  package init(name: String, condition: Condition<LeadSubject>?) {
    self.name = name
    self.condition = condition
  }
}

/// A list of the leads that meet a condition.
package struct LeadList: Sendable {
  package var name: String
  package var condition: Condition<LeadSubject>

  package init(name: String, condition: Condition<LeadSubject>) {
    self.name = name
    self.condition = condition
  }
}
