extension Mistake {
  static let grades = table(
    #"""
    grades: { fit: { letters: { A: 60, B: 70, C: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    ! 2:39: letters must descend: 'B' at 70 stands below 'A' at 60

    grades: { fit: { letters: { A: 60, B: 60, C: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    ! 2:39: letters must descend: 'B' at 60 stands below 'A' at 60

    grades: { fit: { letters: { A: 60, B: 20 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    ! 2:39: the lowest letter must begin at 0, but 'B' begins at 20

    grades: { fit: { letters: { A: 160, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    ! 2:32: the bound of letter 'A' must be 0 to 100, not 160

    grades: { fit: { letters: { A: high, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    ! 2:32: the bound of letter 'A' must be a number, not text

    grades: { fit: { letters: {}, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    ! 2:27: grade 'fit' has no letters

    grades: { fit: { letters: { A: 60, a: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    ! 2:36: letters 'A' and 'a' differ only in case; comparisons ignore case

    grades: { fit: { letters: { A*: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    ! 2:29: 'A*' is no letter; '*' and '?' stand in patterns

    grades: { fit: { letters: { A: 60.5, B: 60.1, C: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    ! 2:41: letter 'B' can never be given: percents are whole numbers

    grades: { fit: { letters: [A, B], criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }] }] } }
    ! 2:27: 'letters' of grade 'fit' must be a mapping, not a list

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [] } }
    ! 2:54: grade 'fit' has no criteria

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 0, values: [{ is: x, value: 1 }] }] } }
    ! 2:79: 'weight' must be above 0, not 0

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, values: [{ is: x, value: 1 }] }] } }
    ! 2:55: missing key 'weight' in a criterion of grade 'fit'

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [] }] } }
    ! 2:90: 'values' is empty; without a match 'otherwise' counts

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 101 }] }] } }
    ! 2:107: 'value' must be 0 to 100, not 101

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 2000000000 }] }] } }
    ! 2:107: 'value' must be 0 to 100, not 2000000000

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1.2345678 }] }] } }
    ! 2:107: 'value' has more than six decimals: 1.2345678

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }], otherwise: -1 }] } }
    ! 2:124: 'otherwise' must be 0 to 100, not -1

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ value: 1 }] }] } }
    ! 2:91: nothing is asked of 'a'; write one of is, min, max, above, below, from, before, exists

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ iz: x, value: 1 }] }] } }
    ! 2:91: nothing is asked of 'a'; write one of is, min, max, above, below, from, before, exists
    ! 2:93: unknown key 'iz' in a value of 'a'; did you mean 'is'?

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ exists: false, value: 1 }] }] } }
    ! 2:91: 'exists: false' never holds here; a criterion counts only where its attribute is known

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: x, value: 1 }, { is: X, value: 2 }] }] } }
    ! 2:112: this value can never be reached: all it matches is taken on line 2

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ min: 50, value: 1 }, { min: 1000, value: 2 }] }] } }
    ! 2:114: this value can never be reached: all it matches is taken on line 2

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ is: "*chief*", value: 1 }, { is: [Chief, "chief cook"], value: 2 }] }] } }
    ! 2:120: this value can never be reached: all it matches is taken on line 2

    grades: { fit: { letters: { A: 60, B: 0 }, criteria: [{ attribute: "", weight: 1, values: [{ is: x, value: 1 }] }] } }
    ! 2:68: 'attribute' is empty

    grades: { g: { start: E, criteria: [{ attribute: a, is: x, thirds: 1 }] } }
    ! 2:23: 'start' must be a letter of the ladder, not 'E'; F D- D D+ C- C C+ B- B B+ A- A A+

    grades: { g: { start: C, letters: { A: 0 }, criteria: [] } }
    ! 2:16: grade 'g' has both 'letters' and 'start'; 'letters' grade by percent, 'start' begins a ladder

    grades: { g: { criteria: [{ attribute: a, is: x, thirds: 1 }] } }
    ! 2:14: grade 'g' needs 'letters' or a 'start'
    ! 2:27: missing key 'values' in a criterion of grade 'g'
    ! 2:27: missing key 'weight' in a criterion of grade 'g'
    ! 2:43: unknown key 'is' in a criterion of grade 'g'; keys here: attribute, weight, values, otherwise
    ! 2:50: unknown key 'thirds' in a criterion of grade 'g'; keys here: attribute, weight, values, otherwise

    grades: { g: { start: C, criteria: [{ attribute: a, is: x, thirds: 13 }] } }
    ! 2:68: 'thirds' must be 1 to 12, not 13

    grades: { g: { start: C, criteria: [{ attribute: a, is: x, thirds: 10000000000 }] } }
    ! 2:68: 'thirds' must be 1 to 12, not 10000000000

    grades: { g: { start: C, criteria: [{ attribute: a, is: x, thirds: 0.5 }] } }
    ! 2:68: 'thirds' must be a whole number, not 0.5

    grades: { g: { start: C, criteria: [{ attribute: a, is: x }] } }
    ! 2:37: missing key 'thirds' in a criterion of grade 'g'

    grades: { g: { start: C, criteria: [{ attribute: a, thirds: 1 }] } }
    ! 2:37: nothing is asked of 'a'; write one of is, min, max, above, below, from, before, exists

    grades: { g: { start: C, criteria: [{ attribute: a, is: x, weight: 1, thirds: 1 }] } }
    ! 2:60: unknown key 'weight' in a criterion of grade 'g'; keys here: attribute, is, min, max, above, below, from, before, exists, thirds
    """#)

  static let nps = table(
    #"""
    nps: { answers: { type: x }, value: fields.q }
    ! 2:6: missing key 'scale' in 'nps'

    nps: { answers: { type: x }, value: fields.q, scale: [1, 5] }
    ! 2:54: 'scale' must be [1, 10] or [0, 10], not [1, 5]

    nps: { answers: {}, value: fields, scale: [10, 1] }
    ! 2:17: 'answers' tests nothing
    ! 2:28: 'fields' needs a name; write fields.NAME
    ! 2:43: 'scale' must be [1, 10] or [0, 10], not [10, 1]

    nps: { answers: { type: x }, value: 5, scale: 10 }
    ! 2:37: 'value' must be text, not a number; write it in quotes: '5'
    ! 2:47: 'scale' must be a list, not a number

    nps: { answers: { type: x }, value: fields.q, scale: [1, 10], within: 365 }
    ! 2:71: 'within' must be a duration, not the number 365; did you mean '365d'?

    nps: { answers: { type: x }, value: fields.q, scale: [1, 10], withn: 365d }
    ! 2:63: unknown key 'withn' in 'nps'; did you mean 'within'?
    """#)
}
