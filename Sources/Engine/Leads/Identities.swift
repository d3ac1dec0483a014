import Definition
import Identity
import Intake
import Notation
import Reading
import Tables
import Workers

/// Who is who: the keys that merges join, and those that forgets or withdraws reach.
///
/// All other keys are a lead each, or an account.
package struct Identities: Sendable {
  /// Leads whose rows stand under several keys, or not all of whose rows count.
  package private(set) var groups: [KeyGroup] = []
  /// The keys that are no lead of their own: those of groups, and of accounts.
  package let grouped: KeyMarks
  /// The same of accounts; their names begin as keys of accounts do.
  package let accounts: [KeyGroup]
  /// Forgets in the log; they are events, but no lead's.
  private(set) var forgetCount = 0
  /// Merges that the definition holds back.
  private(set) var notJoinedCount = 0
  package private(set) var idleWithdraws = IdleWithdraws()

  /// `sheets`: of the whole log, on which forgets are worked out; places are those among the known.
  init(
    _ sheets: [Sheet], _ rules: MergeRules, known: KnownSheets, asOf: Milliseconds, jobs: Int
  ) throws {
    let knownSheets = known.of(sheets)
    grouped = KeyMarks(knownSheets)
    forgetCount = knownSheets.reduce(0) { $0 + $1.forgets.count }
    if !sheets.contains(where: \.hasIdentities) {
      accounts = []
      return
    }
    let affected = AffectedKeys(sheets)
    let places = try affected.places(in: sheets, jobs: jobs)
    for place in known.numbered(places.all) { grouped.mark(Int(place.sheet), Int(place.key)) }

    let resolved = affected.resolve(
      places, sheets, rules, KnownPart(asOf: asOf, isKnown: known.isKnown), isSeen: { _ in true })
    func made(_ groups: [ResolvedKeys.Group]) -> [KeyGroup] {
      groups.map { group in
        KeyGroup(
          name: affected.name(group.name),
          members: zip(group.members, resolved.losses(of: group)).map { key, losses in
            KeyMember(
              places: known.numbered(places.of(key: key)), losses: losses?.numbered(known))
          })
      }
    }
    groups = made(resolved.groups)
    accounts = made(resolved.accounts)
    notJoinedCount = resolved.notJoined
    idleWithdraws = IdleWithdraws(
      resolved, affected, places, sheets, KnownPart(asOf: asOf, isKnown: known.isKnown))
  }
}

extension Identities {
  /// Groups that have been worked out, on slices of the sheets.
  init(groups: [KeyGroup], in slices: [Sheet]) {
    self.groups = groups
    accounts = []
    grouped = KeyMarks(slices)
    for place in groups.lazy.flatMap(\.members).flatMap(\.places) {
      grouped.mark(Int(place.sheet), Int(place.key))
    }
  }
}
