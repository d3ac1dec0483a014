import Notation
import Vocabulary

/// How a lead to which no event gives an account comes to one: it is that of the domain of an address.
package struct DomainRule: Sendable, Equatable {
  /// What may have an address.
  package enum Source: Sendable, Hashable {
    case attribute(String)
    /// The lead's final key.
    case lead
  }

  /// The first of them that gives a domain counts.
  package var sources: [Source]
  /// Domains that are no account's.
  package var except: [Glob]
  /// Whether those of `freeMail` are none either.
  package var exceptsFreeMail: Bool

  /// Whether a domain is an account's.
  package func allows(_ domain: [UInt8]) -> Bool {
    if exceptsFreeMail, freeMailSet.contains(domain) { return false }
    return domain.withUnsafeBufferPointer { bytes in !except.contains { $0.matches(bytes) } }
  }

  /// The attributes that it asks for.
  var attributes: [String] {
    sources.compactMap { if case .attribute(let name) = $0 { name } else { nil } }
  }
}

private let freeMailSet = Set(DomainRule.freeMail.map { Array($0.utf8) })

extension DomainRule {
  /// The built-in list, in the order of bytes.
  package static let freeMail = freeMailDomains
  /// The same, one a line, as it is printed and hashed.
  package static let freeMailText = freeMail.map { $0 + "\n" }.joined()
}

extension DomainRule.Source {
  /// As a definition has it.
  package var name: String {
    switch self {
    case .attribute(let name): "attribute.\(name)"
    case .lead: "lead"
    }
  }
}

extension Definition {
  /// The text of the list `free-mail`, where it is named.
  package var freeMail: String? {
    domainRule?.exceptsFreeMail == true ? DomainRule.freeMailText : nil
  }
}
