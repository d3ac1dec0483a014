/// Definitions in which every key and every subject stands somewhere.
///
/// A key that none of them has fails the tests that walk the tables: add it to one of these.
enum EveryKey {
  static let definitions = [shop, firm, minor]

  /// Reading, identity, rules and their gates.
  static let shop = """
    name: shop
    timezone: Europe/Tallinn
    week_starts: sunday
    keys: { leads: email, accounts: fold-case }
    ignore:
      any: [ { lead: "*@us.example" }, { channel: test }, { not: { type: "*" } }, { all: [ { a: 1 }, { b: 2 } ] } ]
    paths: { trailing_slash: drop, case: fold }
    blanks: ignore
    identity: { merges: keep-first, never: ["kiosk-*"] }
    journey: [looking, buying]
    interactions:
      view: { type: page_view, path: ["/shop", "/shop/*"], stage: looking }
      long-read: { type: page_view, all: [ { duration: { above: 30 } }, { duration: { below: 900 } } ] }
      order: { type: order, amount: { min: 1, max: 100000 }, stage: buying }
      spring: { type: order, time: { from: 2026-03-01, before: 2026-06-01, exists: true }, not: { channel: phone } }
      named: { type: { is: [form_fill, signup] }, any: [ { fields.email: { exists: true } } ],
        due: { from: 2026-03-01, before: 2026-06-01 } }
    touches:
      source: { first: view, property: campaign }
      device: { last: view, property: fields.device }
    scores:
      worth:
        range: [0, 1000]
        half_life: 90d
        fade: 720d
        expires: 730d
        inactivity: { after: 30d, points: -5, every: 2w }
        points:
          view: { points: 1, limit: 3, per: day, each: path, cap: 30, half_life: 30d, fade: 60d, expires: 59d }
          long-read: { points: 2, once_per: path }
          order: { points: { of: amount, times: 0.5, min: 1, max: 50 }, limit: 2, per: 24h }
          named: 3
        caps: [ { interactions: [view, long-read], points: 40 } ]
        bonuses: [ { name: back, when: { visits@7d: { min: 2 } }, points: 4 } ]
      both:
        blend: { percent.fit: 0.4, score.worth: 0.6 }
    grades:
      fit:
        letters: { A: 50, B: 20, F: 0 }
        criteria:
          - attribute: size
            weight: 3
            values:
              - { min: 1000, value: 100 }
              - { above: 500, max: 999, value: 90 }
              - { below: 10, value: 5 }
              - { is: many, value: 50 }
            otherwise: 40
          - attribute: since
            weight: 1
            values: [ { from: 2020-01-01, before: 2021-01-01, value: 10 }, { exists: true, above: 3, value: 1 } ]
    nps: { answers: { type: form_fill, form: nps }, value: fields.score, scale: [1, 10], within: 365d }
    exclude: { any: [ { lead: "*@test.example" }, { outcome: won } ] }
    lists:
      good: { grade.fit: { at_least: B }, percent.fit: { is: [20, 50, 90] } }
      letters: { grade.fit: { is: A, exists: true } }
    examples:
      - name: an order counts half its amount
        as_of: 2026-03-02T00:00:00Z
        events: [ { time: 2026-03-01T00:00:00Z, type: order, amount: 10 } ]
        expect: { lead: example, raw.worth: 5, excluded: false, list.good: false }
    """

