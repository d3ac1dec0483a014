import Definition
import Judging
import Reading
import Tables

/// The sheets of a run with one numbering for what each numbers for itself: classes, attribute
/// values, accounts and outcomes.
package final class SheetSet: @unchecked Sendable {
  package let sheets: [Sheet]
  /// The sheets with the run's numbers, in the same order.
  package let views: UnsafePointer<SheetView>
  let classes: ClassTable
  let attributeValues: [[Scalar]]
  /// The words of all outcomes; the payload of an outcome's fact is an index into them.
  package let outcomes: [String]
  /// All accounts that a lead names or that have a profile, by their numbers.
  package let accounts: KeyList
  package let profiles: ProfilePlaces
  private let memory = MapMemory()

  package init(_ sheets: [Sheet], attributeCount: Int, jobs: Int) throws {
    precondition(sheets.allSatisfy(\.hasEvents), "only events that were checked are judged")
    self.sheets = sheets

    var classes = Numbering<EventClass>()
    let classMaps = sheets.map { $0.eventClasses.map { classes.number(of: $0) } }
    self.classes = ClassTable(classes.elements)

    var values = [Numbering<Scalar>](repeating: Numbering(), count: attributeCount)
    let valueMaps = sheets.map { sheet in
      (0..<attributeCount).map { attribute in
        sheet.values(ofAttribute: attribute).map { values[attribute].number(of: $0) }
      }
    }
    attributeValues = values.map(\.elements)

    var outcomes = Numbering<String>()
    let outcomeMaps = sheets.map { $0.outcomes.map { outcomes.number(of: $0) } }
    self.outcomes = outcomes.elements

    let numbers = try AccountNumbers(sheets, memory, jobs: jobs)
    accounts = numbers.names
    profiles = numbers.profiles
    let memory = memory
    views = memory.keep(
      sheets.indices.map { index in
        SheetView(
          sheets[index], memory, classes: classMaps[index], accounts: numbers.maps[index],
          outcomes: outcomeMaps[index], values: valueMaps[index])
      })
  }
}

/// Where one key's rows stand: a sheet and the key's number in it.
package struct KeyPlace: BitwiseCopyable {
  package var sheet: UInt32
  package var key: UInt32

  package init(sheet: UInt32, key: UInt32) {
    self.sheet = sheet
    self.key = key
  }
}

/// Numbers distinct values in the order they are first met.
private struct Numbering<Element: Hashable> {
  private(set) var elements: [Element] = []
  private var numbers: [Element: UInt32] = [:]

  mutating func number(of element: Element) -> UInt32 {
    if let number = numbers[element] { return number }
    let number = UInt32(elements.count)
    elements.append(element)
    numbers[element] = number
    return number
  }
}
