import Definition
import Notation

/// Rolls leads up to their accounts.
package final class AccountRoll: Sendable {
  package let layout: AccountLayout
  package let scoreCount: Int
  private let firstPersona: Fixed<Int>
  let lead: LeadLayout
  /// What is gathered of leads for the account's own scores.
  let gatherings: Fixed<Gathering>
  let ownScores: Fixed<CompiledAccountScore>
  private let activeCount: Int
  private let takesLastSeen: Bool
  private let definition: Definition
  private let attributes: [String]
  private let values: LogValues
  private let agedSubjects: [AccountSubject]
  private let ages: AgeCells
  private let asOf: Milliseconds
  let ready: CellCondition
  let lists: Fixed<CellCondition>

  package init(_ judge: Judge) {
    definition = judge.definition
    lead = judge.layout
    layout = AccountLayout(judge.definition)
    attributes = judge.attributes
    values = judge.values
    agedSubjects = definition.accountConditions.flatMap(\.agedSubjects).uniqued()
    asOf = judge.asOf
    let find = AccountCellFinder(
      definition: definition, layout: layout, attributes: attributes,
      attributeValues: values.attributes, agedSubjects: agedSubjects, accounts: values.accounts)
    ages = AgeCells(
      of: agedSubjects, at: layout.cellCount + attributes.count, find,
      WallClock(timezone: definition.timezone))
    ready = CellCondition(definition.ready, find)
    lists = Fixed(count: definition.accountLists.count) { [definition] index in
      CellCondition(definition.accountLists[index].condition, find)
    }
    scoreCount = definition.scores.count
    firstPersona = Fixed(layout.firstPersona)
    gatherings = Fixed(definition.leadAggregates.map { Gathering($0.aggregate) })
    ownScores = Fixed(CompiledAccountScore.all(in: definition, layout))
    activeCount = layout.activeWindows.count
    takesLastSeen = lead.rolledUpCount > lead.lastSeen
  }

  /// How many cells an account has with its attributes, which stand behind the layout's, and how long ago
  /// these are.
  package var cellCount: Int { layout.cellCount + attributes.count + agedSubjects.count }

  /// How many of a lead's first cells an account takes, its own number among them.
  package var leadCellCount: Int { lead.rolledUpCount }
  /// Where that number stands.
  package var accountCell: Int { lead.account }

  /// Fills an account's cells as it is before its first lead.
  package func open(
    _ cells: UnsafeMutablePointer<Int64>, account: Int, attributes profile: UnsafePointer<Int64>
  ) {
    cells.update(repeating: 0, count: layout.cellCount)
    (cells + layout.maxima).update(repeating: LeadLayout.absent, count: scoreCount)
    cells[layout.nps] = LeadLayout.absent
    cells[layout.ready] = LeadLayout.absent
    cells[layout.number] = Int64(account)
    cells[layout.lastSeen] = LeadLayout.absent
    cells[layout.daysSinceLast] = LeadLayout.absent
    (cells + layout.cellCount).update(from: profile, count: attributes.count)
  }

  /// How many numbers of an account may be held: totals, then its own scores.
  package var heldCount: Int { scoreCount + ownScores.count }

  var groupCount: Int { firstPersona.count }

  /// Where the persona of a lead in a group stands.
  func personaCell(_ group: Int) -> Int { lead.personas + group }

  /// Where the counts of a group's personas stand.
  func personas(of group: Int) -> Range<Int> {
    let end = group + 1 < firstPersona.count ? firstPersona[group + 1] : layout.promoters
    return firstPersona[group]..<end
  }

  /// Adds one lead's cells to its account's; before the first lead all of these are 0.
  ///
  /// `given`: keeps what leads of some accounts gave, for those alone.
  package func add(
    _ leadCells: UnsafePointer<Int64>, to cells: UnsafeMutablePointer<Int64>, _ given: GivenValues
  ) {
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
    for window in 0..<activeCount {
      cells[layout.active + window] += leadCells[lead.active + window]
    }
    if takesLastSeen {
      let lastSeen = leadCells[lead.lastSeen]
      cells[layout.lastSeen] = isFirst ? lastSeen : max(cells[layout.lastSeen], lastSeen)
    }
    if gatherings.count > 0 { gather(leadCells, to: cells, given) }
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

  /// The cells that tell whether an account is ready, where a definition says when, and whether it is on each list.
  package var memberCells: [Int] {
    (definition.ready == nil ? [] : [layout.ready])
      + (0..<lists.count).map { layout.lists + $0 }
  }

  /// Whether sums are all it takes to fill them, so that leads can be exchanged.
  package var hasMembersBySums: Bool {
    let maxima = layout.maxima..<layout.means
    return gatherings.count == 0 && ownScores.count == 0
      && !ready.cells.contains(where: maxima.contains)
      && !(0..<lists.count).contains { lists[$0].cells.contains(where: maxima.contains) }
  }

  /// Adds what another worker has added up of the same account.
  ///
  /// `others`: keeps what was given of it.
  package func add(
    partial: UnsafeMutablePointer<Int64>, _ others: GivenValues,
    to cells: UnsafeMutablePointer<Int64>, _ given: GivenValues
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
    for cell in layout.active..<layout.active + activeCount { cells[cell] += partial[cell] }
    if takesLastSeen {
      cells[layout.lastSeen] = max(cells[layout.lastSeen], partial[layout.lastSeen])
    }
    if gatherings.count > 0 { gather(partial: partial, others, to: cells, given) }
  }

  /// Fills what only the whole account has: totals, means, the net promoter score, its own scores, whether it is
  /// ready, and the lists that it is on.
  ///
  /// `onHeld`: told of each score whose total is held, then of each of its own, behind those.
  package func close(
    _ cells: UnsafeMutablePointer<Int64>, _ given: GivenValues, onHeld: (Int) -> Void = { _ in }
  ) {
    closeSums(cells, asOf: asOf, onHeld: onHeld)
    for index in 0..<ownScores.count {
      if put(ownRaw(index, cells, given), index, cells) { onHeld(scoreCount + index) }
    }
    if definition.ready != nil { cells[layout.ready] = ready.holds(cells) ? 1 : 0 }
    for index in 0..<lists.count {
      cells[layout.lists + index] = lists[index].holds(cells) ? 1 : 0
    }
  }

  /// Fills all of that but its own scores and what is asked of them.
  ///
  /// `time`: what is counted to.
  func closeSums(
    _ cells: UnsafeMutablePointer<Int64>, asOf time: Milliseconds,
    onHeld: (Int) -> Void = { _ in }
  ) {
    ages.fill(cells, asOf: time)
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
    let lastSeen = cells[layout.lastSeen]
    if lastSeen != LeadLayout.absent {
      cells[layout.daysSinceLast] = (time - lastSeen) / LocalCalendar.day
    }
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
      attributeValues: values.attributes, agedSubjects: agedSubjects, accounts: values.accounts)(
        subject)
  }

  /// By what rows of accounts are ordered.
  package func rank(of subject: AccountSubject) -> RankedCell {
    subject == .account ? RankedCell(cell: nil) : RankedCell(reading(of: subject))
  }
}
