import Definition
import Notation

/// Where tests find among cells what they ask about.
protocol SubjectCells {
  associatedtype Subject: Sendable & Hashable

  /// Where a subject's value stands and how it is read.
  func callAsFunction(_ subject: Subject) -> (Int, CellReading)
  /// Where the time from a subject's value to the as-of stands.
  func age(of subject: Subject) -> Int
  /// Where the answer to a test stands whose subject has no cell: 1 where it is met.
  func answer(to predicate: Predicate, of subject: Subject) -> Int?
}

/// The cells that hold how long ago something was as of the time at hand, of what a condition asks so.
///
/// They only ever grow as time passes; what is to come has negative ones.
struct AgeCells: Sendable {
  private struct Age {
    /// Where what it is about stands.
    var source: Int
    var target: Int
    /// Where the instants of its values begin; -1 where it is an instant itself.
    var firstInstant: Int
  }

  private let ages: Fixed<Age>
  /// By value, when it is; absent where it is no time.
  private let instants: Fixed<Milliseconds>
  let isEmpty: Bool

  /// `first`: where the first of these cells stands.
  init<Cells: SubjectCells>(
    of subjects: [Cells.Subject], at first: Int, _ cells: Cells, _ clock: WallClock
  ) {
    var ages: [Age] = []
    var instants: [Milliseconds] = []
    for (index, subject) in subjects.enumerated() {
      let (source, reading) = cells(subject)
      var age = Age(source: source, target: first + index, firstInstant: -1)
      if case .oneOf(let values) = reading {
        age.firstInstant = instants.count
        instants += values.map { clock.instant($0) ?? LeadLayout.absent }
      }
      ages.append(age)
    }
    self.ages = Fixed(ages)
    self.instants = Fixed(instants)
    isEmpty = ages.isEmpty
  }

  @inline(__always)
  func fill(_ cells: UnsafeMutablePointer<Int64>, asOf: Milliseconds) {
    if isEmpty { return }
    count(cells, asOf)
  }

  @inline(never)
  private func count(_ cells: UnsafeMutablePointer<Int64>, _ asOf: Milliseconds) {
    for index in 0..<ages.count {
      let age = ages[index]
      var instant = cells[age.source]
      if instant != LeadLayout.absent, age.firstInstant >= 0 {
        instant = instants[age.firstInstant + Int(instant)]
      }
      cells[age.target] = instant == LeadLayout.absent ? LeadLayout.absent : asOf - instant
    }
  }
}

extension Condition {
  /// The subjects that it asks about as counted from the as-of.
  var agedSubjects: [Subject] {
    var aged: [Subject] = []
    visitTests { subject, predicate in
      if predicate.parts(countingFromAsOf: true) != nil, !aged.contains(subject) {
        aged.append(subject)
      }
    }
    return aged
  }
}

extension Sequence where Element: Hashable {
  /// Each once, in order of appearance.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
