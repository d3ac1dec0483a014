@testable import Reading

extension LineCase {
  static let members: [LineCase] = required + limits + types + times

  private static let wrongKinds = ["null", "1", "true", "false", "[]", "{}", #"["a"]"#, #""""#]

  /// Each required member in turn, missing and of every wrong kind.
  private static let required: [LineCase] = {
    let required: [(name: String, type: String, reason: Refusal)] = [
      ("id", "t", .id), ("time", "t", .time), ("type", "t", .type), ("lead", "t", .lead),
      ("lead", "profile", .lead), ("lead", "forget", .lead), ("lead", "merge", .lead),
      ("lead", "outcome", .lead), ("account", "account_profile", .account),
      ("from", "merge", .from), ("outcome", "outcome", .outcome),
      ("account", "account_merge", .account), ("from", "account_merge", .from),
      ("event", "withdraw", .event),
    ]
    return required.flatMap { name, type, reason in
      let members = [
        "id": #""1""#, "time": #""2026-01-01T00:00:00Z""#, "type": "\"\(type)\"", "lead": #""a""#,
        "account": #""c""#, "from": #""b""#, "outcome": #""won""#, "event": #""2""#,
      ]
      func line(_ value: String?) -> String {
        var changed = members
        changed[name] = value
        let texts = changed.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
        return "{\(texts.joined(separator: ","))}"
      }
      return [
        LineCase("\(type) with all it needs", line(members[name]), nil),
        LineCase("\(type) without '\(name)'", line(nil), reason),
      ] + wrongKinds.map { LineCase("\(type) with '\(name)' \($0)", line($0), reason) }
    }
  }()

  private static func withdraw(
    _ what: String, _ members: String, _ refusal: Refusal?
  ) -> LineCase {
    LineCase(
      "withdraw \(what)",
      #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"withdraw","event":"2"\#(members)}"#, refusal
    )
  }

  private static func text(_ byteCount: Int, of unit: String = "x") -> String {
    "\"" + String(repeating: unit, count: byteCount / unit.utf8.count) + "\""
  }

  private static func escapes(_ count: Int) -> String {
    "\"" + String(repeating: #"\u0078"#, count: count) + "\""
  }

  private static let limits: [LineCase] = [
    LineCase("an id of 1 byte", event(id: text(1)), nil),
    LineCase("an id of 128 bytes", event(id: text(128)), nil),
    LineCase("an id of 129 bytes", event(id: text(129)), .id),
    LineCase("an id of 64 letters of 2 bytes", event(id: text(128, of: "é")), nil),
    LineCase("an id of 65 letters of 2 bytes", event(id: text(130, of: "é")), .id),
    LineCase("an id of 128 escapes", event(id: escapes(128)), nil),
    LineCase("an id of 129 escapes", event(id: escapes(129)), .id),
    LineCase("a lead of 256 bytes", event(lead: text(256)), nil),
    LineCase("a lead of 257 bytes", event(lead: text(257)), .lead),
    LineCase("a lead of 85 euros", event(lead: text(255, of: "€")), nil),
    LineCase("a lead of 86 euros", event(lead: text(258, of: "€")), .lead),
    LineCase("an account of 100,000 bytes", event(#","account":\#(text(100_000))"#), nil),
    LineCase(
      "a `from` of 100,000 bytes", event(type: #""merge""#, #","from":\#(text(100_000))"#), nil),
    LineCase("a type of 100,000 bytes", event(type: text(100_000)), nil),
    LineCase("an id of a space", event(id: #"" ""#), nil),
    LineCase("an id of a zero byte", event(id: #""\u0000""#), nil),
  ]

  private static let types: [LineCase] = [
    LineCase(
      "account_profile without a lead",
      #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"account_profile","account":"c"}"#, nil),
    LineCase(
      "account_profile with a lead that is a number",
      event(type: #""account_profile""#, lead: "5", #","account":"c""#), nil),
    LineCase("Merge is any other name", event(type: #""Merge""#), nil),
    LineCase("merge with a space is any other name", event(type: #""merge ""#), nil),
    LineCase("merge with an escape is a merge", event(type: #""merg\u0065""#), .from),
    withdraw("of an account", #","account":"c""#, nil),
    withdraw("of an account, with a lead that is a number", #","account":"c","lead":7"#, nil),
    withdraw("of an account, with a lead that is null", #","account":"c","lead":null"#, nil),
    withdraw("with an empty lead beside an account", #","account":"c","lead":"""#, .lead),
    withdraw(
      "with a lead too long beside an account", #","account":"c","lead":\#(text(257))"#, .lead),
    withdraw("of a lead, with an empty account", #","account":"","lead":"a""#, nil),
    withdraw("with neither", "", .lead),
    withdraw("with an empty account alone", #","account":"""#, .lead),
    LineCase(
      "account_merge without a lead",
      #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"account_merge","account":"c","from":"d"}"#,
      nil),
    LineCase(
      "withdraw of an id of 128 bytes", event(type: #""withdraw""#, #","event":\#(text(128))"#), nil
    ),
    LineCase(
      "withdraw of an id of 129 bytes", event(type: #""withdraw""#, #","event":\#(text(129))"#),
      .event),
    LineCase("outcomes is any other name", event(type: #""outcomes""#), nil),
    LineCase("a member given twice: the last is sound", event(id: #"5,"id":"1""#), nil),
    LineCase("a member given twice: the last is wrong", event(id: #""1","id":5"#), .id),
    LineCase("a member given twice: the last is null", event(lead: #""a","lead":null"#), .lead),
    LineCase("a member given twice by an escape", event(id: #""1","\u0069d":5"#), .id),
    LineCase("a member named by escapes", #"{"\u0069\u0064":"1"\#(event().dropFirst(9))"#, nil),
    LineCase("ID is another member", #"{"ID":"1"\#(event().dropFirst(9))"#, .id),
    LineCase("an optional member of the wrong kind", event(#","account":5"#), nil),
    LineCase("fields of the wrong kind", event(#","fields":5"#), nil),
    LineCase("fields are a list", event(#","fields":["size",5]"#), nil),
    LineCase("required members inside fields do not count", #"{"fields":\#(event())}"#, .id),
  ]

  private static let times: [LineCase] = [
    LineCase("a time that is a number", event(time: "1767225600000"), .time),
    LineCase("a time without an offset", event(time: #""2026-01-01T00:00:00""#), .time),
    LineCase("a time with an escape", event(time: #""2026-01-01T00:00:00\u005a""#), nil),
    LineCase("a time with a zero byte", event(time: #""2026-01-01T00:00:00Z\u0000""#), .time),
    LineCase("a day alone", event(time: #""2026-01-01""#), .time),
    LineCase("1969", event(time: #""1969-12-31T23:59:59.999Z""#), .time),
    LineCase("2262", event(time: #""2262-01-01T00:00:00Z""#), .time),
  ]
}
