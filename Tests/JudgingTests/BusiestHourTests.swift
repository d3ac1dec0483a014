import Chance
import Notation
import Testing

@testable import Definition
@testable import Judging

@Suite("the busiest hour") struct BusiestHourTests {
  private let minute: Milliseconds = 60_000

  /// Random activities, some minutes apart, of which some are of the same millisecond.
  private func times(_ dice: inout SeededDice) -> [Milliseconds] {
    var time: Milliseconds = 1_000_000_000_000
    return (0..<(1 + dice.below(60))).map { _ in
      time += [0, 1, 20 * minute, 59 * minute, 60 * minute, 60 * minute - 1][dice.below(6)]
      return time
    }
  }

  /// By going through all spans, one by one.
  private func most(_ times: some Sequence<Milliseconds>) -> Int {
    let times = Array(times)
    return times.map { end in times.count { $0 <= end && end - $0 < 60 * minute } }.max() ?? 0
  }

  @Test(
    "the most activities in any span of less than 60 minutes, and over a window of what lies in it")
  func counted() throws {
    var dice = SeededDice(seed: 5)
    for _ in 0..<60 {
      let times = times(&dice)
      let asOf = (times.last ?? 0) + Milliseconds(dice.below(3)) * 20 * minute
      let window = Milliseconds(1 + dice.below(30)) * 20 * minute
      let lead = JudgedLead(
        try Definition.load(text: scoring("{ points: { view: 1 } }"), file: "t.yaml"), asOf: asOf,
        subjects: [.busiestHour(window: nil), .busiestHour(window: window)],
        times.map { Deed(at: $0) })
      #expect(lead[.busiestHour(window: nil)] == "\(most(times))")
      #expect(
        lead[.busiestHour(window: window)]
          == "\(most(times.filter { $0 > asOf - window }))")
    }
  }

  @Test("the tree of a lead's course knows the same of any of its events")
  func inAnyRange() {
    var dice = SeededDice(seed: 6)
    for _ in 0..<40 {
      let times = times(&dice)
      let history = LeadHistory()
      // Every third event is no activity.
      for (line, time) in times.enumerated() {
        history.append(
          HistoryEvent(
            time: time, id: UInt64(line), eventClass: line % 3 == 2 ? 1 : 0, duration: 0,
            segment: 0, line: UInt32(line), factStart: 0, factEnd: 0))
      }
      let classes = ClassTable([
        EventClass(kind: .ordinary, interactions: [0]), EventClass(kind: .profile),
      ])
      let definition = Definition(
        name: "t", interactions: [Interaction(name: "view", condition: .all([]))])
      let hours = BusiestHours(
        history, ActivityTable(classes: classes, definition: definition, rules: []))
      for start in 0...times.count {
        for end in start...times.count {
          let active = (start..<end).filter { $0 % 3 != 2 }.map { times[$0] }
          #expect(hours.most(among: start..<end) == most(active))
        }
      }
    }
  }

  @Test("nobody without an activity has one")
  func none() throws {
    let lead = try JudgedLead(
      scoring("{ points: { view: 1 } }"), subjects: [.busiestHour(window: nil)], [])
    #expect(lead[.busiestHour(window: nil)] == "0")
  }
}
