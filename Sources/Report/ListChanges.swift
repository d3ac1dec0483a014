import Audit
import Definition
import Engine
import Files
import Notation
import Snapshots
import Tables

/// Who came onto each list and who left it between two snapshots.
struct ListChanges {
  /// The name of the earlier snapshot.
  let since: String
  /// By list of the definition.
  private(set) var lists: [Moves]
  /// Of accounts: those that are ready now, or no longer.
  private(set) var ready = Moves()

  struct Moves {
    var came = 0
    var left = 0
    /// The first of them, by key.
    var firstCame: [Mover] = []
    var firstLeft: [Mover] = []

    fileprivate mutating func add(_ mover: Mover?, isIn: Bool) {
      if isIn { came += 1 } else { left += 1 }
      guard let mover else { return }
      if isIn, firstCame.count < ListChanges.firstMax { firstCame.append(mover) }
      if !isIn, firstLeft.count < ListChanges.firstMax { firstLeft.append(mover) }
    }
  }

  struct Mover {
    var key: [UInt8]
    /// When and through what, where anybody knows.
    var at: Milliseconds?
    var because: String?
    /// What it did then, by its interactions; empty where nobody knows.
    var deeds: [String] = []

    static let timePassing = "time passing"
  }

  static let firstMax = 5

  var named: [[UInt8]] { lists.flatMap { $0.firstCame + $0.firstLeft }.map(\.key) }

  /// From the file that tells what changed, where that is about the same two snapshots; else the two are gone through
  /// side by side.
  init(
    from earlier: AuditSubject, to later: AuditSubject, _ definition: Definition,
    _ replay: LogReplay?, without forgotten: Set<[UInt8]>
  ) throws {
    since = earlier.snapshot?.name ?? ""
    lists = definition.lists.map { _ in Moves() }
    guard let old = earlier.snapshot, let new = later.snapshot else { return }
    if try !read(new, since: old.name, definition, forgotten) {
      try compare(EarlierSnapshot(old), EarlierSnapshot(new), definition, forgotten)
      try explain(earlier, definition, replay)
    }
    guard let replay else { return }
    for list in lists.indices {
      lists[list].firstCame = lists[list].firstCame.map { $0.told(by: replay) }
      lists[list].firstLeft = lists[list].firstLeft.map { $0.told(by: replay) }
    }
  }

  /// Returns false where no file tells of it.
  private mutating func read(
    _ snapshot: PublishedSnapshot, since: String, _ definition: Definition,
    _ forgotten: Set<[UInt8]>
  ) throws -> Bool {
    guard let json = try wholeFile("\(snapshot.path)/changes.json", atMost: 1 << 26),
      let changes = Changes(json: json), changes.since.snapshot == since,
      try exists("\(snapshot.path)/changes.csv")
    else { return false }
    let path = "\(snapshot.path)/changes.csv"
    guard try SHA256Hasher.hex(ofFile: path) == changes.file.sha256 else {
      throw FileError(.damaged, path: path, message: "not what changes.json says")
    }
    let numbers = Dictionary(
      definition.lists.enumerated().map { ("list.\($1.name)", $0) }, uniquingKeysWith: { $1 })
    let rows = try CSVReader(path)
    while rows.row != nil {
      let isAccount = rows[0].elementsEqual("account".utf8)
      let isIn = rows[4].elementsEqual("in".utf8)
      if isAccount {
        if rows[3].elementsEqual("ready".utf8) { ready.add(mover(rows), isIn: isIn) }
      } else if rows[3].starts(with: "list.".utf8), let list = numbers[text(rows[3])] {
        let mover = mover(rows)
        lists[list].add(forgotten.contains(mover.key) ? nil : mover, isIn: isIn)
      }
      try rows.next()
    }
    return true
  }

  private func mover(_ rows: CSVReader) -> Mover {
    let because = text(rows[8])
    return Mover(
      key: csvText(rows[1]), at: eventTime(text(rows[7])),
      because: because.isEmpty ? nil : because)
  }

