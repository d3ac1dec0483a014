import Notation
import Testing

@Suite struct MailDomainTests {
  private func domain(_ address: String) -> String? {
    Array(address.utf8).withUnsafeBufferPointer {
      mailDomain(of: $0).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  @Test("a domain is what follows the last @, folded, without white space and dots at its ends")
  func domains() {
    #expect(domain("jane@Acme.com") == "acme.com")
    #expect(domain("a@b@sub.acme.com") == "sub.acme.com")
    #expect(domain("a@\t. acme.com . ") == "acme.com")
    #expect(domain("a@\u{A0}.\u{3000}acme.com.\u{200B}. ") == "acme.com")
    #expect(domain("@x-1.y") == "x-1.y")
    #expect(domain("a@Über.DE") == "über.de")
    // The Kelvin sign folds to a k.
    #expect(domain("a@\u{212A}.de") == "k.de")
  }

  @Test(
    "without an @, without a dot in it, or with another ASCII character there is none",
    arguments: [
      "acme.com", "", "a@", "a@acme", "a@..", "a@.acme.", "a@x_y.com", "a@x y.com", "a@x.com@",
      "a@x.c+m", "a@x,y.com", "a@ü_x.de", "a@ü x.de", "a@ü",
    ])
  func none(address: String) { #expect(domain(address) == nil) }
}
