import Definition
import Engine
import Judging
import Notation
import Reading
import Snapshots

/// What a sweep is to do, with everything resolved that was typed.
package struct SweepPlan: Sendable {
  package var book: Book
  package var log: String
  package var file: String
  package var settings: [Setting]
  /// One or two; with two every pair of their values is tried.
  package var varied: [VariedValue]
  package var asOf: Milliseconds
  package var knownAt: Milliseconds?
  package var jobs: Int
  /// The word of the outcome that scores are to foretell; `won`, if there is one, unless told
  /// otherwise.
  package var outcome: String?

  package init(
    book: Book, log: String? = nil, file: String, settings: [Setting] = [],
    varied: [VariedValue] = [], asOf: Milliseconds, jobs: Int = processorCount
  ) {
    self.book = book
    self.log = log ?? book.log
    self.file = file
    self.settings = settings
    self.varied = varied
    self.asOf = asOf
    self.jobs = jobs
  }
}

/// Tries every value, or pair of values, and tells what each comes to beside the definition as it is.
///
/// The log is read once; each value only judges again.
///
/// - Throws: `FileError`, `RunError`, `DefinitionFaults` or `Interrupted`.
package func sweep(
  _ plan: SweepPlan, notify: @escaping Notify = { _ in }
) throws -> SweepReport {
  let (base, applied) = try loadDefinition(plan.file).set(plan.settings, file: plan.file)
  let combinations = plan.combinations
  let tried = try combinations.map { values in
    try base.set(
      zip(plan.varied, values).map { Setting(path: $0.path, value: $1) }, file: plan.file)
  }
  let definitions = tried.map(\.0)
  try checkReading(base, definitions, plan)
  let (log, knownAt) = try GatheredLog.open(base, plan, notify)
  let measure = try SweepAreas(
    log, outcome: plan.outcome, paths: plan.varied.map(\.path), base)
  let compared = try log.compare(base, with: [base] + definitions) { variants in
    measure?.witnesses(of: variants) ?? { nil }
  }
  let areas = measure.map { measure in
    compared.batches.flatMap { batch in
      measure.areas(
        batch.witnesses.compactMap { $0 }, of: base, count: batch.others.count)
    }
  }

  func row(
    _ values: [String?], _ result: VariantResult, _ areas: [SweepReport.Area]?
  ) -> SweepReport.Row {
    SweepReport.Row(
      values: values, moved: result.movement.moved, lists: .init(result.movement),
      personas: .init(personasOf: result.movement), readyAccounts: result.readyAccounts,
      accountLists: result.accountLists, auc: areas)
  }
  let before = tried.first?.1.map(\.before) ?? []
  var report = SweepReport(
    definition: base.name, asOf: timeText(milliseconds: plan.asOf), knownAt: knownAt,
    set: applied, paths: plan.varied.map(\.path), outcome: measure?.outcome,
    base: row(before, compared.results[0], areas?[0]), rows: [])
  for index in definitions.indices {
    report.rows.append(
      row(combinations[index], compared.results[index + 1], areas?[index + 1]))
  }
  return report
}

extension SweepPlan {
  var source: Log { Log(of: book, root: log, knownAt: knownAt, jobs: jobs) }

  /// Every value of the first path with every value of the second.
  fileprivate var combinations: [[String]] {
    varied.reduce([[]]) { combinations, varied in
      combinations.flatMap { combination in varied.values.map { combination + [$0] } }
    }
  }
}

/// - Throws: `RunError` where a value says how the log is read, or who is who: each would be gathered anew.
private func checkReading(
  _ base: Definition, _ definitions: [Definition], _ plan: SweepPlan
) throws {
  let fingerprint = ReadingPlan(base).fingerprint
  let paths = plan.varied.map(\.path).joined(separator: ", ")
  guard definitions.allSatisfy({ $0.identity == base.identity }) else {
    throw RunError(
      .usage,
      "--vary \(paths): this says which merges join, and each value would put leads together anew",
      hint: "try one value at a time with: scorebook replay --set PATH=VALUE")
  }
  guard definitions.allSatisfy({ ReadingPlan($0).fingerprint == fingerprint }) else {
    throw RunError(
      .usage, "--vary \(paths): this says how the log is read, and each value would read it anew",
      hint: "try one value at a time with: scorebook replay --set PATH=VALUE")
  }
}

