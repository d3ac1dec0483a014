import Definition
import Engine
import Files
import Snapshots
import Tables

extension LeadsAtCutoff {
  /// Writes a CSV of all leads: the outcome that decided, the moment before it, how many events there
  /// were by then, and what a snapshot as of then would have said.
  ///
  /// - Throws: `FileError`
  func write(to path: String, jobs: Int) throws {
    let leads = ResultTables(judge, accountNames: accountNames).leads
    let moment = [
      TableColumn("outcome", cell(.word), .name(KeyList(words)), "the word that decided"),
      TableColumn("outcome_time", cell(.outcomeTime), .time, "when it was reached"),
      TableColumn("as_of", cell(.asOf), .time, "the moment before it"),
      TableColumn("events", cell(.events), "how many events there were by then"),
    ]
    // A definition may add an `outcome` of its own, which is not known yet at that moment.
    let others = leads.columns.filter { column in !moment.contains { $0.name == column.name } }
    let table = Table("leads", key: leads.key, moment + others)
    let file = try AtomicFile(to: path)
    let csv = CSVWriter()
    csv.header(table.header)
    let columns = CSVColumns(table.columns)
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
