import Foundation
import TestBooks
import Testing

/// `at` and `because` of `changes.csv`, sentence by sentence.
@Suite("reasons of changes") struct ReasonTests {
  private let rules = """
    name: reasons
    interactions:
      view: { type: page_view }
      demo: { type: form_fill }
    scores:
      heat: { half_life: 10d, points: { view: 10, demo: 50 } }
    grades:
      fit:
        letters: { A: 80, B: 40, C: 0 }
        criteria:
          - attribute: size
            weight: 1
            values: [ { min: 100, value: 100 }, { min: 10, value: 50 } ]
    personas:
      warmth:
        - { name: hot, when: { score.heat: { min: 40 } } }
        - { name: warm, when: { score.heat: { min: 5 } } }
    lists:
      call: { score.heat: { min: 40 } }
    accounts:
      ready: { total.heat: { min: 60 } }
    """

  private func event(_ id: String, _ time: String, _ type: String, _ rest: String) -> String {
    #"{"id":"\#(id)","time":"2026-03-\#(time)Z","type":"\#(type)",\#(rest)}"# + "\n"
  }

  private func lead(_ name: String, _ more: String = "") -> String {
    #""lead":"\#(name)""# + (more.isEmpty ? "" : "," + more)
  }

  /// Returns what is told of the changes between the evenings of two days, by what changed: `at` and `because`.
  private func reasons(
    _ before: String, then after: String, rules: String? = nil, later: String? = nil
  ) throws -> [String: [String]] {
    let scratch = try ScratchBook()
    try scratch.writeLog([("1.ndjson", Array(before.utf8))])
    try scratch.run(definition: rules ?? self.rules, asOf: "2026-03-10T00:00:00Z")
    if !after.isEmpty { try scratch.writeLog([("2.ndjson", Array(after.utf8))]) }
    let files = try scratch.run(
      definition: later ?? rules ?? self.rules, asOf: "2026-03-12T00:00:00Z"
    ).files
    return Dictionary(
      NamedRows(try #require(files["changes.csv"])).rows.map { row in
        (
          "\(row["key"] ?? "") \(row["what"] ?? "") \(row["change"] ?? "")",
          [row["at"] ?? "", row["because"] ?? ""]
        )
      }, uniquingKeysWith: { $1 })
  }

  @Test("`time passing` if the state would have changed without the events of that millisecond")
  func timePassing() throws {
    // 100 points come to less than 39.5 after 7 d times log2(100 / 39.5).
    let log =
      event("1", "01T00:00:00", "form_fill", lead("ada"))
      + event("2", "01T00:00:00", "form_fill", lead("ada"))
    let found = try reasons(
      log, then: "", rules: rules.replacing("half_life: 10d", with: "half_life: 7d"))
    let out = try #require(found["ada list.call out"])
    #expect(out[0].hasPrefix("2026-03-10T09:0") && out[1] == "time passing")
    #expect(found["ada persona.warmth.hot out"] == out)
    #expect(found["ada persona.warmth.warm in"] == out)
  }

