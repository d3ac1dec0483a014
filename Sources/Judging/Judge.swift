import Definition
import Notation

/// The judging half of a definition, compiled for one run: classes, attribute values and the as-of
/// are known.
///
/// It holds no state; every worker uses the same one with a desk of its own.
package final class Judge: Sendable {
  package let definition: Definition
  package let layout: LeadLayout
  package let asOf: Milliseconds
  package let classes: ClassTable
  /// The attributes that the definition mentions, in the order of their indices.
  package let attributes: [String]
  let attributeCount: Int
  /// What numbers in the log mean; a cell of an attribute is an index into the attribute's values.
  let values: LogValues

  package let calendar: LocalCalendar
  let weight = Weight()
  let activities: ActivityTable
  /// Where leads to which no event gives an account come by one; nil where they do not.
  let domains: DomainAccounts?
  /// Whether they do: asking those themselves costs a reference.
  let usesDomains: Bool
  /// Whether any condition asks for the lead's key.
  let asksForKey: Bool
  let windows: Fixed<LeadLayout.Window>
  let busiestHours: Fixed<LeadLayout.BusiestHour>
  let ages: AgeCells
  let touches: Fixed<TouchedCell>
  let rules: Fixed<CompiledRule>
  /// The distinct agings of the rules.
  let agings: Fixed<AgingCurve>
  let scores: Fixed<CompiledScore>
  let grades: Fixed<CompiledGrade>
  /// The conditions of all personas, group by group, and where each group's stand.
  let personas: Fixed<CellCondition>
  package let groups: Fixed<Range<Int>>
  /// By group, how the persona that has most is found; nil where conditions say which it is.
  let highest: Fixed<CompiledHighest?>
  let lists: Fixed<CellCondition>
  /// What accounts take of leads for their own scores, in order.
  let aggregates: Fixed<CompiledAggregate>
  /// Whether accounts take anything of leads beside totals, personas and answers.
  let gives: Bool
  /// The age at which an answer is none any more.
  let answersWithin: Milliseconds?
  /// Which leads are left out of all results, where any is.
  let exclusion: Fixed<CellCondition>
  /// Whether any is.
  package let excludes: Bool
  let shown: ShownCells
  /// Whether files show more of a lead than its results, which `show` fills in.
  package let showsMore: Bool

  package init(
    definition: Definition, attributes: [String], values: LogValues,
    subjects: [LeadSubject], classes: ClassTable, asOf: Milliseconds,
    calendar: LocalCalendar? = nil
  ) {
    let layout = LeadLayout(
      definition, attributeCount: attributes.count, subjects: subjects)
    self.definition = definition
    self.layout = layout
    self.asOf = asOf
    self.classes = classes
    self.attributes = attributes
    attributeCount = attributes.count
    self.values = values
    self.calendar = calendar ?? LocalCalendar(timezone: definition.timezone)

    let cell = CellFinder(
      definition: definition, layout: layout, attributes: attributes, values: values)
    let (rules, agings) = CompiledRule.all(in: definition)
    self.rules = Fixed(rules)
    self.agings = Fixed(agings.map(AgingCurve.init))
    scores = CompiledScore.all(in: definition, cell)
    domains = definition.domainRule.map {
      DomainAccounts($0, attributes: attributes, values)
    }
    usesDomains = domains != nil
    asksForKey = !layout.keyPredicates.isEmpty || layout.agedSubjects.contains(.lead)
    windows = Fixed(layout.windows)
    busiestHours = Fixed(layout.busiestHours)
    ages = AgeCells(
      of: layout.agedSubjects, at: layout.ages, cell, WallClock(timezone: definition.timezone))
    touches = Fixed(TouchedCell.all(in: definition, attributeCount: attributes.count, layout))
    activities = ActivityTable(classes: classes, definition: definition, rules: rules)
    grades = Fixed(count: definition.grades.count) { CompiledGrade(definition.grades[$0], cell) }
    let conditions = definition.personas.flatMap { $0.personas.map(\.condition) }
    personas = Fixed(count: conditions.count) {
      CellCondition(conditions[$0], cell)
    }
    var end = 0
    groups = Fixed(
      definition.personas.map { group in
        defer { end += group.personas.count }
        return end..<end + group.personas.count
      })
    highest = Fixed(
      definition.personas.map { group in
        group.highest.map { CompiledHighest($0, cell: cell.callAsFunction) }
      })
    lists = Fixed(count: definition.lists.count) {
      CellCondition(definition.lists[$0].condition, cell)
    }
    let aggregates = definition.leadAggregates.map(\.aggregate)
    self.aggregates = Fixed(count: aggregates.count) { CompiledAggregate(aggregates[$0], cell) }
    gives = !aggregates.isEmpty || !layout.activeWindows.isEmpty
    answersWithin = definition.nps?.within
    excludes = definition.exclude != nil
    exclusion = Fixed(count: excludes ? 1 : 0) { _ in CellCondition(definition.exclude, cell) }
    shown = ShownCells(layout, definition, cell)
    showsMore = !shown.isEmpty
  }

  /// The same judge as of another time; nothing is compiled again.
  package init(_ judge: Judge, asOf: Milliseconds) {
    self.asOf = asOf
    definition = judge.definition
    layout = judge.layout
    classes = judge.classes
    attributes = judge.attributes
    attributeCount = judge.attributeCount
    values = judge.values
    calendar = judge.calendar
    activities = judge.activities
    domains = judge.domains
    usesDomains = judge.usesDomains
    asksForKey = judge.asksForKey
    windows = judge.windows
    busiestHours = judge.busiestHours
    ages = judge.ages
    touches = judge.touches
    rules = judge.rules
    agings = judge.agings
    scores = judge.scores
    grades = judge.grades
    personas = judge.personas
    groups = judge.groups
    highest = judge.highest
    lists = judge.lists
    aggregates = judge.aggregates
    gives = judge.gives
    answersWithin = judge.answersWithin
    excludes = judge.excludes
    exclusion = judge.exclusion
    shown = judge.shown
    showsMore = judge.showsMore
  }

  /// Judges one lead: fills the desk's cells from its history.
  ///
  /// `history`: the lead's events, settled.
  ///
  /// `accountAttributes`: the attribute cells of an account by its number.
  @inline(__always)
  package func judge(_ history: LeadHistory, _ desk: Desk, accounts: AccountAttributes) {
    var nobody = Untraced()
    judge(history, desk, accounts: accounts, telling: &nobody)
  }

  /// Judges one lead in the same way, and takes down at the desk what counted, so that it can be judged by
  /// difference as well.
  package func judgeForDifferences(
    _ history: LeadHistory, _ desk: Desk, accounts: AccountAttributes
  ) {
    var counted = desk.counted
    counted.begin()
    judge(history, desk, accounts: accounts, telling: &counted)
    desk.counted = counted
  }

  /// Judges one lead in the same way, and tells every step.
  package func judge(
    _ history: LeadHistory, _ desk: Desk, accounts: AccountAttributes, trace: inout LeadTrace
  ) {
    trace.begin()
    judge(history, desk, accounts: accounts, telling: &trace)
  }

  /// Judges one lead in the same way, and takes down what its scores are made of.
  package func judge(
    _ history: LeadHistory, _ desk: Desk, accounts: AccountAttributes, points: inout PointsTrace
  ) {
    points.begin()
    judge(history, desk, accounts: accounts, telling: &points)
  }

  @inline(__always)
  private func judge(
    _ history: LeadHistory, _ desk: Desk, accounts: AccountAttributes,
    telling trace: inout some JudgingTrace
  ) {
    desk.clear()
    if excludes { desk.keepCounts() }
    takeKey(history.key, desk.cells)
    takeFacts(history, desk, telling: &trace)
    dropOldAnswer(desk)
    takeDomain(history.key, accounts, desk.cells)
    inherit(accounts, desk)
    measureLifetime(history, desk)
    ages.fill(desk.cells, asOf: desk.asOf)
    for index in 0..<busiestHours.count { measureBusiestHour(index, history, desk) }
    for index in 0..<windows.count {
      let first = firstEvent(after: desk.asOf - windows[index].length, history)
      measure(history, from: first, windows[index].measures, desk)
    }
    offer(history, desk, telling: &trace)
    conclude(desk, telling: &trace)
    if excludes, desk.cells[layout.excluded] == 1 { desk.restoreCounts() }
  }

  /// Works out what follows from a lead's facts, measures and points.
  @inline(__always)
  func conclude(_ desk: Desk, telling trace: inout some JudgingTrace) {
    takeStage(desk)
    grade(desk)
    score(desk, telling: &trace)
    for group in 0..<groups.count {
      desk.cells[layout.personas + group] = choice(group, desk.cells)
    }
    if excludes { exclude(desk) }
    for index in 0..<lists.count {
      desk.cells[layout.lists + index] = lists[index].holds(desk.cells) ? 1 : 0
    }
    if gives { give(desk.cells) }
  }

  /// Decides whether the lead is left out.
  @inline(never)
  func exclude(_ desk: Desk) {
    let outcome = desk.cells[layout.outcome]
    if desk.foretells { desk.cells[layout.outcome] = LeadLayout.absent }
    desk.cells[layout.excluded] = exclusion[0].holds(desk.cells) ? 1 : 0
    desk.cells[layout.outcome] = outcome
  }

  @inline(__always)
  func grade(_ desk: Desk) {
    for index in 0..<grades.count {
      let result = grades[index].judge(desk.cells)
      desk.cells[layout.letters + index] = result.letter
      desk.cells[layout.percents + index] = result.percent
      desk.cells[layout.coverages + index] = result.coverage
    }
  }

  /// The first persona of a group whose condition holds, or the one that has most.
  func choice(_ group: Int, _ cells: UnsafePointer<Int64>) -> Int64 {
    if let highest = highest[group] {
      return highest.choice(cells).map { Int64($0) } ?? LeadLayout.absent
    }
    let group = groups[group]
    for persona in group where personas[persona].holds(cells) {
      return Int64(persona - group.lowerBound)
    }
    return LeadLayout.absent
  }

  /// How the value of any subject of a lead is read from its cells.
  package func reading(of subject: LeadSubject) -> (cell: Int, reading: CellReading) {
    CellFinder(
      definition: definition, layout: layout, attributes: attributes, values: values)(subject)
  }

  /// The weight of a contribution of some age, as people may want to see it.
  package func weight(of aging: Aging, age: Milliseconds) -> Double {
    weight.factor(of: AgingCurve(aging), age: age)
  }

  func takeStage(_ desk: Desk) {
    let tallies = layout.lifetime.tallies
    var stage = layout.lifetime.stageCount
    while stage > 0 {
      stage -= 1
      if desk.cells[tallies + stage] >= 1 {
        desk.cells[layout.stage] = Int64(stage)
        if layout.asksStageDays {
          desk.cells[layout.daysInStage] = desk.cells[layout.daysSinceEntered + stage]
        }
        return
      }
    }
  }

  /// The index of the first event with a time beyond `time`.
  func firstEvent(after time: Milliseconds, _ history: LeadHistory) -> Int {
    var low = 0
    var high = history.count
    while low < high {
      let middle = (low + high) / 2
      if history.events[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// One worker's place to judge at: the cells of the lead at hand, and counts over all its leads.
package final class Desk {
  package let cells: UnsafeMutablePointer<Int64>
  /// The time the lead at hand is judged as of: the judge's own, unless a lead is judged at a moment
  /// of its own.
  package var asOf: Milliseconds
  /// Whether leads are judged as if nobody knew what became of them: what leaves leads out is not told.
  package var foretells = false
  /// The cells of a lead that nothing is known of: counts are 0, all else is absent.
  private let blank: UnsafeMutablePointer<Int64>
  let cellCount: Int
  /// Local times of the lead's activities, by event.
  let locals: LocalTimes
  let gates: Fixed<Gate>
  let once: Fixed<OnceValues>
  let apart: Fixed<ApartWindows>
  /// By score, what its rules' totals came to for the lead at hand, before caps of several rules.
  let ruleTotals: Fixed<Int128>
  /// By group cap, over all scores in order: whether it held the lead at hand.
  let isHeldByGroupCap: Fixed<Bool>
  /// By score, whether what it came to for the lead at hand was held.
  let isHeld: Fixed<Bool>
  /// What counted of the lead at hand; only of one that may be judged by difference.
  var counted: CountedOccurrences
  let ruleCounts: Fixed<JudgingCounts.RuleCounts>
  /// Sums over the leads judged since they were taken last, but for those of rules.
  var sums: JudgingCounts
  /// What the counts were before the lead at hand.
  private var kept: (rules: [JudgingCounts.RuleCounts], sums: JudgingCounts)

  package convenience init(_ judge: Judge) { self.init(judge, locals: LocalTimes()) }

  /// `locals`: those of another desk, where the same leads are judged.
  init(_ judge: Judge, locals: LocalTimes) {
    asOf = judge.asOf
    self.locals = locals
    cellCount = judge.layout.cellCount
    cells = .allocate(capacity: cellCount)
    cells.initialize(repeating: LeadLayout.absent, count: cellCount)
    blank = .allocate(capacity: cellCount)
    blank.initialize(repeating: LeadLayout.absent, count: cellCount)
    for measures in [judge.layout.lifetime] + judge.layout.windows.map(\.measures) {
      (blank + measures.start).update(repeating: 0, count: measures.end - measures.start)
    }
    for hour in judge.layout.busiestHours { blank[hour.cell] = 0 }
    let ruleCount = judge.rules.count
    counted = CountedOccurrences(ruleCount: ruleCount)
    ruleTotals = Fixed([Int128](repeating: 0, count: judge.scores.count))
    gates = Fixed([Gate](repeating: Gate(), count: ruleCount))
    once = Fixed([OnceValues](repeating: OnceValues(), count: ruleCount))
    apart = Fixed([ApartWindows](repeating: ApartWindows(), count: ruleCount))
    ruleCounts = Fixed([JudgingCounts.RuleCounts](repeating: .init(), count: ruleCount))
    sums = JudgingCounts(judge.definition)
    kept = ([JudgingCounts.RuleCounts](repeating: .init(), count: ruleCount), sums)
    isHeldByGroupCap = Fixed([Bool](repeating: false, count: sums.heldByGroupCap.count))
    isHeld = Fixed([Bool](repeating: false, count: sums.heldRaws.count))
  }

  deinit {
    cells.deallocate()
    blank.deallocate()
    counted.deallocate()
  }

  /// Returns the sums over the leads judged since the last call, and begins anew.
  package func takeCounts(_ judge: Judge) -> JudgingCounts {
    var taken = sums
    for rule in 0..<ruleCounts.count {
      taken.rules[rule] = ruleCounts[rule]
      ruleCounts[rule] = .init()
    }
    sums = JudgingCounts(judge.definition)
    return taken
  }

  /// Puts a rule's gates back to before the first occurrence.
  @inline(__always)
  func reset(_ rule: Int, _ compiled: borrowing CompiledRule) {
    gates[rule] = Gate()
    if compiled.onceProperty >= 0 { once[rule].removeAll() }
    if let limit = compiled.limit, !limit.isPlain { apart[rule].removeAll() }
  }

  /// Notes the counts, in case the lead that is judged next is left out.
  func keepCounts() {
    for rule in 0..<ruleCounts.count { kept.rules[rule] = ruleCounts[rule] }
    kept.sums = sums
  }

  /// Makes the counts what they were.
  func restoreCounts() {
    for rule in 0..<ruleCounts.count { ruleCounts[rule] = kept.rules[rule] }
    sums = kept.sums
  }

  @inline(__always)
  func clear() {
    cells.update(from: blank, count: cellCount)
  }
}
