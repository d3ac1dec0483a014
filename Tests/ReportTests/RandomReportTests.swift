import Audit
import Definition
import Engine
import Files
import Foundation
import Notation
import Pages
import Reference
import Report
import TestBooks
import Testing

/// Reports of random books, of books of few leads, and of names that would like to be more than names.
@Suite("Reports of other books") struct RandomReportTests {
  @Test("every number is that of the files, whatever the definition", arguments: UInt64(1)..<16)
  func random(seed: UInt64) throws {
    let book = RandomBook(seed: seed)
    guard let definition = try? Definition.load(text: book.definition, file: "") else { return }
    let scratch = try ScratchBook()
    try scratch.writeLog(book.segments)
    try scratch.run(definition: book.definition, asOf: book.asOf)
    let files = try scratch.latest().files
    let file = try report(ReportPlan(book: scratch.book, jobs: 2))
    let check = try ReportCheck(file.page, definition, files)
    try check.all()
    try points(check, scratch, "seed \(seed)")
    harmless(check.page.html)
  }

  /// Points by rule over all leads are what explain says of each.
  private func points(_ check: ReportCheck, _ scratch: ScratchBook, _ place: String) throws {
    let subject = try AuditSubject(snapshot: "latest", of: scratch.book)
    var sums: [String: [String: Int128]] = [:]
    for lead in check.leads {
      let explanation = try explain(
        ExplainPlan(book: scratch.book, subject: subject, lead: lead["lead"] ?? ""))
      for score in explanation.scores {
        for item in score.contributions {
          sums[score.name, default: [:]][item.interaction, default: 0] += Int128(item.value)
        }
        for change in score.adjustments where change.kind == "cap" {
          let rule = change.what.components(separatedBy: " is held")[0]
          sums[score.name, default: [:]][rule, default: 0] += change.value
        }
      }
    }
    var number = 0
    for score in check.definition.scores {
      guard case .points = score.source else { continue }
      for row in check.page.rows("Points that each rule gives", number: number) {
        #expect(
          row[1] == pointsWords(sums[score.name]?[row[0]] ?? 0), "\(place): \(score.name) \(row[0])"
        )
      }
      number += 1
    }
  }

  private static let definition = """
    name: names
    journey: [seen, wants]
    interactions:
      view: { type: page_view, stage: seen }
      form: { type: form_fill, stage: wants }
    scores: { interest: { range: [0, 100], points: { view: 10, form: 30 } } }
    grades:
      fit: { letters: { A: 50, B: 0 }, criteria: [ { attribute: job, weight: 1, values: [ { is: boss, value: 100 } ], otherwise: 0 } ] }
    nps: { answers: { type: form_fill }, value: fields.answer, scale: [0, 10] }
    personas: { tier: [ { name: high, when: { score.interest: { min: 30 } } }, { name: low } ] }
    lists: { call: { score.interest: { min: 10 } }, nobody: { score.interest: { min: 99 } } }
    accounts: { ready: { total.interest: { min: 30 } } }
    """

  @Test("a book of no, one or three leads has a page of its own", arguments: [0, 1, 3])
  func sizes(count: Int) throws {
    let scratch = try ScratchBook()
    var lines = #"{"id":"f","time":"2026-01-01T00:00:00Z","type":"forget","lead":"nobody"}"# + "\n"
    for lead in 0..<count {
      lines +=
        #"{"id":"\#(lead)","time":"2026-01-0\#(lead + 1)T00:00:00Z","type":"form_fill","lead":"l\#(lead)","#
        + #""account":"a","fields":{"answer":\#(lead * 4)}}"# + "\n"
    }
    try scratch.writeLog([("1.ndjson", Array(lines.utf8))])
    try scratch.run(definition: Self.definition, asOf: "2026-02-01T00:00:00Z")
    let definition = try Definition.load(text: Self.definition, file: "")
    let file = try report(ReportPlan(book: scratch.book, jobs: 2))
    let check = try ReportCheck(file.page, definition, scratch.latest().files)
    try check.all()
    #expect(check.page.tile("Known leads")?.value == "\(count)")
    #expect(check.page.tile("Known leads")?.change == "no earlier snapshot")
    if count == 0 { #expect(check.page.html.contains("Nobody is on it.")) }
  }

  @Test(
    "leads that a forget reaches now are left out of a report on an older snapshot, which says how many"
  )
  func forgotten() throws {
    let scratch = try ScratchBook()
    func event(_ id: String, _ type: String, _ lead: String, _ more: String = "") -> String {
      #"{"id":"\#(id)","time":"2026-01-05T00:00:00Z","type":"\#(type)","lead":"\#(lead)"\#(more)}"#
        + "\n"
    }
    let first =
      ["ada", "bob", "cyd", "ada-too"].map { event($0, "form_fill", $0, #","account":"acme""#) }
      .joined()
      + event("m", "merge", "ada", #","from":"ada-too""#)
    try scratch.writeLog([("1.ndjson", Array(first.utf8))])
    try scratch.run(definition: Self.definition, asOf: "2026-02-01T00:00:00Z")
    let definition = try Definition.load(text: Self.definition, file: "")
    let whole = try report(ReportPlan(book: scratch.book, jobs: 2))
    #expect(!String(decoding: whole.page, as: UTF8.self).contains("forgotten since"))
    try scratch.writeLog([("2.ndjson", Array(event("f", "forget", "ada-too").utf8))])
    let file = try report(ReportPlan(book: scratch.book, jobs: 2))
    let check = try ReportCheck(file.page, definition, scratch.latest().files)
    #expect(
      check.page.html.contains("1 lead of this snapshot has been forgotten since and is left out"))
    #expect(!check.page.html.contains("ada"))
    #expect(check.page.rows("The first of call").count == 2)
    #expect(check.page.tile("Known leads")?.value == "3")
  }

  private static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x",
    "</style><script>x</script>", "<!-- ", "\u{202E}drawkcab", "\u{200B}", "a\nb", "=1+1",
    "&lt;b&gt;",
    String(repeating: "W", count: 256), "\u{1F468}\u{200D}\u{1F469}", "javascript:alert(1)", " ",
  ]

  @Test("names that are markup, script, turned, unseen or long stay names, in every field")
  func names() throws {
    let scratch = try ScratchBook()
    var lines = ""
    for (index, name) in Self.hostile.enumerated() {
      let text = jsonString(name)
      for (id, time) in [("a", "2026-01-05"), ("b", "2026-02-05")] {
        lines +=
          #"{"id":"\#(id)\#(index)","time":"\#(time)T00:00:00Z","type":"form_fill","lead":\#(text),"#
          + #""account":\#(text),"fields":{"job":\#(text),"answer":9}}"# + "\n"
      }
    }
    try scratch.writeLog([("1.ndjson", Array(lines.utf8))])
    try scratch.run(definition: Self.definition, asOf: "2026-01-01T00:00:00Z")
    try scratch.run(definition: Self.definition, asOf: "2026-01-10T00:00:00Z")
    try scratch.run(definition: Self.definition, asOf: "2026-03-01T00:00:00Z")
    var plan = ReportPlan(book: scratch.book, jobs: 2)
    for isComparison in [false, true] {
      if isComparison { plan.from = "\(scratch.book.snapshots)/\(try first(scratch))" }
      plan.nameAttribute = "job"
      plan.columns = ["attribute.job", "account"]
      plan.link = LinkTemplate("https://crm.example/{lead}")
      let check = try ReportCheck(
        report(plan).page, Definition.load(text: Self.definition, file: ""), scratch.latest().files)
      harmless(check.page.html)
      #expect(check.page.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      #expect(check.page.html.contains("\\u{202e}drawkcab"))
      #expect(check.leads.count >= 12)
    }
  }

  private func first(_ scratch: ScratchBook) throws -> String {
    try #require(
      fileNames(in: scratch.book.snapshots).first { $0.hasPrefix("20260110") })
  }

  /// Only elements and attributes of ours, and nothing that a browser or a terminal obeys.
  private func harmless(_ html: String) {
    let body = html.components(separatedBy: "</style>")
    #expect(body.count == 2)
    let elements: Set = [
      "a", "b", "bdi", "body", "caption", "circle", "dd", "details", "div", "dl", "dt",
      "figcaption",
      "figure", "footer", "h1", "h2", "h3", "header", "html", "head", "li", "line", "main", "meta",
      "p",
      "path", "rect", "section", "span", "style", "summary", "svg", "table", "tbody", "td", "text",
      "th", "thead", "time", "title", "tr", "ul",
    ]
    for tag in html.components(separatedBy: "<").dropFirst() where !tag.hasPrefix("!doctype") {
      let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
      #expect(elements.contains(String(name)), "<\(tag.prefix(40))")
    }
    let bare = html.replacingOccurrences(
      of: "\"[^\"]*\"", with: "\"\"", options: .regularExpression)
    #expect(bare.range(of: #"<[^>]*\s(on[a-z]+|style|src)="#, options: .regularExpression) == nil)
    #expect(
      html.range(of: #"href="(?!https://crm\.example/|#)"#, options: .regularExpression) == nil)
    #expect(!html.unicodeScalars.contains { $0.value == 0x202E || $0.value < 0x20 && $0 != "\n" })
  }
}
