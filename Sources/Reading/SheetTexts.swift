import Definition

/// The dictionaries of a sheet, and its classes, as the bytes of their sections.
package struct SheetTexts: Sendable {
  package private(set) var dictionaryEnds: [UInt32] = []
  package private(set) var ends: [UInt32] = []
  package private(set) var text: [UInt8] = []
  package let classTable: [UInt8]

  /// `values`: of each attribute, in the order of their numbers.
  package init(
    classes: [EventClass], values: [[Scalar]], accounts: some Sequence<[UInt8]>, outcomes: [String]
  ) {
    classTable = SheetFormat.bytes(ofClasses: classes)
    for values in values { add(values.map(dictionaryBytes)) }
    add(accounts.map { [ValueTag.text] + $0 })
    add(outcomes.map { [ValueTag.text] + Array($0.utf8) })
    // The types of events that match nothing, which are asked of each segment's own sheets.
    add([])
  }

  private mutating func add(_ dictionary: [[UInt8]]) {
    for bytes in dictionary {
      text += bytes
      ends.append(UInt32(text.count))
    }
    dictionaryEnds.append(UInt32(ends.count))
  }
}
