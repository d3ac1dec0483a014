import Definition
import Judging
import Snapshots
import Tables

extension ReplayComparison {
  /// Every change as a row, as `changes.csv` of a snapshot has them: accounts, then leads, each in the
  /// order of their keys.
  func rows() -> [UInt8] {
    let csv = CSVWriter()
    csv.header(["kind", "key", "account", "what", "change", "before", "after"])
    let nothing: [UInt8] = []
    for key in ready.before.symmetricDifference(ready.after).sorted(by: {
      $0.lexicographicallyPrecedes($1)
    }) {
      let isIn = ready.after.contains(key)
      csv.fields([
        Array("account".utf8), key, nothing, Array("ready".utf8),
        Array((isIn ? "in" : "out").utf8), Array((isIn ? "false" : "true").utf8),
        Array((isIn ? "true" : "false").utf8),
      ])
    }
    var cells = [Int64](repeating: 0, count: shape.width * 2 + 1)
    for place in changedPlaces() {
      let table = changed[place.part]
      cells.withUnsafeMutableBufferPointer {
        table.unpack(place.row, $0.count, into: $0.baseAddress.unsafelyUnwrapped)
      }
      let key = Array(table.keys[place.row])
      add(key, ChangedLead(shape, cells), to: csv)
    }
    return Array(csv.bytes)
  }

  private func changedPlaces() -> [(part: Int, row: Int)] {
    var places = changed.indices.flatMap { part in
      (0..<changed[part].count).map { (part: part, row: $0) }
    }
    places.sort {
      precedes(changed[$0.part].keys[$0.row], changed[$1.part].keys[$1.row])
    }
    return places
  }

  private func add(_ key: [UInt8], _ lead: ChangedLead, to csv: CSVWriter) {
    let account = lead.accountName(accountNames)
    func row(_ what: String, _ change: String, _ before: String = "", _ after: String = "") {
      csv.fields(
        [Array("lead".utf8), key, account]
          + [what, change, before, after].map { Array($0.utf8) })
    }
    if lead.before == nil { row("lead", "new") }
    if lead.after == nil { row("lead", "gone") }
    if let before = lead.before, let after = lead.after {
      for (index, score) in shape.scores.enumerated() where before[index] != after[index] {
        row(
          "score.\(score)", before[index] < after[index] ? "up" : "down", "\(before[index])",
          "\(after[index])")
      }
      for (index, grade) in shape.grades.enumerated() {
        let cell = shape.firstChoice + index
        if before[cell] == after[cell] { continue }
        row(
          "grade.\(grade.name)", grade.change(before[cell], after[cell]),
          grade.text(before[cell]), grade.text(after[cell]))
      }
    }
    for (index, group) in shape.personas.enumerated() {
      let cell = shape.firstChoice + shape.grades.count + index
      let (before, after) = (lead.before.map { $0[cell] }, lead.after.map { $0[cell] })
      if before == after { continue }
      for (value, change) in [(before, "out"), (after, "in")] {
        let name = value.map { group.text($0) } ?? ""
        if !name.isEmpty { row("persona.\(group.name).\(name)", change) }
      }
    }
    for (index, list) in shape.lists.enumerated() {
      let cell = shape.firstList + index
      let wasOn = lead.before.map { $0[cell] == 1 } ?? false
      let isOn = lead.after.map { $0[cell] == 1 } ?? false
      if wasOn != isOn { row("list.\(list)", isOn ? "in" : "out") }
    }
  }
}

/// A lead of which something differs.
private struct ChangedLead {
  let before: ArraySlice<Int64>?
  let after: ArraySlice<Int64>?
  private let accountCell: Int

  init(_ shape: ComparisonShape, _ cells: [Int64]) {
    func side(_ bit: Int64, _ first: Int) -> ArraySlice<Int64>? {
      cells[0] & bit == 0 ? nil : ArraySlice(Array(cells[first..<first + shape.width]))
    }
    before = side(1, 1)
    after = side(2, 1 + shape.width)
    accountCell = shape.account
  }

  /// That after, or of a lead that is gone the one it had.
  func accountName(_ names: (before: KeyList, after: KeyList)) -> [UInt8] {
    let number = (after ?? before)?[accountCell] ?? LeadLayout.absent
    if number == LeadLayout.absent { return [] }
    return Array((after == nil ? names.before : names.after)[Int(number)])
  }
}

extension ComparisonShape.Choice {
  fileprivate func text(_ value: Int64) -> String {
    values.indices.contains(Int(value)) ? values[Int(value)] : ""
  }

  /// How a letter changes; the best stands first, and a lead may be without one.
  fileprivate func change(_ before: Int64, _ after: Int64) -> String {
    if Int(before) >= none { return "in" }
    if Int(after) >= none { return "out" }
    return after < before ? "up" : "down"
  }
}
