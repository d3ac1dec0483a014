import Testing

@testable import Reference

@Suite struct WithdrawTests {
  private func withdraw(
    _ lead: String, _ event: String, _ day: Int = 9, id: String = "w", month: String = "01"
  ) -> String {
    line(id, "2026-\(month)-0\(day)T00:00:00Z", "withdraw", lead, "\"event\":\"\(event)\"")
  }

  private func withdrawOfAccount(_ account: String, _ event: String) -> String {
    #"{"id":"wa","time":"2026-01-09T00:00:00Z","type":"withdraw","account":"\#(account)","#
      + #""event":"\#(event)"}"#
  }

  private func accountMerge(_ id: String, _ day: Int, _ account: String, _ from: String) -> String {
    #"{"id":"\#(id)","time":"2026-01-0\#(day)T00:00:00Z","type":"account_merge","#
      + #""account":"\#(account)","from":"\#(from)"}"#
  }

  private func merge(_ id: String, _ day: Int, _ lead: String, _ from: String) -> String {
    line(id, "2026-01-0\(day)T00:00:00Z", "merge", lead, "\"from\":\"\(from)\"")
  }

  private func view(_ id: String, _ lead: String, _ day: Int = 1, _ rest: String = "") -> String {
    line(id, "2026-01-0\(day)T00:00:00Z", "page_view", lead, rest)
  }

  private func book(_ lines: [String]) throws -> HandResult {
    let found = try HandBook(viewing(), lines).result()
    #expect(found.counts.balance)
    return found
  }

  // Its event, whenever it happened (the copy of day 9 is later than the withdraw), copies too.
  @Test func whatHasThatIdIsAsIfItHadNeverBeenSaid() throws {
    let found = try book([
      view("1", "a"), view("1", "a", 9), view("2", "a"), view("1", "b"), withdraw("a", "1", 5),
    ])
    #expect(found.cell("a", "activities") == "1")
    #expect(found.cell("b", "activities") == "1")
    #expect(found.counts.withdraws == 1)
    #expect(found.counts.withdrawn == 2)
    #expect(found.counts.used == 2)
    #expect(found.counts.duplicates == 0)
    #expect(found.counts.withdrawsWithoutEffect == 0)
  }

  @Test func aWithdrawAfterTheAsOfIsFuture() throws {
    let found = try book([view("1", "a"), withdraw("a", "1", month: "04")])
    #expect(found.counts.future == 1)
    #expect(found.counts.withdraws == 0)
    #expect(found.cell("a", "activities") == "1")
  }

  @Test func aWithdrawMeetsByTheFinalLead() throws {
    let found = try book([
      view("1", "b"), view("2", "a"), merge("m", 2, "a", "b"), withdraw("a", "1"),
    ])
    #expect(found.cell("a", "activities") == "1")
  }

  // The wrong merge goes; then a and b are two, and the withdraw of an event of b under a meets
  // nothing. The merge is named by its own lead, a, not by the final name c.
  @Test func aMergeIsWithdrawnByItsOwnLead() throws {
    let lines = [view("1", "b"), merge("m", 1, "a", "b"), merge("n", 2, "c", "a")]
    #expect(try book(lines).keys() == ["c"])
    let found = try book(lines + [withdraw("a", "m"), withdraw("a", "1", id: "w2")])
    #expect(found.keys() == ["b", "c"])
    #expect(found.counts.withdrawn == 1)
    #expect(found.counts.withdrawsWithoutEffect == 1)
    // By the final name it is not: no event of c but a merge has the id.
    let byFinal = try book(lines + [withdraw("c", "m")])
    #expect(byFinal.keys() == ["c"])
    #expect(byFinal.counts.withdrawsWithoutEffect == 1)
  }

  @Test func forgetsAndWithdrawsCannotBeWithdrawn() throws {
    let found = try book([
      view("1", "a"), line("f", "2026-01-02T00:00:00Z", "forget", "a"), withdraw("a", "f", 3),
      view("2", "a", 3), withdraw("a", "2", 4, id: "w2"), withdraw("a", "w2", 5, id: "w3"),
    ])
    #expect(found.counts.erased == 1)
    #expect(found.counts.withdrawn == 1)
    #expect(found.counts.withdraws == 3)
    #expect(found.counts.withdrawsWithoutEffect == 2)
    #expect(found.counts.leads == 0)
  }

  // The withdraw of day 1 is erased with all of a's; the copy of it on day 3 is a later copy of an
  // erased id, and erased as well. So the view of day 4 stays.
  @Test func aForgetErasesWithdraws() throws {
    let found = try book([
      withdraw("a", "2", 1), line("f", "2026-01-02T00:00:00Z", "forget", "a"),
      withdraw("a", "2", 3), view("2", "a", 4),
    ])
    #expect(found.counts.erased == 2)
    #expect(found.cell("a", "activities") == "1")
  }

  // A withdraw of later than the forget, and after the as-of, keeps the merge from joining where the
  // forget reaches. The merge names a as `from`: it is erased, b's view is not.
  @Test func mergesThatAnyWithdrawNamesDoNotJoinForAForget() throws {
    let lines = [
      view("1", "b"), merge("m", 1, "b", "a"), line("f", "2026-01-02T00:00:00Z", "forget", "a"),
    ]
    #expect(try book(lines).counts.erased == 2)
    let found = try book(lines + [withdraw("b", "m", month: "05")])
    #expect(found.counts.erased == 1)
    #expect(found.cell("b", "activities") == "1")
    // By another lead it is not named.
    #expect(try book(lines + [withdraw("a", "m", month: "05")]).counts.erased == 2)
  }