  private mutating func compare(
    _ old: EarlierSnapshot, _ new: EarlierSnapshot, _ definition: Definition,
    _ forgotten: Set<[UInt8]>
  ) throws {
    let shape = ComparisonShape(before: try old.files.names(), after: try new.files.names())
    let numbers = Dictionary(
      definition.lists.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
    let places = shape.lists.map { numbers[$0] }
    try walkSideBySide(
      SnapshotLeads(old.files, shape).walk(from: nil),
      SnapshotLeads(new.files, shape).walk(from: nil), upTo: nil, width: shape.width
    ) { key, before, after in
      for (index, place) in places.enumerated() {
        let wasOn = before.map { $0[shape.firstList + index] == 1 } ?? false
        let isOn = after.map { $0[shape.firstList + index] == 1 } ?? false
        guard let place, wasOn != isOn else { continue }
        let mover = Mover(key: Array(key))
        lists[place].add(forgotten.contains(mover.key) ? nil : mover, isIn: isOn)
      }
    }
    let (before, after) = (SnapshotAccounts(old.files), SnapshotAccounts(new.files))
    let (readyBefore, readyAfter) = (try before.ready(), try after.ready())
    func sorted(_ keys: Set<[UInt8]>) -> [[UInt8]] {
      keys.sorted { $0.lexicographicallyPrecedes($1) }
    }
    for key in sorted(readyAfter.subtracting(readyBefore)) {
      ready.add(Mover(key: key), isIn: true)
    }
    for key in sorted(readyBefore.subtracting(readyAfter)) {
      ready.add(Mover(key: key), isIn: false)
    }
  }
}

extension ListChanges.Mover {
  fileprivate func told(by replay: LogReplay) -> ListChanges.Mover {
    guard let at, because != ListChanges.Mover.timePassing else { return self }
    var mover = self
    mover.deeds = replay.occurrences(of: key, at: at)
    return mover
  }
}

extension ListChanges {
  /// Finds when and through what the movers that are named moved.
  fileprivate mutating func explain(
    _ earlier: AuditSubject, _ definition: Definition, _ replay: LogReplay?
  ) throws {
    guard let replay else { return }
    let moments = ChangeMoments(replay.log, replay.sheets, replay.reader, since: earlier)
    for list in lists.indices {
      let what = "list.\(definition.lists[list].name)"
      func explained(_ movers: [Mover], isIn: Bool) throws -> [Mover] {
        let state = ChangedState.list(definition.lists[list].name, isIn: isIn)
        return try reasons(
          movers, .lead, ChangeRow(what: what, change: isIn ? "in" : "out", state: state), moments,
          jobs: replay.log.jobs)
      }
      lists[list].firstCame = try explained(lists[list].firstCame, isIn: true)
      lists[list].firstLeft = try explained(lists[list].firstLeft, isIn: false)
    }
  }

  /// The same movers with their reasons, as `changes.csv` has them.
  private func reasons(
    _ movers: [Mover], _ kind: ChangedSubject.Kind, _ row: ChangeRow, _ moments: ChangeMoments,
    jobs: Int
  ) throws -> [Mover] {
    var rows = ChangeRows()
    for mover in movers {
      mover.key.withUnsafeBufferPointer { rows.add(kind, $0, account: [], row) }
    }
    let told = try ChangeRows.csv([rows], moments, jobs: jobs)[0]
    let silent = try ChangeRows.csv([rows], nil, jobs: jobs)[0]
    // What is told stands behind what there is without it: a comma, the moment, a comma, the cause.
    var (start, startSilent) = (told.startIndex, silent.startIndex)
    return movers.map { mover in
      var mover = mover
      let length = rowLength(silent, from: startSilent) - 2
      startSilent += length + 3
      let end = rowEnd(told, from: start + length)
      let fields = told[start + length + 1..<end]
      start = end + 1
      let comma = fields.firstIndex(of: UInt8(ascii: ",")) ?? fields.endIndex
      mover.at = eventTime(String(decoding: fields[..<comma], as: UTF8.self))
      let because = String(decoding: csvText(fields[comma...].dropFirst()), as: UTF8.self)
      mover.because = because.isEmpty ? nil : because
      return mover
    }
  }

  private func rowLength(_ text: [UInt8], from start: Int) -> Int {
    rowEnd(text, from: start) - start
  }

  /// Where a row ends: at a line feed that does not stand between quotes.
  private func rowEnd(_ text: [UInt8], from start: Int) -> Int {
    var isQuoted = false
    for place in start..<text.count {
      if text[place] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if text[place] == UInt8(ascii: "\n"), !isQuoted { return place }
    }
    return text.count
  }
}