  /// People and accounts, and every subject that can be asked for.
  static let firm = """
    name: firm
    journey: [first, second]
    interactions:
      view: { type: page_view, stage: first }
      demo: { type: form_fill, stage: second }
    touches: { source: { first: view, property: campaign } }
    scores:
      interest: { points: { view: 1, demo: 5 } }
    grades:
      profile:
        start: D
        criteria:
          - { attribute: country, is: [EE, FI], thirds: 1 }
          - { attribute: size, min: 10, max: 100, thirds: 2 }
          - { attribute: staff, above: 10, below: 100, thirds: 2 }
          - { attribute: since, from: 2020-01-01, before: 2030-01-01, thirds: 3 }
          - { attribute: known, exists: true, min: 1, thirds: 4 }
      fit: { letters: { A: 0 }, criteria: [ { attribute: a, weight: 1, values: [ { is: b, value: 1 } ] } ] }
    nps: { answers: { type: nps }, value: fields.score, scale: [0, 10] }
    personas:
      role:
        - { name: boss, when: { attribute.title: "*Chief*" } }
        - { name: other }
      kind: { highest: { reader: count.view, buyer: count.demo }, min: 2, gap: 1 }
    lists:
      a: { score.interest: { min: 5 }, raw.interest: { above: 1 }, grade.profile: A, percent.fit: 1 }
      b: { tally.first@7d: 1, count.demo: 1, stage: second, activities: 1, visits: 1, deepest_visit: 1 }
      c: { active_days: 1, time_on_site@30d: 1, busiest_hour: 5, days_since_last: 1, days_since_first: 1 }
      d: { first_seen: { from: 2026-01-01 }, last_seen: { ago: { min: 7d, max: 30d } } }
      e: { entered.second: { exists: true }, days_since_entered.first: 3, days_in_stage: { max: 9 } }
      f: { nps: 9, nps_group: { is: promoter, exists: true }, persona.role: boss, touch.source: spring }
      g: { lead: "a*", account: { exists: true }, outcome: { is: won } }
      h: { attribute.renewal: { ahead: { min: 1d, max: 60d } }, all: [ { visits: { below: 9 } } ] }
      i: { any: [ { visits: { is: 3, exists: true } }, { not: { visits: { max: 9 } } } ] }
      j: { first_seen: { before: 2026-06-01, ahead: { max: 9d } }, attribute.n: { min: 1, max: 5 } }
      k: { attribute.m: { above: 1, below: 5, exists: true }, attribute.o: { is: [x, y] } }
      l: { attribute.p: { from: 2026-01-01, before: 2026-02-01, ago: { max: 90d } } }
      m:
        when: { visits: { min: 1 } }
        columns: [attribute.title, reasons]
        order_by: [-score.interest, last_seen]
        first: 200
      n: { columns: [stage] }
    columns: [attribute.title, visits@7d, reasons.interest]
    accounts:
      columns: [attribute.country, attribute.vip]
      lists:
        large: { leads: { min: 5 } }
        call:
          when: { engaged: { min: 1 } }
          columns: [attribute.country, leads]
          order_by: [-score.reach, attribute.country]
          first: 20
      from_domain: { of: [attribute.email, lead], except: ["*.edu", free-mail] }
      scores:
        reach:
          sum: raw.interest
          of: { visits: { min: 1 } }
          best: 5
          weights: [ { when: { visits: { min: 3 } }, weight: 2 } ]
          otherwise: 0.5
          range: [0, 100]
        depth: { mean: count.demo@30d }
        most: { max: score.interest }
        all: { blend: { score.reach: 1, total.interest: 2, max.interest: 1, mean.interest: 3 } }
      ready:
        any:
          - { score.reach: { min: 1 }, raw.reach: { min: 1 }, active@30d: 1, days_since_last: 1, account: "a*" }
          - { total.interest: { min: 10 }, max.interest: { above: 4 }, mean.interest: { below: 50 } }
          - { leads: { min: 2 }, engaged: { min: 1 }, personas.role.boss: { min: 1 }, nps: { max: 50 } }
          - all: [ { attribute.country: EE }, { attribute.vip: true } ]
          - not: { leads: 1 }
    examples:
      - name: one account
        events: [ { time: 2026-03-01T00:00:00Z, type: page_view, account: acme } ]
        expect: [ { account: acme, ready: false, leads: 1 }, { score.interest: 1, visits: 1 } ]
    """

  /// What excludes something of the others.
  static let minor = """
    name: minor
    keys: { leads: exact, accounts: exact }
    paths: { trailing_slash: keep, case: keep }
    journey: [first, spare]
    interactions: { view: { type: page_view }, idle: { type: other } }
    scores: { interest: { points: { view: { points: 1, limit: 1 } } } }
    grades: { g: { start: C, criteria: [ { attribute: a, is: b, thirds: 1 } ] } }
    """
}
