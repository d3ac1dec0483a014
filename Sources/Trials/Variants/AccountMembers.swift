import Definition
import Engine
import Snapshots
import Tables

/// The keys of the accounts that are ready, and of those on each list.
struct AccountMembers: Equatable {
  var ready: Set<[UInt8]> = []
  var lists: [String: Set<[UInt8]>] = [:]
  /// Lists of which only the first are known, which are not in these.
  var limitedLists: Set<String> = []
}

extension AccountMembers {
  /// `members`: of each account in turn, as `accountMembers` tells them.
  init(_ members: [Bool], of variant: Variant, named accounts: KeyList) {
    let definition = variant.judge.definition
    let width = variant.roll.memberCells.count
    func keys(at place: Int) -> Set<[UInt8]> {
      Set(
        stride(from: place, to: members.count, by: width).filter { members[$0] }
          .map { Array(accounts[$0 / width]) })
    }
    let listsStart = definition.ready == nil ? 0 : 1
    if listsStart == 1 { ready = keys(at: 0) }
    for (index, list) in definition.accountLists.enumerated() {
      lists[list.name] = keys(at: listsStart + index)
    }
  }

  /// Those of a snapshot, as far as its files have them all.
  init(_ files: ComparedFiles, of definition: Definition) throws {
    ready = try SnapshotAccounts(files).ready()
    limitedLists = definition.limitedAccountLists
    lists = try files.accountLists().filter { !limitedLists.contains($0.key) }
  }
}

extension Variant {
  /// Whether its definition says anything of accounts that some are and others are not.
  var choosesAccounts: Bool { !roll.memberCells.isEmpty }
}
