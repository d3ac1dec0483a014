import Testing

@testable import Reference

@Suite struct DomainTests {
  private let day = "2026-01-01T00:00:00Z"

  private func book(_ rule: String, _ lines: [String]) throws -> HandResult {
    try HandBook(viewing("accounts: { from_domain: { \(rule) } }"), lines).result()
  }

  /// The account of a lead of that key.
  private func account(_ lead: String, _ rule: String = "of: [lead]") throws -> String? {
    let found = try book(rule, [line("1", day, "page_view", lead)])
    return found.rows("leads.csv").last?[1]
  }

  @Test func itIsWhatFollowsTheLastAtFoldedAndWithoutSpaceAndDotsAtTheEnds() throws {
    #expect(try account("jane@Acme.com") == "acme.com")
    #expect(try account("a@b@sub.acme.com") == "sub.acme.com")
    #expect(try account("a@ . acme.com.\u{200B}. ") == "acme.com")
    #expect(try account("a@Über.DE") == "über.de")
    #expect(try account("@x-1.y") == "x-1.y")
  }

  @Test func withoutADotOrWithOtherCharactersItIsNone() throws {
    for lead in ["jane", "a@acme", "a@", "a@..", "a@x_y.com", "a@x y.com", "a@x.com@", "a@x.c+m"] {
      #expect(try account(lead) == "", "\(lead)")
    }
  }

  @Test func exceptHasPatternsAndTheListFreeMail() throws {
    #expect(try account("a@uni.EDU", #"of: [lead], except: ["*.edu"]"#) == "")
    #expect(try account("a@GMAIL.com.", "of: [lead], except: [free-mail]") == "")
    #expect(try account("a@gmail.com", #"of: [lead], except: ["*.edu"]"#) == "gmail.com")
    #expect(try account("a@mail.gmail.com", "of: [lead], except: [free-mail]") == "mail.gmail.com")
  }

  // The attribute is free mail, and gives none: so the key does.
  @Test func theFirstSubjectThatGivesOneCounts() throws {
    let rule = "of: [attribute.email, lead], except: [free-mail]"
    func account(_ email: String) throws -> String? {
      let fields = "\"fields\":{\"email\":\(email)}"
      return try book(rule, [line("1", day, "profile", "a@key.org", fields)])
        .cell("a@key.org", "account")
    }
    #expect(try account(#""x@acme.com""#) == "acme.com")
    #expect(try account(#""x@gmail.com""#) == "key.org")
    #expect(try account("5") == "key.org")
  }

  // b has an account by an event, c by its domain, which a merge of accounts joins to it; both have
  // the attribute of the account. c's account has an e-mail, which is not c's own.
  @Test func onlyALeadToWhichNoEventGivesAnAccountHasOneByItsDomain() throws {
    let found = try book(
      "of: [attribute.email, lead]",
      [
        line("1", day, "page_view", "b@other.org", #""account":"acme""#),
        line("2", day, "page_view", "c@acme.com"),
        line("3", day, "outcome", "c@acme.com", #""outcome":"won","account":"x""#),
        #"{"id":"m","time":"2026-01-01T00:00:00Z","type":"account_merge","account":"acme","#
          + #""from":"acme.com"}"#,
        line(
          "4", day, "account_profile", "",
          #""account":"acme.com","fields":{"email":"boss@elsewhere.org"}"#),
      ])
    #expect(found.cell("b@other.org", "account") == "acme")
    #expect(found.cell("c@acme.com", "account") == "acme")
    #expect(found.keys("accounts.csv") == ["acme"])
    #expect(found.cell("acme", "leads", in: "accounts.csv") == "2")
  }
}
