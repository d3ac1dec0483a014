import Definition
import Engine
import Identity
import Judging
import Notation
import Reading

/// One lead replayed from an excerpt of the log: its events in order, its result, and every step to it.
struct LeadReplay {
  let log: GatheredLog
  let excerpt: LogExcerpt
  let replayer: LeadReplayer
  /// The lead's final key.
  let name: [UInt8]
  let members: [KeyMember]
  /// Where the merges stand that join.
  let joining: Set<EventPlace>

  var judge: Judge { replayer.judge }
  var history: LeadHistory { replayer.history }
  var desk: Desk { replayer.desk }
  var trace: LeadTrace { replayer.trace }
  var fates: Fates { replayer.fates }

  /// Nil where nothing is known of the lead as of that time.
  ///
  /// `key`: any of the lead's keys.
  init?(
    _ key: [UInt8], _ excerpt: LogExcerpt, _ definition: Definition, asOf: Milliseconds
  ) throws {
    self.excerpt = excerpt
    log = try GatheredLog(
      definition, sheets: excerpt.sheets, isKnown: excerpt.isKnown, asOf: asOf, jobs: 1)
    replayer = LeadReplayer(log, log.judge)
    guard let (name, members) = LeadLookup(log).lead(withKey: key),
      replayer.gather(members, named: name)
    else { return nil }
    self.name = name
    self.members = members
    joining = try IdentityCourse(
      definition, sheets: excerpt.sheets, isKnown: excerpt.isKnown, asOf: asOf
    ).joining(at: asOf)
    replayer.traceLead()
  }

}
