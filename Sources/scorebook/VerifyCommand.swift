import ArgumentParser
import Audit
import Definition
import Engine
import Nightly
import Notation
import Upkeep

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Looks for damage to log, cache and snapshots.",
    discussion: """
      Looks at the chain and every segment, every cached sheet, and every snapshot against its \
      manifest, changes nothing, and names all damage: the file, the bytes, the events. The head it \
      prints vouches for the whole log; keep it elsewhere, and --expect-head tells later whether \
      the log still extends it.

      With --snapshot or --ledger it recomputes a snapshot instead, without the cache, by the       definition in its manifest, and compares every file byte by byte.

      EXAMPLE
        scorebook verify --book acme
        scorebook verify --book acme --snapshot latest

      EXIT STATUS
        0 sound, or the same; 1 damaged, or different; 64 usage; 66 no such log or snapshot; \
      74 files
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var reproduction: ReproductionOptions
  @OptionGroup var output: OutputOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Check the log in DIR instead of the book's own.", valueName: "dir"))
  var log: String?

  @Flag(name: .long, help: "Only the chain, and which files are there and how long they are.")
  var quick = false

  @Flag(name: .long, help: "Also decode each segment again and compare its cached sheets.")
  var full = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A head of the chain seen before, 64 digits: the log must extend it.", valueName: "hex"))
  var expectHead: String?

  @Option(
    name: [.customShort("p"), .customLong("pipeline")],
    help: ArgumentHelp(
      "With --full, a definition whose sheets to compare beside those of the book and its snapshots.",
      valueName: "file"))
  var pipelines: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("How many workers; never changes a result.", valueName: "n"))
  var jobs: Int = processorCount

  @OptionGroup var inflation: InflationOption

  func validate() throws {
    try checkJobs(jobs)
    if reproduction.wanted != nil, quick || full || expectHead != nil || !pipelines.isEmpty {
      throw ValidationError(
        "--snapshot, --ledger: they recompute; check checksums in a run of their own")
    }
    if quick, full { throw ValidationError("--quick, --full: only one of them") }
    if !pipelines.isEmpty, !full {
      throw ValidationError("--pipeline: only --full decodes segments again")
    }
    if let expectHead, expectHead.count != 64 || !expectHead.allSatisfy(\.isHexDigit) {
      throw ValidationError(
        "--expect-head: '\(expectHead)' is no head; it has 64 hexadecimal digits")
    }
  }

  package func run() throws {
    try reportingErrors(asJSON: output.json) {
      if let snapshot = reproduction.wanted {
        let isSame = try reproduction.reproduce(
          snapshot, of: book.open(), log: log, jobs: jobs, json: output.json)
        if !isSame { throw ExitCode(1) }
        return
      }
      let plan = VerifyPlan(
        book: book.open(), log: log, depth: quick ? .quick : full ? .full : .checksums,
        expectedHead: expectHead?.lowercased(), jobs: jobs, inflationLimit: inflation.limit,
        definitions: try pipelines.map { try loadDefinition($0) })
      let report = try verify(plan)
      try output.json ? printJSON(report) : printLines(verifyLines(report))
      if !report.isSound { throw ExitCode(1) }
    }
  }
}

private func verifyLines(_ report: VerifyReport) -> [String] {
  let log = report.log
  var lines = [
    "log        \(counted(log.segments, "segment")), \(megabytes(log.bytes)) MB; "
      + "\(grouped(log.chained)) in the chain, with \(counted(log.events, "event"))"
  ]
  if let head = report.head {
    lines.append("head       \(report.headNumber.map { "\($0) " } ?? "")\(head)")
  }
  let sheets = report.sheets
  lines.append(
    "sheets     \(grouped(sheets.sheets)), \(megabytes(sheets.bytes)) MB"
      + (report.depth == .full ? "; \(grouped(sheets.decodedAgain)) decoded again" : ""))
  let snapshots = report.snapshots
  lines.append(
    "snapshots  \(grouped(snapshots.snapshots)), \(counted(snapshots.files, "file")), "
      + "\(megabytes(snapshots.bytes)) MB"
      + (snapshots.latest.map { "; latest \(visibleText($0))" } ?? ""))
  lines += report.notes.map { "note       \(visibleText($0))" }
  lines += report.damage.map { "damaged    \($0)" }
  lines.append(
    report.isSound
      ? "sound" + (report.depth == .quick ? ", as far as lengths tell" : "")
      : "damaged: \(counted(report.damage.count, "fault"))")
  return lines
}
