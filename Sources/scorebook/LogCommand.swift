import ArgumentParser
import Definition
import Engine
import Nightly
import Upkeep

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Lists the log's segments, or merges small ones.",
    discussion: """
      Lists each segment with its size, its events, the times they span, when it was appended, and the \
      head of the chain. 'scorebook log compact' makes fewer, larger segments of small ones; not \
      an event changes, and readers go on meanwhile.

      EXAMPLE
        scorebook log --book acme

      EXIT STATUS
        0 done; 65 a segment or the chain is damaged; 66 no such log; 73, 74 files; 75 locked
      """)

  enum Action: String, CaseIterable, ExpressibleByArgument {
    case list, compact
  }

  @OptionGroup var book: BookOption
  @OptionGroup var patience: WaitOption
  @OptionGroup var output: OutputOptions

  @Argument(help: "What to do.")
  var action = Action.list

  package func run() throws {
    try reportingErrors(asJSON: output.json) {
      switch action {
      case .list:
        let report = try LogReport(of: book.open())
        try output.json ? printJSON(report) : printLines(lines(report))
        if let fault = report.faults.first {
          throw RunError(
            .badData, fault, hint: "restore the file from a backup; verify tells more")
        }
      case .compact:
        stopOnSignals()
        let report = try compact(book.open(), waitMax: patience.length)
        let lines = mergeLines(report) + (report.head.map { ["head      \($0)"] } ?? [])
        try output.json ? printJSON(report) : printLines(lines)
      }
    }
  }
}

private func lines(_ report: LogReport) -> [String] {
  let titles = ["segment", "bytes", "events", "first event", "last event", "appended", "head"]
  let sum =
    "\(counted(report.segments.count, "segment")), \(megabytes(report.bytes)) MB, "
    + counted(report.events, "event")
    + (report.notInChain > 0 ? "; not in the chain: \(grouped(report.notInChain))" : "")
  return aligned([titles] + report.segments.map(cells), rightColumns: [1, 2]) + [sum]
    + (report.head.map { ["head  \($0)"] } ?? [])
}

private func cells(_ row: LogReport.Row) -> [String] {
  guard row.isInChain else {
    return [row.path, grouped(row.bytes), "-", "-", "-", "not in the chain", "-"]
  }
  let appended =
    switch row.appended.count {
    case 0: "-"
    case 1: row.appended[0]
    default: "\(row.appended[0]) and \(grouped(row.appended.count - 1)) more"
    }
  return [
    row.path, grouped(row.bytes), grouped(row.events ?? 0), row.first ?? "-", row.last ?? "-",
    appended, String((row.head ?? "").prefix(12)),
  ]
}

/// What merging small segments did.
func mergeLines(_ report: CompactReport) -> [String] {
  report.merges.map { merge in
    "\(merge.segment)  from \(counted(merge.replaces.count, "segment")), "
      + counted(merge.events, "event")
  } + [
    report.merges.isEmpty
      ? "nothing to merge"
      : "segments  \(grouped(report.segmentsBefore)) before, \(grouped(report.segmentsAfter)) now"
  ]
}
