import Notation
import Testing

@testable import Definition

@Suite("examples") struct ExampleTests {
  @Test("events become JSON: identity filled in, fields nested, scalars of each kind")
  func events() throws {
    let example = try load(
      """
          - name: all kinds
            events:
              - { time: 2026-03-01T00:00:00Z, type: page_view, id: mine, lead: ann, duration: 007.50 }
              - time: 2026-03-03T01:00:00.9999+01:00
                type: profile
                fields: { title: "Chief \\"Ö\\" \\\\ Officer\\n", size: 0x10, vip: true, gone: null, no: NO }
              - { time: 2026-03-02T00:00:00Z, type: account_profile, account: acme, list: [1, a] }
              - { time: 2026-03-01T00:00:00Z, type: forget }
            expect:
              - { lead: ann, visits: { min: 1, max: 2 }, attribute.vip: true, list.hot: false }
              - { account: acme, leads: 0, attribute.x: [a, "b"] }
              - { attribute.no: "NO" }
      """)
    #expect(
      example.events == [
        #"{"time":"2026-03-01T00:00:00Z","type":"page_view","id":"mine","lead":"ann","duration":7.50}"#,
        #"{"id":"example-2","lead":"example","time":"2026-03-03T01:00:00.9999+01:00","type":"profile","#
          + #""fields":{"title":"Chief \"Ö\" \\ Officer\n","size":16,"vip":true,"gone":null,"#
          + #""no":"NO"}}"#,
        #"{"id":"example-3","time":"2026-03-02T00:00:00Z","type":"account_profile","account":"acme","#
          + #""list":[1,"a"]}"#,
        #"{"id":"example-4","lead":"example","time":"2026-03-01T00:00:00Z","type":"forget"}"#,
      ])
    // The latest time, whatever the order.
    #expect(example.asOf == 1_772_496_000_999)
    #expect(
      example.expectations.map { "\($0.subject) = \($0.expected)" } == [
        "visits = { min: 1, max: 2 }", "attribute.vip = true", "list.hot = false", "leads = 0",
        "attribute.x = [a, b]", "attribute.no = NO",
      ])
    let targets = example.expectations.map(\.target)
    guard case .lead("ann", .visits(window: nil), _) = targets[0],
      case .list(0, lead: "ann", isMember: false) = targets[2],
      case .account("acme", .leads, _) = targets[3],
      case .lead("example", .attribute("no"), _) = targets[5]
    else {
      Issue.record("other targets: \(targets)")
      return
    }
  }

  @Test(
    "a time is RFC 3339, kept to the millisecond",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01t00:00:00.0019z", 1),
      ("2000-02-29T23:59:59.123456789Z", 951_868_799_123),
      ("2026-03-01T02:30:00+02:30", 1_772_323_200_000),
      ("2026-02-28T19:00:00-05:00", 1_772_323_200_000),
      ("2261-12-31T23:59:59.999Z", 9_214_646_399_999),
      ("1969-12-31T23:00:00-01:00", 0),
    ] as [(String, Milliseconds)])
  func times(text: String, time: Milliseconds) {
    #expect(eventTime(text) == time)
  }

  @Test(
    "anything else is no time",
    arguments: [
      "", "2026-03-01", "2026-03-01T00:00:00", "2026-03-01 00:00:00Z", "2026-02-29T00:00:00Z",
      "2100-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
      "2026-04-31T00:00:00Z",
      "2026-03-01T24:00:00Z", "2026-03-01T00:60:00Z", "2026-12-31T23:59:60Z",
      "2026-03-01T00:00:00.Z",
      "2026-03-01T00:00:00.1234567890Z", "2026-03-01T00:00:00+24:00", "2026-03-01T00:00:00+02",
      "2026-03-01T00:00:00ZZ", "1969-12-31T23:59:59Z", "2262-01-01T00:00:00Z",
      "2026-3-01T00:00:00Zx",
      "2026-03-01T00:00:00.5", "２026-03-01T00:00:00Z",
    ])
  func notTimes(text: String) {
    #expect(eventTime(text) == nil)
  }

  private func load(_ example: String) throws -> Example {
    let head = "name: x\nlists: { hot: { visits: { min: 1 } } }\nexamples:\n"
    return try #require(try Definition.load(text: head + example, file: "f").examples.first)
  }
}
