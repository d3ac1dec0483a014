import Definition
import Engine
import Identity
import Reading

/// Which leads come together, and which apart, where two definitions do not have the same spellings for one key, or
/// the same merges join.
struct Regrouping {
  var together = ReplayReport.LeadCount()
  var apart = ReplayReport.LeadCount()

  /// Nil where both have the same.
  init?(before: GatheredLog, after: GatheredLog) {
    let (old, new) = (before.form, after.form)
    if old == new, before.judge.definition.identity == after.judge.definition.identity {
      return nil
    }
    // The finer of both has all spellings apart that the other sees as one.
    let isFinerBefore = KeyForm.fineness(old) <= KeyForm.fineness(new)
    let (fine, coarse) = isFinerBefore ? (before, after) : (after, before)
    var meetings = Meetings(fine, coarse)
    meetings.drop(unknownIn: fine, \.fine)
    meetings.drop(unknownIn: coarse, \.coarse)
    let (joined, parted) = (meetings.count(\.coarse), meetings.count(\.fine))
    (together, apart) = isFinerBefore ? (joined, parted) : (parted.turned, joined.turned)
  }
}

extension ReplayReport.LeadCount {
  init() { self.init(before: 0, after: 0) }

  fileprivate var turned: Self { Self(before: after, after: before) }
}

extension GatheredLog {
  fileprivate var form: KeyForm { judge.definition.reading.leadKeys }
}

extension KeyForm {
  fileprivate static func fineness(_ form: KeyForm) -> Int { allCases.firstIndex(of: form) ?? 0 }
}

/// Leads under two definitions that have keys in common.
private struct Meetings {
  struct Pair: Hashable {
    var fine: [UInt8]
    var coarse: [UInt8]
  }

  /// Of those alone of which one side has several for one of the other.
  private var pairs: Set<Pair> = []

  init(_ fine: GatheredLog, _ coarse: GatheredLog) {
    let (finer, others) = (LeadNames(fine), LeadNames(coarse))
    let form = coarse.judge.definition.reading.leadKeys
    // Of the same sheets a key stands at the same place in both.
    let areSame = fine.set.sheets.elementsEqual(coarse.set.sheets, by: ===)
    func forEachPair(_ body: (Pair) -> Void) {
      for (index, sheet) in fine.set.sheets.enumerated() {
        for key in 0..<sheet.keyCount {
          let bytes = Array(sheet.key(key))
          if bytes.first == Sheet.accountMark { continue }
          let place = KeyPlace(sheet: UInt32(index), key: UInt32(key))
          let other =
            areSame ? others.name(of: bytes, at: place) : others.name(of: form.key(bytes))
          body(Pair(fine: finer.name(of: bytes, at: place), coarse: other))
        }
      }
    }
    // Nearly all leads have the same name under both, and only those matter that others meet.
    var all: Set<Pair> = []
    forEachPair { if $0.fine != $0.coarse { all.insert($0) } }
    let names = Set(all.flatMap { [$0.fine, $0.coarse] })
    forEachPair { if $0.fine == $0.coarse, names.contains($0.fine) { all.insert($0) } }
    var sizes: (fine: [[UInt8]: Int], coarse: [[UInt8]: Int]) = ([:], [:])
    for pair in all {
      sizes.fine[pair.fine, default: 0] += 1
      sizes.coarse[pair.coarse, default: 0] += 1
    }
    pairs = all.filter { (sizes.fine[$0.fine] ?? 0) > 1 || (sizes.coarse[$0.coarse] ?? 0) > 1 }
  }

  /// Leaves out leads of which a log has no used event.
  mutating func drop(unknownIn log: GatheredLog, _ side: KeyPath<Pair, [UInt8]>) {
    let asked = Set(pairs.map { $0[keyPath: side] })
    if asked.isEmpty { return }
    var known: Set<[UInt8]> = []
    let stream = LeadStream(log.set, log.identities, asOf: log.asOf, givenCount: log.givenCount)
    var fates = LeadStream.LeadFates()
    for task in 0..<LeadStream.taskCount(log.identities) {
      stream.forEachLead(ofTask: task, &fates) { key in
        let key = Array(key)
        if asked.contains(key) { known.insert(key) }
      }
    }
    pairs = pairs.filter { known.contains($0[keyPath: side]) }
  }

  /// Counts the leads of a side that are several of the other, and those.
  func count(_ side: KeyPath<Pair, [UInt8]>) -> ReplayReport.LeadCount {
    var sizes: [[UInt8]: Int] = [:]
    for pair in pairs { sizes[pair[keyPath: side], default: 0] += 1 }
    let several = sizes.values.filter { $0 > 1 }
    let (one, many) = (several.count, several.reduce(0, +))
    return side == \Pair.coarse
      ? ReplayReport.LeadCount(before: many, after: one)
      : ReplayReport.LeadCount(before: one, after: many)
  }
}

/// The final keys of a log's leads.
private struct LeadNames {
  private var byPlace: [KeyPlace: Int] = [:]
  private let log: GatheredLog

  init(_ log: GatheredLog) {
    self.log = log
    for (number, group) in log.identities.groups.enumerated() {
      for place in group.members.lazy.flatMap(\.places) { byPlace[place] = number }
    }
  }

  func name(of key: [UInt8], at place: KeyPlace) -> [UInt8] {
    byPlace[place].map { log.identities.groups[$0].name } ?? key
  }

  /// The lead that a key belongs to; of a key that no sheet has it is the key itself.
  func name(of key: [UInt8]) -> [UInt8] {
    if byPlace.isEmpty { return key }
    return log.set.places(of: key).first.map { name(of: key, at: $0) } ?? key
  }
}
