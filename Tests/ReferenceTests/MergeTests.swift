import Testing

@testable import Reference

@Suite struct MergeTests {
  private func merge(_ id: String, _ time: String, _ lead: String, _ from: String) -> String {
    line(id, time, "merge", lead, "\"from\":\"\(from)\"")
  }

  private func names(_ lines: [String]) throws -> [String] {
    try HandBook(viewing(), lines).result().keys()
  }

  // a→b on the 1st, b→c on the 2nd: all three are c. What happened before the merges counts too.
  @Test func aChainIsOneLead() throws {
    let found = try HandBook(
      viewing(),
      [
        line("1", "2026-01-01T00:00:00Z", "page_view", "a"),
        line("2", "2026-01-05T00:00:00Z", "page_view", "b"),
        merge("m1", "2026-01-01T00:00:00Z", "b", "a"),
        merge("m2", "2026-01-02T00:00:00Z", "c", "b"),
      ]
    ).result()
    #expect(found.keys() == ["c"])
    #expect(found.cell("c", "activities") == "2")
    #expect(found.counts.used == 4)
  }

  // a→b, b→c, c→a: the latest says a. Where the latest is the first one again in another place of
  // the log, its time decides, not its place.
  @Test func aCycleIsNamedByItsLatestMerge() throws {
    #expect(
      try names([
        merge("m3", "2026-01-03T00:00:00Z", "a", "c"),
        merge("m1", "2026-01-01T00:00:00Z", "b", "a"),
        merge("m2", "2026-01-02T00:00:00Z", "c", "b"),
      ]) == ["a"])
  }

  /// In one millisecond the later place in the log is the later merge.
  @Test func aTieGoesToTheLaterPlace() throws {
    #expect(
      try names([
        merge("m1", "2026-01-01T00:00:00.0001Z", "b", "a"),
        merge("m2", "2026-01-01T00:00:00.0000Z", "a", "b"),
      ]) == ["a"])
  }

  // b→c names the group c, then a copy of a→b comes: it counts as the first, so c stays. Were it
  // another merge of the same id, it would name.
  @Test func aCopyCountsOnceAsTheFirst() throws {
    let lines = [
      merge("m1", "2026-01-01T00:00:00Z", "b", "a"),
      merge("m2", "2026-01-02T00:00:00Z", "c", "b"),
    ]
    let copied = try HandBook(
      viewing(), lines + [merge("m1", "2026-01-03T00:00:00Z", "b", "a")]
    ).result()
    #expect(copied.keys() == ["c"])
    #expect(copied.counts.duplicates == 1)
    #expect(copied.counts.conflicts == 0)
    #expect(try names(lines + [merge("m4", "2026-01-03T00:00:00Z", "b", "a")]) == ["b"])
  }

  // "A merge of a key with itself joins and names nothing": b stays the name, of the merge before.
  @Test func aMergeOfAKeyWithItselfNamesNothing() throws {
    #expect(
      try names([
        merge("m1", "2026-01-01T00:00:00Z", "b", "a"),
        merge("m2", "2026-01-02T00:00:00Z", "a", "a"),
      ]) == ["b"])
    #expect(try names([merge("m1", "2026-01-01T00:00:00Z", "x", "x")]) == ["x"])
  }

  /// After the as-of a merge does not exist: two leads, one future event.
  @Test func afterTheAsOfNothingIsJoined() throws {
    let found = try HandBook(
      viewing(),
      [
        line("1", "2026-01-01T00:00:00Z", "page_view", "a"),
        line("2", "2026-01-01T00:00:00Z", "page_view", "b"),
        merge("m1", "2026-03-01T00:00:00.001Z", "b", "a"),
      ]
    ).result()
    #expect(found.keys() == ["a", "b"])
    #expect(found.counts.future == 1)
  }

  /// The same id under two keys is two events, and one when they are merged.
  @Test func duplicatesAreSoughtUnderTheFinalName() throws {
    let lines = [
      line("1", "2026-01-01T00:00:00Z", "page_view", "a"),
      line("1", "2026-01-02T00:00:00Z", "page_view", "b"),
    ]
    #expect(try HandBook(viewing(), lines).result().counts.duplicates == 0)
    let merged = try HandBook(
      viewing(), lines + [merge("m1", "2026-01-03T00:00:00Z", "b", "a")]
    ).result()
    #expect(merged.counts.duplicates == 1)
    #expect(merged.cell("b", "first_seen") == "2026-01-01T00:00:00.000Z")
    #expect(merged.cell("b", "activities") == "1")
  }
}
