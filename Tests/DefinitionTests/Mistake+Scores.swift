extension Mistake {
  static let scores = table(
    #"""
    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { veiw: 1 } } }
    ! 3:26: unknown interaction 'veiw'; did you mean 'view'?

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { poitns: 1 } } } }
    ! 3:34: unknown key 'poitns' in a rule of score 's'; did you mean 'points'?

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: many } } }
    ! 3:32: the points of 'view' must be a number or a mapping, not text

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: [1] } } }
    ! 3:32: the points of 'view' must be a number or a mapping, not a list

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 0.1234567 } } } }
    ! 3:42: 'points' has more than six decimals: 0.1234567

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: 1000000001 } } }
    ! 3:32: the points of 'view' is too large: 1000000001; at most 1000000000

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: .nan } } }
    ! 3:32: the points of 'view' must be a finite number, not .nan

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, limit: 0 } } } }
    ! 3:52: 'limit' must be 1 to 1000000000, not 0

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, limit: 2000000000 } } } }
    ! 3:52: 'limit' must be 1 to 1000000000, not 2000000000

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, limit: 1e300 } } } }
    ! 3:52: 'limit' must be 1 to 1000000000, not 1e300

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, limit: 1.5 } } } }
    ! 3:52: 'limit' must be a whole number, not 1.5

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, per: day } } } }
    ! 3:45: 'per' needs a 'limit'

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, limit: 1, per: days } } } }
    ! 3:60: unknown window 'days'; did you mean 'day'?

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, limit: 1, per: fortnight } } } }
    ! 3:60: unknown window 'fortnight'; there are: hour, day, week, month, lifetime

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, limit: 1, per: 24x } } } }
    ! 3:60: 'per' must be a duration, not '24x'; a whole number and m, h, d or w, such as 90m, 12h, 30d, 2w

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, limit: 1, per: 24 } } } }
    ! 3:60: 'per' must be a duration, not the number 24; did you mean '24d'?

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, limit: 1, per: 0h } } } }
    ! 3:60: 'per' must be longer than nothing, not '0h'

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, per: 24h } } } }
    ! 3:45: 'per' needs a 'limit'

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, each: path } } } }
    ! 3:45: 'each' needs a 'limit'

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, limit: 1, each: 7 } } } }
    ! 3:61: 'each' must be text, not a number; write it in quotes: '7'

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { of: duration, cap: 5 } } } }
    ! 3:34: 'of' belongs inside 'points'; write view: { points: { of: duration } }

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: { times: 2 } } } } }
    ! 3:42: missing key 'of' in 'points'

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: { of: duration, tims: 2 } } } } }
    ! 3:58: unknown key 'tims' in 'points'; did you mean 'times'?

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: { of: fields } } } } }
    ! 3:48: 'fields' needs a name; write fields.NAME

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: { of: duration, times: 0.1234567 } } } } }
    ! 3:65: 'times' has more than six decimals: 0.1234567

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: { of: duration, max: 1000000001 } } } } }
    ! 3:63: 'max' is too large: 1000000001; at most 1000000000

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: { of: duration, min: 5, max: 2.5 } } } } }
    ! 3:58: 'min' 5 is above 'max' 2.5

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, cap: -5 } } } }
    ! 3:50: 'cap' must not be below 0: -5; a cap holds both ways, so 5 also holds deductions

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: { points: 1, once_per: fields } } } }
    ! 3:55: 'fields' needs a name; write fields.NAME

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: {} } }
    ! 3:24: 'points' of score 's' is empty

    scores: { s: {} }
    ! 2:14: score 's' needs 'points', 'blend' or 'bonuses'

    scores: { s: { inactivity: { after: 1d, points: 1 } } }
    ! 2:14: score 's' needs 'points', 'blend' or 'bonuses'

    scores: { s: { half_life: 1d, bonuses: [{ name: b, when: { visits: 1 }, points: 1 }] } }
    ! 2:16: 'half_life' in score 's' needs 'points'

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { half_life: 60, points: { view: 1 } } }
    ! 3:27: 'half_life' must be a duration, not the number 60; did you mean '60d'?

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { fade: 60s, points: { view: 1 } } }
    ! 3:22: 'fade' must be a duration, not '60s'; a whole number and m, h, d or w, such as 90m, 12h, 30d, 2w

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { expires: 0d, points: { view: 1 } } }
    ! 3:25: 'expires' must be longer than nothing, not '0d'

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { expires: 301y, points: { view: 1 } } }
    ! 3:25: 'expires' must be a duration, not '301y'; a whole number and m, h, d or w, such as 90m, 12h, 30d, 2w

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { expires: 110000d, points: { view: 1 } } }
    ! 3:25: 'expires' is too long: '110000d'; at most 300 years

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { expires: 1.5d, points: { view: 1 } } }
    ! 3:25: 'expires' must be a duration, not '1.5d'; a whole number and m, h, d or w, such as 90m, 12h, 30d, 2w

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { inactivity: { every: 1d }, points: { view: 1 } } }
    ! 3:28: missing key 'after' in 'inactivity' of score 's'
    ! 3:28: missing key 'points' in 'inactivity' of score 's'

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { range: [0, 100, 200], points: { view: 1 } } }
    ! 3:23: 'range' must be two whole numbers, not [0, 100, 200]

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { range: [100, 0], points: { view: 1 } } }
    ! 3:23: 'range' must ascend: [100, 0]

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { range: [0, 1.5], points: { view: 1 } } }
    ! 3:27: a bound of 'range' must be a whole number, not 1.5

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { range: [-5000000000, 99999999999999999999], points: { view: 1 } } }
    ! 3:24: a bound of 'range' must be -1000000000 to 1000000000, not -5000000000
    ! 3:37: a bound of 'range' must be -1000000000 to 1000000000, not 99999999999999999999

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { range: 100, points: { view: 1 } } }
    ! 3:23: 'range' must be a list, not a number
    """#)

  static let caps = table(
    #"""
    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: 1 }, caps: [{ interactions: [view, demo], points: 5 }] } }
    ! 3:67: interaction 'demo' has no points in score 's'; these have: view

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: 1, demo: 1 }, caps: [{ interactions: [view], points: 5 }, { interactions: [demo, view], points: 5 }] } }
    ! 3:113: interaction 'view' is in a cap already, on line 3

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: 1 }, caps: [{ interactions: [view, view], points: 5 }] } }
    ! 3:67: interaction 'view' is in a cap already, on line 3

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: 1 }, caps: [{ interactions: [veiw] }] } }
    ! 3:44: missing key 'points' in a cap of score 's'
    ! 3:61: unknown interaction 'veiw'; did you mean 'view'?

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: 1 }, caps: [{ interactions: [], points: 1 }] } }
    ! 3:60: a cap of score 's' holds nothing

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { points: { view: 1 }, caps: [{ interactions: [view], points: -1 }] } }
    ! 3:76: 'points' must not be below 0: -1; a cap holds both ways, so 1 also holds deductions
    """#)

  static let bonusesAndBlends = table(
    #"""
    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { bonuses: [{ name: b, when: { score.s: { min: 1 } }, points: 1 }] } }
    ! 3:45: a bonus cannot ask for 'score.s'; scores and personas are worked out after it

    personas: { role: [{ name: boss, when: { attribute.title: "Chief*" } }, { name: other }] }
    scores: { s: { bonuses: [{ name: b, when: { persona.role: boss }, points: 1 }] } }
    ! 3:45: a bonus cannot ask for 'persona.role'; scores and personas are worked out after it

    scores: { s: { bonuses: [{ name: b, when: { visits: 1 }, points: 1 }, { name: b, when: { visits: 2 }, points: 1 }] } }
    ! 2:71: two bonuses of score 's' are named 'b'; the first is on line 2

    scores: { s: { bonuses: [{ name: b, points: 1 }] } }
    ! 2:26: missing key 'when' in a bonus of score 's'

    scores: { s: { bonuses: [{ name: b, when: {}, points: 1 }] } }
    ! 2:43: 'when' of bonus 'b' tests nothing

    scores: { s: { bonuses: [] } }
    ! 2:25: 'bonuses' of score 's' is empty

    scores: { s: { blend: { score.s: 1 } } }
    ! 2:25: score 's' cannot be part of itself

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    scores: { s: { blend: { score.t: 1 } }, t: { points: { view: 1 } } }
    ! 3:25: score 't' stands below; only scores above can be part of a blend

    grades: { rung: { start: C, criteria: [{ attribute: a, is: x, thirds: 1 }] } }
    scores: { s: { blend: { percent.rung: 1 } } }
    ! 3:25: grade 'rung' is a ladder and has no percent

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    scores: { s: { blend: { percent.fti: 1 } } }
    ! 3:25: unknown grade 'fti'; did you mean 'fit'?

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    scores: { s: { blend: { percnt.fit: 1 } } }
    ! 3:25: a blend has no part 'percnt.fit'; did you mean 'percent.fit'?

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    scores: { s: { blend: { grade.fit: 1 } } }
    ! 3:25: a blend has no part 'grade.fit'; its parts can be: percent.fit

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    scores: { s: { blend: { percent.fit: 0 } } }
    ! 3:38: the weight of 'percent.fit' must be above 0, not 0

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    scores: { s: { blend: { percent.fit: 0.0000001 } } }
    ! 3:38: the weight of 'percent.fit' has more than six decimals: 0.0000001

    scores: { s: { blend: {} } }
    ! 2:23: 'blend' of score 's' is empty

    interactions: { view: { type: page_view }, demo: { type: form_fill } }
    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    scores: { s: { blend: { percent.fit: 1 }, points: { view: 1 }, caps: [], half_life: 1d } }
    ! 4:43: score 's' has a 'blend', which takes the place of 'points'
    ! 4:64: score 's' has a 'blend', which takes the place of 'caps'
    ! 4:70: 'caps' of score 's' is empty
    ! 4:74: score 's' has a 'blend', which takes the place of 'half_life'
    """#)
}
