import Audit
import Definition
import Engine
import Foundation
import Nightly
import Notation
import Pages
import Report
import Snapshots
import TestBooks
import Testing

/// The report of the sample book, number by number.
@Suite("The report of the sample book") struct SampleReportTests {
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  private static let log = "\(package)/sample-data/log"

  private final class Sample: Sendable {
    let scratch: ScratchBook
    let definition: Definition
    let before: [String: [UInt8]]
    let after: [String: [UInt8]]

    init() throws {
      let scratch = try ScratchBook()
      let definition = try loadDefinition("\(SampleReportTests.package)/pipelines/b2b.yaml")
      (self.scratch, self.definition) = (scratch, definition)
      func run(_ asOf: String) throws -> [String: [UInt8]] {
        let time = try #require(eventTime(asOf))
        _ = try Nightly.run(
          RunPlan(
            Log(of: scratch.book, root: SampleReportTests.log, jobs: 2), definition, asOf: time))
        return try scratch.latest().files
      }
      before = try run("2026-10-25T00:00:00Z")
      after = try run("2026-11-01T00:00:00Z")
    }

    func plan(from: String? = nil) -> ReportPlan {
      ReportPlan(book: scratch.book, log: SampleReportTests.log, from: from, jobs: 2)
    }
  }

  private static let sample = Result { try Sample() }

