import Notation

/// A pipeline definition as values: what counts, what it is worth, and who is who.
///
/// Everything a name refers to is resolved to an index into the arrays here, in the order of the
/// file. A value of this type is always valid: `Definition.load` is the only way to make one from
/// text, and it reports every mistake it finds instead.
package struct Definition: Sendable {
  package var name: String
  /// IANA time zone name: what a calendar day is.
  package var timezone: String
  package var weekStart: WeekStart
  package var reading: ReadingRules
  /// Which merges join.
  package var identity: IdentityRules
  /// The buyer's stages, in order.
  package var journey: [String]
  package var interactions: [Interaction]
  package var scores: [Score]
  package var grades: [Grade]
  package var nps: NetPromoterQuestion?
  package var personas: [PersonaGroup]
  package var lists: [LeadList]
  /// What the file of all leads has beside its own columns.
  package var columns: [ExtraColumn<LeadSubject>]
  /// Which leads are left out of all results; nil where none is.
  package var exclude: Condition<LeadSubject>?
  package var touches: [Touch]
  /// How leads come to an account that no event gives them; nil where they do not.
  package var domainRule: DomainRule?
  package var accountScores: [AccountScore]
  /// What makes an account ready for sales; nil where the definition does not say.
  package var ready: Condition<AccountSubject>?
  package var accountLists: [AccountList]
  /// What the file of all accounts has beside its own columns.
  package var accountColumns: [ExtraColumn<AccountSubject>]
  package var examples: [Example]
  /// The file's text, byte for byte: it goes into each snapshot's manifest.
  package var text: String
  /// What is legal in it and surely not meant.
  package var warnings: [DefinitionFault] = []

  package init(
    name: String, timezone: String = "UTC", weekStart: WeekStart = .monday,
    reading: ReadingRules = ReadingRules(), identity: IdentityRules = IdentityRules(),
    journey: [String] = [],
    interactions: [Interaction] = [], scores: [Score] = [], grades: [Grade] = [],
    nps: NetPromoterQuestion? = nil, personas: [PersonaGroup] = [], lists: [LeadList] = [],
    columns: [ExtraColumn<LeadSubject>] = [],
    exclude: Condition<LeadSubject>? = nil, touches: [Touch] = [],
    domainRule: DomainRule? = nil, accountScores: [AccountScore] = [],
    ready: Condition<AccountSubject>? = nil, accountLists: [AccountList] = [],
    accountColumns: [ExtraColumn<AccountSubject>] = [],
    examples: [Example] = [], text: String = ""
  ) {
    self.name = name
    self.timezone = timezone
    self.weekStart = weekStart
    self.reading = reading
    self.identity = identity
    self.journey = journey
    self.interactions = interactions
    self.scores = scores
    self.grades = grades
    self.nps = nps
    self.personas = personas
    self.lists = lists
    self.columns = columns
    self.exclude = exclude
    self.touches = touches
    self.domainRule = domainRule
    self.accountScores = accountScores
    self.ready = ready
    self.accountLists = accountLists
    self.accountColumns = accountColumns
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
  /// The age at which an answer is none any more; nil where it stays for ever.
  package var within: Milliseconds?

  package init(
    answers: Condition<EventSubject>, value: EventSubject, lowest: Int,
    within: Milliseconds? = nil
  ) {
    self.answers = answers
    self.value = value
    self.lowest = lowest
    self.within = within
  }
}

/// A group of personas of which a lead has at most one: the first whose condition holds, or the one that
/// has most.
package struct PersonaGroup: Sendable {
  package var name: String
  package var personas: [Persona]
  /// How the persona that has most is found; nil where conditions say which it is.
  package var highest: Highest?

  package init(name: String, personas: [Persona], highest: Highest? = nil) {
    self.name = name
    self.personas = personas
    self.highest = highest
  }
}

/// Of several values of a lead the greatest, if it is great enough.
package struct Highest: Sendable, Hashable {
  /// By persona of the group.
  package var subjects: [LeadSubject]
  /// What it comes to at least, in millionths; where there is none, it is above 0.
  package var min: Int64?
  /// How much it is above every other, in millionths.
  package var gap: Int64

  package init(subjects: [LeadSubject], min: Int64? = nil, gap: Int64 = 0) {
    self.subjects = subjects
    self.min = min
    self.gap = gap
  }
}

/// A named archetype; where conditions say who is who, one without takes every lead that reaches it.
package struct Persona: Sendable {
  package var name: String
  package var condition: Condition<LeadSubject>?

  package init(name: String, condition: Condition<LeadSubject>?) {
    self.name = name
    self.condition = condition
  }
}

/// Where leads came from: what a property said at their first, or last, occurrence of an interaction that
/// has it.
package struct Touch: Sendable {
  package var name: String
  package var reading: TouchReading
  package var isLast: Bool

  package init(name: String, reading: TouchReading, isLast: Bool) {
    self.name = name
    self.reading = reading
    self.isLast = isLast
  }
}

/// Which property is kept, and of which interaction's occurrences.
package struct TouchReading: Sendable, Hashable {
  package var interaction: Int
  package var property: EventSubject

  package init(interaction: Int, property: EventSubject) {
    self.interaction = interaction
    self.property = property
  }
}

extension Definition {
  /// The lists of accounts whose files have only the first of their members.
  package var limitedAccountLists: Set<String> {
    Set(accountLists.filter { $0.first != nil }.map(\.name))
  }
}
