import Tables

/// Tells which lists the leads of a snapshot are on, asked for one lead after the other.
final class SnapshotLists {
  /// Who is on which list; nil of snapshots of before there was such a file.
  private let memberships: CSVReader?
  /// The lists by their names, in order, with their places in a shape.
  private let names: [(name: [UInt8], place: Int)]
  /// Those of older snapshots, which have all members in the order of their keys.
  private let files: [CSVReader?]

  init(_ files: ComparedFiles, _ shape: ComparisonShape, from key: [UInt8]?) throws {
    names = shape.lists.enumerated().map { (Array($1.utf8), $0) }
      .sorted { $0.name.lexicographicallyPrecedes($1.name) }
    memberships = files.hasMemberships ? try files.open("memberships.csv") : nil
    self.files = memberships == nil ? try files.openLists(shape.lists) : []
    guard let key else { return }
    try memberships?.skip(to: key)
    for file in self.files { try file?.skip(to: key) }
  }

  /// Marks the lists that a lead is on; leads come in the order of keys, each once.
  func mark(_ lead: UnsafeBufferPointer<UInt8>, in row: UnsafeMutablePointer<Int64>) throws {
    for index in names.indices { row[index] = 0 }
    if let memberships {
      while memberships.row != nil, keyOrder(memberships.key, lead) == 0 {
        if let place = place(of: memberships[1]) { row[place] = 1 }
        try memberships.next()
      }
    }
    for index in files.indices {
      guard let file = files[index], file.row != nil, keyOrder(file.key, lead) == 0 else {
        continue
      }
      row[index] = 1
      try file.next()
    }
  }

  /// The place of a list; nil of a persona.
  private func place(of name: UnsafeRawBufferPointer) -> Int? {
    let name = name.bindMemory(to: UInt8.self)
    var low = 0
    var high = names.count
    while low < high {
      let middle = (low + high) / 2
      let order = names[middle].name.withUnsafeBufferPointer { keyOrder($0, name) }
      if order == 0 { return names[middle].place }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}
