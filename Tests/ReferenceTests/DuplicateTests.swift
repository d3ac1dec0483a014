import Testing

@testable import Reference

@Suite struct DuplicateTests {
  private func counts(_ lines: [String]) throws -> ReferenceCounts {
    try HandBook(viewing(), lines).result().counts
  }

  private let day = "2026-01-01T00:00:00Z"

  /// Another time or path makes no other interactions: a duplicate, no conflict.
  @Test func aDuplicateThatSaysTheSame() throws {
    let found = try counts([
      line("1", day, "page_view", "a"),
      line("1", "2026-01-02T00:00:00Z", "page_view", "a", #""path":"/x""#),
    ])
    #expect(found.duplicates == 1)
    #expect(found.conflicts == 0)
  }

  /// `open` is an occurrence of another interaction; `search` and `email_click` of none, so those
  /// two do not conflict; a profile is one of the five types, a search is none.
  @Test func conflicts() throws {
    #expect(
      try counts([line("1", day, "page_view", "a"), line("1", day, "open", "a")]).conflicts == 1)
    #expect(
      try counts([line("1", day, "search", "a"), line("1", day, "email_click", "a")]).conflicts == 0
    )
    #expect(
      try counts([line("1", day, "search", "a"), line("1", day, "profile", "a")]).conflicts == 1)
  }

  /// The first by time stays, wherever it stands; in one millisecond the first in the log, by the
  /// byte order of the segments: "B" is before "a".
  @Test func theFirstInOrderStays() throws {
    var book = HandBook(viewing(), [])
    book.segments = [
      ("a.ndjson", Array(line("1", "2026-01-01T00:00:00.0009Z", "open", "x").utf8)),
      ("B.ndjson", Array(line("1", "2026-01-01T00:00:00Z", "page_view", "x").utf8)),
    ]
    #expect(try book.result().tally("x", "view") == "1")
    book.segments[0].path = "A.ndjson"
    #expect(try book.result().tally("x", "open") == "1")
  }

  /// Profiles of two accounts may share an id, and an id with a lead's event.
  @Test func accountsHaveIdsOfTheirOwn() throws {
    let found = try counts([
      line("1", day, "account_profile", "a", #""account":"x""#),
      line("1", day, "account_profile", "a", #""account":"y""#),
      line("1", day, "account_profile", "a", #""account":"y""#),
      line("1", day, "page_view", "a"),
    ])
    #expect(found.duplicates == 1)
    #expect(found.used == 3)
  }
}
