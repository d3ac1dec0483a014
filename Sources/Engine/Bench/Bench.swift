import Definition
import Judging
import Reading

/// A log's sheets brought together, to be judged by as many definitions as somebody likes to try.
///
/// What is here depends on the reading half alone: each variant only judges again. Leads are gathered
/// once for all variants that are folded together.
final class Bench: Sendable {
  let set: SheetSet
  let identities: Identities
  let asOf: Milliseconds
  let jobs: Int
  let profiles: AccountProfiles
  private let attributes: [String]

  /// `definition`: any of those that read the log alike.
  init(_ definition: Definition, _ sheets: LogSheets, asOf: Milliseconds, jobs: Int) throws {
    let known = KnownSheets(count: sheets.all.count, isKnown: sheets.isKnown)
    attributes = definition.attributes
    set = try SheetSet(known.of(sheets.all), attributeCount: attributes.count, jobs: jobs)
    identities = try Identities(sheets.all, known: known, asOf: asOf, jobs: jobs)
    self.asOf = asOf
    self.jobs = jobs
    profiles = try AccountProfiles(
      set, Bench.judge(definition, set, attributes: attributes, asOf: asOf), jobs: jobs)
  }

  /// `definition`: one that reads the log as the bench's does.
  func variant(_ definition: Definition) -> Variant {
    Variant(Bench.judge(definition, set, attributes: attributes, asOf: asOf))
  }

  private static func judge(
    _ definition: Definition, _ set: SheetSet, attributes: [String], asOf: Milliseconds
  ) -> Judge {
    Judge(
      definition: definition, attributes: attributes, attributeValues: set.attributeValues,
      subjects: definition.leadSubjects, classes: set.classes, asOf: asOf)
  }
}

/// One of the definitions that a bench tries.
struct Variant: Sendable {
  let judge: Judge
  let roll: AccountRoll

  init(_ judge: Judge) {
    self.judge = judge
    roll = AccountRoll(judge)
  }
}
