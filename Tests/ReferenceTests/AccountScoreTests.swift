import Testing

@testable import Reference

@Suite struct AccountScoreTests {
  private let day = "2026-02-27T00:00:00Z"

  // Of account x: a is a VP with 3 papers (raw 4.5, score 5), b an analyst with 2 (raw 3, score 3), c
  // has 1 (raw 1.5, score 2), d none; y has a profile alone.
  private var lines: [String] {
    let papers = [("a", 3), ("b", 2), ("c", 1)].flatMap { lead, count in
      (0..<count).map { line("\($0)", day, "download", lead, #""account":"x""#) }
    }
    return papers + [
      line("p", day, "profile", "a", #""fields":{"title":"VP"}"#),
      line("p", day, "profile", "b", #""fields":{"title":"analyst"}"#),
      line("p", "2026-02-28T00:00:00Z", "profile", "d", #""account":"x""#),
      line("q", day, "account_profile", "", #""account":"y","fields":{"size":7}"#),
    ]
  }

  private func result(_ accounts: String) throws -> HandResult {
    let definition = """
      name: test
      journey: [want]
      interactions:
        paper: { type: download, stage: want }
      scores:
        s: { points: { paper: 1.5 } }
      accounts:
      \(accounts.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      """
    return try HandBook(definition, lines).result()
  }

  /// Score and raw of x and of y by a formula.
  private func scores(_ formula: String) throws -> [String?] {
    let found = try result("scores: { n: { \(formula) } }")
    return ["x", "y"].flatMap { account in
      ["score.n", "raw.n"].map { found.cell(account, $0, in: "accounts.csv") }
    }
  }

  // 4.5 + 3 + 1.5 + 0 = 9; of scores 5 + 3 + 2 = 10.
  @Test func aSumOfNoLeadIsZero() throws {
    #expect(try scores("sum: raw.s") == ["9", "9", "0", "0"])
    #expect(try scores("sum: score.s") == ["10", "10", "0", "0"])
    #expect(try scores("sum: tally.want") == ["6", "6", "0", "0"])
    #expect(try scores("sum: count.paper@1d") == ["0", "0", "0", "0"])
    #expect(try scores("sum: activities@3d") == ["6", "6", "0", "0"])
  }

  @Test func meanAndMaximumOfNoLeadAreEmpty() throws {
    #expect(try scores("mean: raw.s") == ["2", "2.25", "", ""])
    #expect(try scores("max: raw.s") == ["5", "4.5", "", ""])
    // 10 / 3 of the leads with an activity, rounded to a millionth.
    #expect(
      try scores("mean: score.s, of: { activities: { min: 1 } }") == ["3", "3.333333", "", ""])
    // No lead meets it.
    #expect(try scores("max: raw.s, of: { activities: { min: 9 } }") == ["", "", "", ""])
    #expect(try scores("sum: raw.s, of: { activities: { min: 9 } }") == ["0", "0", "0", "0"])
  }

  // a 4.5 × 2, b 3 × 0, c and d by otherwise: 1.5 × 0.333333 = 0.4999995, 0.5 rounded to a millionth.
  @Test func aValueIsTimesTheWeightOfTheFirstEntryThatHolds() throws {
    let weights =
      "weights: [ { when: { attribute.title: VP }, weight: 2 }, "
      + "{ when: { attribute.title: { exists: true } }, weight: 0 } ]"
    #expect(try scores("sum: raw.s, \(weights), otherwise: 0.333333") == ["10", "9.5", "0", "0"])
    // "otherwise, default 1"
    #expect(try scores("sum: raw.s, \(weights)") == ["11", "10.5", "0", "0"])
    // Of the weighted ones 9, 0.5, 0 and 0 the best two; their mean.
    #expect(
      try scores("mean: raw.s, \(weights), otherwise: 0.333333, best: 2")
        == ["5", "4.75", "", ""])
  }

  @Test func bestTakesTheGreatestAndFewerWhereThereAreFewer() throws {
    #expect(try scores("sum: raw.s, best: 2") == ["8", "7.5", "0", "0"])
    #expect(try scores("mean: raw.s, best: 9") == ["2", "2.25", "", ""])
  }

  // 7.5 rounds to 8, and is held to 6 by the range; raw stays.
  @Test func theScoreIsRawRoundedThenHeldWithinRange() throws {
    #expect(try scores("sum: raw.s, best: 2, range: [0, 6]") == ["6", "7.5", "0", "0"])
    #expect(try scores("sum: raw.s, range: [1, 100]") == ["9", "9", "1", "0"])
  }

  // x: 0.5 × 9 + 2 × 2.5 (the mean of the scores) + 1 × 5 = 14.5. y has neither mean nor maximum: what
  // is left of `all` and `some` is 0, and of `none` nothing is.
  @Test func aBlendIsOverScoresTotalsMaximaAndMeansAsTheirColumnsHaveThem() throws {
    let found = try result(
      """
      scores:
        reach: { sum: raw.s }
        top: { max: raw.s }
        all: { blend: { score.reach: 0.5, mean.s: 2, max.s: 1 } }
        some: { blend: { score.top: 1, total.s: 3 } }
        none: { blend: { score.top: 1, max.s: 3 } }
      """)
    func cell(_ account: String, _ column: String) -> String? {
      found.cell(account, column, in: "accounts.csv")
    }
    #expect(cell("x", "raw.all") == "14.5")
    #expect(cell("x", "score.all") == "15")
    // 1 × 5 (4.5 rounded) + 3 × 10.
    #expect(cell("x", "raw.some") == "35")
    #expect(cell("y", "raw.all") == "0")
    #expect(cell("y", "raw.some") == "0")
    #expect(cell("y", "score.none") == "0")
  }

  // No lead of x meets what `top` asks for; the weights of the others are scaled up to the same sum.
  @Test func anAbsentPartLeavesTheBlend() throws {
    let found = try result(
      """
      scores:
        top: { max: raw.s, of: { activities: { min: 9 } } }
        third: { blend: { score.top: 2, total.s: 1 } }
        mean: { blend: { score.top: 1, mean.s: 0.333333 } }
      """)
    // 10 × (2 + 1) / 1 and 2.5 × 1.333333 / 0.333333 × 0.333333.
    #expect(found.cell("x", "raw.third", in: "accounts.csv") == "30")
    #expect(found.cell("x", "raw.mean", in: "accounts.csv") == "3.333333")
  }

  // Two days before the as-of is just not in the last two days.
  @Test func theColumnsAreBeforeNpsAndColumnsAtTheEnd() throws {
    let found = try result(
      """
      scores: { n: { sum: raw.s } }
      ready: { score.n: { min: 9 }, raw.n: { max: 9 }, active@3d: 3 }
      columns: [attribute.size, active@2d, active@3d, days_since_last]
      """)
    #expect(
      found.result.files["accounts.csv"] == """
        account,leads,engaged,total.s,max.s,mean.s,score.n,raw.n,nps,ready,attribute.size,active@2d,\
        active@3d,days_since_last
        x,4,3,10,5,2.5,9,9,,true,,0,3,2
        y,0,0,0,,,0,0,,false,7,0,0,

        """)
  }

  @Test func accountListsHaveFilesOfTheirOwn() throws {
    let found = try result(
      """
      scores: { n: { max: raw.s }, m: { sum: score.s } }
      lists:
        hot: { score.m: { min: 1 } }
        all: { columns: [leads, raw.n, attribute.size], order_by: -score.n, first: 1 }
        y: { account: Y }
      """)
    #expect(
      found.result.files["lists/accounts.hot.csv"] == "account,score.n,score.m\nx,5,10\n")
    #expect(
      found.result.files["lists/accounts.all.csv"]
        == "account,score.n,score.m,leads,raw.n,attribute.size\nx,5,10,4,4.5,\n")
    #expect(found.keys("lists/accounts.y.csv") == ["y"])
    #expect(found.counts.accountLists == ["hot": 1, "all": 2, "y": 1])
    #expect(found.counts.accountsInFile == ["all": 1])
    #expect(found.result.files["memberships.csv"] == "lead,list\n")
  }

  // Two leads of 999,999,999,999 each, by an inactivity of a billion for each minute of years: their sum
  // is held, and so are their mean by a weight of 3, and one of them by a billion.
  @Test func theRawOfAnAccountIsHeldOnce() throws {
    let definition = """
      name: test
      interactions:
        view: { type: page_view }
      scores:
        s:
          points: { view: 1 }
          inactivity: { after: 1m, points: 1000000000, every: 1m }
      accounts:
        scores:
          sum: { sum: raw.s }
          mean: { mean: raw.s, otherwise: 3 }
          back: { sum: raw.s, otherwise: 1000000000, best: 1 }
      """
    let found = try HandBook(
      definition,
      ["a", "b"].map { line("1", "2020-01-01T00:00:00Z", "page_view", $0, #""account":"x""#) }
    ).result()
    for name in ["raw.sum", "raw.mean", "raw.back"] {
      #expect(found.cell("x", name, in: "accounts.csv") == "999999999999")
    }
    #expect(
      found.counts.heldAccounts == ["total.s": 1, "raw.sum": 1, "raw.mean": 1, "raw.back": 1])
    #expect(found.counts.heldLeads == ["raw.s": 2])
  }
}