  @Test(
    "else `event ID at SEGMENT:LINE`, the first of those of that millisecond with which it is new")
  func firstEvent() throws {
    let log = event("1", "09T00:00:00", "page_view", lead("ada", #""account":"acme""#))
    let found = try reasons(
      log,
      then: event("2", "11T00:00:00", "page_view", lead("ada")) + "\n"
        + event("3", "11T00:00:00", "form_fill", lead("ada"))
        + event("4", "11T00:00:00", "form_fill", lead("ada")))
    let reason = ["2026-03-11T00:00:00.000Z", "event 3 at 2.ndjson:3"]
    #expect(found["ada list.call in"] == reason)
    #expect(found["ada persona.warmth.hot in"] == reason)
    #expect(found["ada persona.warmth.warm out"] == reason)
    // 10 faded points, 10 and 50 are 69: it needs no more than that.
    #expect(found["acme ready in"] == reason)
  }

  @Test("for `ready` it may be another lead's event or the account's")
  func otherLead() throws {
    let log =
      event("1", "09T00:00:00", "form_fill", lead("ada", #""account":"acme""#))
      + event("2", "09T00:00:00", "page_view", lead("bob", #""account":"acme""#))
    let found = try reasons(log, then: event("3", "11T08:00:00", "form_fill", lead("bob")))
    #expect(found["acme ready in"] == ["2026-03-11T08:00:00.000Z", "event 3 at 2.ndjson:1"])
    let named = try reasons(
      log,
      then: event(
        "3", "11T08:00:00", "account_profile", #""account":"acme","fields":{"big":true}"#),
      rules: rules.replacing(
        "ready: { total.heat: { min: 60 } }", with: "ready: { attribute.big: true }"))
    #expect(named["acme ready in"] == ["2026-03-11T08:00:00.000Z", "event 3 at 2.ndjson:1"])
  }

  @Test("lists of accounts have rows, in and out; those whose files are limited have none")
  func accountLists() throws {
    let listing =
      rules + """

          lists:
            warm: { when: { total.heat: { min: 60 } }, order_by: -total.heat }
            cool: { total.heat: { max: 59 } }
            first: { when: { total.heat: { min: 60 } }, order_by: -total.heat, first: 1 }
        """
    let log = event("1", "09T00:00:00", "form_fill", lead("ada", #""account":"acme""#))
    let found = try reasons(
      log, then: event("2", "11T08:00:00", "form_fill", lead("ada")), rules: listing)
    let reason = ["2026-03-11T08:00:00.000Z", "event 2 at 2.ndjson:1"]
    #expect(found["acme list.warm in"] == reason)
    #expect(found["acme list.cool out"] == reason)
    #expect(found["acme ready in"] == reason)
    #expect(found["acme list.first in"] == nil)
  }

  @Test("a grade goes up, down, in from ungraded and out to it, with the letters before and after")
  func grades() throws {
    func size(_ id: String, _ time: String, _ name: String, _ size: String) -> String {
      event(id, time, "profile", lead(name, #""fields":{"size":\#(size)}"#))
    }
    let before =
      size("1", "01T00:00:00", "up", "20") + size("2", "01T00:00:00", "down", "200")
      + event("3", "01T00:00:00", "page_view", lead("in")) + size("4", "01T00:00:00", "out", "20")
    let after =
      size("5", "11T00:00:00", "up", "200") + size("6", "11T00:00:00", "down", "1")
      + size("7", "11T00:00:00", "in", "20") + size("8", "11T00:00:00", "out", "null")
    let found = try reasons(before, then: after)
    for (line, name) in ["up", "down", "in", "out"].enumerated() {
      #expect(
        found["\(name) grade.fit \(name)"]
          == ["2026-03-11T00:00:00.000Z", "event \(5 + line) at 2.ndjson:\(line + 1)"], "\(name)")
    }
  }

  @Test("where no moment explains it, what differs: the definition, a late event, or both")
  func definitionAndLateEvent() throws {
    let log = event("1", "09T00:00:00", "page_view", lead("ada"))
    let late = event("2", "09T01:00:00", "page_view", lead("ada"))
    let other = rules.replacing(
      "call: { score.heat: { min: 40 } }", with: "call: { activities: { min: 1 } }")
    #expect(try reasons(log, then: "", later: other)["ada list.call in"] == ["", "definition"])
    let third = rules.replacing(
      "call: { score.heat: { min: 40 } }", with: "call: { activities: { min: 2 } }")
    #expect(
      try reasons(log, then: late, rules: third)["ada list.call in"] == ["", "late event"])
    #expect(
      try reasons(log, then: late, later: third)["ada list.call in"]
        == ["", "definition, late event"])
  }

  @Test("a late merge, withdrawal or merge of accounts is named, and a forget whatever its time")
  func lateNews() throws {
    let both =
      event("1", "09T00:00:00", "form_fill", lead("ada", #""account":"acme""#))
      + event("2", "09T00:00:00", "page_view", lead("bob", #""account":"acme inc""#))
    let merge = event("3", "09T12:00:00", "merge", lead("bob", #""from":"ada""#))
    #expect(try reasons(both, then: merge)["bob list.call in"] == ["", "merge"])
    let withdraw = event("3", "09T12:00:00", "withdraw", lead("ada", #""event":"1""#))
    #expect(try reasons(both, then: withdraw)["ada list.call out"] == ["", "withdrawal"])
    let accounts = event(
      "3", "09T12:00:00", "account_merge", #""account":"acme","from":"acme inc""#)
    let ready = rules.replacing("min: 60", with: "min: 48")
    #expect(
      try reasons(both, then: accounts, rules: ready)["acme ready in"] == ["", "account merge"])
    let forget = event("3", "11T12:00:00", "forget", lead("ada"))
    #expect(try reasons(both, then: forget)["ada list.call out"] == ["", "erasure"])
  }

  @Test("a merge or a withdraw in between is a moment, with its own event")
  func identityMoments() throws {
    let both =
      event("1", "09T00:00:00", "form_fill", lead("ada"))
      + event("2", "09T00:00:00", "page_view", lead("bob"))
    let merge = event("3", "11T00:00:00", "merge", lead("bob", #""from":"ada""#))
    let reason = ["2026-03-11T00:00:00.000Z", "event 3 at 2.ndjson:1"]
    let merged = try reasons(both, then: merge)
    #expect(merged["bob list.call in"] == reason)
    #expect(merged["ada list.call out"] == reason)
    #expect(merged["ada lead gone"] == ["", ""])
    let withdraw = event("3", "11T00:00:00", "withdraw", lead("ada", #""event":"1""#))
    #expect(try reasons(both, then: withdraw)["ada list.call out"] == reason)
  }

  @Test("excluded leads that were there are gone because of `exclude`, and out of their lists")
  func excluded() throws {
    let excluding = rules + "\nexclude: { outcome: won }"
    let log = event("1", "09T00:00:00", "form_fill", lead("ada"))
    let won = event("2", "11T00:00:00", "outcome", lead("ada", #""outcome":"won""#))
    let found = try reasons(log, then: won, rules: excluding)
    #expect(found["ada lead gone"] == ["", "exclude"])
    #expect(found["ada list.call out"] == ["", "exclude"])
  }

  @Test(
    "an event is told by its own segment and line where sheets were merged, and in quotes where it needs them"
  )
  func mergedSheets() throws {
    let scratch = try ScratchBook()
    for number in 0..<12 {
      let name = "0\(number)".suffix(2)
      var lines = event("v\(number)", "01T00:00:00", "page_view", lead("l\(number)"))
      // Known long before it happens.
      if number == 7 { lines += event(#"a,\"b\""#, "11T00:00:00", "form_fill", lead("ada")) }
      try scratch.writeLog([("\(name).ndjson", Array(lines.utf8))])
    }
    for day in ["08", "09", "10"] {
      try scratch.run(definition: rules, asOf: "2026-03-\(day)T00:00:00Z")
    }
    let files = try scratch.run(definition: rules, asOf: "2026-03-12T00:00:00Z").files
    let row = NamedRows(try #require(files["changes.csv"])).rows.first {
      $0["key"] == "ada" && $0["what"] == "list.call"
    }
    #expect(row?["at"] == "2026-03-11T00:00:00.000Z")
    #expect(row?["because"] == #"event a,"b" at 07.ndjson:2"#)
  }
}
