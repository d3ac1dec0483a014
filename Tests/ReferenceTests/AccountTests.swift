import Testing

@testable import Reference

@Suite struct AccountTests {
  private let definition = """
    name: test
    interactions:
      view: { type: page_view }
    scores:
      s: { points: { view: 1 } }
    personas:
      role:
        - { name: busy, when: { score.s: { min: 2 } } }
        - { name: seen, when: { activities: { min: 1 } } }
      next:
        - { name: both, when: { persona.role: busy, not: { attribute.size: { min: 5 } } } }
        - { name: rest }
    lists:
      all: { activities: { min: 0 } }
    accounts:
      ready: { mean.s: { min: 1.33 }, personas.role.busy: { min: 1 }, attribute.size: { max: 9 } }
    """

  // acme has a (2 views), b (2 views) and c (no activity): total 4, max 2, mean 1.333…, 1.33;
  // c is a lead, but not engaged. beta has a profile and no lead: total 0, max and mean empty.
  // a went from beta to acme; gone was only ever a's, and has no row.
  @Test func rows() throws {
    let day = "2026-02-01T00:00:00Z"
    let found = try HandBook(
      definition,
      [
        line("1", day, "page_view", "a", #""account":"gone""#),
        line("2", "2026-02-02T00:00:00Z", "page_view", "a", #""account":"acme""#),
        line("3", "2026-02-03T00:00:00Z", "profile", "a", #""account":"""#),
        line("3b", "2026-02-04T00:00:00Z", "outcome", "a", #""outcome":"won","account":"gone""#),
        line("4", day, "page_view", "b", #""account":"acme""#),
        line("5", day, "page_view", "b"),
        line("6", day, "profile", "c", #""account":"acme""#),
        line("7", day, "account_profile", "", #""account":"beta""#),
        line("8", day, "account_profile", "", #""account":"acme","fields":{"size":9}"#),
      ]
    ).result()
    #expect(
      found.result.files["accounts.csv"] == """
        account,leads,engaged,total.s,max.s,mean.s,personas.role.busy,personas.role.seen,\
        personas.next.both,personas.next.rest,nps,ready
        acme,3,2,4,2,1.33,2,0,0,3,,true
        beta,0,0,0,,,0,0,0,0,,false

        """)
    // The account's size of 9 is every lead's: no one is `both`.
    #expect(found.keys("lists/next.rest.csv") == ["a", "b", "c"])
    #expect(
      found.result.files["lists/role.busy.csv"] == "lead,account,score.s\na,acme,2\nb,acme,2\n")
    #expect(found.keys("lists/all.csv") == ["a", "b", "c"])
    #expect(found.cell("c", "persona.role") == "")
    #expect(found.counts.scoreValues["s"] == [2: 2, 0: 1])
    #expect(found.counts.personas["role"] == ["busy": 2, "": 1])
  }

  // `not` around a test that an absent subject fails holds: without a size, a is `both`. Without
  // an account, the cell is empty. mean 2/3 leads: 0.67.
  @Test func notAroundAnAbsentSubject() throws {
    let day = "2026-02-01T00:00:00Z"
    let found = try HandBook(
      definition, [line("1", day, "page_view", "a"), line("2", day, "page_view", "a")]
    ).result()
    #expect(found.cell("a", "persona.next") == "both")
    #expect(found.cell("a", "account") == "")
    let thirds = try HandBook(
      definition,
      ["a", "b", "c"].map {
        line("1", day, $0 == "c" ? "profile" : "page_view", $0, #""account":"x""#)
      }
    ).result()
    #expect(thirds.cell("x", "mean.s", in: "accounts.csv") == "0.67")
  }

  /// Without an entry `accounts`, `ready` is empty; cells are quoted where needed.
  @Test func cellsAreQuotedWhereNeeded() throws {
    let found = try HandBook(
      viewing(),
      [line("1", "2026-02-01T00:00:00Z", "page_view", #"a,\"b\" "#, #""account":"x\r\ny""#)]
    ).result()
    #expect(
      found.result.files["accounts.csv"].map { Array($0.utf8) }
        == Array(
          "account,leads,engaged,total.s,max.s,mean.s,nps,ready\n\"x\r\ny\",1,1,1,1,1,,\n".utf8))
    #expect(
      found.result.files["tallies.csv"] == "lead,interaction,count\n\"a,\"\"b\"\" \",view,1\n")
  }
}
