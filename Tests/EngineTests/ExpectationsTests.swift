import Definition
import Engine
import Testing

/// What examples can expect of leads that are left out, of times and of where leads came from.
@Suite struct ExpectationsTests {
  private func failures(_ expect: String) throws -> [String] {
    let definition = try Definition.load(
      text: """
        name: t
        journey: [early, late]
        interactions:
          view: { type: page_view, stage: early }
          form: { type: form_fill, stage: late }
        touches: { source: { first: view, property: campaign } }
        scores: { s: { points: { view: 4 } } }
        exclude: { lead: "staff*" }
        lists: { seen: { score.s: { min: 4 } } }
        accounts: { ready: { attribute.ends: { ahead: { max: 30d } } } }
        examples:
          - name: x
            as_of: 2026-03-10T00:00:00Z
            events:
              - { time: 2026-03-01T00:00:00Z, type: page_view, campaign: spring, fields: { renewal: 2026-04-01 } }
              - { time: 2026-03-01T00:59:59Z, type: page_view, campaign: other }
              - { time: 2026-03-05T00:00:00Z, type: form_fill }
              - { time: 2026-03-06T00:00:00Z, type: outcome, outcome: won }
              - { time: 2026-03-01T00:00:00Z, type: page_view, lead: staff-1 }
              - { time: 2026-03-01T00:00:00Z, type: account_profile, account: acme, fields: { ends: 2026-04-09 } }
            expect: \(expect)
        """, file: "t.yaml")
    return try Engine.failures(ofExamplesIn: definition).map(\.message)
  }

  @Test(
    "every new subject can be expected, as of the example's time",
    arguments: [
      "{ busiest_hour: 2, first_seen: { from: 2026-03-01, before: 2026-03-02 } }",
      "{ last_seen: { ago: { min: 5d, max: 5d } }, outcome: won, touch.source: spring }",
      "{ entered.early: { from: 2026-03-01 }, entered.late: { ago: { max: 5d } } }",
      "{ days_since_entered.early: 9, days_in_stage: 5 }",
      "{ attribute.renewal: { ahead: { min: 22d, max: 22d } }, busiest_hour@7d: 1 }",
      "{ excluded: false, list.seen: true }", "{ lead: staff-1, excluded: true, list.seen: false }",
      "{ lead: staff-1, score.s: 4 }", "{ lead: nobody, excluded: false }",
      "{ account: acme, ready: true, attribute.ends: { ahead: { min: 30d } } }",
    ])
  func met(expect: String) throws {
    #expect(try failures(expect) == [])
  }

  @Test(
    "what is not as expected is told",
    arguments: [
      ("{ excluded: true }", "expected excluded to be true, but it is false"),
      ("{ lead: staff-1, excluded: false }", "expected excluded to be false, but it is true"),
      ("{ lead: staff-1, list.seen: true }", "expected list.seen to be true, but it is false"),
      (
        "{ first_seen: { before: 2026-03-01 } }",
        "expected first_seen to be { before: 2026-03-01 }, but it is '2026-03-01T00:00:00.000Z'"
      ),
      (
        "{ attribute.renewal: { ahead: { max: 21d } } }",
        "expected attribute.renewal to be { ahead: { max: 21d } }, but it is '2026-04-01'"
      ),
      ("{ touch.source: other }", "expected touch.source to be other, but it is 'spring'"),
    ])
  func told(expect: String, message: String) throws {
    #expect(try failures(expect) == [message])
  }
}
