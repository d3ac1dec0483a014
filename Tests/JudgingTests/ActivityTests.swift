import Chance
import Foundation
import Notation
import Testing

@testable import Definition
@testable import Judging

@Suite("Activity")
struct ActivityTests {
  private let definition = scoring("{ points: { view: 1 } }")

  @Test(
    "`visits` = runs of activities with no gap over 30 minutes",
    arguments: [
      (["10:00:00"], 1), (["10:00:00", "10:30:00"], 1), (["10:00:00", "10:30:00.001"], 2),
      (["10:00:00", "10:29:59.999"], 1), (["10:00:00", "10:00:00"], 1),
      (["10:00:00", "10:30:00", "11:00:00", "11:30:00"], 1),
      (["10:00:00", "10:30:01", "11:00:00"], 2), (["10:00:00", "11:00:00", "12:00:00"], 3),
      (["00:00:00", "23:59:59"], 2),
    ])
  func visits(clocks: [String], count: Int) throws {
    let lead = try JudgedLead(definition, clocks.map { Deed("2026-02-01T\($0)Z") })
    #expect(lead[.visits(window: nil)] == "\(count)")
  }

  @Test("`deepest_visit` = most `page_view` activities in one visit")
  func deepest() throws {
    var papers = ["10:10:00", "10:11:00"].map { Deed("2026-02-01T\($0)Z", ["paper"]) }
    papers[0].isPageView = false
    papers[1].isPageView = false
    let views = ["10:00:00", "10:20:00", "12:00:00", "12:01:00", "12:02:00", "15:00:00"]
      .map { Deed("2026-02-01T\($0)Z") }
    let lead = try JudgedLead(definition, views + papers)
    #expect(lead[.deepestVisit(window: nil)] == "3")
    #expect(lead[.visits(window: nil)] == "3")
    let papersOnly = try JudgedLead(definition, papers)
    #expect(papersOnly[.deepestVisit(window: nil)] == "0")
    #expect(papersOnly[.visits(window: nil)] == "1")
  }

  @Test("`count.white-paper@14d` is the same over activities with T − 14d < time ≤ T alone")
  func windows() throws {
    let week = 7 * day
    let subjects: [LeadSubject] = [
      .count(interaction: 0, window: week), .tally(stage: 0, window: week),
      .activities(window: week), .visits(window: week), .deepestVisit(window: week),
      .activeDays(window: week), .timeOnSite(window: week),
    ]
    var deeds = [
      "2026-02-21T23:50:00Z", "2026-02-22T00:00:00Z", "2026-02-22T00:00:00.001Z",
      "2026-02-22T00:10:00Z", "2026-03-01T00:00:00Z",
    ].map { Deed($0) }
    for index in deeds.indices { deeds[index].seconds = Double(1 << index) }
    let lead = try JudgedLead(definition, subjects: subjects, deeds)
    #expect(subjects.map { lead[$0] } == ["3", "3", "3", "2", "2", "2", "28"])
    #expect(lead[.activities(window: nil)] == "5")
    #expect(lead[.visits(window: nil)] == "2")
    #expect(lead[.timeOnSite(window: nil)] == "31")
  }

  @Test(
    "`days_since_last` = floor((T − last_seen) / 24 h), absent with no activity",
    arguments: [
      ("2026-03-01T00:00:00Z", "0"), ("2026-02-28T00:00:00.001Z", "0"),
      ("2026-02-28T00:00:00Z", "1"), ("2026-02-27T23:59:59Z", "1"), ("2025-03-01T00:00:00Z", "365"),
    ])
  func daysSince(time: String, days: String) throws {
    let lead = try JudgedLead(definition, [Deed(time)])
    #expect(lead[.daysSinceLast] == days)
    #expect(lead[.daysSinceFirst] == days)
    let silent = try JudgedLead(definition, [.profile(time, [])])
    #expect(silent[.daysSinceLast] == nil)
    #expect(silent[.daysSinceFirst] == nil)
    #expect(silent[.activities(window: nil)] == "0")
  }

  @Test("`stage` = the furthest stage with a tally of at least 1, else empty")
  func stage() throws {
    #expect(try JudgedLead(definition, [])[.stage] == nil)
    #expect(try JudgedLead(definition, [Deed("2026-02-01T00:00:00Z")])[.stage] == "early")
    let both = try JudgedLead(definition, [Deed("2026-02-01T00:00:00Z", ["view", "paper"])])
    #expect(both[.stage] == "late")
    #expect(both[.tally(stage: 0, window: nil)] == "1")
    #expect(both[.tally(stage: 1, window: nil)] == "1")
    #expect(both[.activities(window: nil)] == "1")
  }

