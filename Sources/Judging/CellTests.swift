import Definition
import Notation

/// How a cell is read by a condition.
package enum CellReading: Sendable {
  /// A number: the cell divided by `divisor`.
  case number(divisor: Double)
  /// A time: the cell is its milliseconds.
  case time
  /// One of finitely many values: the cell is an index into them.
  case oneOf([Scalar])

  /// The value of a cell as conditions see it.
  package func scalar(_ cell: Int64) -> Scalar? {
    guard cell != LeadLayout.absent else { return nil }
    return switch self {
    case .number(let divisor): .number(quotient(cell, divisor))
    case .time: .text(timeText(milliseconds: cell))
    case .oneOf(let values): values[Int(cell)]
    }
  }
}

/// The nearest binary64 of a cell divided by a power of ten.
@inline(__always)
private func quotient(_ cell: Int64, _ divisor: Double) -> Double {
  // Both are exact, so that one rounding is all there is.
  if cell.magnitude <= 1 << 53 { return Double(cell) / divisor }
  return largeQuotient(cell, divisor)
}

@inline(never)
private func largeQuotient(_ cell: Int64, _ divisor: Double) -> Double {
  let (whole, rest) = cell.quotientAndRemainder(dividingBy: Int64(divisor))
  // A decimal is rounded once when it is read, however long it is.
  let decimals = String(Int64(divisor) + Int64(rest.magnitude)).dropFirst()
  return Double("\(whole).\(decimals)0") ?? 0
}

/// A condition compiled for cells: no tree to walk, nothing to retain, names already looked up.
///
/// Nodes stand in the order of the condition's text, each before its parts and knowing where its
/// last part ends. A test on finitely many values is a table of answers; on numbers, its bounds.
struct CellCondition: ~Copyable, @unchecked Sendable {
  private enum Operation: UInt8 {
    case all, any, not, bounds, table, general
  }

  private struct Node: Equatable {
    var operation: Operation
    var cell: Int32
    /// One past the node's last part.
    var end: Int32
    /// Where its answers or its predicate stand; a table has an answer for each value of an attribute.
    var place: Int
    var bounds = Bounds()
  }

  fileprivate struct Bounds: Equatable {
    var divisor = 1.0
    var low = -Double.infinity
    var high = Double.infinity
    var lowIsOpen = false
    var highIsOpen = false
  }

  private let nodes: Fixed<Node>
  private let answers: Fixed<Bool>
  private let predicates: Fixed<Predicate>

  /// `condition`: where there is none, it always holds.
  init<Cells: SubjectCells>(_ condition: Condition<Cells.Subject>?, _ cells: Cells) {
    var builder = Builder()
    builder.add(condition ?? .all([]), cells)
    nodes = Fixed(builder.nodes)
    answers = Fixed(builder.answers)
    predicates = Fixed(builder.predicates)
  }

  @inline(__always)
  func holds(_ cells: UnsafePointer<Int64>) -> Bool {
    evaluate(nodes.base, 0, cells)
  }

  private func evaluate(
    _ nodes: UnsafePointer<Node>, _ index: Int, _ cells: UnsafePointer<Int64>
  ) -> Bool {
    let node = nodes[index]
    switch node.operation {
    case .all, .any:
      let isAll = node.operation == .all
      var part = index + 1
      while part < node.end {
        if evaluate(nodes, part, cells) != isAll { return !isAll }
        part = Int(nodes[part].end)
      }
      return isAll
    case .not: return !evaluate(nodes, index + 1, cells)
    case .table:
      let cell = cells[Int(node.cell)]
      return answers[node.place + (cell == LeadLayout.absent ? 0 : Int(cell) + 1)]
    case .bounds:
      let cell = cells[Int(node.cell)]
      guard cell != LeadLayout.absent else { return false }
      return node.bounds.hold(quotient(cell, node.bounds.divisor))
    case .general:
      let reading = CellReading.number(divisor: node.bounds.divisor)
      return predicates[node.place].holds(for: reading.scalar(cells[Int(node.cell)]))
    }
  }
}

extension CellCondition {
  /// Whether it holds for all cells between some and others; nil where it may hold for some alone.
  ///
  /// `least`: none of them more than its like among `most`.
  func holds(
    between least: UnsafePointer<Int64>, and most: UnsafePointer<Int64>
  ) -> Bool? {
    evaluate(0, between: least, and: most)
  }

  private func evaluate(
    _ index: Int, between least: UnsafePointer<Int64>, and most: UnsafePointer<Int64>
  ) -> Bool? {
    let node = nodes[index]
    switch node.operation {
    case .all, .any:
      let isAll = node.operation == .all
      var isOpen = false
      var part = index + 1
      while part < node.end {
        let answer = evaluate(part, between: least, and: most)
        if answer == !isAll { return !isAll }
        if answer == nil { isOpen = true }
        part = Int(nodes[part].end)
      }
      return isOpen ? nil : isAll
    case .not: return evaluate(index + 1, between: least, and: most).map { !$0 }
    case .table, .bounds, .general:
      let cells = (least[Int(node.cell)], most[Int(node.cell)])
      if cells.0 == cells.1 { return evaluate(nodes.base, index, least) }
      guard node.operation == .bounds, cells.0 != LeadLayout.absent else { return nil }
      let divisor = node.bounds.divisor
      return node.bounds.hold(
        from: quotient(cells.0, divisor), to: quotient(cells.1, divisor))
    }
  }

