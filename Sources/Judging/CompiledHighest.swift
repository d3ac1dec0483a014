import Definition
import Notation

/// A group of personas of which a lead is the one it has most of, as the fold needs it.
struct CompiledHighest: Equatable {
  private struct Entry: Equatable {
    var cell: Int
    /// What a cell is multiplied by to come to millionths; 0 where it is an index into `values`.
    var scale: Int64
    var values: [ExactNumber?] = []

    func number(_ cells: UnsafePointer<Int64>) -> ExactNumber? {
      let cell = cells[cell]
      if cell == LeadLayout.absent { return nil }
      if scale != 0 { return .millionths(Int128(cell) * Int128(scale)) }
      return values.isEmpty ? nil : values[Int(cell)]
    }
  }

  private let entries: [Entry]
  private let min: ExactNumber?
  private let gap: Int64

  /// `cell`: where a subject's value stands and how it is read.
  init(_ highest: Highest, cell: (LeadSubject) -> (Int, CellReading)) {
    entries = highest.subjects.map { subject in
      let (place, reading) = cell(subject)
      switch reading {
      case .number(let divisor): return Entry(cell: place, scale: 1_000_000 / Int64(divisor))
      case .oneOf(let values):
        return Entry(cell: place, scale: 0, values: values.map { ExactNumber($0) })
      case .time: return Entry(cell: place, scale: 0)
      }
    }
    min = highest.min.map { .millionths(Int128($0)) }
    gap = highest.gap
  }

  /// The cells that it depends on.
  var cells: [Int] { entries.map(\.cell) }

  /// The place of the entry that is chosen; nil where none is.
  func choice(_ cells: UnsafePointer<Int64>) -> Int? {
    var best: (place: Int, number: ExactNumber)?
    for (place, entry) in entries.enumerated() {
      guard let number = entry.number(cells) else { continue }
      if let best, best.number.isAtLeast(0, above: number) { continue }
      best = (place, number)
    }
    guard let best, isEnough(best.number) else { return nil }
    if gap == 0 { return best.place }
    for (place, entry) in entries.enumerated() where place != best.place {
      if let number = entry.number(cells), !best.number.isAtLeast(gap, above: number) {
        return nil
      }
    }
    return best.place
  }

  private func isEnough(_ number: ExactNumber) -> Bool {
    guard let min else { return !ExactNumber.millionths(0).isAtLeast(0, above: number) }
    return number.isAtLeast(0, above: min)
  }
}

extension CompiledHighest {
  /// The least and the most that a number is; the least is nil where it may be absent.
  private typealias Range = (least: ExactNumber?, most: ExactNumber)

  /// The choice for all cells between some and others, which may be that of none; nil where it may be one or
  /// another.
  ///
  /// `least`: none of them more than its like among `most`.
  func choice(
    between least: UnsafePointer<Int64>, and most: UnsafePointer<Int64>
  ) -> Int?? {
    if entries.allSatisfy({ least[$0.cell] == most[$0.cell] }) { return .some(choice(least)) }
    var ranges: [Range?] = []
    for entry in entries {
      // Names that change stand in no order.
      if entry.scale == 0, least[entry.cell] != most[entry.cell] { return nil }
      ranges.append(entry.number(most).map { (entry.number(least), $0) })
    }
    for place in ranges.indices where isChosen(place, ranges) { return .some(place) }
    return ranges.indices.allSatisfy { isNeverChosen($0, ranges) } ? .some(nil) : nil
  }

  private func isChosen(_ place: Int, _ ranges: [Range?]) -> Bool {
    guard let least = ranges[place]?.least, isEnough(least) else { return false }
    return ranges.indices.allSatisfy { other in
      guard other != place, let most = ranges[other]?.most else { return true }
      return beats(place, least, other, most)
    }
  }

  private func isNeverChosen(_ place: Int, _ ranges: [Range?]) -> Bool {
    guard let most = ranges[place]?.most, isEnough(most) else { return true }
    return ranges.indices.contains { other in
      guard other != place, let least = ranges[other]?.least else { return false }
      return !beats(place, most, other, least)
    }
  }

  /// Whether an entry is chosen before another one that comes to so much.
  private func beats(
    _ place: Int, _ number: ExactNumber, _ other: Int, _ otherNumber: ExactNumber
  ) -> Bool {
    number.isAtLeast(gap, above: otherNumber)
      && (place < other || !otherNumber.isAtLeast(0, above: number))
  }
}
