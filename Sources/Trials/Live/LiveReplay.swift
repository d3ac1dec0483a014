import Definition
import Engine
import Reading
import Synchronization

/// A definition and the log gathered by it, kept in memory so that other values are answered at once.
///
/// Answers are those of a replay with `--set`; several may be asked for at a time.
package final class LiveReplay: Sendable {
  package let definition: Definition
  /// What it calls the definition before anything is set in it.
  package let name: String
  private let reader: LogReader
  private let sheets: LogSheets
  private let own: KeptLog
  /// The log as it was gathered last for another reading half.
  private let other = Mutex<KeptLog?>(nil)

  private struct KeptLog: Sendable {
    let log: GatheredLog
    let lookup: LeadLookup

    init(_ log: GatheredLog) {
      self.log = log
      lookup = LeadLookup(log)
    }

    func side(_ definition: Definition) -> MoverParts.Side {
      MoverParts.Side(log, log.variant(definition), lookup: lookup)
    }
  }

  /// `log`: gathered from these sheets by the definition.
  package init(
    _ definition: Definition, named name: String, _ log: GatheredLog, _ sheets: LogSheets,
    _ reader: LogReader
  ) {
    self.definition = definition
    self.name = name
    self.reader = reader
    self.sheets = sheets
    own = KeptLog(log)
  }

  /// Returns the definition with other values in it.
  ///
  /// - Throws: `RunError` where a path leads nowhere, `DefinitionFaults` where a value is wrong.
  package func set(_ settings: [Setting]) throws -> (
    definition: Definition, applied: [AppliedSetting]
  ) {
    try definition.set(settings, file: name)
  }

  /// Whether another definition can be answered without the log being gathered for it.
  package func isReady(for other: Definition) -> Bool { kept(for: other) != nil }

  /// What other values come to, as `replay --set` tells it.
  ///
  /// - Throws: as `set`, `FileError`, or `GivenUp`.
  package func report(_ settings: [Setting], namedMax: Int = 10) throws -> ReplayReport {
    let (changed, applied) = try set(settings)
    return try sides(changed, namedMax: namedMax, keepsChanges: false).report(changed, applied)
  }

  /// Every change of a lead under other values, as the rows of `changes.csv` have it.
  package func changes(_ settings: [Setting]) throws -> [UInt8] {
    let (changed, _) = try set(settings)
    return try sides(changed, namedMax: 0, keepsChanges: true)
      .comparison.rows(nil, jobs: own.log.jobs)
  }

  /// How well each score foretells who is won, now and under other values, as `sweep` tells it.
  ///
  /// Nil where nobody has been won, or where the log would have to be gathered anew.
  package func foretelling(_ settings: [Setting]) throws -> Foretold? {
    let (changed, _) = try set(settings)
    guard definition.gathersAlike(changed),
      let areas = try SweepAreas(
        own.log, outcome: nil, paths: settings.map(\.path), definition)
    else { return nil }
    let variants = [definition, definition, changed].map { own.log.variant($0) }
    let makeWitness = areas.witnesses(of: variants)
    let fold = try own.log.fold(variants, addsUpAccounts: false) { makeWitness() }
    let measured = areas.areas(fold.witnesses.compactMap { $0 }, of: definition, count: 2)
    return Foretold(
      outcome: areas.outcome,
      scores: definition.scores.map { score in
        func area(_ areas: [SweepReport.Area]) -> Double? {
          areas.first { $0.score == score.name }?.auc
        }
        return Foretold.Score(
          score: score.name, now: area(measured[0]), then: area(measured[1]))
      })
  }

  private func sides(
    _ changed: Definition, namedMax: Int, keepsChanges: Bool
  ) throws -> ReplaySides {
    try ReplaySides(
      .definition(definition, file: name), reader, sheets, before: own.side(definition),
      after: gathered(for: changed).side(changed), namedMax: namedMax, keepsChanges: keepsChanges)
  }

  private func kept(for changed: Definition) -> KeptLog? {
    if definition.gathersAlike(changed) { return own }
    return other.withLock { other in
      other.flatMap { $0.log.judge.definition.gathersAlike(changed) ? $0 : nil }
    }
  }

  private func gathered(for changed: Definition) throws -> KeptLog {
    if let kept = kept(for: changed) { return kept }
    let plan = ReadingPlan(changed)
    let isReadAlike = plan.fingerprint == ReadingPlan(definition).fingerprint
    let log = try GatheredLog(
      changed, isReadAlike ? sheets : reader.sheets(for: plan), asOf: own.log.asOf,
      jobs: own.log.jobs)
    let kept = KeptLog(log)
    other.withLock { $0 = kept }
    return kept
  }
}

/// How well scores foretell an outcome: the area under the curve, each lead as it stood just before.
package struct Foretold: Encodable, Sendable {
  package var outcome: String
  package var scores: [Score]

  package struct Score: Encodable, Sendable {
    package var score: String
    /// Absent where nobody could be compared.
    package var now: Double?
    package var then: Double?
  }
}
