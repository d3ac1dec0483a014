/// What people want to see of the lines of many events, packed one behind the other.
///
/// A class, because it is looked at once for each event: only who makes it adds to it.
package final class EventTexts: @unchecked Sendable {
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
  func begin(line: Int) { lines.append(UInt32(clamping: line)) }

  /// Adds the next text of the line: the id, the type, a property.
  func add(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    end()
  }

  /// Adds a property that the line does not have, or has.
  ///
  /// One that is there begins with a byte more, so that an empty one is not absent.
  func add(property: UnsafeBufferPointer<UInt8>?) {
    if let property {
      bytes.append(1)
      bytes.append(contentsOf: property)
    }
    end()
  }

  /// Takes no more memory than what is there: nothing is added any more.
  package func trim() {
    (lines, bytes, ends) = (lines.map { $0 }, bytes.map { $0 }, ends.map { $0 })
  }

  private func end() { ends.append(UInt32(clamping: bytes.count)) }

  /// Where a line stands among them; nil where it does not.
  package func place(ofLine line: UInt32) -> Int? {
    // Lines are distinct, so none is farther from the first than its number; where all are there, each is as far.
    guard let first = lines.first, line >= first else { return nil }
    var (low, high) = (0, min(lines.count, Int(line - first) + 1))
    if lines[high - 1] == line { return high - 1 }
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
