extension Mistake {
  static let times = table(
    #"""
    interactions: { v: { time: "2026-03-*" } }
    ! 2:28: 'time' is a time and not compared as text; write bounds such as { from: 2026-03-01, before: 2026-04-01 }

    interactions: { v: { time: { is: 2026-03-01 } } }
    ! 2:34: 'time' is a time and not compared as text; write bounds such as { from: 2026-03-01, before: 2026-04-01 }

    interactions: { v: { time: { min: 5 } } }
    ! 2:30: 'min' asks for a number, but 'time' is a time; write bounds such as { from: 2026-03-01, before: 2026-04-01 }

    interactions: { v: { time: { ago: { max: 30d } } } }
    ! 2:30: 'ago' is for leads and accounts, not for 'time' of an event; an event is the same as of any time; write from or before

    interactions: { v: { fields.renewal: { ahead: { max: 30d } } } }
    ! 2:40: 'ahead' is for leads and accounts, not for 'fields.renewal' of an event; an event is the same as of any time; write from or before

    interactions: { v: { time: { from: 2026-03-01, before: 2026-03-01 } } }
    ! 2:28: nothing can meet this test of 'time': from 2026-03-01 and before 2026-03-01

    interactions: { v: { time: { form: 2026-03-01 } } }
    ! 2:30: unknown key 'form' in a test of 'time'; did you mean 'from'?

    timezone: Europe/Tallinn
    interactions: { v: { time: { from: 2026-03-01T00:00:00Z, before: 2026-03-01 } } }
    ! 3:28: nothing can meet this test of 'time': from 2026-03-01T00:00:00Z and before 2026-03-01

    interactions: { v: { time: { from: 2026-02-29 } } }
    ! 2:36: 'from' is no date and no time: '2026-02-29'; such as 2026-03-01, 2026-03-01 09:30 or 2026-03-01T09:30:00Z

    interactions: { v: { time: { from: 2026 } } }
    ! 2:36: 'from' must be text, not a number; write it in quotes: '2026'

    lists: { l: { first_seen: 2026-03-01 } }
    ! 2:27: 'first_seen' is a time and not compared as text; write bounds such as { from: 2026-03-01, before: 2026-04-01 }

    lists: { l: { last_seen: { max: 5 } } }
    ! 2:28: 'max' asks for a number, but 'last_seen' is a time; write bounds such as { from: 2026-03-01, before: 2026-04-01 }

    lists: { l: { visits: { from: 2026-03-01 } } }
    ! 2:25: 'from' asks for a time, but 'visits' is a number

    journey: [a]
    lists: { l: { stage: { ago: { max: 5d } } } }
    ! 3:24: 'ago' asks for a time, but 'stage' is a name

    grades: { g: { letters: { A: 0 }, criteria: [{ attribute: x, weight: 1, values: [{ is: 1, value: 1 }] }] } }
    lists: { l: { grade.g: { before: 2026-03-01 } } }
    ! 3:26: 'before' asks for a time, but 'grade.g' is a letter

    lists: { l: { first_seen: { ago: { min: 60d, max: 30d } } } }
    ! 2:27: nothing can meet this test of 'first_seen': ago min 60d and max 30d

    lists: { l: { attribute.renewal: { ago: { min: 1d }, ahead: { max: 1d } } } }
    ! 2:34: nothing can meet this test of 'attribute.renewal': what lies before the as-of does not lie after it

    lists: { l: { attribute.renewal: { from: 2026-03-01, min: 5 } } }
    ! 2:34: nothing can meet this test of 'attribute.renewal': what is a number is no time

    lists: { l: { attribute.renewal: { is: [soon, 2026-02-28, 5], from: 2026-03-01 } } }
    ! 2:34: nothing can meet this test of 'attribute.renewal': what it is compared to is not at such a time

    lists: { l: { attribute.renewal: { exists: false, ago: { max: 5d } } } }
    ! 2:34: nothing can meet this test of 'attribute.renewal': what is absent passes nothing but 'exists: false'

    lists: { l: { first_seen: { ago: {} } } }
    ! 2:34: 'ago' has neither 'min' nor 'max'; such as { max: 60d }

    lists: { l: { first_seen: { ago: { mix: 5d } } } }
    ! 2:34: 'ago' has neither 'min' nor 'max'; such as { max: 60d }
    ! 2:36: unknown key 'mix' in 'ago'; did you mean 'min'?

    lists: { l: { first_seen: { ahead: { max: 5 } } } }
    ! 2:43: 'max' of 'ahead' must be a duration, not the number 5; did you mean '5d'?

    lists: { l: { first_seen: { ahead: 5d } } }
    ! 2:36: 'ahead' must be a mapping, not text

    personas:
      age:
        - { name: old, when: { first_seen: { before: 2026-03-01 } } }
        - { name: older, when: { first_seen: { before: 2026-02-01 } } }
    ! 5:7: persona 'older' can never be chosen: 'old' above takes every such lead

    personas:
      age:
        - { name: recent, when: { last_seen: { ago: { max: 30d } } } }
        - { name: newest, when: { last_seen: { ago: { max: 7d } } } }
    ! 5:7: persona 'newest' can never be chosen: 'recent' above takes every such lead

    accounts: { ready: { leads: { ago: { max: 5d } } } }
    ! 2:31: 'ago' asks for a time, but 'leads' is a number
    """#)

  static let touches = table(
    #"""
    touches: { source: { first: view } }
    ! 2:20: missing key 'property' in touch 'source'
    ! 2:29: unknown interaction 'view'; there are none

    interactions: { view: { type: page_view } }
    touches: { source: { first: veiw, property: campaign } }
    ! 3:29: unknown interaction 'veiw'; did you mean 'view'?

    interactions: { view: { type: page_view } }
    touches: { source: { property: campaign } }
    ! 3:20: touch 'source' needs a 'first' or a 'last'; the interaction whose first, or last, occurrence tells

    interactions: { view: { type: page_view } }
    touches: { source: { first: view, last: view, property: campaign } }
    ! 3:35: touch 'source' has both 'first' and 'last'; write two touches

    interactions: { view: { type: page_view } }
    touches: { Source: { first: view, property: fields } }
    ! 3:12: 'Source' is no name for a touch; a name is small letters, digits, '-' and '_', beginning with a letter or digit: 'source'
    ! 3:45: 'fields' needs a name; write fields.NAME

    interactions: { view: { type: page_view } }
    touches: { source: { first: view, property: campaign } }
    lists: { l: { touch.sorce: spring } }
    ! 4:15: unknown touch 'sorce'; did you mean 'source'?

    lists: { l: { touch: spring } }
    ! 2:15: 'touch' needs a name; write touch.TOUCH
    """#)

  static let askedOfLeads = table(
    #"""
    personas: { p: [{ name: a, when: { outcome: won } }] }
    ! 2:36: a persona cannot ask for 'outcome'; nothing that says what a lead is worth may know what became of it; lists and 'exclude' may

    scores: { s: { bonuses: [{ name: b, points: 1, when: { outcome: won } }] } }
    ! 2:56: a bonus cannot ask for 'outcome'; nothing that says what a lead is worth may know what became of it; lists and 'exclude' may

    lists: { l: { days_in_stage: { min: 5 } } }
    ! 2:15: 'days_in_stage' is never known: the definition has no journey

    journey: [awareness]
    lists: { l: { entered.awarness: { exists: true } } }
    ! 3:15: unknown stage 'awarness'; did you mean 'awareness'?

    journey: [awareness]
    lists: { l: { days_since_entered.awarness: { min: 5 } } }
    ! 3:15: unknown stage 'awarness'; did you mean 'awareness'?

    lists: { l: { busiest_hours: 5 } }
    ! 2:15: a lead has no subject 'busiest_hours'; did you mean 'busiest_hour'?

    lists: { l: { first_seen@7d: { exists: true } } }
    ! 2:15: 'first_seen' takes no window: 'first_seen@7d'; tally, count, activities, visits, deepest_visit, active_days, time_on_site and busiest_hour do

    exclude: { leed: "*@example.com" }
    ! 2:12: a lead has no subject 'leed'; did you mean 'lead'?

    exclude: {}
    ! 2:10: 'exclude' tests nothing

    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { excluded: true } }]
    ! 2:84: nobody is ever excluded: the definition has no 'exclude'

    exclude: { visits: 0 }
    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { excluded: yes } }]
    ! 3:94: 'excluded' must be true or false, not 'yes'; write true
    """#)
}
