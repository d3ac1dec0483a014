import Testing

@testable import Reference

@Suite struct StageTests {
  private let definition = """
    name: test
    journey: [look, want, buy]
    interactions:
      view: { type: page_view, stage: look }
      price: { type: page_view, path: /pricing, stage: want }
      touch: { type: campaign_touch }
    touches:
      source: { first: touch, property: campaign }
      latest: { last: touch, property: fields.medium }
    columns: [days_since_entered.look, days_since_entered.want, days_in_stage]
    scores:
      s: { points: { view: 1 } }
    """

  private func result(_ lines: [String], _ more: String = "") throws -> HandResult {
    try HandBook(definition + "\n" + more, lines).result()
  }

  // ann looked on the 1st and wanted on the 27th at noon: 28 and 1 full days before March. bob only
  // touched, and is in no stage.
  @Test func enteredIsTheTimeOfTheFirstActivityInAStage() throws {
    let found = try result([
      line("1", "2026-02-27T12:00:00Z", "page_view", "ann", #""path":"/pricing""#),
      line("2", "2026-02-01T00:00:00Z", "page_view", "ann"),
      line("3", "2026-02-28T12:00:00Z", "page_view", "ann", #""path":"/pricing""#),
      line("4", "2026-02-28T12:00:00Z", "campaign_touch", "bob"),
    ])
    #expect(found.cell("ann", "entered.look") == "2026-02-01T00:00:00.000Z")
    #expect(found.cell("ann", "entered.want") == "2026-02-27T12:00:00.000Z")
    #expect(found.cell("ann", "entered.buy") == "")
    #expect(found.cell("ann", "days_since_entered.look") == "28")
    #expect(found.cell("ann", "days_since_entered.want") == "1")
    // "that of the present stage"
    #expect(found.cell("ann", "days_in_stage") == "1")
    #expect(found.cell("bob", "days_in_stage") == "")
    #expect(found.cell("bob", "days_since_entered.look") == "")
  }

  @Test func theColumnsAreInTheirOrder() throws {
    #expect(
      try result([]).result.files["leads.csv"]
        == "lead,account,first_seen,last_seen,activities,active_days,visits,deepest_visit,"
        + "time_on_site,stage,tally.look,tally.want,tally.buy,entered.look,entered.want,entered.buy,"
        + "score.s,raw.s,nps,nps_group,touch.source,touch.latest,days_since_entered.look,"
        + "days_since_entered.want,days_in_stage\n")
  }

  // The first that has it: not the one without, not the empty one; 5.0 as text is 5. The last is of
  // another property: true.
  @Test func aTouchIsThePropertyOfTheFirstOccurrenceThatHasIt() throws {
    let found = try result(
      [
        line("1", "2026-02-01T00:00:00Z", "campaign_touch", "a", #""fields":{"medium":"x"}"#),
        line("2", "2026-02-02T00:00:00Z", "campaign_touch", "a", #""campaign":"""#),
        line("3", "2026-02-03T00:00:00Z", "page_view", "a", #""campaign":"view""#),
        line("4", "2026-02-04T00:00:00Z", "campaign_touch", "a", #""campaign":5.0"#),
        line(
          "5", "2026-02-05T00:00:00Z", "campaign_touch", "a",
          #""campaign":"b","fields":{"medium":true}"#),
        line("6", "2026-02-06T00:00:00Z", "campaign_touch", "a", #""fields":{"medium":""}"#),
        line("7", "2026-02-01T00:00:00Z", "page_view", "b", #""campaign":"view""#),
      ],
      "lists: { five: { touch.source: 5 }, none: { touch.source: { exists: false } } }")
    #expect(found.cell("a", "touch.source") == "5")
    #expect(found.cell("a", "touch.latest") == "true")
    #expect(found.keys("lists/five.csv") == ["a"])
    #expect(found.keys("lists/none.csv") == ["b"])
  }

  // 3 in 59:59.999, with the fourth it is 60 minutes. In the window of 30 minutes only the last two.
  @Test func busiestHourIsTheMostActivitiesInLessThanSixtyMinutes() throws {
    let times = ["22:30:00.000", "22:40:00.000", "23:29:59.999", "23:30:00.000"]
    let found = try result(
      times.map { line($0, "2026-02-28T" + $0 + "Z", "page_view", "a") }
        + [line("p", "2026-02-01T00:00:00Z", "profile", "b")],
      """
      lists:
        three: { busiest_hour: 3 }
        one: { busiest_hour@31m: 2 }
        none: { busiest_hour: 0 }
      """)
    #expect(found.keys("lists/three.csv") == ["a"])
    #expect(found.keys("lists/one.csv") == ["a"])
    #expect(found.keys("lists/none.csv") == ["b"])
  }

  @Test func leadAndAccountAreTheirFinalKeys() throws {
    let found = try result(
      [
        line("1", "2026-02-01T00:00:00Z", "page_view", "b", #""account":"old""#),
        line("m", "2026-02-01T00:00:00Z", "merge", "ann", #""from":"b""#),
        #"{"id":"2","time":"2026-02-01T00:00:00Z","type":"account_merge","account":"new","from":"old"}"#,
      ],
      "lists: { met: { lead: \"A*\", account: NEW }, other: { any: [ { lead: b }, { account: old } ] } }"
    )
    #expect(found.keys("lists/met.csv") == ["ann"])
    #expect(found.keys("lists/other.csv") == [])
  }

  // bob's latest outcome is lost: he is in no file; his account has a profile and stays, cyd's has
  // none and goes. The counts of events are from before, those of answers and leads from after.
  @Test func anExcludedLeadIsInNoFileListTotalOrCount() throws {
    let found = try result(
      [
        line("1", "2026-02-01T00:00:00Z", "page_view", "ann", #""account":"x""#),
        line("2", "2026-02-01T00:00:00Z", "page_view", "bob", #""account":"x""#),
        line("3", "2026-02-02T00:00:00Z", "outcome", "bob", #""outcome":"won""#),
        line("4", "2026-02-03T00:00:00Z", "outcome", "bob", #""outcome":"Lost""#),
        line("5", "2026-02-03T00:00:00Z", "outcome", "cyd", #""outcome":"lost""#),
        line("6", "2026-02-03T00:00:00Z", "page_view", "cyd", #""account":"y""#),
        line("7", "2026-02-03T00:00:00Z", "nps", "cyd", #""fields":{"n":"none"}"#),
        line("8", "2026-02-03T00:00:00Z", "outcome", "dee", #""outcome":"lost""#),
        line("9", "2026-02-04T00:00:00Z", "outcome", "dee", #""outcome":"won""#),
        line("10", "2026-02-03T00:00:00Z", "page_view", "eve", #""account":"z""#),
        line("11", "2026-02-03T00:00:00Z", "outcome", "eve", #""outcome":"lost""#),
        line("12", "2026-02-03T00:00:00Z", "account_profile", "", #""account":"z""#),
      ],
      """
      exclude: { outcome: lost }
      nps: { answers: { type: nps }, value: fields.n, scale: [0, 10] }
      lists: { seen: { activities: { min: 1 } }, won: { outcome: won } }
      """)
    #expect(found.keys() == ["ann", "dee"])
    #expect(found.counts.excluded == 3)
    #expect(found.counts.leads == 2)
    #expect(found.counts.used == 12)
    #expect(found.counts.invalidAnswers == 0)
    #expect(found.keys("lists/seen.csv") == ["ann"])
    #expect(found.keys("lists/won.csv") == ["dee"])
    #expect(found.keys("accounts.csv") == ["x", "z"])
    #expect(found.cell("x", "leads", in: "accounts.csv") == "1")
    #expect(found.cell("z", "leads", in: "accounts.csv") == "0")
    #expect(found.counts.accounts == 2)
    #expect(found.result.files["memberships.csv"] == "lead,list\nann,seen\ndee,won\n")
    #expect(found.result.files["tallies.csv"] == "lead,interaction,count\nann,view,1\n")
  }

  @Test func excludeIsJudgedAfterThePersonas() throws {
    let found = try result(
      [line("1", "2026-02-01T00:00:00Z", "page_view", "ann")],
      "personas: { role: [ { name: seen, when: { score.s: 1 } } ] }\nexclude: { persona.role: seen }"
    )
    #expect(found.counts.excluded == 1)
    #expect(found.counts.personas["role"] == [:])
    #expect(found.counts.scoreValues["s"] == [:])
  }
}
