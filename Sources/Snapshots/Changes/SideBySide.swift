import Tables

/// The files of one of two snapshots that are compared.
struct ComparedSnapshot: Sendable {
  var folder: String
  /// What its manifest says of them.
  package var records: [Manifest.FileRecord]

  /// Whether a file is looked at: the others tell nothing more.
  func compares(_ path: String) -> Bool {
    path == "accounts.csv" || path == "leads.csv"
      || lists.contains { path == "lists/\($0).csv" }
  }

  func open(_ path: String) throws -> CSVReader { try CSVReader(self.path(path)) }

  func path(_ path: String) -> String { "\(folder)/\(path)" }

  /// The definition's own lists.
  var lists: [String] { listings.filter { !$0.contains(".") } }

  var personas: [(group: String, name: String)] {
    listings.compactMap { listing in
      let parts = listing.split(separator: ".")
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
  }

  private var listings: [String] {
    records.compactMap { record in
      guard record.path.hasPrefix("lists/"), record.path.hasSuffix(".csv") else { return nil }
      return String(record.path.dropFirst(6).dropLast(4))
    }
  }
}

/// One file of two snapshots, walked through in the order of keys.
struct SideBySide {
  let old: CSVReader
  let new: CSVReader

  /// Calls back for every key: which of the two have it at hand.
  ///
  /// `keys`: where the walk begins, and before which it ends; from the first row or behind the last one
  /// unless told otherwise.
  func walk(
    _ keys: (first: [UInt8]?, end: [UInt8]?) = (nil, nil),
    _ body: (_ hasOld: Bool, _ hasNew: Bool) throws -> Void
  ) throws {
    if let first = keys.first {
      try old.skip(to: first)
      try new.skip(to: first)
    }
    while old.row != nil || new.row != nil {
      let order = order
      if let end = keys.end, !(order <= 0 ? old : new).comes(before: end) { return }
      try body(order <= 0, order >= 0)
      if order <= 0 { try old.next() }
      if order >= 0 { try new.next() }
    }
  }

  /// Below 0 if the old row comes first, above 0 if the new one does.
  private var order: Int {
    if old.row == nil { return 1 }
    if new.row == nil { return -1 }
    return keyOrder(old.key, new.key)
  }

  /// A column of both; -1 where one has none of that name.
  func column(_ name: String) -> (old: Int, new: Int) {
    (old.header.firstIndex(of: name) ?? -1, new.header.firstIndex(of: name) ?? -1)
  }
}

/// The members of a list, met in the order of keys.
struct ListWalk {
  let rows: CSVReader?

  /// Every list that one of two snapshots has; one that the other lacks has no members there.
  package static func all(
    _ old: ComparedSnapshot, _ new: ComparedSnapshot
  ) throws -> [(name: String, old: ListWalk, new: ListWalk)] {
    func open(_ name: String, _ side: ComparedSnapshot) throws -> ListWalk {
      ListWalk(rows: side.lists.contains(name) ? try side.open("lists/\(name).csv") : nil)
    }
    let added = old.lists.filter { !new.lists.contains($0) }
    return try (new.lists + added).map { ($0, try open($0, old), try open($0, new)) }
  }

  /// Passes over the members that come before a key.
  func skip(to key: [UInt8]) throws { try rows?.skip(to: key) }

  /// Whether the list has the lead at hand; leads come in the order of keys, each once.
  func has(_ lead: CSVReader) throws -> Bool {
    guard let rows, rows.row != nil else { return false }
    let isMember = keyOrder(rows.key, lead.key) == 0
    if isMember { try rows.next() }
    return isMember
  }
}
