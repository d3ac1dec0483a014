extension Mistake {
  static let personas = table(
    #"""
    personas: { role: [{ name: a }, { name: b, when: { visits: 1 } }] }
    ! 2:33: persona 'b' can never be chosen: 'a' above takes every lead

    personas: { role: [{ name: a, when: { visits: { min: 3 } } }, { name: b, when: { visits: { min: 5 } } }] }
    ! 2:63: persona 'b' can never be chosen: 'a' above takes every such lead

    personas: { role: [{ name: a, when: { visits: 1 } }, { name: a }] }
    ! 2:54: two personas of group 'role' are named 'a'; the first is on line 2

    personas: { role: [] }
    ! 2:19: persona group 'role' has no personas

    personas: { role: [{ when: { visits: 1 } }] }
    ! 2:20: missing key 'name' in a persona of group 'role'

    personas: { role: [{ name: A }] }
    ! 2:28: 'A' is no name for a persona; a name is small letters, digits, '-' and '_', beginning with a letter or digit: 'a'

    personas: { role: [{ name: a, when: {} }] }
    ! 2:37: 'when' of persona 'a' tests nothing

    personas: { one: [{ name: a, when: { persona.two: b } }], two: [{ name: b }] }
    ! 2:38: persona group 'two' stands below; only groups above can be asked for

    personas: { one: [{ name: a, when: { persona.one: a } }] }
    ! 2:38: a persona cannot ask for its own group 'one'

    personas: { role: many }
    ! 2:19: persona group 'role' must be a list or a mapping, not text

    personas: { role: { min: 3 } }
    ! 2:19: missing key 'highest' in persona group 'role'

    personas: { role: { highest: { a: visits }, gaps: 3 } }
    ! 2:45: unknown key 'gaps' in persona group 'role'; did you mean 'gap'?

    personas: { role: { highest: {} } }
    ! 2:30: persona group 'role' has no personas

    personas: { role: { highest: [a] } }
    ! 2:30: 'highest' of persona group 'role' must be a mapping, not a list

    personas: { role: { highest: { A: visits } } }
    ! 2:32: 'A' is no name for a persona; a name is small letters, digits, '-' and '_', beginning with a letter or digit: 'a'

    personas: { role: { highest: { a: vists } } }
    ! 2:35: a lead has no subject 'vists'; did you mean 'visits'?

    personas: { role: { highest: { a: 7 } } }
    ! 2:35: what persona 'a' has most of must be text, not a number; write it in quotes: '7'

    personas: { role: { highest: { a: visits, b: activities, c: visits } } }
    ! 2:58: persona 'c' can never be chosen: 'a' above has as much of the same

    personas: { role: { highest: { a: visits }, min: many, gap: -1 } }
    ! 2:50: 'min' must be a number, not text
    ! 2:61: 'gap' must not be below 0: -1

    personas: { role: { highest: { a: visits }, min: 0.0000001 } }
    ! 2:50: 'min' has more than six decimals: 0.0000001

    grades: { fit: { letters: { A: 50, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ min: 1, value: 100 }] }] } }
    personas: { role: { highest: { a: grade.fit } } }
    ! 3:35: 'grade.fit' is never a number

    personas: { one: { highest: { a: persona.two } }, two: [{ name: b }] }
    ! 2:34: persona group 'two' stands below; only groups above can be asked for

    personas: { one: [{ name: b }], two: { highest: { a: persona.one } } }
    ! 2:54: 'persona.one' is never a number
    """#)

  static let accounts = table(
    #"""
    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { main: { points: { view: 1 } } }
    accounts: { ready: { score.main: 1 } }
    ! 4:22: accounts have no score 'main'; their leads do; did you mean 'total.main', 'max.main' or 'mean.main'?

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { main: { points: { view: 1 } } }
    accounts: { ready: { total.mian: 1 } }
    ! 4:22: unknown score 'mian'; did you mean 'main'?

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { main: { points: { view: 1 } } }
    accounts: { ready: { total: 1 } }
    ! 4:22: 'total' needs a name; write total.SCORE

    personas: { role: [{ name: boss, when: { attribute.title: "Chief*" } }, { name: other }] }
    accounts: { ready: { personas.role.bos: 1 } }
    ! 3:22: group 'role' has no persona 'bos'; did you mean 'boss'?

    personas: { role: [{ name: boss, when: { attribute.title: "Chief*" } }, { name: other }] }
    accounts: { ready: { personas.role: 1 } }
    ! 3:22: 'personas.role' is no count; write personas.GROUP.PERSONA

    personas: { role: [{ name: boss, when: { attribute.title: "Chief*" } }, { name: other }] }
    accounts: { ready: { persona.role: boss } }
    ! 3:22: an account has no subject 'persona.role'; how many of its leads are one is personas.GROUP.PERSONA

    accounts: { ready: { visits: 1 } }
    ! 2:22: an account has no subject 'visits'; an attribute is written attribute.NAME

    accounts: { ready: { nps: { min: 1 } } }
    ! 2:22: 'nps' is never known: the definition has no nps

    accounts: { raedy: { leads: 1 } }
    ! 2:13: unknown key 'raedy' in 'accounts'; did you mean 'ready'?

    accounts: {}
    ! 2:11: 'accounts' says nothing

    accounts: { from_domain: { except: [free-mail] } }
    ! 2:26: missing key 'of' in 'from_domain'

    accounts: { from_domain: { of: [] } }
    ! 2:32: 'of' in 'from_domain' is empty; write [attribute.email, lead]

    accounts: { from_domain: { of: [stage, lead] } }
    ! 2:33: 'from_domain' cannot be of 'stage'; write attribute.NAME, or lead for the lead's key

    accounts: { from_domain: { of: [lead, lead] } }
    ! 2:39: 'lead' stands in 'of' twice

    accounts: { from_domain: { of: [lead], except: [freemail] } }
    ! 2:49: 'freemail' is no domain's pattern: every domain has a dot; did you mean 'free-mail'?

    accounts: { from_domain: { of: [lead], except: [acme] } }
    ! 2:49: 'acme' is no domain's pattern: every domain has a dot; such as "*.edu", or free-mail

    accounts: { scores: { reach: { sum: activities } }, ready: { score.raech: 1 } }
    ! 2:62: 'accounts' has no score 'raech'; did you mean 'reach'?

    personas: { accounts: [{ name: other }] }
    accounts: { lists: { hot: { leads: 1 } } }
    ! 2:13: a persona group cannot be called 'accounts' beside lists of accounts; the files of both would have the same names

    accounts: { lists: { hot: { when: { leads: 1 }, columns: [score.reach] } }, scores: { reach: { sum: activities } } }
    ! 2:59: the column 'score.reach' is there already: a list always has it

    accounts: { ready: { active: 1 } }
    ! 2:22: 'active' needs a window; such as active@30d

    accounts: { scores: { reach: { of: { lead: a } } } }
    ! 2:30: score 'reach' of accounts needs 'sum', 'mean', 'max' or 'blend'

    accounts: { scores: { reach: { sum: activities, max: activities } } }
    ! 2:49: score 'reach' of accounts has both 'sum' and 'max'

    accounts: { scores: { reach: { sum: activities }, all: { blend: { score.reach: 1 }, best: 2 } } }
    ! 2:85: score 'all' of accounts has a 'blend', which takes the place of 'best'

    accounts: { scores: { reach: { sum: visits } } }
    ! 2:37: accounts are not scored by 'visits'; by score.NAME, raw.NAME, tally.STAGE, count.INTERACTION or activities of their leads

    accounts: { scores: { reach: { sum: activities, of: { outcome: won } } } }
    ! 2:55: a score of accounts cannot ask for 'outcome'; nothing that says what a lead is worth may know what became of it; lists and 'exclude' may

    accounts: { scores: { reach: { sum: activities, best: 0 } } }
    ! 2:55: 'best' in score 'reach' of accounts must be 1 to 1000000000, not 0

    accounts: { scores: { reach: { sum: activities, weights: [{ when: { lead: a }, weight: -1 }] } } }
    ! 2:88: 'weight' must be 0 to 1000000000, not -1

    accounts: { scores: { reach: { sum: activities, weights: [{ when: { visits: { min: 2 } }, weight: 1 }, { when: { visits: { min: 3 } }, weight: 2 }] } } }
    ! 2:104: this weight can never be reached: all it matches is taken on line 2

    accounts: { scores: { all: { blend: { score.all: 1 } } } }
    ! 2:39: score 'all' of accounts cannot be part of itself

    accounts: { scores: { all: { blend: { score.reach: 1 } }, reach: { sum: activities } } }
    ! 2:39: score 'reach' of accounts stands below; only scores above can be part of a blend

    accounts: { scores: { all: { blend: { leads: 1 } } } }
    ! 2:39: a blend of accounts has no part 'leads'; its parts can be score.NAME of accounts, total.NAME, max.NAME and mean.NAME

    accounts: { ready: {} }
    ! 2:20: 'ready' tests nothing

    accounts: { ready: { leads@7d: 1 } }
    ! 2:22: 'leads' takes no window: 'leads@7d'; active does

    accounts: { ready: { engaged: lots } }
    ! 2:31: 'engaged' is a number and never 'lots'; write a number, or bounds such as { min: 1 }
    """#)

  static let examples = table(
    #"""
    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }] }]
    ! 2:12: missing key 'expect' in an example

    examples: [{ name: a, events: [], expect: { visits: 1 } }]
    ! 2:12: missing key 'as_of' in an example without events

    examples: [{ name: a, events: [{ type: x }], expect: { visits: 1 } }]
    ! 2:32: missing key 'time' in an event

    examples: [{ name: a, events: [{ time: 2026-03-01 09:00 }], expect: { visits: 1 } }]
    ! 2:40: 'time' of an event is no time: '2026-03-01 09:00'; such as 2026-03-01T09:00:00Z

    accounts: { ready: { leads: 1 } }
    examples: [{ name: a, events: [], as_of: 2026-03-01T00:00:00Z, expect: { account: x, ready: 1 } }]
    ! 3:93: 'ready' must be true or false, not a number

    examples: [{ name: a, events: [{ time: 5 }], expect: { visits: 1 } }]
    ! 2:40: 'time' of an event must be text, not a number; write it in quotes: '5'

    examples: [{ name: a, as_of: yesterday, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { visits: 1 } }]
    ! 2:30: 'as_of' is no time: 'yesterday'; such as 2026-03-01T00:00:00Z

    examples: [{ name: a, as_of: 2026-02-29T00:00:00Z, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { visits: 1 } }]
    ! 2:30: 'as_of' is no time: '2026-02-29T00:00:00Z'; such as 2026-03-01T00:00:00Z

    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: {} }]
    ! 2:82: 'expect' expects nothing

    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { lead: x } }]
    ! 2:82: 'expect' expects nothing

    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { visit: 1 } }]
    ! 2:84: a lead has no subject 'visit'; did you mean 'visits'?

    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { list.x: true } }]
    ! 2:84: unknown list 'x'; there are none

    lists: { hot: { visits: 1 } }
    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { list.hot: yes } }]
    ! 3:94: 'list.hot' must be true or false, not 'yes'; write true

    lists: { hot: { visits: 1 } }
    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { list.hto: true } }]
    ! 3:84: unknown list 'hto'; did you mean 'hot'?

    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { account: x, visits: 1 } }]
    ! 2:96: an account has no subject 'visits'; an attribute is written attribute.NAME

    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { account: x, lead: y, leads: 1 } }]
    ! 2:96: 'expect' is of a lead or of an account, not of both; write a list of two

    examples:
      - { name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { visits: 1 } }
      - { name: a, events: [{ time: 2026-03-01T00:00:00Z, type: x }], expect: { visits: 1 } }
    ! 4:5: two examples are named 'a'; the first is on line 3

    examples: [{ name: a, events: [{ time: 2026-03-01T00:00:00Z, x: .nan }], expect: { visits: 1 } }]
    ! 2:65: an event cannot say .nan
    """#)
}
