import Definition
import Engine
import Identity
import Judging
import Notation
import Reading
import Snapshots
import Tables

/// What the search for causes works on: what an earlier result was made by, beside the later log.
struct CauseInputs: Sendable {
  let log: GatheredLog
  /// The earlier as-of.
  let start: Milliseconds
  /// As of then, by the later definition, and by the earlier one; this is nil where it reads the log otherwise, or is
  /// the same.
  let judge: Judge
  let otherJudge: Judge?
  let isOtherDefinition: Bool
  /// Whether it matters what leads were by either.
  let asksJudges: Bool
  let lookup: LeadLookup
  let profiles: AccountProfiles
  let readers: (later: ShapeReader, earlier: ShapeReader)?
  let shapeWidth: Int
  let news: LateNews?
  private let known: KnownSegments?
  private let places: LinePlaces

  /// `known`: what of the log the earlier result knew; nil where nobody can tell.
  init(
    _ inputs: MomentInputs, _ earlier: AuditSubject, known: KnownSegments?, _ places: LinePlaces,
    _ sheets: LogSheets, jobs: Int
  ) throws {
    log = inputs.log
    start = inputs.start
    self.known = known
    self.places = places
    judge = Judge(log.judge, asOf: start)
    isOtherDefinition = earlier.definition.text != log.judge.definition.text
    otherJudge =
      isOtherDefinition && earlier.definition.gathersAlike(log.judge.definition)
      ? Judge(log.judge(earlier.definition), asOf: start) : nil
    asksJudges = judge.excludes || otherJudge != nil
    profiles =
      asksJudges
      ? try AccountProfiles(log.set, judge, horizon: start, jobs: jobs) : AccountProfiles()
    lookup = LeadLookup(log)
    if let otherJudge {
      let tables = [judge, otherJudge].map { ResultTables($0, accountNames: KeyList()).ofLeads }
      let shape = ComparisonShape(before: ResultNames(tables[1]), after: ResultNames(tables[0]))
      readers = (ShapeReader(shape, tables[0]), ShapeReader(shape, tables[1]))
      shapeWidth = shape.width
    } else {
      readers = nil
      shapeWidth = 0
    }
    news = inputs.course.map { [known, places] course in
      LateNews(course, upTo: earlier.asOf) { CauseInputs.isLate($0, known, places) }
    }
  }

  private static func isLate(
    _ place: EventPlace?, _ known: KnownSegments?, _ places: LinePlaces
  ) -> Bool {
    guard let known else { return false }
    guard let place else { return true }
    let (segment, line) = places(place)
    return !known.isKnown(line: line, ofSegment: segment)
  }

  /// Whether accounts of the same sums may be ready, or on a list, under one definition and not under the other.
  var asksAccountsOtherwise: Bool {
    guard isOtherDefinition, let otherJudge else { return isOtherDefinition }
    let (definition, other) = (judge.definition, otherJudge.definition)
    return (definition.ready == nil) != (other.ready == nil)
      || definition.accountLists.map(\.name) != other.accountLists.map(\.name)
      || !AccountRoll(judge).isBoundAlike(AccountRoll(otherJudge))
  }

  /// Whether the earlier result did not know what stands at a place.
  func isLate(_ place: EventPlace) -> Bool { CauseInputs.isLate(place, known, places) }
}

/// Looks for what differs for leads between two results.
///
/// One worker has it.
final class CauseSearch {
  private let inputs: CauseInputs
  /// Leads as they are now, as they were by the later definition, and by the earlier one.
  private let now: LeadReplayer
  private let then: LeadReplayer
  private let other: LeadReplayer?
  private var rows: (later: [Int64], earlier: [Int64])

  init(_ inputs: CauseInputs) {
    self.inputs = inputs
    now = LeadReplayer(inputs.log, inputs.log.judge)
    then = LeadReplayer(inputs.log.set, inputs.judge, inputs.profiles)
    other = inputs.otherJudge.map { LeadReplayer(inputs.log.set, $0, inputs.profiles) }
    let row = [Int64](repeating: 0, count: inputs.shapeWidth)
    rows = (row, row)
  }

