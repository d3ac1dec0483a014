import Intake
import Judging

/// How many leads have each value: sums that each worker makes for itself.
struct LeadCensus: Sendable {
  private(set) var engaged = 0
  /// Leads that are left out; nothing else is counted of them.
  var excluded = 0
  /// By score, how many leads have each value.
  private(set) var scores: [ValueCounts]
  private(set) var letters: [[Int]]
  private(set) var ungraded: [Int]
  private(set) var personas: [[Int]]
  private(set) var lists: [Int]
  private(set) var nps = NetPromoterScore()
  private(set) var largestGroups = LargestGroups()
  /// Where the cells stand: the layout itself would be retained for every lead.
  private let first: (score: Int, letter: Int, persona: Int, list: Int)
  private let (firstSeen, npsGroup): (Int, Int)

  init(_ judge: Judge) {
    let definition = judge.definition
    scores = [ValueCounts](repeating: ValueCounts(), count: definition.scores.count)
    letters = definition.grades.map { [Int](repeating: 0, count: $0.letters.count) }
    ungraded = [Int](repeating: 0, count: definition.grades.count)
    personas = definition.personas.map { [Int](repeating: 0, count: $0.personas.count) }
    lists = [Int](repeating: 0, count: definition.lists.count)
    let layout = judge.layout
    first = (layout.scores, layout.letters, layout.personas, layout.lists)
    (firstSeen, npsGroup) = (layout.firstSeen, layout.npsGroup)
  }

  mutating func count(_ cells: UnsafePointer<Int64>) {
    if cells[firstSeen] != LeadLayout.absent { engaged += 1 }
    for score in scores.indices { scores[score].count(cells[first.score + score]) }
    for grade in letters.indices {
      let letter = cells[first.letter + grade]
      if letter == LeadLayout.absent {
        ungraded[grade] += 1
      } else {
        letters[grade][Int(letter)] += 1
      }
    }
    for group in personas.indices {
      let persona = cells[first.persona + group]
      if persona != LeadLayout.absent { personas[group][Int(persona)] += 1 }
    }
    for list in lists.indices where cells[first.list + list] == 1 { lists[list] += 1 }
    let group = cells[npsGroup]
    if group != LeadLayout.absent { nps.count(NetPromoterGroup.allCases[Int(group)]) }
  }

  /// Counts a lead of several keys.
  mutating func count(_ lead: UnsafeBufferPointer<UInt8>, keyCount: Int) {
    largestGroups.add(lead, keyCount: keyCount)
  }

  static func += (sum: inout LeadCensus, part: LeadCensus) {
    sum.engaged += part.engaged
    sum.excluded += part.excluded
    for score in sum.scores.indices {
      sum.scores[score] += part.scores[score]
    }
    for grade in sum.letters.indices {
      for letter in sum.letters[grade].indices {
        sum.letters[grade][letter] += part.letters[grade][letter]
      }
      sum.ungraded[grade] += part.ungraded[grade]
    }
    for group in sum.personas.indices {
      for persona in sum.personas[group].indices {
        sum.personas[group][persona] += part.personas[group][persona]
      }
    }
    for list in sum.lists.indices { sum.lists[list] += part.lists[list] }
    sum.nps += part.nps
    sum.largestGroups += part.largestGroups
  }
}

/// How often each value was met; those that scores mostly have are counted without a look-up.
struct ValueCounts: Sendable {
  private var small = [Int](repeating: 0, count: 128)
  private var others: [Int64: Int] = [:]

  @inline(__always)
  mutating func count(_ value: Int64) {
    if value >= 0, value < 128 {
      small[Int(value)] += 1
    } else {
      others[value, default: 0] += 1
    }
  }

  /// By value, those that were met.
  var byValue: [Int64: Int] {
    var all = others
    for (value, count) in small.enumerated() where count > 0 { all[Int64(value)] = count }
    return all
  }

  static func += (sum: inout ValueCounts, part: ValueCounts) {
    for value in sum.small.indices { sum.small[value] += part.small[value] }
    sum.others.merge(part.others, uniquingKeysWith: +)
  }
}
