import Snapshots

/// What moves between two judgements of the same leads: sums that no order of leads can change.
final class Movement {
  let shape: ComparisonShape
  private(set) var compared = 0
  private(set) var new = 0
  private(set) var gone = 0
  /// Leads known to both of which anything differs.
  private(set) var moved = 0
  private(set) var scores: [PairCounts]
  /// By choice, how many leads have each pair of values.
  private(set) var choices: [[Int]]
  private(set) var lists: [ListMoves]
  /// How many leads were on one list before and are on another after; none is the last.
  private(set) var overlaps: [Int]

  struct ListMoves {
    var before = 0
    var after = 0
    var entering = 0
    var leaving = 0
  }

  /// Of each choice how many values it has, those behind them included; plain numbers, because every
  /// lead is counted.
  private let valueCounts: [Int]
  private let firstChoice: Int
  private let firstList: Int

  init(_ shape: ComparisonShape) {
    self.shape = shape
    valueCounts = shape.choices.map(\.count)
    firstChoice = shape.firstChoice
    firstList = shape.firstList
    scores = shape.scores.map { _ in PairCounts() }
    choices = shape.choices.map { [Int](repeating: 0, count: $0.count * $0.count) }
    lists = shape.lists.map { _ in ListMoves() }
    overlaps = [Int](repeating: 0, count: (shape.lists.count + 1) * (shape.lists.count + 1))
  }

  /// Counts one lead; nil where a side does not know it.
  ///
  /// `leads`: how many times it counts; below 0 what was counted is taken back.
  ///
  /// Returns whether anything about it differs.
  @discardableResult
  func count(
    _ before: UnsafePointer<Int64>?, _ after: UnsafePointer<Int64>?, leads: Int = 1
  ) -> Bool {
    var differs = before == nil || after == nil
    if let before, let after {
      compared += leads
      for score in scores.indices {
        scores[score].count(before[score], after[score], leads)
        if before[score] != after[score] { differs = true }
      }
    } else if after != nil {
      new += leads
    } else {
      gone += leads
    }
    for index in valueCounts.indices {
      let cell = firstChoice + index
      let unknown = valueCounts[index] - 1
      let from = before.map { Int($0[cell]) } ?? unknown
      let to = after.map { Int($0[cell]) } ?? unknown
      choices[index][from * valueCounts[index] + to] += leads
      if from != to { differs = true }
    }
    if countLists(before, after, leads) { differs = true }
    if differs, before != nil, after != nil { moved += leads }
    return differs
  }

  /// Counts a lead that has been counted as one of which nothing differs.
  func recount(_ before: UnsafePointer<Int64>, _ after: UnsafePointer<Int64>) {
    var differs = false
    for score in scores.indices where before[score] != after[score] {
      scores[score].count(before[score], before[score], -1)
      scores[score].count(before[score], after[score], 1)
      differs = true
    }
    for index in valueCounts.indices {
      let (from, to) = (Int(before[firstChoice + index]), Int(after[firstChoice + index]))
      if from == to { continue }
      choices[index][from * valueCounts[index] + from] -= 1
      choices[index][from * valueCounts[index] + to] += 1
      differs = true
    }
    for list in lists.indices where before[firstList + list] != after[firstList + list] {
      _ = countLists(before, before, -1)
      _ = countLists(before, after, 1)
      differs = true
      break
    }
    if differs { moved += 1 }
  }

  private func countLists(
    _ before: UnsafePointer<Int64>?, _ after: UnsafePointer<Int64>?, _ leads: Int
  ) -> Bool {
    var differs = false
    var isOnNone = (before: true, after: true)
    let first = firstList
    let width = lists.count + 1
    for list in lists.indices {
      let wasOn = before.map { $0[first + list] == 1 } ?? false
      let isOn = after.map { $0[first + list] == 1 } ?? false
      if wasOn {
        lists[list].before += leads
        isOnNone.before = false
        var isOnAny = false
        for other in lists.indices where after.map({ $0[first + other] == 1 }) ?? false {
          overlaps[list * width + other] += leads
          isOnAny = true
        }
        if !isOnAny { overlaps[list * width + lists.count] += leads }
      }
      if isOn {
        lists[list].after += leads
        isOnNone.after = false
      }
      if wasOn == isOn { continue }
      differs = true
      if isOn { lists[list].entering += leads } else { lists[list].leaving += leads }
    }
    if isOnNone.before {
      for list in lists.indices where after.map({ $0[first + list] == 1 }) ?? false {
        overlaps[lists.count * width + list] += leads
      }
      if isOnNone.after { overlaps[lists.count * width + lists.count] += leads }
    }
    return differs
  }

  static func += (sum: inout Movement, part: Movement) {
    sum.compared += part.compared
    sum.new += part.new
    sum.gone += part.gone
    sum.moved += part.moved
    for score in sum.scores.indices { sum.scores[score] += part.scores[score] }
    for choice in sum.choices.indices {
      for cell in sum.choices[choice].indices {
        sum.choices[choice][cell] += part.choices[choice][cell]
      }
    }
    for list in sum.lists.indices {
      sum.lists[list].before += part.lists[list].before
      sum.lists[list].after += part.lists[list].after
      sum.lists[list].entering += part.lists[list].entering
      sum.lists[list].leaving += part.lists[list].leaving
    }
    for cell in sum.overlaps.indices { sum.overlaps[cell] += part.overlaps[cell] }
  }
}

/// How many leads have each pair of values; those that scores mostly have without a look-up.
struct PairCounts: Sendable {
  private static let side = 128
  private var small = [Int](repeating: 0, count: side * side)
  private var others: [Pair: Int] = [:]

  private struct Pair: Hashable {
    var before: Int64
    var after: Int64
  }

  @inline(__always)
  mutating func count(_ before: Int64, _ after: Int64, _ leads: Int) {
    if before >= 0, before < Self.side, after >= 0, after < Self.side {
      small[Int(before) * Self.side + Int(after)] += leads
    } else {
      others[Pair(before: before, after: after), default: 0] += leads
    }
  }

  /// The pairs that were met, in order.
  var all: [(first: Int64, second: Int64, count: Int)] {
    var pairs = others.filter { $0.value > 0 }
      .map { (first: $0.key.before, second: $0.key.after, count: $0.value) }
    for (place, count) in small.enumerated() where count > 0 {
      pairs.append((Int64(place / Self.side), Int64(place % Self.side), count))
    }
    return pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  static func += (sum: inout PairCounts, part: PairCounts) {
    for place in sum.small.indices { sum.small[place] += part.small[place] }
    sum.others.merge(part.others, uniquingKeysWith: +)
  }
}
