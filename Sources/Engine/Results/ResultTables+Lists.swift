import Definition
import Judging
import Tables

/// A persona or a list, and how its members are known.
struct Listing {
  var name: String
  var cell: Int
  var value: Int64
  /// Nil of a persona.
  var list: LeadList?
}

extension ResultColumns {
  /// The personas, then the lists.
  var listings: [Listing] {
    let layout = judge.layout
    return definition.personas.enumerated().flatMap { group, personas in
      personas.personas.enumerated().map {
        Listing(
          name: "\(personas.name).\($1.name)", cell: layout.personas + group, value: Int64($0))
      }
    }
      + definition.lists.enumerated().map {
        Listing(name: $1.name, cell: layout.lists + $0, value: 1, list: $1)
      }
  }

  func table(of listing: Listing, key: (name: String, meaning: String)) -> Table {
    Table(
      "lists/\(listing.name)", key: key,
      [account] + definition.scores.indices.map { column(LeadSubject.score($0)) }
        + extra(listing.list?.columns ?? []),
      rows: .having(cell: listing.cell, value: listing.value),
      sequence: listing.list.flatMap { sequence(of: $0, judge.rank) })
  }

  func accountLists(key: (name: String, meaning: String)) -> [Table] {
    definition.accountLists.enumerated().map { index, list in
      Table(
        "lists/\(accountListFile).\(list.name)", key: key,
        definition.accountScores.indices.map { column(AccountSubject.score($0)) }
          + extra(list.columns),
        rows: .having(cell: roll.layout.lists + index, value: 1),
        sequence: sequence(of: list, roll.rank))
    }
  }

  /// A row for each list that a lead is on, in the byte order of their names.
  func membershipsTable(key: (name: String, meaning: String)) -> Table {
    let listings = listings.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return Table(
      "memberships", key: key,
      [
        TableColumn(
          "list", 0, .name(KeyList(listings.map(\.name))),
          "a list that it is on, or `GROUP.PERSONA` for its persona in a group")
      ], rows: .marks(listings.map { ($0.cell, $0.value) }))
  }

  /// The columns of leads that a definition adds.
  func extra(_ columns: [ExtraColumn<LeadSubject>]) -> [TableColumn] {
    columns.map { extra in
      switch extra.content {
      case .subject(let subject): column(subject, named: extra.name)
      case .reasons(let score):
        TableColumn(
          extra.name, judge.reasonCells(ofScore: score),
          .reasons(KeyList(judge.reasonNames(ofScore: score))),
          "what most of a score comes from: up to three of its rules' totals and bonuses, with their points"
        )
      }
    }
  }

  /// The columns of accounts that a definition adds.
  func extra(_ columns: [ExtraColumn<AccountSubject>]) -> [TableColumn] {
    columns.compactMap { extra in
      guard case .subject(let subject) = extra.content else { return nil }
      return column(subject, named: extra.name)
    }
  }

  /// The order of a list's rows; nil where it is that of their keys.
  func sequence<Subject>(
    of list: MemberList<Subject>, _ rank: (Subject) -> RankedCell
  ) -> RowSequence? {
    if list.order.isEmpty { return nil }
    let terms = list.order.map { term in
      let ranked = rank(term.subject)
      return RowSequence.Term(cell: ranked.cell, ranks: ranked.ranks, isTurned: term.isTurned)
    }
    return RowSequence(terms, first: list.first) { keys in ranks(of: keys.map(Scalar.text)) }
  }
}
