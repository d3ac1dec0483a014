import Definition
import Notation
import Reading

/// Which merges join, and which are held back.
package struct MergeRules: Sendable, Hashable {
  fileprivate let keepsFirst: Bool
  /// Patterns of keys that no merge joins.
  private let never: [Glob]

  /// All merges join.
  package static let all = MergeRules(IdentityRules(), .exact)

  package init(_ definition: Definition) {
    self.init(definition.identity, definition.reading.leadKeys)
  }

  /// `form`: how keys are seen, and patterns of them alike.
  package init(_ rules: IdentityRules, _ form: KeyForm) {
    keepsFirst = rules.keepsFirst
    never = rules.never.map { Glob(String(decoding: form.key(Array($0.utf8)), as: UTF8.self)) }
  }

  /// Whether a merge of a key of a lead is always held back.
  fileprivate func isNever(_ key: [UInt8]) -> Bool {
    if never.isEmpty { return false }
    return key.withUnsafeBufferPointer { key in never.contains { $0.matches(key) } }
  }
}

/// A merge of two keys by their numbers.
package protocol KeyMerge {
  /// That of its id.
  var identity: UInt64 { get }
  /// The key that stays, and the one that joins it.
  var lead: Int { get }
  var from: Int { get }
}

/// Tells of merges, one after the other, which join.
///
/// Whether one does is a matter of those before it alone.
package struct MergeSieve: Sendable {
  private let keepsFirst: Bool
  private let isNever: [Bool]
  private let isAccount: [Bool]

  /// `names`: those of all keys, by number.
  package init(_ rules: MergeRules, names: [[UInt8]]) {
    keepsFirst = rules.keepsFirst
    isAccount = names.map { $0.first == Sheet.accountMark }
    isNever = names.map { $0.first != Sheet.accountMark && rules.isNever($0) }
  }

  /// `merges`: in the order of events.
  ///
  /// Returns those that join, and how many the definition holds back; of copies (the same id and keys) the first
  /// counts.
  package func joining<Merge: KeyMerge>(
    _ merges: some Sequence<Merge>
  ) -> (merges: [Merge], heldBack: Int) {
    var seen: Set<MergeIdentity> = []
    var firsts: [Int: Int] = [:]
    var joining: [Merge] = []
    var heldBack = 0
    for merge in merges {
      let identity = MergeIdentity(id: merge.identity, lead: merge.lead, from: merge.from)
      guard merge.lead != merge.from, seen.insert(identity).inserted else { continue }
      if !isAccount[merge.lead] {
        let isTaken = keepsFirst && firsts[merge.from].map { $0 != merge.lead } ?? false
        if isTaken || isNever[merge.lead] || isNever[merge.from] {
          heldBack += 1
          continue
        }
        if keepsFirst { firsts[merge.from] = merge.lead }
      }
      joining.append(merge)
    }
    return (joining, heldBack)
  }
}

/// What copies of a merge have in common.
private struct MergeIdentity: Hashable {
  var id: UInt64
  var lead: Int
  var from: Int
}
