import Notation

/// What became known late of who is who: by key, what is of it or of any key that merges ever join to it.
package struct LateNews: Sendable {
  package struct Kinds: Sendable {
    package var merge = false
    package var erasure = false
    package var withdrawal = false
  }

  private let affected: AffectedKeys
  /// By key, the number of those that merges ever join to it.
  private let groups: [Int]
  private var kinds: [Int: Kinds] = [:]

  /// Forgets reach back: theirs is news whatever their time.
  ///
  /// `time`: of what happened up to then.
  ///
  /// `isLate`: whether what stands at a place was not known; nil is what is not known now either.
  package init(
    _ course: IdentityCourse, upTo time: Milliseconds, isLate: (EventPlace?) -> Bool
  ) {
    affected = course.affected
    var joined = Groups(count: affected.count)
    for merge in affected.merges { joined.join(merge.lead, merge.from) }
    groups = (0..<affected.count).map { joined.root(of: $0) }
    for merge in course.merges where merge.merge.time <= time && isLate(course.place(merge)) {
      kinds[groups[merge.lead], default: Kinds()].merge = true
    }
    var forgotten: [Int: Milliseconds] = [:]
    for forget in affected.forgets {
      let group = groups[forget.key]
      forgotten[group] = max(forgotten[group] ?? .min, forget.time)
      if isLate(course.place(sheet: forget.sheet, line: forget.line)) {
        kinds[group, default: Kinds()].erasure = true
      }
    }
    // What a forget reaches is also a matter of the merges up to its time, and of those that are taken back.
    for merge in affected.merges
    where forgotten[groups[merge.lead]].map({ merge.merge.time <= $0 }) ?? false
      && isLate(course.place(merge))
    {
      kinds[groups[merge.lead], default: Kinds()].erasure = true
    }
    for withdraw in affected.withdraws
    where forgotten[groups[withdraw.key]] != nil && isLate(course.place(withdraw)) {
      kinds[groups[withdraw.key], default: Kinds()].erasure = true
    }
    for withdraw in course.withdraws
    where withdraw.withdraw.time <= time && isLate(course.place(withdraw)) {
      kinds[groups[withdraw.key], default: Kinds()].withdrawal = true
    }
  }

  /// `key`: as sheets have it.
  package func of(_ key: [UInt8]) -> Kinds {
    affected.number(of: key).flatMap { kinds[groups[$0]] } ?? Kinds()
  }
}
