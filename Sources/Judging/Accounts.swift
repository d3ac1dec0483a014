import Definition
import Notation

/// Where each value of an account stands among its cells.
package struct AccountLayout: Sendable {
  package let leads = 0
  package let engaged = 1
  /// Until the account is closed, a total's cell and that of its mean are the halves of an exact sum.
  package let totals: Int
  package let maxima: Int
  /// Hundredths, rounded.
  package let means: Int
  package let personas: Int
  package let promoters: Int
  package let passives: Int
  package let detractors: Int
  package let nps: Int
  package let ready: Int
  package let cellCount: Int
  /// Where each group's personas begin among `personas`.
  package let firstPersona: [Int]

  package init(_ definition: Definition) {
    let scoreCount = definition.scores.count
    totals = 2
    maxima = totals + scoreCount
    means = maxima + scoreCount
    personas = means + scoreCount
    var firstPersona: [Int] = []
    var end = personas
    for group in definition.personas {
      firstPersona.append(end)
      end += group.personas.count
    }
    self.firstPersona = firstPersona
    promoters = end
    passives = end + 1
    detractors = end + 2
    nps = end + 3
    ready = end + 4
    cellCount = end + 5
  }
}

/// Rolls leads up to their accounts.
package final class AccountRoll: Sendable {
  package let layout: AccountLayout
  package let scoreCount: Int
  private let firstPersona: Fixed<Int>
  private let lead: LeadLayout
  private let definition: Definition
  private let attributes: [String]
  private let attributeValues: [[Scalar]]
  private let agedSubjects: [AccountSubject]
  private let ages: AgeCells
  private let asOf: Milliseconds
  let ready: CellCondition

  package init(_ judge: Judge) {
    definition = judge.definition
    lead = judge.layout
    layout = AccountLayout(judge.definition)
    attributes = judge.attributes
    attributeValues = judge.values.attributes
    agedSubjects = definition.ready?.agedSubjects ?? []
    asOf = judge.asOf
    let find = AccountCellFinder(
      definition: definition, layout: layout, attributes: attributes,
      attributeValues: attributeValues, agedSubjects: agedSubjects)
    ages = AgeCells(
      of: agedSubjects, at: layout.cellCount + attributes.count, find,
      WallClock(timezone: definition.timezone))
    ready = CellCondition(definition.ready, find)
    scoreCount = definition.scores.count
    firstPersona = Fixed(layout.firstPersona)
  }

  /// How many cells an account has with its attributes, which stand behind the layout's, and how long ago
  /// these are.
  package var cellCount: Int { layout.cellCount + attributes.count + agedSubjects.count }

  /// How many of a lead's first cells an account takes, its own number among them.
  package var leadCellCount: Int { lead.rolledUpCount }
  /// Where that number stands.
  package var accountCell: Int { lead.account }

  /// Fills an account's cells as it is before its first lead.
  package func open(_ cells: UnsafeMutablePointer<Int64>, attributes profile: UnsafePointer<Int64>)
  {
    cells.update(repeating: 0, count: layout.cellCount)
    (cells + layout.maxima).update(repeating: LeadLayout.absent, count: scoreCount)
    cells[layout.nps] = LeadLayout.absent
    cells[layout.ready] = LeadLayout.absent
    (cells + layout.cellCount).update(from: profile, count: attributes.count)
  }

  var groupCount: Int { firstPersona.count }

  /// Where the persona of a lead in a group stands.
  func personaCell(_ group: Int) -> Int { lead.personas + group }

  /// Where the counts of a group's personas stand.
  func personas(of group: Int) -> Range<Int> {
    let end = group + 1 < firstPersona.count ? firstPersona[group + 1] : layout.promoters
    return firstPersona[group]..<end
  }

  /// Adds one lead's cells to its account's; before the first lead all of these are 0.
  package func add(_ leadCells: UnsafePointer<Int64>, to cells: UnsafeMutablePointer<Int64>) {
    let isFirst = cells[layout.leads] == 0
    cells[layout.leads] += 1
    if leadCells[lead.firstSeen] != LeadLayout.absent { cells[layout.engaged] += 1 }
    for score in 0..<scoreCount {
      let value = leadCells[lead.scores + score]
      exactTotals(in: cells).add(value, to: score)
      let maximum = layout.maxima + score
      cells[maximum] = isFirst ? value : max(cells[maximum], value)
    }
    for group in 0..<firstPersona.count {
      let persona = leadCells[lead.personas + group]
      if persona != LeadLayout.absent { cells[firstPersona[group] + Int(persona)] += 1 }
    }
    let group = leadCells[lead.npsGroup]
    if group != LeadLayout.absent { cells[layout.promoters + Int(group)] += 1 }
  }

  /// How many cells the changes of an account have: those of its totals, two each, then its personas.
  package var changeCellCount: Int { scoreCount * 2 + layout.promoters - layout.personas }

  /// Notes what putting one lead's cells in the place of others changes about an account's totals and
  /// personas; the largest scores cannot be told so.
  ///
  /// Returns whether anything does.
  package func exchange(
    _ before: UnsafePointer<Int64>, for after: UnsafePointer<Int64>,
    in changes: UnsafeMutablePointer<Int64>
  ) -> Bool {
    var isChanged = false
    // Most leads differ in what no account takes; its changes are not even fetched for them.
    for score in 0..<scoreCount where before[lead.scores + score] != after[lead.scores + score] {
      exactChanges(in: changes)
        .add(after[lead.scores + score] - before[lead.scores + score], to: score)
      isChanged = true
    }
    for group in 0..<firstPersona.count {
      let (old, new) = (before[lead.personas + group], after[lead.personas + group])
      if old == new { continue }
      let personas = changes + (scoreCount * 2 + firstPersona[group] - layout.personas)
      if old != LeadLayout.absent { personas[Int(old)] -= 1 }
      if new != LeadLayout.absent { personas[Int(new)] += 1 }
      isChanged = true
    }
    return isChanged
  }

  /// Adds an account's changes to its sums.
  package func add(
    changes: UnsafeMutablePointer<Int64>, to cells: UnsafeMutablePointer<Int64>
  ) {
    let (sums, changed) = (exactTotals(in: cells), exactChanges(in: changes))
    for score in 0..<scoreCount { sums[score] += changed[score] }
    for persona in layout.personas..<layout.promoters {
      cells[persona] += changes[scoreCount * 2 + persona - layout.personas]
    }
  }

  /// Whether sums are all it takes to tell if an account is ready, so that leads can be exchanged.
  package var isReadyBySums: Bool {
    !ready.cells.contains { (layout.maxima..<layout.means).contains($0) }
  }

  /// Whether accounts of the same sums are ready under both, where both say when.
  package func isReadyAlike(_ other: AccountRoll) -> Bool { ready.isSame(as: other.ready) }

  /// Adds what another worker has added up of the same account.
  package func add(
    partial: UnsafeMutablePointer<Int64>, to cells: UnsafeMutablePointer<Int64>
  ) {
    cells[layout.leads] += partial[layout.leads]
    cells[layout.engaged] += partial[layout.engaged]
    for cell in layout.personas..<layout.nps { cells[cell] += partial[cell] }
    let (sums, partialSums) = (exactTotals(in: cells), exactTotals(in: partial))
    for score in 0..<scoreCount {
      sums[score] += partialSums[score]
      let maximum = layout.maxima + score
      cells[maximum] = max(cells[maximum], partial[maximum])
    }
  }

  /// Fills what only the whole account has: totals, means, the net promoter score, whether it is ready.
  ///
  /// `time`: what is counted to; the as-of unless told otherwise.
  ///
  /// `onHeld`: told of each score whose total is held.
  package func close(
    _ cells: UnsafeMutablePointer<Int64>, asOf time: Milliseconds? = nil,
    onHeld: (Int) -> Void = { _ in }
  ) {
    ages.fill(cells, asOf: time ?? asOf)
    let leads = cells[layout.leads]
    let sums = exactTotals(in: cells)
    for score in 0..<scoreCount {
      let sum = sums[score]
      let total = heldTotal(sum)
      if Int128(total) != sum { onHeld(score) }
      cells[layout.totals + score] = total
      cells[layout.means + score] =
        leads == 0 ? LeadLayout.absent : Int64(roundedQuotient(sum * 100, Int128(leads)))
    }
    var answers = NetPromoterScore()
    answers.promoters = cells[layout.promoters]
    answers.passives = cells[layout.passives]
    answers.detractors = cells[layout.detractors]
    cells[layout.nps] = answers.score ?? LeadLayout.absent
    if definition.ready != nil { cells[layout.ready] = ready.holds(cells) ? 1 : 0 }
  }

  private func exactTotals(in cells: UnsafeMutablePointer<Int64>) -> ExactSums {
    ExactSums(lower: cells + layout.totals, upper: cells + layout.means)
  }

  private func exactChanges(in changes: UnsafeMutablePointer<Int64>) -> ExactSums {
    ExactSums(lower: changes, upper: changes + scoreCount)
  }

  /// How the value of any subject of an account is read from its cells.
  package func reading(of subject: AccountSubject) -> (cell: Int, reading: CellReading) {
    AccountCellFinder(
      definition: definition, layout: layout, attributes: attributes,
      attributeValues: attributeValues, agedSubjects: agedSubjects)(subject)
  }
}

