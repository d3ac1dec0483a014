import Judging
import Reading

/// Finds the rows of any lead among a run's sheets, without folding the others.
struct LeadFinder: Sendable {
  private let ground: Preparation
  private let indexes: [SheetIndex]

  init(_ ground: Preparation) throws {
    self.ground = ground
    indexes = try ground.set.sheets.map { try SheetIndex($0) }
  }

  /// Judges a lead by its final key once more, and traces it; `history` and `desk` have it afterwards.
  func judge(
    _ lead: [UInt8], _ history: History, _ desk: Desk, _ trace: inout LeadTrace
  ) throws {
    var fates = Fates()
    history.clear()
    let members =
      try ground.identities.group(of: lead)?.members
      ?? [Identities.Member(places: try places(of: LogKey(lead: lead)), erasure: nil)]
    for member in members {
      for place in member.places {
        SheetView.gather(
          ground.set.views, place, erasure: member.erasure, asOf: ground.judge.asOf,
          into: history, &fates)
      }
    }
    history.settle(ground.judge.classes, &fates)
    ground.withAccounts { accounts in
      ground.judge.judge(history, desk, accounts: accounts, trace: &trace)
    }
  }

  private func places(of key: LogKey) throws -> [KeyPlace] {
    var places: [KeyPlace] = []
    for (sheet, index) in indexes.enumerated() {
      if let number = try index.find(key) {
        places.append(KeyPlace(sheet: UInt32(sheet), key: UInt32(number)))
      }
    }
    return places
  }
}
