import Definition
import Engine
import Explorer
import Foundation
import Notation
import Testing
import Trials

/// A small book whose leads have names that are no harmless texts.
@Suite("answers") struct AnswerTests {
  private let book: Book
  private let explorer: Explorer

  private static let definition = """
    name: shop
    interactions:
      look: { type: page_view }
      buy: { type: form_fill }
    scores:
      heat:
        points: { look: 2, buy: { points: 10, cap: 30 } }   # a purchase is worth five looks
    columns: [attribute.title]
    lists:
      warm: { score.heat: { min: 10 } }
      hot: { score.heat: { min: 30 } }
    """

  private static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "\u{202E}lived", "a\u{200B}b",
    String(repeating: "n", count: 256), "=1+1", "a,b\"c", "Ünal",
  ]

  init() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("explorer-\(UUID())")
      .path
    book = Book(root)
    try FileManager.default.createDirectory(atPath: book.log, withIntermediateDirectories: true)
    try AnswerTests.definition.write(toFile: book.definition, atomically: true, encoding: .utf8)
    var lines: [String] = []
    for number in 0..<60 {
      let lead =
        number < AnswerTests.hostile.count
        ? AnswerTests.hostile[number] : "lead-\(number)@x.example"
      for event in 0...(number % 20) {
        let type = event % 4 == 3 ? "form_fill" : "page_view"
        lines.append(
          #"{"id":"\#(number)-\#(event)","time":"2026-01-0\#(1 + event % 9)T00:00:00Z","type":"\#(type)","lead":\#(jsonString(lead)),"account":"acme-\#(number % 7)"}"#
        )
      }
      lines.append(
        #"{"id":"p\#(number)","time":"2026-01-02T00:00:00Z","type":"profile","lead":\#(jsonString(lead)),"fields":{"title":"\#(number % 3 == 0 ? "VP Sales" : "Clerk")"}}"#
      )
    }
    try lines.map { $0 + "\n" }.joined().write(
      toFile: "\(book.log)/2026-01.ndjson", atomically: true, encoding: .utf8)
    explorer = Explorer(ExplorerPlan(book: book, jobs: 2))
  }

  private func reply(_ target: String) -> ExplorerReply {
    while true {
      let reply = explorer.reply(toTarget: target)
      if reply.status != 503 { return reply }
      usleep(5_000)
    }
  }

  private func answer(_ path: String, _ query: [(String, String)] = []) throws -> [String: Any] {
    let allowed = CharacterSet.alphanumerics
    let search = query.map {
      "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
    }
    let reply = reply(path + (search.isEmpty ? "" : "?" + search.joined(separator: "&")))
    #expect(reply.status == 200, "\(String(decoding: reply.body, as: UTF8.self).prefix(300))")
    let whole = try #require(JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any])
    #expect(whole["snapshot"] is String && whole["asOf"] is String)
    return try #require(whole["answer"] as? [String: Any])
  }

  private func keys(_ query: [(String, String)]) throws -> [String] {
    let rows = try answer("/api/leads", query + [("count", "500")])["rows"] as? [[String]]
    return (rows ?? []).map { $0[0] }
  }

  @Test("a book without sheets begins with a progress, then is answered")
  func progress() {
    let first = explorer.reply(toTarget: "/api/book")
    #expect(first.status == 503)
    #expect(String(decoding: first.body, as: UTF8.self).contains("\"reading\""))
    #expect(reply("/api/book").status == 200)
    #expect(reply("/api/nothing").status == 404)
  }

  @Test("leads are found by any part of their key or an attribute, whatever its case")
  func search() throws {
    let all = try keys([])
    #expect(all.count == 60)
    for part in ["lead-1", "EXAMPLE", "ünal", "<SCRIPT", "b\"c", "\u{202E}", "nnnn", "x.ex", "zzz"]
    {
      let found = try keys([("find", part)])
      #expect(
        Set(found) == Set(all.filter { $0.lowercased().contains(part.lowercased()) }), "\(part)")
    }
    #expect(try keys([("find", "vp sal")]).count == 20)
    #expect(try keys([("find", "clerk acme-1")]).allSatisfy { !$0.isEmpty })
  }

  @Test("conditions of the definition language filter, nested ones too, and what is wrong is told")
  func filter() throws {
    #expect(try Set(keys([("where", "score.heat: { min: 30 }")])) == Set(keys([("list", "hot")])))
    let nested =
      "any: [ { score.heat: { min: 30 } }, { all: [ { attribute.title: \"VP *\" }, { not: { score.heat: { min: 10 } } } ] } ]"
    let found = try keys([("where", nested)])
    let vips = try Set(keys([("where", "attribute.title: \"VP *\"")]))
    #expect(
      Set(found)
        == Set(try keys([("list", "hot")])).union(vips.subtracting(try keys([("list", "warm")]))))
    #expect(!found.isEmpty && found.count < 60)
    let wrong = try answer("/api/leads", [("where", "score.heet: { min: 1 }")])
    let problem = try #require(wrong["problem"] as? [String: Any])
    #expect("\(problem)".contains("heet"))
    #expect(
      try Set(
        answer("/api/accounts", [("where", "leads: { min: 9 }")])["total"] as? Int == nil
          ? [0] : [1]) == [1])
  }

  @Test("any column sorts, pages follow each other, and the file has all of it")
  func order() throws {
    let page = try answer("/api/leads", [("sort", "score.heat"), ("order", "down")])
    let columns = try #require(page["columns"] as? [[String: Any]]).map { "\($0["name"] ?? "")" }
    let place = try #require(columns.firstIndex(of: "score.heat"))
    let first = try #require(page["rows"] as? [[String]])
    let rest = try #require(
      answer("/api/leads", [("sort", "score.heat"), ("order", "down"), ("from", "50")])["rows"]
        as? [[String]])
    #expect(first.count == 50 && rest.count == 10)
    let scores = (first + rest).compactMap { Int($0[place]) }
    #expect(scores == scores.sorted(by: >) && scores.count == 60)
    let file = reply("/csv/leads?sort=score.heat&order=down")
    #expect(file.fileName == "leads.csv" && file.type.hasPrefix("text/csv"))
    #expect(String(decoding: file.body, as: UTF8.self).hasPrefix("lead,account,"))
  }

  @Test("what if answers what `replay --set` does, and keeps the comments of the definition")
  func whatIf() throws {
    let asOf = try #require(answer("/api/book")["asOf"] as? String)
    for setting in [
      "scores.heat.points.look=3", "scores.heat.points.buy.cap=10", "lists.hot.score.heat.min=20",
      "interactions.look.type=download",
    ] {
      let found = try answer("/api/what-if", [("set", setting), ("read", "1")])
      var plan = ReplayPlan(
        book: book, file: book.definition, settings: [try #require(Setting(setting))], jobs: 1)
      plan.asOf = eventTime(asOf)
      let report = try JSONEncoder().encode(replay(plan).report)
      #expect(
        try NSDictionary(dictionary: #require(found["report"] as? [String: Any]))
          == #require(JSONSerialization.jsonObject(with: report) as? NSDictionary), "\(setting)")
    }
    let file = reply("/csv/definition?set=scores.heat.points.look=3")
    #expect(
      String(decoding: file.body, as: UTF8.self)
        == AnswerTests.definition.replacingOccurrences(of: "look: 2", with: "look: 3"))
    #expect(file.fileName == "shop.yaml")
  }

  @Test("a change of the reading half is marked, and read only on request, with progress")
  func reading() throws {
    let asked = try answer("/api/what-if", [("set", "interactions.look.type=email_click")])
    #expect(asked["needsReading"] as? Bool == true && asked["report"] == nil)
    _ = try answer("/api/what-if", [("set", "interactions.look.type=email_click"), ("read", "1")])
    let progress = try answer("/api/progress")
    #expect(progress["done"] as? Int == progress["all"] as? Int)
    #expect(try #require(progress["all"] as? Int) > 0)
    let values = try JSONSerialization.jsonObject(with: Data(reply("/api/values").body))
    #expect("\(values)".contains("interactions.look.type"))
  }

  @Test("a lead's page says which one more occurrence brings it onto a list")
  func nearest() throws {
    // Number 10 has looked eight times and bought twice: 36, held below by nothing; number 2 has three looks, 6.
    let found = try answer("/api/lead", [("key", AnswerTests.hostile[2])])
    let nearest = try #require(found["nearest"] as? [[String: Any]])
    let ways = Dictionary(
      uniqueKeysWithValues: nearest.map {
        ("\($0["list"] ?? "")", $0["interactions"] as? [String] ?? [])
      })
    #expect(ways == ["warm": ["buy"], "hot": []])
  }

  @Test("who is erased is gone at once")
  func erased() throws {
    #expect(try keys([("find", "lead-33@")]).count == 1)
    let line =
      #"{"id":"f","time":"2026-02-01T00:00:00Z","type":"forget","lead":"lead-33@x.example"}"#
    try (line + "\n").write(toFile: "\(book.log)/2026-02.ndjson", atomically: true, encoding: .utf8)
    #expect(try keys([("find", "lead-33@")]).isEmpty)
    #expect(reply("/api/lead?key=lead-33@x.example").status == 422)
  }
}
