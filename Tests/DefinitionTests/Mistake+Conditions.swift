extension Mistake {
  static let interactions = table(
    #"""
    journey: [awareness, decision]
    interactions: { v: { type: page_view, stage: decison } }
    ! 3:46: unknown stage 'decison'; did you mean 'decision'?

    interactions: { v: { type: a, stage: x } }
    ! 2:38: unknown stage 'x'; there are none

    interactions: { v: {} }
    ! 2:20: interaction 'v' tests nothing

    journey: [a]
    interactions: { v: { stage: a } }
    ! 3:20: interaction 'v' tests nothing

    interactions: { v: page_view }
    ! 2:20: interaction 'v' must be a mapping, not text

    interactions: { v: { fields: x } }
    ! 2:22: 'fields' needs a name; write fields.NAME

    interactions: { v: { fields.: x } }
    ! 2:22: 'fields.' needs a name; write fields.NAME

    interactions: { v: { path: } }
    ! 2:28: 'path' is compared to nothing; to ask for what is absent, write { exists: false }

    interactions: { v: { path: [] } }
    ! 2:28: nothing is in the list that 'path' is compared to

    interactions: { v: { path: {} } }
    ! 2:28: 'path' is not asked anything; to ask whether it is known, write { exists: true }

    interactions: { v: { path: [[a]] } }
    ! 2:29: what 'path' is compared to must be a scalar, not a list

    interactions: { v: { any: [] } }
    ! 2:27: 'any' in interaction 'v' tests nothing

    interactions: { v: { any: { type: a } } }
    ! 2:27: 'any' in interaction 'v' must be a list, not a mapping

    interactions: { v: { not: {} } }
    ! 2:27: 'not' in interaction 'v' tests nothing

    interactions: { v: { all: [{}] } }
    ! 2:28: a condition of 'all' in interaction 'v' tests nothing

    interactions: { v: { any: [{ stage: a }] } }
    ! 2:30: 'stage' belongs at the top of interaction 'v'

    interactions: { v: { duration: { mim: 1 } } }
    ! 2:34: unknown key 'mim' in a test of 'duration'; did you mean 'min'?
    """#)

  static let predicates = table(
    #"""
    interactions: { v: { duration: { min: 5, max: 4 } } }
    ! 2:32: nothing can meet this test of 'duration': min 5 and max 4

    interactions: { v: { duration: { above: 5, below: 5 } } }
    ! 2:32: nothing can meet this test of 'duration': above 5 and below 5

    interactions: { v: { duration: { min: 5, below: 5 } } }
    ! 2:32: nothing can meet this test of 'duration': min 5 and below 5

    interactions: { v: { duration: { above: 5, max: 5 } } }
    ! 2:32: nothing can meet this test of 'duration': above 5 and max 5

    interactions: { v: { duration: { exists: false, min: 1 } } }
    ! 2:32: nothing can meet this test of 'duration': what is absent passes nothing but 'exists: false'

    interactions: { v: { duration: { is: [1, x, true], min: 2 } } }
    ! 2:32: nothing can meet this test of 'duration': what it is compared to is out of its bounds

    interactions: { v: { duration: { min: "5" } } }
    ! 2:39: 'min' must be a number, not text; write 5, without quotes

    interactions: { v: { duration: { min: .inf } } }
    ! 2:39: 'min' must be a finite number, not .inf

    interactions: { v: { duration: 1e999 } }
    ! 2:32: what 'duration' is compared to is out of range: 1e999

    interactions: { v: { duration: { exists: yes } } }
    ! 2:42: 'exists' must be true or false, not 'yes'; write true

    interactions: { v: { type: { at_least: B } } }
    ! 2:30: 'at_least' is for grades, not for 'type'
    """#)

  static let subjects = table(
    #"""
    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { main: { points: { view: 1 } } }
    lists: { l: { scor.main: 1 } }
    ! 4:15: a lead has no subject 'scor.main'; did you mean 'score.main'?

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { main: { points: { view: 1 } } }
    lists: { l: { score.mian: 1 } }
    ! 4:15: unknown score 'mian'; did you mean 'main'?

    lists: { l: { score.main: 1 } }
    ! 2:15: unknown score 'main'; there are none

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { main: { points: { view: 1 } } }
    lists: { l: { score: 1 } }
    ! 4:15: 'score' needs a name; write score.SCORE

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { main: { points: { view: 1 } } }
    lists: { l: { visits.x: 1 } }
    ! 4:15: 'visits' has no parts: 'visits.x'; write 'visits'

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { main: { points: { view: 1 } } }
    lists: { l: { score.main@7d: 1 } }
    ! 4:15: 'score' takes no window: 'score.main@7d'; tally, count, activities, visits, deepest_visit, active_days, time_on_site and busiest_hour do

    lists: { l: { days_since_last@7d: 1 } }
    ! 2:15: 'days_since_last' takes no window: 'days_since_last@7d'; tally, count, activities, visits, deepest_visit, active_days, time_on_site and busiest_hour do

    lists: { l: { visits@7: 1 } }
    ! 2:15: the window of 'visits@7' must be a duration, not '7'; a whole number and m, h, d or w, such as 90m, 12h, 30d, 2w

    lists: { l: { visits@0d: 1 } }
    ! 2:15: the window of 'visits@0d' must be longer than nothing, not '0d'

    lists: { l: { path: x } }
    ! 2:15: a lead has no subject 'path'; it is a member of events: ask for count.INTERACTION, of an interaction that tests it

    lists: { l: { total.main: 1 } }
    ! 2:15: a lead has no subject 'total.main'; it is a subject of an account

    lists: { l: { personas.role.boss: 1 } }
    ! 2:15: a lead has no subject 'personas.role.boss'; it is a subject of an account

    lists: { l: { stage: x } }
    ! 2:15: 'stage' is never known: the definition has no journey

    journey: [aware, decide]
    lists: { l: { stage: decid } }
    ! 3:22: unknown stage 'decid'; did you mean 'decide'?

    journey: [aware, decide]
    lists: { l: { stage: "x*" } }
    ! 3:22: no stage matches 'x*'

    journey: [aware, decide]
    lists: { l: { stage: { min: 1 } } }
    ! 3:24: 'min' asks for a number, but 'stage' is a name

    journey: [aware, decide]
    lists: { l: { tally.awrae: 1 } }
    ! 3:15: unknown stage 'awrae'; did you mean 'aware'?

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    lists: { l: { count.wiew@2d: 1 } }
    ! 3:15: unknown interaction 'wiew'; did you mean 'view'?

    lists: { l: { nps: 9 } }
    ! 2:15: 'nps' is never known: the definition has no nps

    lists: { l: { nps_group: promoter } }
    ! 2:15: 'nps_group' is never known: the definition has no nps

    nps: { answers: { type: form_fill }, value: fields.q, scale: [1, 10] }
    lists: { l: { nps_group: promotor } }
    ! 3:26: unknown nps group 'promotor'; did you mean 'promoter'?

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    lists: { l: { grade.fit: C } }
    ! 3:26: grade 'fit' has no letter 'C'; there are: A, B

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    lists: { l: { grade.fit: { at_least: C } } }
    ! 3:38: grade 'fit' has no letter 'C'; there are: A, B

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    lists: { l: { grade.fit: { min: 1 } } }
    ! 3:28: 'min' asks for a number, but 'grade.fit' is a letter; write at_least: LETTER

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    lists: { l: { grade.fit: [A, "Z*"] } }
    ! 3:30: no letter of grade 'fit' matches 'Z*'

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    lists: { l: { grade.fti: A } }
    ! 3:15: unknown grade 'fti'; did you mean 'fit'?

    grades: { rung: { start: C, criteria: [{ attribute: a, is: x, thirds: 1 }] } }
    lists: { l: { percent.rung: 1 } }
    ! 3:15: grade 'rung' is a ladder and has no percent

    grades: { rung: { start: C, criteria: [{ attribute: a, is: x, thirds: 1 }] } }
    lists: { l: { grade.rung: A++ } }
    ! 3:27: grade 'rung' has no letter 'A++'; did you mean 'A+'?

    personas: { role: [{ name: boss, when: { attribute.title: "Chief*" } }, { name: other }] }
    lists: { l: { persona.role: bos } }
    ! 3:29: group 'role' has no persona 'bos'; did you mean 'boss'?

    personas: { role: [{ name: boss, when: { attribute.title: "Chief*" } }, { name: other }] }
    lists: { l: { persona.rloe: boss } }
    ! 3:15: unknown persona group 'rloe'; did you mean 'role'?

    lists: { l: { visits: many } }
    ! 2:23: 'visits' is a number and never 'many'; write a number, or bounds such as { min: 1 }

    lists: { l: { visits: true } }
    ! 2:23: 'visits' is a number and never 'true'; write a number, or bounds such as { min: 1 }

    lists: { l: { visits: null } }
    ! 2:23: 'visits' is compared to nothing; to ask for what is absent, write { exists: false }

    lists: { l: { visits@7d: { min: 3, max: 2 } } }
    ! 2:26: nothing can meet this test of 'visits@7d': min 3 and max 2
    """#)
}
