import Reading

/// Which of a log's sheets are known as of the known-at, and how these are numbered among themselves.
///
/// Results come from the known ones alone; forgets are worked out on all.
package struct KnownSheets: Sendable {
  /// By place in the log, the number among the known ones; nil where a sheet came later.
  private let numbers: [UInt32?]

  /// Everything is known unless told otherwise.
  package init(count: Int, isKnown: [Bool]? = nil) {
    var next: UInt32 = 0
    numbers = (0..<count).map { place in
      guard isKnown?[place] ?? true else { return nil }
      defer { next += 1 }
      return next
    }
  }

  package func isKnown(_ place: Int) -> Bool { numbers[place] != nil }

  func number(of place: Int) -> UInt32? { numbers[place] }

  package func of(_ sheets: [Sheet]) -> [Sheet] {
    zip(sheets, numbers).compactMap { $1 == nil ? nil : $0 }
  }

  /// Gives places in the log their numbers among the known sheets; those that came later are left out.
  package func numbered(_ places: [KeyPlace]) -> [KeyPlace] {
    places.compactMap { place in
      numbers[Int(place.sheet)].map { KeyPlace(sheet: $0, key: place.key) }
    }
  }
}
