import Definition
import Identity
import Judging
import Notation
import Reading

/// A log's sheets brought together: who is who, which accounts there are, and what these say of themselves.
///
/// It depends on the reading half of a definition and on who is who by it, and on nothing else, so that as many judges
/// may stand on it as somebody likes to try, several requests at a time.
package final class GatheredLog: Sendable {
  package let set: SheetSet
  package let identities: Identities
  package let asOf: Milliseconds
  /// The attributes that are read, in the order of their numbers.
  package let attributes: [String]
  package let profiles: AccountProfiles
  /// How many sheets at the front are no part of the log.
  package let givenCount: Int
  package let jobs: Int
  /// That of the definition it was gathered for; others are as welcome.
  package let judge: Judge

  /// `definition`: any of those that gather the log alike.
  ///
  /// `sheets`: of the whole log, in the order of their segments.
  ///
  /// `isKnown`: of each sheet; all are unless told otherwise.
  ///
  /// `given`: events from elsewhere, which come before those of the log in the same millisecond.
  package init(
    _ definition: Definition, sheets: [Sheet], isKnown: [Bool]? = nil, given: [Sheet] = [],
    asOf: Milliseconds, jobs: Int, calendar: LocalCalendar? = nil
  ) throws {
    let sheets = given + sheets
    let known = KnownSheets(
      count: sheets.count,
      isKnown: isKnown.map { [Bool](repeating: true, count: given.count) + $0 })
    let attributes = definition.attributes
    identities = try Identities(
      sheets, MergeRules(definition), known: known, asOf: asOf, jobs: jobs)
    let knownSheets = known.of(sheets)
    let set = try SheetSet(
      knownSheets, dictionaryCount: ReadingPlan(definition).valueDictionaryCount,
      domains: definition.mailDomains(in: knownSheets, jobs: jobs), jobs: jobs
    ).joining(identities.accounts)
    self.attributes = attributes
    self.set = set
    judge = Judge(definition, set, attributes: attributes, asOf: asOf, calendar: calendar)
    profiles = try AccountProfiles(set, judge, jobs: jobs)
    self.asOf = asOf
    givenCount = given.count
    self.jobs = jobs
  }

  package convenience init(
    _ definition: Definition, _ sheets: LogSheets, given: [Sheet] = [], asOf: Milliseconds,
    jobs: Int
  ) throws {
    try self.init(
      definition, sheets: sheets.all, isKnown: sheets.isKnown, given: given, asOf: asOf, jobs: jobs)
  }

  /// `definition`: one that gathers the log as this one was.
  package func judge(_ definition: Definition) -> Judge {
    let isSameTimezone = definition.timezone == judge.definition.timezone
    return Judge(
      definition, set, attributes: attributes, asOf: asOf,
      calendar: isSameTimezone ? judge.calendar : nil)
  }

  /// Lends what accounts say to a body.
  package func withAccounts<Result>(
    _ body: (AccountAttributes) throws -> Result
  ) rethrows -> Result {
    try profiles.withAttributes(in: set, body)
  }
}

extension Definition {
  /// Whether a log that is gathered for one is as good as gathered for the other: both read it alike, have the
  /// same merges join, and the same domains be accounts.
  package func gathersAlike(_ other: Definition) -> Bool {
    identity == other.identity && domainRule == other.domainRule
      && ReadingPlan(self).fingerprint == ReadingPlan(other).fingerprint
  }
}

extension Judge {
  /// `attributes`: those that the sheets were read with, in the order of their numbers.
  package convenience init(
    _ definition: Definition, _ set: SheetSet, attributes: [String], asOf: Milliseconds,
    calendar: LocalCalendar? = nil
  ) {
    let touches = set.attributeValues.dropFirst(attributes.count).map { $0.map(\.asText) }
    self.init(
      definition: definition, attributes: attributes,
      values: LogValues(
        attributes: Array(set.attributeValues.prefix(attributes.count)), touches: touches,
        outcomes: set.outcomes, accounts: { set.accounts.strings },
        domainAccounts: set.domainAccounts),
      subjects: definition.leadSubjects, classes: set.classes, asOf: asOf, calendar: calendar)
  }
}
