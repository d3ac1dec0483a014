import Notation

/// A lead, or an account, for as long as nothing changed which keys it has, what it is called, and what of it was
/// taken back.
///
/// Which tenure there is at a time is what a run as of that time finds; what forgets erase is the same at any.
package struct Tenure: Sendable {
  package let name: [UInt8]
  /// From this time on; from the beginning of all times where nothing made it so.
  package internal(set) var start: Milliseconds
  /// Before this time.
  package internal(set) var end: Milliseconds
  /// The merges and withdraws that made it so.
  package internal(set) var begunBy: [EventPlace]
  /// Those that made something else of it.
  package internal(set) var endedBy: [EventPlace]
  /// Nil of a lead of one key that nothing concerns.
  private let lineage: Lineage?
  private let memberCount: Int
  /// Where the rows of that one stand.
  private let alone: [KeyPlace]

  init(_ name: [UInt8], of lineage: Lineage, until end: Milliseconds, endedBy: [EventPlace]) {
    self.name = name
    (start, begunBy) = (lineage.start, lineage.begunBy)
    (self.end, self.endedBy) = (end, endedBy)
    self.lineage = lineage
    memberCount = lineage.keys.count
    alone = []
  }

  package init(alone name: [UInt8], _ places: [KeyPlace]) {
    self.name = name
    (start, begunBy, end, endedBy) = (.min, [], .max, [])
    lineage = nil
    memberCount = 1
    alone = places
  }

  /// Its keys.
  package var members: [KeyMember] { members(at: start) }

  /// The same with what had been taken back by a time.
  private func members(at time: Milliseconds) -> [KeyMember] {
    lineage?.members(memberCount, at: time) ?? [KeyMember(places: alone, losses: nil)]
  }

  var keys: ArraySlice<Int> { lineage?.keys.prefix(memberCount) ?? [] }
}

extension Tenure {
  /// The same tenure as long as it is within some time.
  ///
  /// `begunBy`: what made the beginning of that time.
  package func within(
    _ start: Milliseconds, _ end: Milliseconds, begunBy: [EventPlace], endedBy: [EventPlace]
  ) -> Tenure? {
    guard self.start < end, start < self.end else { return nil }
    var part = self
    if start > self.start { (part.start, part.begunBy) = (start, begunBy) }
    if start == self.start { part.begunBy += begunBy }
    if end < self.end { (part.end, part.endedBy) = (end, endedBy) }
    if end == self.end { part.endedBy += endedBy }
    return part
  }

  /// All keys that some tenures have, as they are before anything is taken back.
  package static func allMembers(of tenures: [Tenure]) -> [KeyMember] {
    // Keys are only ever added to a lineage.
    var longest: [ObjectIdentifier: Tenure] = [:]
    var others: [Tenure] = []
    for tenure in tenures {
      guard let lineage = tenure.lineage.map(ObjectIdentifier.init) else {
        others.append(tenure)
        continue
      }
      if longest[lineage].map({ $0.memberCount < tenure.memberCount }) ?? true {
        longest[lineage] = tenure
      }
    }
    return (others + longest.values).flatMap { $0.members(at: .min) }
  }
}

/// The keys of a lead in the order in which they joined it.
///
/// Of two leads that merges join, the one of more keys goes on, so that no key is taken over often.
final class Lineage: @unchecked Sendable {
  /// Nothing is added any more once tenures are handed out.
  var keys: [Int]
  /// The tenure at hand.
  var name: Int
  var start: Milliseconds = .min
  var begunBy: [EventPlace] = []
  private let course: IdentityCourse

  init(_ course: IdentityCourse, _ name: Int, _ keys: [Int]) {
    self.course = course
    self.name = name
    self.keys = keys
  }

  func members(_ count: Int, at time: Milliseconds) -> [KeyMember] {
    course.members(keys.prefix(count), at: time)
  }

  func tenure(until end: Milliseconds, endedBy: [EventPlace]) -> Tenure {
    Tenure(course.affected.name(name), of: self, until: end, endedBy: endedBy)
  }
}
