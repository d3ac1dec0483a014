import Definition
import Notation
import Reading
import Tables
import Workers

extension Definition {
  /// The domains that may be accounts of leads in some sheets though no event says so.
  package func mailDomains(in sheets: [Sheet], jobs: Int) throws -> Set<[UInt8]> {
    guard let rule = domainRule else { return [] }
    let attributes = attributes
    let found = Slots<Set<[UInt8]>>(sheets.count)
    try parallel(sheets.count, jobs: jobs) { number in
      var domains: Set<[UInt8]> = []
      sheets[number].forEachAddress(of: rule, attributes) { address in
        if let domain = mailDomain(of: address) { domains.insert(domain) }
      }
      found[number] = domains.filter(rule.allows)
    }
    return found.elements.reduce(into: []) { $0.formUnion($1) }
  }
}

extension Sheet {
  /// Calls back with all texts that may have a domain by a rule.
  ///
  /// `attributes`: those that the sheet was read with, in the order of their numbers.
  fileprivate func forEachAddress(
    of rule: DomainRule, _ attributes: [String],
    _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    for source in rule.sources {
      switch source {
      case .attribute(let name):
        guard let index = attributes.firstIndex(of: name) else { continue }
        for case .text(let text) in values(ofAttribute: index) {
          Array(text.utf8).withUnsafeBufferPointer { body($0) }
        }
      case .lead:
        for number in 0..<keyCount {
          let key = key(number)
          if key.first != Sheet.accountMark { body(key) }
        }
      }
    }
  }
}