  func causes(ofLead name: [UInt8]) -> ChangeCauses {
    let members = inputs.lookup.members(ofLeadNamed: name)
    var causes = ChangeCauses()
    let isKnown = now.gather(members, named: name)
    if isKnown { now.judgeLead() }
    causes.isExcluded = isKnown && now.isExcluded
    let wasKnown =
      inputs.asksJudges && then.gather(members, named: name, until: inputs.start)
    var wasExcluded = false
    if wasKnown {
      then.judgeLead()
      wasExcluded = then.isExcluded
      if let other {
        other.tracePoints(of: then)
        wasExcluded = other.isExcluded
      }
    }
    if isKnown, wasKnown, causes.isExcluded != wasExcluded { causes.all.insert(.exclude) }
    if inputs.isOtherDefinition, other == nil || wasKnown && isJudgedOtherwise {
      causes.all.insert(.definition)
    }
    let account = isKnown ? account(now) : nil
    if hasLateEvent(members)
      || account.map({ hasLateEvent(inputs.log.set.profileMembers(of: $0)) }) ?? false
    {
      causes.all.insert(.lateEvent)
    }
    if let news = inputs.news?.of(name) {
      if news.merge { causes.all.insert(.merge) }
      if news.erasure { causes.all.insert(.erasure) }
      if news.withdrawal { causes.all.insert(.withdrawal) }
    }
    if let account, let news = inputs.news?.of(accountKey(account)) {
      if news.merge { causes.all.insert(.accountMerge) }
      if news.withdrawal { causes.all.insert(.withdrawal) }
    }
    if causes.all.isEmpty, inputs.isOtherDefinition { causes.all = [.definition] }
    return causes
  }

  /// What differs for an account: for it, or for any lead that ever belonged to it.
  func causes(ofAccount name: [UInt8], _ members: AccountMembers) -> ChangeCauses {
    var causes = ChangeCauses()
    if let number = members.numbers[name] {
      for lead in members.names(ofAccount: number) {
        causes.all.formUnion(self.causes(ofLead: lead).all)
      }
      if hasLateEvent(inputs.log.set.profileMembers(of: number)) { causes.all.insert(.lateEvent) }
    }
    if inputs.asksAccountsOtherwise { causes.all.insert(.definition) }
    let news = inputs.news?.of([Sheet.accountMark] + name)
    if news?.merge ?? false { causes.all.insert(.accountMerge) }
    if news?.withdrawal ?? false { causes.all.insert(.withdrawal) }
    if causes.all.isEmpty, inputs.isOtherDefinition { causes.all = [.definition] }
    return causes
  }

  private func account(_ replayer: LeadReplayer) -> Int? {
    let cell = replayer.desk.cells[replayer.judge.layout.account]
    return cell == LeadLayout.absent ? nil : Int(cell)
  }

  private func accountKey(_ account: Int) -> [UInt8] {
    [Sheet.accountMark] + Array(inputs.log.set.accounts[account])
  }

  private func hasLateEvent(_ members: [KeyMember]) -> Bool {
    inputs.log.hasEvent(of: members, upTo: inputs.start, where: inputs.isLate)
  }

  /// Whether the lead at hand is anything else by the earlier definition.
  private var isJudgedOtherwise: Bool {
    guard let other, let readers = inputs.readers else { return false }
    if other.isExcluded != then.isExcluded { return true }
    rows.later.withUnsafeMutableBufferPointer { row in
      row.baseAddress.map { readers.later.read(UnsafePointer(then.desk.cells), into: $0) }
    }
    rows.earlier.withUnsafeMutableBufferPointer { row in
      row.baseAddress.map { readers.earlier.read(UnsafePointer(other.desk.cells), into: $0) }
    }
    return rows.later != rows.earlier
  }
}
