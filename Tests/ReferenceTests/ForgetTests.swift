import Testing

@testable import Reference

@Suite struct ForgetTests {
  private func merge(_ id: String, _ time: String, _ lead: String, _ from: String) -> String {
    line(id, time, "merge", lead, "\"from\":\"\(from)\"")
  }

  private func counts(_ lines: [String]) throws -> ReferenceCounts {
    let found = try HandBook(viewing(), lines).result()
    #expect(found.counts.balance)
    return found.counts
  }

  /// Up to the forget's time everything goes, in that very millisecond too; one later, it stays.
  @Test func whatComesLaterStartsAnew() throws {
    let found = try HandBook(
      viewing(),
      [
        line("1", "2026-01-01T00:00:00Z", "page_view", "a"),
        line("2", "2026-01-02T00:00:00.000999Z", "page_view", "a"),
        line("3", "2026-01-02T00:00:00.001Z", "page_view", "a"),
        line("f", "2026-01-02T00:00:00Z", "forget", "a"),
      ]
    ).result()
    #expect(found.counts.erased == 2)
    #expect(found.counts.forgets == 1)
    #expect(found.cell("a", "activities") == "1")
  }

  /// 1 is erased, and so is its copy of later; the copy of 1 under another key is not.
  @Test func laterCopiesGoToo() throws {
    let found = try counts([
      line("1", "2026-01-01T00:00:00Z", "page_view", "a"),
      line("f", "2026-01-02T00:00:00Z", "forget", "a"),
      line("1", "2026-01-03T00:00:00Z", "page_view", "a"),
      line("1", "2026-01-03T00:00:00Z", "page_view", "b"),
      line("2", "2026-01-03T00:00:00Z", "page_view", "a"),
    ])
    #expect(found.erased == 2)
    #expect(found.used == 2)
  }

  // a and b are one before the forget of a; so b's events go, and the merge itself, and a copy of
  // b's event under a. After it a and b are two.
  @Test func theReachGoesThroughMerges() throws {
    let found = try HandBook(
      viewing(),
      [
        line("1", "2026-01-01T00:00:00Z", "page_view", "b"),
        merge("m", "2026-01-01T00:00:00Z", "b", "a"),
        line("f", "2026-01-02T00:00:00Z", "forget", "a"),
        line("1", "2026-01-03T00:00:00Z", "page_view", "a"),
        line("2", "2026-01-03T00:00:00Z", "page_view", "a"),
        line("3", "2026-01-03T00:00:00Z", "page_view", "b"),
      ]
    ).result()
    #expect(found.counts.erased == 3)
    #expect(found.keys() == ["a", "b"])
  }

  /// A merge after the forget does not widen its reach.
  @Test func laterMergesDoNotReachBack() throws {
    let found = try counts([
      line("1", "2026-01-01T00:00:00Z", "page_view", "b"),
      line("f", "2026-01-02T00:00:00Z", "forget", "a"),
      merge("m", "2026-01-03T00:00:00Z", "b", "a"),
    ])
    #expect(found.erased == 0)
    #expect(found.leads == 1)
  }

  /// The first forget erases the merge; the second still reaches b through it.
  @Test func mergesThatAnotherForgetErasesStillReach() throws {
    let found = try counts([
      merge("m", "2026-01-01T00:00:00Z", "a", "b"),
      line("f1", "2026-01-02T00:00:00Z", "forget", "a"),
      line("1", "2026-01-03T00:00:00Z", "page_view", "b"),
      line("f2", "2026-01-04T00:00:00Z", "forget", "a"),
    ])
    #expect(found.erased == 2)
    #expect(found.used == 0)
    #expect(found.leads == 0)
  }

  /// "whatever the as-of": the forget is of April, and erases what is of January and of March;
  /// an event of May is future.
  @Test func aForgetAfterTheAsOfErases() throws {
    let found = try counts([
      line("1", "2026-01-01T00:00:00Z", "page_view", "a"),
      line("2", "2026-03-15T00:00:00Z", "page_view", "a"),
      line("3", "2026-05-01T00:00:00Z", "page_view", "a"),
      line("f", "2026-04-01T00:00:00Z", "forget", "a"),
    ])
    #expect(found.forgets == 1)
    #expect(found.erased == 2)
    #expect(found.future == 1)
  }

  /// "A merge's key is its `lead`": the later copy of an erased id that only comes `from` a stays.
  @Test func theKeyOfAMergeIsItsLead() throws {
    let found = try counts([
      line("1", "2026-01-01T00:00:00Z", "page_view", "a"),
      line("f", "2026-01-02T00:00:00Z", "forget", "a"),
      merge("1", "2026-01-03T00:00:00Z", "b", "a"),
    ])
    #expect(found.erased == 1)
    #expect(found.used == 1)
  }

  /// "a `lead` in it is ignored": an account's profile is never erased.
  @Test func accountProfilesStay() throws {
    let found = try counts([
      line("1", "2026-01-01T00:00:00Z", "account_profile", "a", #""account":"x""#),
      line("f", "2026-01-02T00:00:00Z", "forget", "a"),
    ])
    #expect(found.erased == 0)
    #expect(found.used == 1)
    #expect(found.leads == 0)
    #expect(found.accounts == 1)
  }
}