  /// Newfoundland set its clocks back at 00:01, to 23:01 of the day before, from 1987 to 2011.
  @Test("a clock set back over midnight returns to a day, it does not make a new one")
  func setBackOverMidnight() throws {
    // 2010-11-07 00:01 NDT is 02:31 UTC; NDT is UTC−2:30, NST UTC−3:30.
    let cases: [([String], String)] = [
      (["2010-11-07T02:00:00Z", "2010-11-07T02:30:30Z"], "2"),
      (["2010-11-07T02:00:00Z", "2010-11-07T02:30:30Z", "2010-11-07T02:31:00Z"], "2"),
      (["2010-11-07T02:30:30Z", "2010-11-07T02:31:00Z"], "2"),
      (["2010-11-07T02:30:30Z", "2010-11-07T03:30:00Z"], "1"),
      (
        [
          "2010-11-07T02:00:00Z", "2010-11-07T02:30:30Z", "2010-11-07T02:40:00Z",
          "2010-11-07T03:29:59Z", "2010-11-07T03:30:00Z", "2010-11-08T03:29:59Z",
        ], "2"
      ),
      (["2010-11-07T02:30:30Z", "2010-11-07T02:31:00Z", "2010-11-08T03:30:00Z"], "3"),
    ]
    for (times, days) in cases {
      let lead = try JudgedLead(
        scoring("{ points: { view: 1 } }", timezone: "America/St_Johns"), times.map { Deed($0) })
      #expect(lead[.activeDays(window: nil)] == days, "\(times)")
    }
  }

  @Test("active days and limits are what sets of days, hours, weeks and months would count")
  func againstSets() throws {
    var dice = SeededDice(seed: 11)
    let zones = [
      "UTC", "Europe/Tallinn", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata",
      "Pacific/Apia", "Pacific/Kwajalein", "Africa/Casablanca", "Africa/Monrovia",
      "America/Havana", "Asia/Gaza", "Antarctica/Troll", "America/Scoresbysund",
    ]
    for name in zones {
      let zone = try #require(TimeZone(identifier: name))
      let rules = CalendarWindow.allCases.map {
        "\($0): { points: { view: { points: 1, limit: 2, per: \($0) } } }"
      }
      let definition = try Definition.load(
        text: scoring("{ points: { view: 1 } }", timezone: name)
          + rules.map { "  \($0)\n" }.joined(), file: "test.yaml")
      let calendar = LocalCalendar(timezone: name)
      for _ in 0..<25 {
        let near = Double.random(in: 86_400..<1_900_000_000, using: &dice)
        let start = Date(timeIntervalSince1970: near)
        let change =
          zone.nextDaylightSavingTimeTransition(after: start)?.timeIntervalSince1970 ?? near
        let spread: Double = dice.pick([7200, 90_000, 900_000])
        let times = (0..<Int.random(in: 1...30, using: &dice)).map { _ in
          Milliseconds((change + Double.random(in: -spread...spread, using: &dice)) * 1000)
        }.sorted()
        let asOf = (times.last ?? 0) + day
        let lead = JudgedLead(definition, asOf: asOf, times.map { Deed(at: $0) })
        var days: Set<Int64> = []
        var passed = CalendarWindow.allCases.map { _ in [Int64: Int]() }
        var place = 0
        for time in times {
          let offset = calendar.offset(at: time, near: &place)
          days.insert(Int64((Double(time + offset) / 86_400_000).rounded(.down)))
          for (index, window) in CalendarWindow.allCases.enumerated() {
            let key = LocalCalendar.window(window, local: time + offset, offset: offset)
            passed[index][key] = min(2, (passed[index][key] ?? 0) + 1)
          }
        }
        #expect(lead[.activeDays(window: nil)] == "\(days.count)", "\(name) \(times)")
        for (index, window) in CalendarWindow.allCases.enumerated() {
          let wanted = passed[index].values.reduce(0, +)
          #expect(lead[.raw(index + 1)] == "\(wanted)", "\(name) \(window) \(times)")
        }
      }
    }
  }
}