/// Finds where a subject of an account stands among its cells, and how it is read there.
private struct AccountCellFinder: SubjectCells {
  let definition: Definition
  let layout: AccountLayout
  let attributes: [String]
  let attributeValues: [[Scalar]]
  let agedSubjects: [AccountSubject]

  func age(of subject: AccountSubject) -> Int {
    layout.cellCount + attributes.count + (agedSubjects.firstIndex(of: subject) ?? 0)
  }

  func answer(to predicate: Predicate, of subject: AccountSubject) -> Int? { nil }

  func callAsFunction(_ subject: AccountSubject) -> (Int, CellReading) {
    let count = CellReading.number(divisor: 1)
    switch subject {
    case .attribute(let name):
      guard let index = attributes.firstIndex(of: name) else { return (layout.leads, .oneOf([])) }
      return (layout.cellCount + index, .oneOf(attributeValues[index]))
    case .total(let score): return (layout.totals + score, count)
    case .max(let score): return (layout.maxima + score, count)
    case .mean(let score): return (layout.means + score, .number(divisor: 100))
    case .leads: return (layout.leads, count)
    case .engaged: return (layout.engaged, count)
    case .persona(let group, let persona): return (layout.firstPersona[group] + persona, count)
    case .nps: return (layout.nps, count)
    }
  }
}
