import Testing

@testable import Reference

@Suite struct IdentityTests {
  private func merge(_ id: String, _ day: Int, _ lead: String, _ from: String) -> String {
    line(id, "2026-01-0\(day)T00:00:00Z", "merge", lead, "\"from\":\"\(from)\"")
  }

  private func book(_ identity: String, _ lines: [String]) throws -> HandResult {
    let found = try HandBook(viewing("identity: " + identity), lines).result()
    #expect(found.counts.balance)
    return found
  }

  // The shared computer c was ann's first; bob's merge of it joins nothing, and names nothing.
  @Test func aSharedComputerStaysWithWhomItWasFirstKnown() throws {
    let found = try book(
      "{ merges: keep-first }",
      [merge("1", 1, "ann", "c"), merge("2", 2, "bob", "c"), merge("3", 3, "ann", "c")])
    #expect(found.keys() == ["ann", "bob"])
    #expect(found.counts.notJoined == 1)
    #expect(found.counts.largestGroups == [ReferenceGroup(lead: "ann", keys: 2)])
  }

  // Leads are compared as keys: ann and eve are one already, and yet eve's merge of c is held back.
  @Test func anotherLeadIsToldByItsKey() throws {
    let found = try book(
      "{ merges: keep-first }",
      [merge("1", 1, "eve", "ann"), merge("2", 2, "ann", "c"), merge("3", 3, "eve", "c")])
    #expect(found.counts.notJoined == 1)
    // The latest that joined is the second.
    #expect(found.keys() == ["ann"])
  }

  // ann's merge of c never joined, so it does not stand in bob's way.
  @Test func onlyAMergeThatJoinedStandsInAnothersWay() throws {
    let found = try book(
      "{ merges: keep-first, never: [ANN] }",
      [merge("1", 1, "ann", "c"), merge("2", 2, "bob", "c"), merge("2b", 2, "cyd", "c")])
    #expect(found.keys() == ["ann", "bob", "cyd"])
    #expect(found.counts.notJoined == 2)
    #expect(found.counts.largestGroups == [ReferenceGroup(lead: "bob", keys: 2)])
  }

  @Test func aMergeOfWhichEitherKeyMatchesAPatternJoinsNothing() throws {
    let found = try book(
      #"{ never: ["info@*"] }"#,
      [
        merge("1", 1, "ann", "INFO@x"), merge("2", 2, "info@y", "bob"), merge("3", 3, "ann", "bob"),
      ])
    #expect(found.counts.notJoined == 2)
    #expect(found.keys() == ["ann", "info@y"])
  }

  @Test func copiesOfAMergeHeldBackAreCountedOnce() throws {
    let found = try book(
      "{ never: [a] }", [merge("1", 1, "a", "b"), merge("1", 2, "a", "b"), merge("2", 3, "a", "b")])
    #expect(found.counts.notJoined == 2)
  }

  @Test func aMergeOfAKeyWithItselfIsNotHeldBackAndNamesNothing() throws {
    let found = try book(
      "{ merges: keep-first }",
      [merge("1", 1, "b", "a"), merge("2", 2, "a", "a"), merge("3", 3, "c", "a")])
    #expect(found.counts.notJoined == 1)
    #expect(found.keys() == ["b", "c"])
  }

  // Patterns are treated as keys: " Info+1@X " is info@x under `email`.
  @Test func patternsOfNeverAreTreatedAsKeys() throws {
    let found = try HandBook(
      viewing("keys: { leads: email }\nidentity: { never: [\" Info+1@X \"] }"),
      [merge("1", 1, "a", "info+9@x")]
    ).result()
    #expect(found.counts.notJoined == 1)
  }

  // A forget reaches by the merges that join: b is not reached through the merge held back. The
  // merge that names a as `from` goes, and its copy of later, which stands under b, stays.
  @Test func aForgetReachesByTheMergesThatJoin() throws {
    let found = try book(
      "{ never: [b] }",
      [
        line("1", "2026-01-01T00:00:00Z", "page_view", "b"), merge("m", 1, "b", "a"),
        line("f", "2026-01-02T00:00:00Z", "forget", "a"), merge("m", 3, "b", "a"),
        line("m", "2026-01-03T00:00:00Z", "page_view", "a"),
      ])
    #expect(found.counts.erased == 1)
    #expect(found.counts.used == 3)
  }

  // Of three groups: x of 3 keys, then a and b of 2, by their key bytes; d of one key is none.
  @Test func theLargestGroupsAreByKeysThenByKeyBytes() throws {
    let found = try HandBook(
      viewing("exclude: { lead: a }"),
      [
        merge("1", 1, "b", "b2"), merge("2", 1, "a", "a2"), merge("3", 1, "x", "x2"),
        merge("4", 1, "x", "x3"), line("5", "2026-01-01T00:00:00Z", "page_view", "d"),
        merge("6", 1, "B", "b3"),
      ]
    ).result()
    // "those of excluded leads left out"
    #expect(
      found.counts.largestGroups == [
        ReferenceGroup(lead: "x", keys: 3), ReferenceGroup(lead: "B", keys: 2),
        ReferenceGroup(lead: "b", keys: 2),
      ])
  }
}
