import Definition
import Notation

/// Reads what people want to see of an event's line beside what judging needs: its id, its type, and the
/// values of properties.
package final class EventTextReader {
  private let reader: EnvelopeReader
  private let layout: SlotLayout
  private var padded: [UInt8] = []

  package struct EventText: Sendable {
    package var id: String
    package var type: String
    /// In the order of the properties asked for; nil where the event has none.
    package var properties: [String?]
  }

  package init(plan: ReadingPlan) {
    layout = SlotLayout(plan)
    reader = EnvelopeReader(members: layout.members, fields: layout.fields)
  }

  /// Returns what a line says; nil where it is no event.
  package func read(_ line: [UInt8], properties: [EventSubject] = []) -> EventText? {
    padded.removeAll(keepingCapacity: true)
    padded += line
    padded += repeatElement(0, count: 64)
    return padded.withUnsafeBufferPointer { bytes in
      let start = bytes.baseAddress.unsafelyUnwrapped
      guard reader.scanner.scan(start) == start + line.count,
        (try? reader.open(start, line.count)) != nil
      else { return nil }
      let slots = reader.scanner.slots
      slots.derivePath()
      return EventText(
        id: text(Member.id.rawValue, slots) ?? "", type: text(Member.type.rawValue, slots) ?? "",
        properties: properties.map { text(layout.slot(of: $0), slots) })
    }
  }

  private func text(_ slot: Int, _ slots: Slots) -> String? {
    switch slots.kinds[slot] {
    case .absent, .null, .container: nil
    case .number: slots.number(slot).map(shortestDecimal)
    case .string, .yes, .no:
      String(
        decoding: UnsafeBufferPointer(start: slots.starts[slot], count: slots.counts[slot]),
        as: UTF8.self)
    }
  }
}
