extension Mistake {
  static let listings = table(
    #"""
    columns: [stage]
    ! 2:11: 'stage' is never known: the definition has no journey

    columns: [activities]
    ! 2:11: the column 'activities' is there already: leads.csv always has it

    columns: [lead, account, touch.a]
    ! 2:11: the column 'lead' is there already: leads.csv always has it
    ! 2:17: the column 'account' is there already: leads.csv always has it
    ! 2:26: unknown touch 'a'; there are none

    columns: [attribute.a, attribute.b, attribute.a]
    ! 2:37: two columns are named 'attribute.a'; the first is on line 2

    columns: [7, vists@30d]
    ! 2:11: a column must be text, not a number; write it in quotes: '7'
    ! 2:14: a lead has no subject 'vists@30d'; did you mean 'visits@30d'?

    columns: attribute.a
    ! 2:10: 'columns' must be a list, not text

    columns: [reasons]
    ! 2:11: there are never 'reasons': the definition has no scores

    scores: { main: { blend: { percent.fit: 1 } } }
    grades: { fit: { letters: { A: 50, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ min: 1, value: 100 }] }] } }
    columns: [reasons.mian, reasons.main]
    ! 4:11: unknown score 'mian'; did you mean 'main'?

    lists: { call: { when: { visits: 1 }, colums: [attribute.a] } }
    ! 2:39: unknown key 'colums' in list 'call'; did you mean 'columns'?

    lists: { call: { oder_by: visits } }
    ! 2:18: unknown key 'oder_by' in list 'call'; did you mean 'order_by'?

    lists: { call: { when: {} } }
    ! 2:24: 'when' of list 'call' tests nothing

    lists: { call: { columns: [lead, visits] } }
    ! 2:28: the column 'lead' is there already: a list always has it

    lists: { call: { when: { visits: 1 }, first: 10 } }
    ! 2:39: list 'call' has a 'first' without an 'order_by'; say who comes first

    lists: { call: { order_by: visits, first: 0 } }
    ! 2:43: 'first' of list 'call' must be 1 to 1000000000, not 0

    lists: { call: { order_by: [] } }
    ! 2:28: 'order_by' of list 'call' names nothing to order by

    lists: { call: { order_by: [-visits, outcome] } }
    ! 2:38: nothing is ordered by 'outcome'; lists may ask for it and show it in 'columns'

    lists: { call: { order_by: reasons } }
    ! 2:28: a lead has no subject 'reasons'; reasons stand in 'columns' alone

    lists: { call: { order_by: [5] } }
    ! 2:29: 'order_by' of list 'call' must be text, not a number; write it in quotes: '5'

    accounts: { columns: [leads, attribute.a] }
    ! 2:23: the column 'leads' is there already: accounts.csv always has it

    accounts: { columns: [visits] }
    ! 2:23: an account has no subject 'visits'; an attribute is written attribute.NAME
    """#)
}
