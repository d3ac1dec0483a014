/// What people want to see of the lines of many events, packed one behind the other.
package struct EventTexts: Sendable {
  /// The lines' numbers, in order.
  private var lines: [UInt32] = []
  private var bytes: [UInt8] = []
  /// Of each line in turn, where its id, its type and each property end.
  private var ends: [UInt32] = []
  private let propertyCount: Int

  /// `propertyCount`: how many properties are kept of each line.
  package init(propertyCount: Int) { self.propertyCount = propertyCount }

  package var count: Int { lines.count }

  private var fieldCount: Int { 2 + propertyCount }

  /// Begins with a line behind those that are there.
  mutating func begin(line: Int) { lines.append(UInt32(clamping: line)) }

  /// Adds the next text of the line: the id, the type, a property.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    end()
  }

  /// Adds a property that the line does not have, or has.
  ///
  /// One that is there begins with a byte more, so that an empty one is not absent.
  mutating func add(property: UnsafeBufferPointer<UInt8>?) {
    if let property {
      bytes.append(1)
      bytes.append(contentsOf: property)
    }
    end()
  }

  private mutating func end() { ends.append(UInt32(clamping: bytes.count)) }

  /// Where a line stands among them; nil where it does not.
  ///
  /// `hint`: where the search is over soonest.
  package func place(ofLine line: UInt32, near hint: Int = 0) -> Int? {
    if hint < lines.count, lines[hint] == line { return hint }
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle] < line { low = middle + 1 } else { high = middle }
    }
    return low < lines.count && lines[low] == line ? low : nil
  }

  package func id(at place: Int) -> ArraySlice<UInt8> { field(0, at: place) }

  package func type(at place: Int) -> ArraySlice<UInt8> { field(1, at: place) }

  /// Nil where the event does not have the property.
  package func property(_ number: Int, at place: Int) -> ArraySlice<UInt8>? {
    let text = field(2 + number, at: place)
    return text.isEmpty ? nil : text.dropFirst()
  }

  private func field(_ number: Int, at place: Int) -> ArraySlice<UInt8> {
    let end = place * fieldCount + number
    return bytes[(end == 0 ? 0 : Int(ends[end - 1]))..<Int(ends[end])]
  }
}
