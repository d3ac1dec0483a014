import Definition
import Engine
import Identity
import Judging
import Notation

/// What moments are looked for in: a gathered log, after one as-of and up to its own.
struct MomentInputs: Sendable {
  let log: GatheredLog
  let start: Milliseconds
  /// Who is who at any time; nil where nobody asks.
  let course: IdentityCourse?
  /// By name, the tenures of the leads that are asked for and that merges, forgets or withdraws concern.
  let tenures: [[UInt8]: [Tenure]]
  let eras: [AccountEra]

  var judge: Judge { log.judge }
  var end: Milliseconds { log.asOf }

  /// `leads`: those that are asked for.
  ///
  /// `sheets`: of the whole log.
  init(
    _ log: GatheredLog, _ sheets: LogSheets, after start: Milliseconds, leads: Set<[UInt8]>,
    asksAccounts: Bool, jobs: Int
  ) throws {
    self.log = log
    self.start = start
    let identities = log.identities
    let isAsked =
      !identities.accounts.isEmpty
      || !identities.groups.isEmpty && (asksAccounts || leads.contains { log.isAffected($0) })
    guard isAsked else {
      course = nil
      tenures = [:]
      eras = [AccountEra(of: log)]
      return
    }
    let course = try IdentityCourse(
      log.judge.definition, sheets: sheets.all, isKnown: sheets.isKnown, asOf: log.asOf, jobs: jobs)
    self.course = course
    tenures = Dictionary(
      grouping: course.affectedTenures().filter {
        (asksAccounts || leads.contains($0.name)) && $0.end > start && $0.start <= log.asOf
      }, by: \.name
    ).mapValues { $0.sorted { $0.start < $1.start } }
    eras =
      identities.accounts.isEmpty
      ? [AccountEra(of: log)] : course.accountEras(in: log, after: start)
  }

  /// The tenures of a lead after the first as-of, in order.
  func tenures(ofLead name: [UInt8]) -> [Tenure] {
    if let known = tenures[name] { return known }
    let places = log.set.places(of: name)
    return places.isEmpty || log.isAffected(places) ? [] : [Tenure(alone: name, places)]
  }
}

extension GatheredLog {
  /// Whether merges, forgets or withdraws concern a lead.
  func isAffected(_ name: [UInt8]) -> Bool { isAffected(set.places(of: name)) }

  fileprivate func isAffected(_ places: [KeyPlace]) -> Bool {
    places.first.map { identities.grouped.contains(Int($0.sheet), Int($0.key)) } ?? false
  }
}