extension GatheredLog {
  static func open(
    _ definition: Definition, _ plan: SweepPlan, _ notify: @escaping Notify
  ) throws -> (GatheredLog, knownAt: String?) {
    try LogReader.read(plan.source, notify: notify) { reader in
      let sheets = try reader.sheets(for: ReadingPlan(definition))
      return (
        try GatheredLog(definition, sheets, asOf: plan.asOf, jobs: plan.jobs),
        reader.known.knownAt.map { timeText(milliseconds: $0) }
      )
    }
  }

  /// How many variants are judged at a time: each takes memory for every worker, and for every account
  /// where those are added up.
  private func batchCount(_ addsUpAccounts: Bool) -> Int {
    addsUpAccounts ? max(8, min(64, 4_000_000 / max(1, set.accounts.count))) : 64
  }

  /// Compares a definition with each of others that read the log alike.
  ///
  /// `addsUpAccounts`: whether accounts are compared too.
  ///
  /// `beside`: says who else sees the leads of a fold of some variants, the definition first.
  func compare<Witness: LeadWitness>(
    _ base: Definition, with others: [Definition], addsUpAccounts: Bool = true,
    beside makeWitnesses: ([Variant]) -> @Sendable () -> Witness
  ) throws -> VariantsComparison<Witness> {
    let first = variant(base)
    var comparison = VariantsComparison<Witness>()
    let batchCount = batchCount(addsUpAccounts)
    for start in stride(from: 0, to: others.count, by: batchCount) {
      let batch = others[start..<min(start + batchCount, others.count)]
      let variants = [first] + batch.map(variant)
      // A sweep changes values, not names.
      let shape = ComparisonShape(before: first.names, after: variants[1].names)
      let makeWitness = makeWitnesses(variants)
      let fold = try fold(variants, addsUpAccounts: addsUpAccounts) {
        WitnessPair(VariantsWitness(shape, variants), makeWitness())
      }
      for (index, definition) in batch.enumerated() {
        var movement = Movement(shape)
        for witness in fold.witnesses { witness.first.add(index, to: &movement) }
        var result = VariantResult(movement: movement)
        if addsUpAccounts {
          let (before, after) = (fold.accounts[0], fold.accounts[index + 1])
          if definition.ready != nil { result.readyAccounts = after.ready.count }
          result.accountLists = definition.accountLists.map { .init($0.name, before, after) }
        }
        comparison.results.append(result)
      }
      comparison.batches.append(
        .init(
          others: batch.indices, witnesses: fold.witnesses.map(\.second), counts: fold.counts[0]))
    }
    return comparison
  }
}

/// What one definition comes to beside another.
struct VariantResult {
  var movement: Movement
  /// Absent where it does not say what makes one ready.
  var readyAccounts: Int?
  var accountLists: [SweepReport.Members] = []
}

/// What a definition beside each of others comes to.
struct VariantsComparison<Witness> {
  /// By other definition.
  var results: [VariantResult] = []
  /// Those that were judged together, with the witnesses that saw their leads.
  var batches: [Batch] = []

  struct Batch {
    var others: Range<Int>
    var witnesses: [Witness]
    /// What judging by the first definition came to; the same in every batch.
    var counts: JudgingCounts
  }
}

extension [SweepReport.Members] {
  init(_ movement: Movement) {
    self = zip(movement.shape.lists, movement.lists).map { name, moves in
      SweepReport.Members(
        name: name, leads: moves.after, entering: moves.entering, leaving: moves.leaving)
    }
  }
}

extension SweepReport.Members {
  fileprivate init(_ name: String, _ before: AccountMembers, _ after: AccountMembers) {
    let (old, new) = (before.lists[name] ?? [], after.lists[name] ?? [])
    self.init(
      name: name, leads: new.count, entering: new.subtracting(old).count,
      leaving: old.subtracting(new).count)
  }
}

extension [ReplayReport.Migration] {
  fileprivate init(personasOf movement: Movement) {
    let shape = movement.shape
    self = shape.personas.enumerated().map { index, group in
      ReplayReport.Migration(group, movement.choices[shape.grades.count + index])
    }
  }
}
