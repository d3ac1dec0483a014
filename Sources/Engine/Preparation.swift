import Definition
import Judging
import Reading

/// All that is worked out before the first lead is judged: who is who, what accounts say, and the judge.
struct Preparation: Sendable {
  let set: SheetSet
  let identities: Identities
  let judge: Judge
  let profiles: AccountProfiles

  /// `sheets`: in the order of their segments.
  ///
  /// `isKnown`: of each sheet, whether it is known as of the known-at; all are unless told otherwise.
  ///
  /// `calendar`: the definition's, where somebody has it at hand.
  init(
    _ definition: Definition, sheets: [Sheet], isKnown: [Bool]? = nil, asOf: Milliseconds,
    jobs: Int, calendar: LocalCalendar? = nil
  ) throws {
    let known = KnownSheets(count: sheets.count, isKnown: isKnown)
    set = try SheetSet(
      known.of(sheets), attributeCount: definition.attributes.count, jobs: jobs)
    identities = try Identities(sheets, known: known, asOf: asOf, jobs: jobs)
    judge = Judge(definition, set, asOf: asOf, calendar: calendar)
    profiles = try AccountProfiles(set, judge, jobs: jobs)
  }

  /// Lends what accounts say to a body.
  func withAccounts<Result>(_ body: (AccountAttributes) throws -> Result) rethrows -> Result {
    try profiles.cells.withUnsafeBufferPointer { cells in
      try body(
        AccountAttributes(
          cells: cells.baseAddress.unsafelyUnwrapped, attributeCount: judge.attributes.count))
    }
  }
}

extension Judge {
  convenience init(
    _ definition: Definition, _ set: SheetSet, asOf: Milliseconds,
    calendar: LocalCalendar? = nil
  ) {
    self.init(
      definition: definition, attributes: definition.attributes,
      attributeValues: set.attributeValues, subjects: definition.leadSubjects,
      classes: set.classes, asOf: asOf, calendar: calendar)
  }
}