  @Test("headlines, lists, pictures and counts are those of the snapshot's files")
  func files() throws {
    let sample = try Self.sample.get()
    let file = try report(sample.plan())
    #expect(file.page.count < 500_000, "the sample's page is at most 500 KB")
    #expect(file.withoutLog == nil && file.warnings.isEmpty)
    let check = try ReportCheck(file.page, sample.definition, sample.after)
    try check.all()
    let before = try JSONDecoder().decode(
      Summary.self, from: Data(sample.before["summary.json"] ?? []))
    let now = check.summary
    let expected: [(String, Int?, Int?)] = [
      ("On “sales-ready”", now.lists["sales-ready"]?.members, before.lists["sales-ready"]?.members),
      (
        "Leads with interest high", now.personas["interest"]?["high"],
        before.personas["interest"]?["high"]
      ),
      ("Accounts ready", now.accounts.ready, before.accounts.ready),
      ("Net promoter score", now.nps.score, before.nps.score),
      ("Known leads", now.leads.known, before.leads.known),
    ]
    for (label, value, before) in expected {
      let tile = try #require(check.page.tile(label))
      let (value, before) = (try #require(value), try #require(before))
      #expect(tile.value == numberText(value))
      #expect(tile.change == "\(changeText(value - before)) since 25 Oct", "\(label)")
    }
  }

  @Test("what changed on the lists is what changes.csv says, with when and through what")
  func changes() throws {
    let sample = try Self.sample.get()
    let check = try ReportCheck(report(sample.plan()).page, sample.definition, sample.after)
    let changes = NamedRows(sample.after["changes.csv"] ?? []).rows
    let rows = check.page.rows("What changed on the lists")
    let cells = check.page.cells["What changed on the lists"]?.dropFirst() ?? []
    #expect(rows.count == sample.definition.lists.count + 1)
    for (row, cell) in zip(rows, cells) {
      for (column, change) in [(2, "in"), (3, "out")] {
        let moved = changes.filter {
          $0["change"] == change
            && (row[0] == "accounts ready"
              ? $0["kind"] == "account" && $0["what"] == "ready" : $0["what"] == "list.\(row[0])")
        }
        if moved.isEmpty {
          #expect(row[column] == "nobody")
          continue
        }
        let sign = change == "in" ? moved.count : -moved.count
        #expect(row[column].hasPrefix(changeText(sign)), "\(row[0])")
        let names = PageReader.names(cell[column])
        #expect(names == moved.prefix(5).map { $0["key"] ?? "" }, "\(row[0])")
        for mover in moved.prefix(5) {
          let whole = "\(mover["at"] ?? ""), \(mover["because"] ?? "")"
          #expect(cell[column].contains("title=\"\(whole)\""), "\(whole)")
        }
      }
    }
  }

  @Test("reasons for and against are the parts of the score that explain adds up")
  func reasons() throws {
    let sample = try Self.sample.get()
    let check = try ReportCheck(report(sample.plan()).page, sample.definition, sample.after)
    let head = check.head("The first of sales-ready")
    let (forIt, against) = (
      try #require(head.firstIndex(of: "Because of")),
      try #require(head.firstIndex(of: "Against it"))
    )
    let cells = Array(check.page.cells["The first of sales-ready"]?.dropFirst() ?? [])
    #expect(cells.count == 16)
    let subject = try AuditSubject(snapshot: "latest", of: sample.scratch.book)
    for row in cells.prefix(6) {
      let lead = try #require(PageReader.names(row[0]).first)
      let explanation = try explain(
        ExplainPlan(book: sample.scratch.book, log: Self.log, subject: subject, lead: lead))
      let score = try #require(explanation.scores.first { $0.name == "engagement" })
      var parts: [String: Int128] = [:]
      for item in score.contributions { parts[item.interaction, default: 0] += Int128(item.value) }
      for change in score.adjustments {
        switch change.kind {
        case "cap": parts[change.what.components(separatedBy: " ")[0], default: 0] += change.value
        case "group-cap":
          let names = change.what.components(separatedBy: " together")[0]
          parts["cap of \(names)", default: 0] += change.value
        case "bonus": parts["bonus \(change.what)", default: 0] += change.value
        default: parts[change.kind, default: 0] += change.value
        }
      }
      for (column, isFor) in [(forIt, true), (against, false)] {
        let wanted = parts.filter { isFor ? $0.value > 0 : $0.value < 0 }.sorted {
          $0.value.magnitude > $1.value.magnitude
        }.prefix(3).map { "\($0.key) \(pointsChange($0.value))" }
        let found = row[column].between("<span class=\"tag", "</span>").map {
          PageReader.text("<span class=\"tag" + $0)
        }
        #expect(Set(found) == Set(wanted), "\(lead)")
      }
    }
  }

  @Test("points by rule, caps, bonuses and inactivity come to the sum of raw")
  func points() throws {
    let sample = try Self.sample.get()
    let facts = try report(sample.plan()).page
    let check = try ReportCheck(facts, sample.definition, sample.after)
    let raw = check.leads.compactMap { $0["raw.engagement"].flatMap { Double($0) } }.reduce(0, +)
    let rules = check.page.rows("Points that each rule gives").compactMap { number($0[1]) }
    let held = check.page.rows("What held back").compactMap { number($0[2]) }
    #expect(rules.count == 15)
    // Each number of the page is rounded to whole points.
    let sum = Double((rules + held).reduce(0, +))
    #expect(abs(sum - raw) <= Double(rules.count + held.count) / 2 + 1, "\(sum) \(raw)")
  }

  @Test("days between stages are those that entered.STAGE says, and answers end in the snapshot's")
  func history() throws {
    let sample = try Self.sample.get()
    let check = try ReportCheck(report(sample.plan()).page, sample.definition, sample.after)
    let rows = check.page.rows("Leads that got at least so far")
    for (index, stage) in sample.definition.journey.enumerated().dropFirst() {
      let before = sample.definition.journey[index - 1]
      let days = check.leads.compactMap { lead -> Int64? in
        guard let from = eventTime(lead["entered.\(before)"] ?? ""),
          let to = eventTime(lead["entered.\(stage)"] ?? ""), to >= from
        else { return nil }
        return (to - from) / 86_400_000
      }.sorted()
      #expect(days.count > 100)
      #expect(rows[index][3] == countText(days[(days.count - 1) / 2], "day"))
    }
    let weeks = check.page.rows("The net promoter score at the end of each week")
    #expect(weeks.last.flatMap { number($0[1]) } == check.summary.nps.score)
    #expect(weeks.count == 53)
    // A month before, another snapshot says the same.
    let other = try ScratchBook()
    let time = try #require(eventTime("2026-10-04T00:00:00Z"))
    let run = try Nightly.run(
      RunPlan(Log(of: other.book, root: Self.log, jobs: 2), sample.definition, asOf: time))
    #expect(number(weeks[48][1]) == run.summary.nps.score)
  }

  @Test(
    "with two snapshots the causes lead from one sum of points to the other, and movers are diff's")
  func comparison() throws {
    let sample = try Self.sample.get()
    let names = try PublishedSnapshots(in: sample.scratch.book.snapshots).all.map(\.name)
    let file = try report(sample.plan(from: names[0]))
    let check = try ReportCheck(file.page, sample.definition, sample.after)
    let before = NamedRows(sample.before["leads.csv"] ?? []).rows
    for (index, score) in sample.definition.scores.enumerated() {
      let rows = check.page.rows("Points of all leads together", number: index)
      func sum(_ leads: [[String: String]]) -> Int {
        leads.compactMap { $0["score.\(score.name)"].flatMap { Int($0) } }.reduce(0, +)
      }
      #expect(number(rows[0][1]) == sum(before), "\(score.name)")
      #expect(number(rows[rows.count - 1][1]) == sum(check.leads), "\(score.name)")
    }
    let (from, to) = (
      try AuditSubject(snapshot: names[0], of: sample.scratch.book),
      try AuditSubject(snapshot: names[1], of: sample.scratch.book)
    )
    let diff = try diff(
      DiffPlan(book: sample.scratch.book, log: Self.log, from: from, to: to, jobs: 2))
    let wanted = diff.changes.flatMap { change in
      change.scores.map {
        [change.lead, $0.score, $0.from.map { "\($0)" } ?? "–", $0.to.map { "\($0)" } ?? "–"]
      }
    }
    let found = check.page.rows("Who moved most").map { Array($0.prefix(4)) }
    #expect(found == wanted)
    #expect(!wanted.isEmpty)
  }

  @Test("the same inputs are the same bytes, with any number of workers")
  func determinism() throws {
    let sample = try Self.sample.get()
    var plan = sample.plan()
    let page = try report(plan).page
    plan.jobs = 7
    #expect(try report(plan).page == page)
  }

  @Test("without the log what it tells is left out, and the page says so")
  func withoutLog() throws {
    let sample = try Self.sample.get()
    let file = try report(ReportPlan(book: sample.scratch.book, jobs: 2))
    let check = try ReportCheck(file.page, sample.definition, sample.after)
    try check.all()
    #expect(file.withoutLog != nil)
    #expect(check.page.html.contains("Without the log this page has only what the snapshot holds"))
    for part in [
      "Because of", "Points that each rule gives", "at the end of each week", "half of them within",
    ] {
      #expect(!check.page.html.contains(part), "\(part)")
    }
  }

  @Test("a page for passing on has no key and no attribute, and the same numbers")
  func anonymous() throws {
    let sample = try Self.sample.get()
    let names = try PublishedSnapshots(in: sample.scratch.book.snapshots).all.map(\.name)
    var plan = sample.plan(from: names[0])
    plan.isAnonymous = true
    let check = try ReportCheck(report(plan).page, sample.definition, sample.after)
    for lead in check.leads {
      let key = lead["lead"] ?? ""
      #expect(!check.page.html.contains(key), "\(key)")
    }
    for account in NamedRows(sample.after["accounts.csv"] ?? []).rows {
      #expect(!check.page.html.contains(account["account"] ?? "-"))
    }
    check.distributions()
    try check.map()
    check.journey()
    check.rules()
    check.trust()
  }

  @Test("leads are called by an attribute, with columns and a link of their own")
  func names() throws {
    let sample = try Self.sample.get()
    var plan = sample.plan()
    plan.nameAttribute = "job_title"
    plan.columns = ["seniority", "attribute.country", "nps", "nothing"]
    plan.link = LinkTemplate("https://crm.example/{lead}")
    let file = try report(plan)
    let check = try ReportCheck(file.page, sample.definition, sample.after)
    #expect(file.warnings == ["--columns: none of the leads in the report has 'nothing'"])
    let cells = try #require(check.page.cells["The first of sales-ready"]?.dropFirst().first)
    let key = try #require(PageReader.names(cells[0]).first)
    #expect(cells[0].contains("href=\"https://crm.example/\(percentEncoded(key))\""))
    let subject = try AuditSubject(snapshot: "latest", of: sample.scratch.book)
    let explanation = try explain(
      ExplainPlan(book: sample.scratch.book, log: Self.log, subject: subject, lead: key))
    let title = explanation.attributes.first { $0.name == "job_title" }?.value
    #expect(PageReader.text(cells[0]).hasPrefix(try #require(title)))
    let head = check.head("The first of sales-ready")
    let seniority = explanation.attributes.first { $0.name == "seniority" }?.value
    let column = try #require(head.firstIndex(of: "seniority"))
    #expect(PageReader.text(cells[column]) == seniority ?? "–")
  }

  @Test(
    "the picture in the how-to is the sample's map, as shapes draw it (RECORD_GOLDEN=1 draws it anew)"
  )
  func picture() throws {
    let sample = try Self.sample.get()
    let check = try ReportCheck(report(sample.plan()).page, sample.definition, sample.after)
    let table = try #require(check.page.tables.first { $0.caption.hasPrefix("Each lead once") })
    let map = CountMap(
      table.caption, rows: table.rows.dropFirst().map { $0[0] },
      columns: Array(table.rows[0].dropFirst()),
      counts: table.rows.dropFirst().map { $0.dropFirst().compactMap(number) },
      corners: .init(
        topLeft: "suits us, but quiet", topRight: "call them", bottomRight: "busy, but no buyer"),
      heads: ("fit", "engagement"))
    let path = "\(Self.package)/docs/how-to/show-my-boss.svg"
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try Data(pictureFile(map)).write(to: URL(fileURLWithPath: path))
      Issue.record("drawn: look at it, then commit it")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(pictureFile(map)))
  }
}
