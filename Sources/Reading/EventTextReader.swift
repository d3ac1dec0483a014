import Definition
import Notation

/// Reads what people want to see of an event's line beside what judging needs: its id, its type, and the
/// values of properties.
package final class EventTextReader {
  private let reader: EnvelopeReader
  private let slots: [Int]

  /// `properties`: those whose values are wanted.
  package init(plan: ReadingPlan, properties: [EventSubject] = []) {
    let layout = SlotLayout(plan)
    reader = EnvelopeReader(layout, plan)
    slots = properties.map(layout.slot(of:))
  }

  /// Adds what a line says; returns whether it is an event.
  ///
  /// `line`: at least 64 readable bytes follow, the first of them zero or a line feed.
  package func read(
    _ line: UnsafeBufferPointer<UInt8>, number: Int, into texts: EventTexts
  ) -> Bool {
    guard isEvent(line) else { return false }
    let found = reader.scanner.slots
    if reader.normaliser == nil { found.derivePath() }
    texts.begin(line: number)
    for member in [Member.id, .type] {
      texts.add(UnsafeBufferPointer(start: found.start(member), count: found.count(member)))
    }
    for slot in slots { add(slot, of: found, to: texts) }
    return true
  }

  /// The id of a line's event, for as long as the line is there; nil where it is none.
  ///
  /// `line`: as above.
  package func id(of line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    guard isEvent(line) else { return nil }
    let found = reader.scanner.slots
    return UnsafeBufferPointer(start: found.start(Member.id), count: found.count(Member.id))
  }

  private func isEvent(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = line.baseAddress else { return false }
    return reader.scanner.scan(start) == start + line.count
      && (try? reader.open(start, line.count)) != nil
  }

  private func add(_ slot: Int, of found: Slots, to texts: EventTexts) {
    switch found.kinds[slot] {
    case .absent, .null, .container: texts.add(property: nil)
    case .number:
      guard let number = found.number(slot) else { return texts.add(property: nil) }
      Array(shortestDecimal(number).utf8).withUnsafeBufferPointer { texts.add(property: $0) }
    case .string, .yes, .no:
      texts.add(
        property: UnsafeBufferPointer(start: found.starts[slot], count: found.counts[slot]))
    }
  }
}
