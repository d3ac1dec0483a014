import Definition
import Notation
import Testing

@Suite struct FreeMailTests {
  @Test("the list has at least 150 domains, each once, in order, as domains of addresses are")
  func domains() {
    #expect(DomainRule.freeMail.count >= 150)
    for (one, next) in zip(DomainRule.freeMail, DomainRule.freeMail.dropFirst()) {
      #expect(one.utf8.lexicographicallyPrecedes(next.utf8), "\(one) before \(next)")
    }
    for domain in DomainRule.freeMail {
      let address = Array("a@\(domain)".utf8)
      let found = address.withUnsafeBufferPointer { mailDomain(of: $0) }
      #expect(found == Array(domain.utf8), "\(domain)")
    }
  }

  @Test(
    "providers that everybody knows and relays are on it, companies are not",
    arguments: [
      ("gmail.com", true), ("outlook.com", true), ("hotmail.com", true), ("yahoo.com", true),
      ("icloud.com", true), ("privaterelay.appleid.com", true), ("gmx.de", true),
      ("mail.ru", true), ("qq.com", true), ("google.com", false), ("apple.com", false),
      ("microsoft.com", false),
    ])
  func listed(domain: String, isOn: Bool) { #expect(DomainRule.freeMail.contains(domain) == isOn) }
}
