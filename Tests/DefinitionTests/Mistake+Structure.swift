extension Mistake {
  static let syntax = table(
    #"""
    %
    ! 1:1: the file is empty; a definition is a mapping

    %
    # only a comment
    ! 1:1: the file is empty; a definition is a mapping

    %
    name: a
    ---
    name: b
    ! 3:1: a second document begins here; a file holds one definition

    %
    - a
    - b
    ! 1:1: a definition must be a mapping, not a list

    %
    hello
    ! 1:1: a definition must be a mapping, not text

    lists:
    \#tx: 1
    ! 3:1: this line is indented with a tab; indent with spaces

    interactions: { v: { path: *blog } }
    ! 2:28: a text that begins with '*' needs quotes; write "*blog"

    interactions: { v: { path: [a }
    ! 2:31: between '[' and ']' something is not as it must be here; write a comma between entries, ']' at the end, quotes around text with signs in it

    interactions: { v: { path: "a }
    ! 2:28: the quotation mark that opens here is not closed; close it before the line ends

    lists: &a { x: { nps: 1 } }
    ! 2:8: anchors and aliases are not allowed; write the value out

    journey: &j [a]
    lists: *j
    ! 2:10: anchors and aliases are not allowed; write the value out

    journey: !!set { a }
    ! 2:10: tag 'tag:yaml.org,2002:set' is not allowed; only !!str is

    week_starts: sundays
    ! 2:14: weeks cannot start on 'sundays'; did you mean 'sunday'?

    week_starts: saturday
    ! 2:14: weeks cannot start on 'saturday'; there are: monday, sunday

    week_start: sunday
    ! 2:1: unknown key 'week_start' in a definition; did you mean 'week_starts'?

    timezone: !!int 5
    ! 2:11: tag 'tag:yaml.org,2002:int' is not allowed; only !!str is

    ? [a]
    : 1
    ! 2:3: a key must be plain text

    journey: [a]
    journey: [b]
    ! 3:1: key 'journey' is given twice; the first is on line 2

    interactions:
      v: { type: a, type: b }
      "w": { type: a }
      w: { type: b }
      v: { type: c }
    ! 3:17: key 'type' is given twice; the first is on line 3
    ! 5:3: key 'w' is given twice; the first is on line 4
    ! 6:3: key 'v' is given twice; the first is on line 3

    lists: @x
    ! 2:8: a text that begins with '@' needs quotes; write "@x"
    """#)

  static let sections = table(
    #"""
    %
    timezone: UTC
    ! 1:1: missing key 'name' in a definition

    nmae: b
    ! 2:1: unknown key 'nmae' in a definition; did you mean 'name'?

    score: {}
    ! 2:1: unknown key 'score' in a definition; did you mean 'scores'?

    journy: [a]
    ! 2:1: unknown key 'journy' in a definition; did you mean 'journey'?

    lists: []
    ! 2:8: 'lists' must be a mapping, not a list

    journey:
    ! 2:9: 'journey' must be a list, not nothing

    timezone: 5
    ! 2:11: 'timezone' must be text, not a number; write it in quotes: '5'

    timezone: Europe/Talinn
    ! 2:11: unknown time zone 'Europe/Talinn'; did you mean 'Europe/Tallinn'?

    timezone: GMT+3
    ! 2:11: unknown time zone 'GMT+3'; an IANA name such as Europe/Tallinn or UTC

    timezone: PST
    ! 2:11: unknown time zone 'PST'; an IANA name such as Europe/Tallinn or UTC

    timezone: europe/tallinn
    ! 2:11: unknown time zone 'europe/tallinn'; did you mean 'Europe/Tallinn'?

    journey: [a, B]
    ! 2:14: 'B' is no name for a stage; a name is small letters, digits, '-' and '_', beginning with a letter or digit: 'b'

    journey: [a, b, a]
    ! 2:17: two stages are named 'a'; the first is on line 2

    journey: [1]
    ! 2:11: a stage of the journey must be text, not a number; write it in quotes: '1'

    %
    name: My Pipeline
    ! 1:7: 'My Pipeline' is no name for a definition; a name is small letters, digits, '-' and '_', beginning with a letter or digit: 'my-pipeline'

    %
    name: 7
    ! 1:7: 'name' must be text, not a number; write it in quotes: '7'

    interactions: { Page_View: { type: x } }
    ! 2:17: 'Page_View' is no name for an interaction; a name is small letters, digits, '-' and '_', beginning with a letter or digit: 'page_view'

    scores: { -a: { bonuses: [] } }
    ! 2:11: '-a' is no name for a score; a name is small letters, digits, '-' and '_', beginning with a letter or digit
    ! 2:26: 'bonuses' of score '-a' is empty
    """#)

  static let reading = table(
    #"""
    keys: email
    ! 2:7: 'keys' must be a mapping, not text

    keys: { lead: email }
    ! 2:9: unknown key 'lead' in 'keys'; did you mean 'leads'?

    keys: { leads: fold_case }
    ! 2:16: 'leads' of 'keys' cannot be 'fold_case'; did you mean 'fold-case'?

    keys: { leads: exact, accounts: domain }
    ! 2:33: 'accounts' of 'keys' cannot be 'domain'; there are: exact, fold-case, email

    keys: { leads: true }
    ! 2:16: 'leads' of 'keys' must be text, not a boolean; write it in quotes: 'true'

    key: { leads: email }
    ! 2:1: unknown key 'key' in a definition; did you mean 'keys'?

    ignore:
    ! 2:8: 'ignore' must be a mapping, not nothing; what belongs to it stands below it, indented further

    ignore: {}
    ! 2:9: 'ignore' tests nothing

    ignore: { any: [ { lead: { is: [] } }, { fields: x } ] }
    ! 2:32: nothing is in the list that 'lead' is compared to
    ! 2:42: 'fields' needs a name; write fields.NAME

    ignore: { duration: { min: 3, max: 1 } }
    ! 2:21: nothing can meet this test of 'duration': min 3 and max 1

    paths: { trailing_slash: keep, case: ignore }
    ! 2:38: 'case' of 'paths' cannot be 'ignore'; there are: keep, fold

    paths: { trailing-slash: drop }
    ! 2:10: unknown key 'trailing-slash' in 'paths'; did you mean 'trailing_slash'?

    paths: [drop]
    ! 2:8: 'paths' must be a mapping, not a list

    blanks: ignored
    ! 2:9: 'blanks' cannot be 'ignored'; did you mean 'ignore'?

    blanks: { ignore: true }
    ! 2:9: 'blanks' must be text, not a mapping

    identity: keep-first
    ! 2:11: 'identity' must be a mapping, not text

    identity: { merge: keep-first }
    ! 2:13: unknown key 'merge' in 'identity'; did you mean 'merges'?

    identity: { merges: keep_first }
    ! 2:21: 'merges' of 'identity' cannot be 'keep_first'; did you mean 'keep-first'?

    identity: { never: "kiosk-*" }
    ! 2:20: 'never' of 'identity' must be a list, not text

    identity: { never: [] }
    ! 2:20: nothing is in the list 'never' of 'identity'; write patterns of keys, such as ["kiosk-*"]

    identity: { never: [7, ""] }
    ! 2:21: a pattern of 'never' must be text, not a number; write it in quotes: '7'
    ! 2:24: a pattern of 'never' is empty; no key is

    interactions: { v: { type: merge } }
    ! 2:28: an event of type 'merge' is never an interaction; these types have a meaning of their own: profile, account_profile, merge, outcome, forget, withdraw, account_merge

    interactions: { v: { any: [ { type: [page_view, withdraw] }, { type: { is: Forget } }, { not: { type: merge } } ] } }
    ! 2:49: an event of type 'withdraw' is never an interaction; these types have a meaning of their own: profile, account_profile, merge, outcome, forget, withdraw, account_merge

    nps: { answers: { type: account_merge }, value: score, scale: [1, 10] }
    ! 2:25: an event of type 'account_merge' is never an answer; these types have a meaning of their own: profile, account_profile, merge, outcome, forget, withdraw, account_merge
    """#)
}