  // What an unknown segment has is in no count; its forgets, merges and withdraws reach.
  @Test func unknownSegmentsOnlyHelpToFindWhatForgetsReach() throws {
    var hand = HandBook(viewing(), [view("1", "a"), view("2", "b"), view("3", "c")])
    hand.unknown = [
      line("f", "2026-01-05T00:00:00Z", "forget", "a"), merge("m", 2, "b", "a"),
      merge("n", 2, "c", "a"), withdraw("c", "n"), view("4", "a"), "nonsense",
    ]
    let found = try hand.result()
    #expect(found.counts.read == 3)
    #expect(found.counts.forgets == 0)
    #expect(found.counts.erased == 2)
    #expect(found.counts.withdraws == 0)
    #expect(found.counts.refused == [:])
    #expect(found.keys() == ["c"])
    #expect(found.counts.balance)
  }

  @Test func withNeitherLeadNorAccountItIsRefused() throws {
    let start = #"{"id":"w","time":"2026-01-01T00:00:00Z","type":"withdraw","#
    let found = try book([
      start + #""event":"1"}"#, start + #""lead":5,"account":"","event":"1"}"#,
      start + #""lead":"","account":"x","event":"1"}"#,
      start + #""lead":"\#(String(repeating: "l", count: 257))","account":"x","event":"1"}"#,
      start + #""lead":"a","event":""}"#, start + #""lead":"a","event":5}"#,
      start + #""lead":"a","event":"\#(String(repeating: "e", count: 129))"}"#,
      start + #""lead":5,"account":"x","event":"\#(String(repeating: "e", count: 128))"}"#,
    ])
    #expect(found.counts.refused == ["lead": 4, "event": 3])
    #expect(found.counts.withdraws == 1)
  }

  // beta's profile of day 2 is withdrawn by the account's final name alpha; with both members a
  // withdraw is about the lead.
  @Test func withAnAccountAndNoLeadItIsAboutTheAccount() throws {
    let profile = line(
      "p", "2026-01-02T00:00:00Z", "account_profile", "", #""account":"beta","fields":{"size":1}"#)
    let lines = [
      view("p", "a", 1, #""account":"alpha""#), profile, accountMerge("m", 1, "alpha", "beta"),
    ]
    let found = try book(lines + [withdrawOfAccount("alpha", "p")])
    #expect(found.counts.withdrawn == 1)
    #expect(found.cell("a", "activities") == "1")
    let withdrawal = line(
      "w", "2026-01-03T00:00:00Z", "withdraw", "a", #""account":"alpha","event":"p""#)
    let both = try book(lines + [withdrawal])
    #expect(both.counts.withdrawn == 1)
    #expect(both.counts.leads == 0)
    #expect(both.keys("accounts.csv") == ["alpha"])
  }

  @Test func twoAccountsAreOneNamedAsMergedLeadsAre() throws {
    let lines = [
      view("1", "a", 1, #""account":"alpha""#), view("2", "b", 1, #""account":"beta""#),
      accountMerge("m", 1, "alpha", "beta"), accountMerge("n", 2, "gamma", "alpha"),
    ]
    let found = try book(lines)
    #expect(found.keys("accounts.csv") == ["gamma"])
    #expect(found.cell("gamma", "leads", in: "accounts.csv") == "2")
    #expect(found.cell("a", "account") == "gamma")
    #expect(found.counts.used == 4)
    // A cycle is named by the latest, a merge with itself joins and names nothing.
    let cycle = try book(
      lines + [accountMerge("o", 3, "beta", "gamma"), accountMerge("p", 4, "alpha", "alpha")])
    #expect(cycle.keys("accounts.csv") == ["beta"])
    // A withdraw names the merge by its own account.
    let withdrawn = try book(lines + [withdrawOfAccount("gamma", "n")])
    #expect(withdrawn.keys("accounts.csv") == ["alpha"])
  }

  @Test func anAccountMergeAloneMakesNoRow() throws {
    let found = try book([
      accountMerge("m", 1, "alpha", "beta"),
      #"{"id":"n","time":"2026-01-01T00:00:00Z","type":"account_merge","account":"x","lead":"a","#
        + #""from":"y","fields":{"size":1}}"#,
      line("f", "2026-01-02T00:00:00Z", "forget", "a"),
    ])
    #expect(found.keys("accounts.csv") == [])
    #expect(found.counts.leads == 0)
    #expect(found.counts.used == 2)
  }

  // Profile and account merge of one id under one final account: two events of which one stays.
  @Test func accountMergesAndProfilesOfOneIdAreDuplicates() throws {
    let found = try book([
      accountMerge("m", 1, "alpha", "beta"),
      line("m", "2026-01-02T00:00:00Z", "account_profile", "", #""account":"beta""#),
    ])
    #expect(found.counts.duplicates == 1)
    #expect(found.counts.conflicts == 1)
    #expect(found.keys("accounts.csv") == [])
  }
}
