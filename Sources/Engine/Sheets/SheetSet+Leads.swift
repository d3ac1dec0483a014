import Judging
import Reading
import Workers

extension SheetSet {
  /// Returns the keys of the leads that ever named some accounts, or may have come to them by a domain, by the number
  /// that each account has in the end.
  ///
  /// `accounts`: by number, whether it is meant.
  package func leads(
    of accounts: [Bool], _ judge: Judge, jobs: Int
  ) throws -> [Int: Set<[UInt8]>] {
    let tasks = sheets.enumerated().flatMap { index, sheet in
      (0..<sheet.keyCount).pieces(of: 1 << 14).map { (sheet: index, keys: $0) }
    }
    let found = Slots<[(account: Int, key: Int)]>(tasks.count)
    try parallel(tasks.count, jobs: jobs) { task in
      let (view, keys) = (views[tasks[task].sheet], tasks[task].keys)
      var mentions: [(account: Int, key: Int)] = []
      func add(_ account: Int?, _ key: Int) {
        if let account, accounts[account] { mentions.append((account, key)) }
      }
      for key in keys { add(judge.domainAccount(ofKey: view.key(key)), key) }
      for key in keys where view.noteCount(of: UInt32(key)) > 0 {
        var notes = view.notes(of: UInt32(key))
        for row in view.rows(of: UInt32(key)) where row.hasNotes {
          notes.forEach { note, _ in
            switch note.kind {
            case .account: add(Int(view.number(of: note)), key)
            case .attribute:
              add(
                judge.domainAccount(
                  ofAttribute: Int(note.index), value: Int(view.number(of: note))), key)
            default: break
            }
          }
        }
      }
      found[task] = mentions
    }
    var leads: [Int: Set<[UInt8]>] = [:]
    for (task, mentions) in zip(tasks, found.elements) {
      for (account, key) in mentions {
        let name = Array(views[task.sheet].key(key))
        if name.first != Sheet.accountMark { leads[account, default: []].insert(name) }
      }
    }
    return leads
  }
}
