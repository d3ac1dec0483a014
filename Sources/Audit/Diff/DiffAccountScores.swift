import Definition
import Engine
import Judging

/// How the scores that accounts have of their own are made on both sides of a comparison.
struct DiffAccountScores: Sendable {
  /// Those of both definitions.
  let names: [String]
  private let sides: [Side]

  /// One side: how leads are rolled up there.
  struct Side: Sendable {
    let roll: AccountRoll
    let state: DiffState
    /// Of each of its scores, the number among the names.
    let numbers: [Int]
  }

  init(_ first: DiffState, _ last: DiffState) {
    let scores = [first, last].map { $0.judge.definition.accountScores.map(\.name) }
    let names = distinct(scores.joined().map { $0 })
    self.names = names
    sides = zip([first, last], scores).map { state, scores in
      Side(
        roll: AccountRoll(state.judge), state: state,
        numbers: scores.map { names.firstIndex(of: $0) ?? 0 })
    }
  }

  /// What one worker adds leads up in, by side; none where no definition asks.
  func makeRolls() -> [PartialRoll] {
    names.isEmpty
      ? [] : sides.map { PartialRoll($0.roll, accountCount: $0.state.set.accounts.count) }
  }

  /// The scores by account of the comparison, then by name; nil where there is none.
  ///
  /// `rolls`: of each worker, by side.
  func values(
    _ rolls: [[PartialRoll]], of accounts: DiffAccounts, jobs: Int
  ) throws -> (from: [Int64?], to: [Int64?]) {
    if names.isEmpty { return ([], []) }
    let values = try sides.indices.map { index in
      let side = sides[index]
      let scores = try ownScores(
        rolls.map { $0[index] }, side.state.profiles, side.roll, jobs: jobs)
      var values = [Int64?](repeating: nil, count: accounts.count * names.count)
      for (place, score) in scores.enumerated() where score != LeadLayout.absent {
        let (own, number) = place.quotientAndRemainder(dividingBy: side.numbers.count)
        let account = accounts.number(
          Int64(own), isOfA: side.state.reading === sides[0].state.reading)
        values[account * names.count + side.numbers[number]] = score
      }
      return values
    }
    return (values[0], values[1])
  }
}
