import Testing

@testable import Reference

/// The definition that the contract shows, and the example in it.
@Suite struct SampleTests {
  private let definition = """
    name: b2b
    timezone: Europe/Tallinn            # IANA name, default UTC: what a calendar day is
    journey: [awareness, consideration, decision]     # the buyer's stages, in order
    interactions:
      page-view:     { type: page_view }
      blog-view:     { type: page_view, path: "/blog/*", stage: awareness }
      pricing-view:  { type: page_view, path: ["/pricing", "/pricing/*"], stage: decision }
      long-read:     { type: page_view, duration: { min: 120 } }
      white-paper:   { type: download, asset: "*whitepaper*", stage: consideration }
      demo-request:  { type: form_fill, form: demo-request, stage: decision }
      careers-view:  { type: page_view, path: "/careers*" }
    scores:
      engagement:
        range: [0, 100]
        half_life: 60d
        inactivity: { after: 30d, points: -5, every: 30d }
        points:
          page-view: 1
          blog-view: { points: 3, limit: 3, per: day }
          pricing-view: { points: 8, cap: 40 }
          white-paper: { points: 10, once_per: asset }
          demo-request: { points: 30, half_life: 180d }
          careers-view: -10
        caps:
          - { interactions: [page-view, blog-view], points: 30 }
        bonuses:
          - { name: back-in-a-week, when: { visits@7d: { min: 2 } }, points: 8 }
      priority:
        blend: { percent.fit: 0.4, score.engagement: 0.6 }
    grades:
      fit:
        letters: { A: 80, B: 60, C: 40, D: 20, F: 0 }
        criteria:
          - attribute: job_title
            weight: 3
            values:
              - { is: ["VP*", "*Director*", "Chief *"], value: 100 }
              - { is: "*Student*", value: 0 }
            otherwise: 40
          - attribute: company_size
            weight: 2
            values: [ { min: 1000, value: 100 }, { min: 50, value: 60 } ]
      profile:
        start: D
        criteria:
          - { attribute: industry, is: [retail, wholesale], thirds: 2 }
    nps:
      answers: { type: form_fill, form: nps }
      value: fields.satisfaction
      scale: [1, 10]
    personas:
      role:
        - name: decision-maker
          when: { attribute.job_title: ["VP*", "*Director*", "Chief *"] }
        - name: champion
          when: { tally.awareness: { min: 10 }, visits: { min: 5 } }
        - name: information-gatherer
          when: { any: [ { count.white-paper: { min: 1 } }, { attribute.job_title: "*Analyst*" } ] }
      interest:
        - { name: high,   when: { score.engagement: { min: 76 } } }
        - { name: medium, when: { score.engagement: { min: 31 } } }
        - { name: low }
    lists:
      sales-ready: { score.engagement: { min: 76 }, grade.fit: [A, B] }
    accounts:
      ready: { total.engagement: { min: 150 }, engaged: { min: 2 }, personas.role.decision-maker: { min: 1 } }
    """

  /// "the same white paper twice counts once": score.engagement 10, count.white-paper 2,
  /// persona.role information-gatherer.
  ///
  /// Nothing is known of the grade, so the blend is the score alone: 10 × 0.6 × 1.0 / 0.6 = 10.
  @Test func theSameWhitePaperTwiceCountsOnce() throws {
    let paper = #""asset":"roi-whitepaper""#
    let found = try HandBook(
      definition,
      [
        line("1", "2026-03-01T00:00:00Z", "download", "ann", paper),
        line("2", "2026-03-01T00:00:00Z", "download", "ann", paper),
      ]
    ).result()
    #expect(found.cell("ann", "score.engagement") == "10")
    #expect(found.tally("ann", "white-paper") == "2")
    #expect(found.cell("ann", "persona.role") == "information-gatherer")
    #expect(found.cell("ann", "persona.interest") == "low")
    #expect(found.cell("ann", "score.priority") == "10")
    #expect(found.cell("ann", "tally.consideration") == "2")
    #expect(found.cell("ann", "stage") == "consideration")
    #expect(found.counts.rules["engagement"]?["white-paper"]?.stoppedByRepeat == 1)
    #expect(found.keys("lists/role.information-gatherer.csv") == ["ann"])
    #expect(
      found.result.files["lists/sales-ready.csv"]
        == "lead,account,score.engagement,score.priority\n")
  }

  // A director of a firm of 200: percent = (3 × 100 + 2 × 60) / 5 = 84, an A. Her five pricing
  // views of today are 5 page views (5) and 5 × 8 = 40, one visit: engagement 45.
  // The blend is 0.4 × 84 + 0.6 × 45 = 33.6 + 27 = 60.6, so 61. Retail: D up two thirds is C-.
  @Test func aDirector() throws {
    let views = (1...5).map {
      line("\($0)", "2026-03-01T00:00:00Z", "page_view", "ann", #""path":"/Pricing/eu""#)
    }
    let fields =
      #""fields":{"job_title":"sales director","company_size":"200","industry":"Retail"}"#
    let found = try HandBook(
      definition, views + [line("6", "2026-02-01T00:00:00Z", "profile", "ann", fields)]
    ).result()
    #expect(found.cell("ann", "percent.fit") == "84")
    #expect(found.cell("ann", "grade.fit") == "A")
    #expect(found.cell("ann", "coverage.fit") == "100")
    #expect(found.cell("ann", "grade.profile") == "C-")
    #expect(found.cell("ann", "raw.engagement") == "45")
    #expect(found.cell("ann", "raw.priority") == "60.6")
    #expect(found.cell("ann", "score.priority") == "61")
    #expect(found.cell("ann", "persona.role") == "decision-maker")
    #expect(found.cell("ann", "persona.interest") == "medium")
    #expect(found.cell("ann", "stage") == "decision")
  }

  @Test func theHeadersAreThoseOfTheContract() throws {
    let found = try HandBook(definition, []).result()
    #expect(
      found.result.files["leads.csv"]
        == "lead,account,first_seen,last_seen,activities,active_days,visits,deepest_visit,"
        + "time_on_site,stage,tally.awareness,tally.consideration,tally.decision,"
        + "entered.awareness,entered.consideration,entered.decision,"
        + "score.engagement,raw.engagement,score.priority,raw.priority,"
        + "grade.fit,percent.fit,coverage.fit,grade.profile,coverage.profile,"
        + "nps,nps_group,persona.role,persona.interest\n")
    #expect(found.result.files["tallies.csv"] == "lead,interaction,count\n")
    #expect(
      found.result.files["accounts.csv"]
        == "account,leads,engaged,total.engagement,max.engagement,mean.engagement,"
        + "total.priority,max.priority,mean.priority,personas.role.decision-maker,"
        + "personas.role.champion,personas.role.information-gatherer,personas.interest.high,"
        + "personas.interest.medium,personas.interest.low,nps,ready\n")
    #expect(found.result.files["memberships.csv"] == "lead,list\n")
    #expect(found.result.files.count == 4 + 6 + 1)
  }
}
