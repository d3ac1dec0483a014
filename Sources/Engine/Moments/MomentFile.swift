import EventLog
import Snapshots

extension LeadMoments {
  /// Writes a CSV of all leads: the outcome that decided, the moment before it, how many events there
  /// were by then, and what a snapshot as of then would have said.
  ///
  /// - Throws: `EventLogError`
  func write(to path: String, jobs: Int) throws {
    let columns = CSVRow(
      [
        CSVColumn("outcome", cell(.word), .name(KeyList(words))),
        CSVColumn("outcome_time", cell(.outcomeTime), .time),
        CSVColumn("as_of", cell(.asOf), .time), CSVColumn("events", cell(.events)),
      ] + Columns(judge, accountNames: accountNames).leadColumns)
    let file = try AtomicFile(to: path)
    let csv = CSVWriter()
    csv.header(["lead"] + columns.names)
    let walk = try LeadWalk(self, jobs: jobs)
    while let key = walk.key {
      csv.row(key, columns, walk.cells)
      if csv.bytes.count >= 1 << 16 {
        try file.write(csv.bytes)
        csv.removeAll()
      }
      walk.step()
    }
    try file.write(csv.bytes)
    try file.commit()
  }
}
