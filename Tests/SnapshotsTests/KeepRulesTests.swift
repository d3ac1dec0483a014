import Snapshots
import Testing

@Suite("which snapshots stay") struct KeepRulesTests {
  private func snapshots(_ times: [String]) -> [PublishedSnapshot] {
    times.compactMap { PublishedSnapshot("\($0)-00000000", in: "/nowhere") }
  }

  private static let day: Int64 = 86_400_000

  @Test(
    "the newest always, and whatever any rule wants",
    arguments: [
      (KeepRules(), [] as [Int]),
      (KeepRules(last: 1), [0, 1, 2, 3, 4, 5]),
      (KeepRules(last: 3), [0, 1, 2, 3]),
      (KeepRules(last: 99), []),
      (KeepRules(within: 1), [0, 1, 2, 3, 4, 5]),
      (KeepRules(within: day), [0, 1, 2, 3, 4]),
      (KeepRules(within: day - 1), [0, 1, 2, 3, 4, 5]),
      (KeepRules(within: 62 * day), [0]),
      (KeepRules(within: 62 * day - 1), [0, 1]),
      (KeepRules(monthly: 1), [0, 1, 2, 3, 4, 5]),
      (KeepRules(monthly: 2), [0, 1, 2, 3, 5]),
      (KeepRules(monthly: 3), [0, 2, 3, 5]),
      (KeepRules(monthly: 9), [2, 3, 5]),
      (KeepRules(last: 2, monthly: 3), [0, 2, 3]),
      (KeepRules(within: day, last: 1, monthly: 2), [0, 1, 2, 3]),
    ])
  func rules(rules: KeepRules, expendable: [Int]) {
    let all = snapshots([
      "20251231T235959Z", "20260131T020000Z", "20260330T020000Z", "20260331T010000Z",
      "20260331T020000Z", "20260402T020000Z", "20260403T020000Z",
    ])
    #expect(all.count == 7)
    #expect(rules.expendable(of: all) == expendable.map { all[$0] })
  }

  @Test(
    "only a name that a snapshot is given is one",
    arguments: [
      ("20260403T020000Z-0a1b2c3d", true), ("20260403T020000Z-0A1B2C3D", false),
      ("20260403T020000Z-0a1b2c3", false), ("20260403T020000Z_0a1b2c3d", false),
      ("20261303T020000Z-0a1b2c3d", false), ("2026é403T020000Z-0a1b2c3", false),
      ("20260403T020000+-0a1b2c3d", false), ("latest", false), ("keep", false), ("", false),
      (".old-20260403T020000Z-0a1b2c3d", false),
    ])
  func names(name: String, isSnapshot: Bool) {
    #expect((PublishedSnapshot(name, in: "/x") != nil) == isSnapshot)
  }
}