  /// Whether both hold for the same cells; false where that is not plain to see.
  func isSame(as other: borrowing CellCondition) -> Bool {
    nodes.elementsEqual(other.nodes) && answers.elementsEqual(other.answers)
      && predicates.elementsEqual(other.predicates)
  }

  /// The cells that are asked about.
  var cells: [Int] {
    (0..<nodes.count).compactMap { index in
      switch nodes[index].operation {
      case .all, .any, .not: nil
      case .bounds, .table, .general: Int(nodes[index].cell)
      }
    }
  }

  /// A condition's nodes while they are put together.
  private struct Builder {
    var nodes: [Node] = []
    var answers: [Bool] = []
    var predicates: [Predicate] = []

    package mutating func add<Cells: SubjectCells>(
      _ condition: Condition<Cells.Subject>, _ cells: Cells
    ) {
      let index = nodes.count
      nodes.append(Node(operation: .all, cell: 0, end: 0, place: 0))
      switch condition {
      case .all(let parts):
        for part in parts { add(part, cells) }
      case .any(let parts):
        nodes[index].operation = .any
        for part in parts { add(part, cells) }
      case .not(let part):
        nodes[index].operation = .not
        add(part, cells)
      case .test(let subject, let predicate):
        let (fixed, aging) = (
          predicate.parts(countingFromAsOf: false), predicate.parts(countingFromAsOf: true)
        )
        if let fixed, aging != nil {
          // Both are tests of their own, of different cells.
          add(.test(subject, fixed), cells)
        } else if let fixed {
          if let answer = cells.answer(to: fixed, of: subject) {
            nodes[index].cell = Int32(answer)
            addTest(.isMet, .number(divisor: 1), at: index)
          } else {
            let (place, reading) = cells(subject)
            nodes[index].cell = Int32(place)
            addTest(fixed, reading, at: index)
          }
        }
        guard let aging else { break }
        if fixed == nil {
          nodes[index].cell = Int32(cells.age(of: subject))
          addTest(aging, .number(divisor: 1), at: index)
        } else {
          add(.test(subject, aging), cells)
        }
      }
      nodes[index].end = Int32(nodes.count)
    }

    private mutating func addTest(_ predicate: Predicate, _ reading: CellReading, at index: Int) {
      switch reading {
      case .oneOf(let values):
        nodes[index].operation = .table
        nodes[index].place = answers.count
        answers.append(predicate.holds(for: nil))
        answers += values.map { predicate.holds(for: $0) }
      case .number, .time:
        var bounds = Bounds()
        if case .number(let divisor) = reading { bounds.divisor = divisor }
        nodes[index].operation =
          predicate.parts.allSatisfy { bounds.narrow(by: $0) } ? .bounds : .general
        nodes[index].bounds = bounds
        nodes[index].place = predicates.count
        predicates.append(predicate)
      }
    }
  }
}

extension Predicate {
  /// Asks for the answer to a test that was made before.
  fileprivate static let isMet = Predicate([.min(1)])
}

extension CellCondition.Bounds {
  /// Takes a part of a predicate in; returns false where bounds cannot say it.
  fileprivate mutating func narrow(by part: Predicate.Part) -> Bool {
    switch part {
    case .min(let bound): raise(to: bound, open: false)
    case .above(let bound): raise(to: bound, open: true)
    case .max(let bound): lower(to: bound, open: false)
    case .below(let bound): lower(to: bound, open: true)
    case .from(let bound): raise(to: Double(bound.instant), open: false)
    case .before(let bound): lower(to: Double(bound.instant), open: true)
    case .ago(let lapse):
      raise(to: Double(lapse.range.lowerBound), open: false)
      lower(to: Double(lapse.range.upperBound), open: false)
    case .ahead(let lapse):
      raise(to: -Double(lapse.range.upperBound), open: false)
      lower(to: -Double(lapse.range.lowerBound), open: false)
    case .exists(true): break
    case .exists(false): return false
    case .oneOf(let patterns):
      guard patterns.count == 1, case .number(let number) = patterns[0] else { return false }
      raise(to: number, open: false)
      lower(to: number, open: false)
    }
    return true
  }

  private mutating func raise(to bound: Double, open: Bool) {
    if bound > low || bound == low && open {
      low = bound
      lowIsOpen = open
    }
  }

  private mutating func lower(to bound: Double, open: Bool) {
    if bound < high || bound == high && open {
      high = bound
      highIsOpen = open
    }
  }

  @inline(__always)
  fileprivate func hold(_ value: Double) -> Bool { isAboveLow(value) && isBelowHigh(value) }

  /// Whether every value from one to another is within the bounds; nil where some may be and others not.
  fileprivate func hold(from first: Double, to last: Double) -> Bool? {
    if !isAboveLow(last) || !isBelowHigh(first) { return false }
    return isAboveLow(first) && isBelowHigh(last) ? true : nil
  }

  @inline(__always)
  private func isAboveLow(_ value: Double) -> Bool { lowIsOpen ? value > low : value >= low }

  @inline(__always)
  private func isBelowHigh(_ value: Double) -> Bool { highIsOpen ? value < high : value <= high }
}
