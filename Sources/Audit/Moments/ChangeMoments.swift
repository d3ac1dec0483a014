import Definition
import Engine
import Files
import Identity
import Judging
import Notation
import Reading
import Snapshots
import Workers

/// Finds when and through what the leads and accounts of a run became what they are, since an earlier snapshot.
package struct ChangeMoments: ChangeReasons {
  private let log: GatheredLog
  private let sheets: LogSheets
  private let reader: LogReader
  private let earlier: AuditSubject

  private static let subjectsPerTask = 32

  /// `log`: gathered for the definition of the results.
  ///
  /// `sheets`: what it was gathered from, as `reader` read it.
  package init(
    _ log: GatheredLog, _ sheets: LogSheets, _ reader: LogReader, since earlier: AuditSubject
  ) {
    self.log = log
    self.sheets = sheets
    self.reader = reader
    self.earlier = earlier
  }

  package func reasons(of subjects: [ChangedSubject], jobs: Int) throws -> [[ChangeReason?]] {
    let inputs = try MomentInputs(
      log, sheets, after: earlier.asOf,
      leads: Set(subjects.lazy.filter { $0.kind == .lead }.map(\.key)),
      asksAccounts: subjects.contains { $0.kind == .account }, jobs: jobs)
    let members = try AccountMembers(
      of: Set(subjects.lazy.filter { $0.kind == .account }.map(\.key)), inputs, jobs: jobs)
    let places = LinePlaces(sheets)
    let moments = Slots<[FoundMoment?]>(subjects.count)
    let tasks = subjects.indices.pieces(of: ChangeMoments.subjectsPerTask)
    try parallel(
      tasks.count, jobs: jobs,
      makeWorker: { _ in (LeadSearch(inputs), AccountSearch(inputs, members)) }
    ) { search, task in
      for index in tasks[task] {
        let subject = subjects[index]
        moments[index] =
          switch subject.kind {
          case .lead: search.0.moments(of: subject.key, subject.states)
          case .account: search.1.moments(of: subject.key, subject.states)
          }
      }
    }
    let found = moments.elements
    let names = try EventNames(
      of: Set(found.joined().compactMap { $0?.event }), places, reader,
      ReadingPlan(log.judge.definition), jobs: jobs)
    let causes = try causes(of: subjects, found, inputs, members, places, jobs: jobs)
    return zip(subjects, zip(found, causes)).map { subject, found in
      zip(subject.states, found.0).map { state, moment in
        if let moment { return ChangeReason(moment, names) }
        if case .gone = state {
          return found.1.isExcluded
            ? ChangeReason(at: nil, because: ChangeCause.exclude.rawValue) : nil
        }
        return ChangeReason(at: nil, because: found.1.text)
      }
    }
  }

  /// Finds what differs for those of whom something is explained by no moment.
  private func causes(
    of subjects: [ChangedSubject], _ moments: [[FoundMoment?]], _ inputs: MomentInputs,
    _ members: AccountMembers, _ places: LinePlaces, jobs: Int
  ) throws -> [ChangeCauses] {
    let unexplained = subjects.indices.filter { moments[$0].contains { $0 == nil } }
    let found = Slots<ChangeCauses>(unexplained.count)
    if !unexplained.isEmpty {
      let causes = try CauseInputs(
        inputs, earlier, known: try known(before: earlier), places, sheets, jobs: jobs)
      let tasks = unexplained.indices.pieces(of: ChangeMoments.subjectsPerTask)
      try parallel(tasks.count, jobs: jobs, makeWorker: { _ in CauseSearch(causes) }) {
        search, task in
        for index in tasks[task] {
          let subject = subjects[unexplained[index]]
          found[index] =
            switch subject.kind {
            case .lead: search.causes(ofLead: subject.key)
            case .account: search.causes(ofAccount: subject.key, members)
            }
        }
      }
    }
    var all = subjects.map { _ in ChangeCauses() }
    for (index, causes) in zip(unexplained, found.elements) { all[index] = causes }
    return all
  }

  /// What of the log the earlier snapshot knew; nil where the log no longer tells.
  private func known(before subject: AuditSubject) throws -> KnownSegments? {
    let log = reader.log
    do {
      return try LogReader(
        subject.log(in: log.root, of: log.book, jobs: log.jobs), beside: reader
      ).known
    } catch is RunError {
      return nil
    } catch let error as FileError where error.kind != .io && error.kind != .changed {
      return nil
    }
  }
}

extension ChangeReason {
  fileprivate init(_ moment: FoundMoment, _ names: EventNames) {
    self.init(
      at: moment.time,
      because: moment.event.map { "event \(names.name(of: $0))" } ?? "time passing")
  }
}
