import Testing

@testable import Definition
@testable import Judging

/// Sums over the leads of an account: exact whatever they come to, then held.
@Suite("Account totals")
struct AccountTotalTests {
  private static let most: Int64 = 999_999_999_999

  /// An account's cells, as a worker or the whole run has them.
  private final class Account {
    let roll: AccountRoll
    let cells: UnsafeMutablePointer<Int64>
    let given = GivenValues()

    init(_ roll: AccountRoll) {
      self.roll = roll
      cells = .allocate(capacity: roll.cellCount)
      cells.initialize(repeating: 0, count: roll.cellCount)
    }

    deinit { cells.deallocate() }

    /// Puts in what nothing has been added to.
    func open() {
      let none = UnsafeMutablePointer<Int64>.allocate(capacity: 1)
      defer { none.deallocate() }
      roll.open(cells, account: 0, attributes: none)
    }

    func add(_ score: Int64, _ layout: LeadLayout) {
      var lead = [Int64](repeating: LeadLayout.absent, count: layout.rolledUpCount)
      lead[layout.scores] = score
      roll.add(lead, to: cells, given)
    }

    func double() {
      let other = Account(roll)
      other.cells.update(from: cells, count: roll.cellCount)
      roll.add(partial: other.cells, other.given, to: cells, given)
    }

    var total: Int64 { cells[roll.layout.totals] }
    var mean: Int64 { cells[roll.layout.means] }
    var isReady: Bool { cells[roll.layout.ready] == 1 }

    /// Closes it; returns the scores whose totals were held.
    func close() -> [Int] {
      var held: [Int] = []
      roll.close(cells, given) { held.append($0) }
      return held
    }
  }

  private func judge() throws -> Judge {
    let definition = try Definition.load(
      text: scoring(
        "{ points: { view: 1 } }", "accounts: { ready: { total.s: { min: 999999999999 } } }"),
      file: "test.yaml")
    return Judge(
      definition: definition, attributes: [], values: LogValues(), subjects: [],
      classes: ClassTable([]), asOf: 0)
  }

  @Test(
    "a total of millions of leads at the end of numbers is held, and their mean is that of the exact sum",
    arguments: [most, -most])
  func manyLeads(score: Int64) throws {
    let judge = try judge()
    let account = Account(AccountRoll(judge))
    account.open()
    account.add(score, judge.layout)
    account.add(score - score.signum(), judge.layout)
    // 2^25 leads: more than 2^64 points up, or down.
    for _ in 0..<24 { account.double() }
    #expect(account.close() == [0])
    #expect(account.total == score)
    #expect(account.mean == score * 100 - score.signum() * 50)
    #expect(account.isReady == (score > 0))
  }

  @Test(
    "sums beyond 64 bits come back: what was added in part by one worker is taken off by another")
  func partialSums() throws {
    let judge = try judge()
    let roll = AccountRoll(judge)
    let (up, down) = (Account(roll), Account(roll))
    up.add(Self.most, judge.layout)
    down.add(-Self.most, judge.layout)
    for _ in 0..<30 {
      up.double()
      down.double()
    }
    up.add(7, judge.layout)
    for order in [[up, down], [down, up]] {
      let whole = Account(roll)
      whole.open()
      for part in order {
        roll.add(partial: part.cells, part.given, to: whole.cells, whole.given)
      }
      #expect(whole.close().isEmpty)
      #expect(whole.total == 7)
      #expect(whole.cells[roll.layout.maxima] == Self.most)
    }
  }

  @Test("leads that are exchanged change a total by what they differ, however many they are")
  func exchanges() throws {
    let judge = try judge()
    let roll = AccountRoll(judge)
    let account = Account(roll)
    account.open()
    for _ in 0..<3 { account.add(-Self.most, judge.layout) }
    for _ in 0..<22 { account.double() }
    account.add(-5, judge.layout)
    var before = [Int64](repeating: LeadLayout.absent, count: judge.layout.rolledUpCount)
    var after = before
    (before[judge.layout.scores], after[judge.layout.scores]) = (-Self.most, Self.most)
    var changes = [Int64](repeating: 0, count: roll.changeCellCount)
    changes.withUnsafeMutableBufferPointer { cells in
      let changes = cells.baseAddress.unsafelyUnwrapped
      for _ in 0..<3 { #expect(roll.exchange(before, for: after, in: changes)) }
      for _ in 0..<(1 << 22) { roll.add(changes: changes, to: account.cells) }
    }
    let sum = Int128(Self.most) * 3 * (1 << 22) - 5
    #expect(account.close() == [0])
    #expect(account.total == Self.most)
    #expect(Int128(account.mean) == roundedQuotient(sum * 100, 3 * (1 << 22) + 1))
  }

  @Test("an account without leads has a total of 0 and no mean")
  func empty() throws {
    let account = Account(AccountRoll(try judge()))
    account.open()
    #expect(account.close().isEmpty)
    #expect(account.total == 0)
    #expect(account.mean == LeadLayout.absent)
  }
}
