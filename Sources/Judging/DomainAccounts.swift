import Definition
import Notation

/// The accounts of leads to which no event gives one, by the domains of addresses.
final class DomainAccounts: Sendable {
  /// By source, the account of each value of its attribute, or absent; nil for the lead's key.
  private let byValue: [(attribute: Int, accounts: [Int64])?]
  private let byDomain: [[UInt8]: Int]
  private let rule: DomainRule

  /// `attributes`: in the order of their cells.
  init(_ rule: DomainRule, attributes: [String], _ values: LogValues) {
    self.rule = rule
    let byDomain = values.domainAccounts.filter { rule.allows($0.key) }
    self.byDomain = byDomain
    byValue = rule.sources.map { source in
      guard case .attribute(let name) = source, let index = attributes.firstIndex(of: name) else {
        return nil
      }
      let accounts = values.attributes[index].map { value -> Int64 in
        guard case .text(let text) = value else { return LeadLayout.absent }
        return Array(text.utf8).withUnsafeBufferPointer { DomainAccounts.account(of: $0, byDomain) }
      }
      return (index, accounts)
    }
  }

  /// Returns the account of the first source that gives one, before merges of accounts, and which source it is.
  ///
  /// `attributes`: the cells of the lead's own.
  func find(
    key: UnsafeBufferPointer<UInt8>, attributes: UnsafePointer<Int64>
  ) -> (account: Int64, source: DomainRule.Source)? {
    for (index, values) in byValue.enumerated() {
      let account: Int64
      if let values {
        let value = attributes[values.attribute]
        account = value == LeadLayout.absent ? value : values.accounts[Int(value)]
      } else {
        account = DomainAccounts.account(of: key, byDomain)
      }
      if account != LeadLayout.absent { return (account, rule.sources[index]) }
    }
    return nil
  }

  /// The account that a lead's key gives it where no source before does; nil without one.
  func account(ofKey key: UnsafeBufferPointer<UInt8>) -> Int? {
    guard byValue.contains(where: { $0 == nil }) else { return nil }
    return mailDomain(of: key).flatMap { byDomain[$0] }
  }

  /// The same of a value of an attribute.
  func account(ofAttribute attribute: Int, value: Int) -> Int? {
    for case let values? in byValue where values.attribute == attribute {
      let account = values.accounts[value]
      return account == LeadLayout.absent ? nil : Int(account)
    }
    return nil
  }

  private static func account(
    of address: UnsafeBufferPointer<UInt8>, _ byDomain: [[UInt8]: Int]
  ) -> Int64 {
    mailDomain(of: address).flatMap { byDomain[$0] }.map { Int64($0) } ?? LeadLayout.absent
  }
}

extension Judge {
  /// A lead to which no event gives an account has that of a domain.
  @inline(__always)
  func takeDomain(
    _ key: UnsafeBufferPointer<UInt8>, _ accounts: AccountAttributes,
    _ cells: UnsafeMutablePointer<Int64>
  ) {
    if usesDomains { cells[layout.account] = account(key, accounts, cells) }
  }

  /// The account that a lead's cells name, else that of a domain.
  @inline(__always)
  func account(
    _ key: UnsafeBufferPointer<UInt8>, _ accounts: AccountAttributes,
    _ cells: UnsafePointer<Int64>
  ) -> Int64 {
    let account = cells[layout.account]
    return account == LeadLayout.absent && usesDomains
      ? accountOfDomain(key, accounts, cells + layout.attributes) : account
  }

  @inline(never)
  private func accountOfDomain(
    _ key: UnsafeBufferPointer<UInt8>, _ accounts: AccountAttributes,
    _ attributes: UnsafePointer<Int64>
  ) -> Int64 {
    domains?.find(key: key, attributes: attributes).map { accounts.final($0.account) }
      ?? LeadLayout.absent
  }

  /// An account, before merges of accounts, that a lead's key may give it; nil without one.
  package func domainAccount(ofKey key: UnsafeBufferPointer<UInt8>) -> Int? {
    domains?.account(ofKey: key)
  }

  /// The same of a value of an attribute, both by their numbers.
  package func domainAccount(ofAttribute attribute: Int, value: Int) -> Int? {
    domains?.account(ofAttribute: attribute, value: value)
  }

  /// The account of a lead by what it did, before it is judged.
  package func account(of history: LeadHistory, _ accounts: AccountAttributes) -> Int64? {
    history.lastAccount
      ?? domain(of: history, key: history.key).map { accounts.final($0.account) }
  }

  /// What a lead's account is the domain of; nil where an event gives it one, or nothing does.
  package func domainSource(of history: LeadHistory, key: [UInt8]) -> DomainRule.Source? {
    if history.lastAccount != nil { return nil }
    return key.withUnsafeBufferPointer { domain(of: history, key: $0)?.source }
  }

  private func domain(
    of history: LeadHistory, key: UnsafeBufferPointer<UInt8>
  ) -> (account: Int64, source: DomainRule.Source)? {
    guard let domains else { return nil }
    // One cell more, so that there is an address even without attributes.
    return withUnsafeTemporaryAllocation(of: Int64.self, capacity: attributeCount + 1) { cells in
      cells.initialize(repeating: LeadLayout.absent)
      let attributes = cells.baseAddress.unsafelyUnwrapped
      attributeCells(of: history, into: attributes)
      return domains.find(key: key, attributes: attributes)
    }
  }
}

extension LeadHistory {
  /// The account that was named last.
  fileprivate var lastAccount: Int64? {
    for index in stride(from: count - 1, through: 0, by: -1) {
      let event = events[index]
      for place in stride(from: Int(event.factEnd) - 1, through: Int(event.factStart), by: -1)
      where facts[place].kind == .account {
        return Int64(facts[place].payload)
      }
    }
    return nil
  }
}
