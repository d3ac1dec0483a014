import Definition
import Notation

/// What every event says: when it happened and of what kind it is.
struct Envelope {
  var time: Milliseconds
  var kind: EventKind
  /// Whether its type is exactly `page_view`.
  var isPageView: Bool
  /// Whether it is about its account; a lead in it means nothing.
  var isOfAccount: Bool
}

/// Opens events: scans a line and checks the members it must have.
final class EnvelopeReader {
  let scanner: LineScanner
  /// Nil where events are seen as they are written.
  let normaliser: Normaliser?
  private let kinds: MemberTable
  private var times = TimeReader()

  /// `plan`: whose events they are; without one they are seen as they are written.
  init(_ layout: SlotLayout, _ plan: ReadingPlan?) {
    let scanner = LineScanner(
      members: layout.members, fields: layout.fields, fieldsSlot: Member.fields.rawValue)
    self.scanner = scanner
    normaliser = plan.flatMap { Normaliser($0, layout, scanner) }
    kinds = MemberTable(["page_view"] + EventKind.allCases.compactMap(\.type))
  }

  deinit { kinds.deallocate() }

  /// Opens the event that was scanned last; an `account` that is none is absent afterwards.
  ///
  /// `line`: its bytes.
  ///
  /// - Throws: The first reason to refuse it.
  @inline(__always)
  func open(_ line: Position, _ count: Int) throws(Refusal) -> Envelope {
    if count > lineByteCountMax { throw .tooLong }
    if !scanner.isText(line, count) { throw .utf8 }
    let slots = scanner.slots
    guard slots.isText(.id, upTo: idByteCountMax) else { throw .id }
    guard slots.kind(.time) == .string,
      let time = times.time(slots.start(.time), slots.count(.time))
    else { throw .time }
    guard slots.isText(.type) else { throw .type }
    // The place of its type in the table, where the kinds with one stand by their raw values.
    let type = kinds.slot(slots.start(.type), slots.count(.type))
    var event = Envelope(
      time: time, kind: .ordinary, isPageView: type == 0, isOfAccount: false)
    if type > 0 { Self.tell(&event, EventKind(rawValue: UInt8(type)) ?? .ordinary, slots) }
    if !event.isOfAccount, !slots.isText(.lead, upTo: leadByteCountMax) { throw .lead }
    if !slots.isText(.account) {
      if event.isOfAccount { throw .account }
      slots.kinds[Member.account.rawValue] = .absent
    }
    if type > 0 { try Self.check(event.kind, slots) }
    if let normaliser { try normaliser.normalise(event) }
    return event
  }

  /// Tells an event of a type with a meaning of its own.
  @inline(never)
  private static func tell(_ event: inout Envelope, _ kind: EventKind, _ slots: Slots) {
    event.kind = kind
    event.isOfAccount = isOfAccount(kind, slots)
  }

  /// Checks the members that events of its kind have beside those that all have.
  @inline(never)
  private static func check(_ kind: EventKind, _ slots: Slots) throws(Refusal) {
    if kind.joins, !slots.isText(.from) { throw .from }
    if kind == .outcome, !slots.isText(.outcome) { throw .outcome }
    if kind == .withdraw, !slots.isText(.event, upTo: idByteCountMax) { throw .event }
  }

  /// Whether an event is about its account alone: a withdraw is where no text stands for a lead.
  private static func isOfAccount(_ kind: EventKind, _ slots: Slots) -> Bool {
    switch kind {
    case .accountProfile, .accountMerge: true
    case .withdraw: slots.kind(.lead) != .string && slots.isText(.account)
    default: false
    }
  }
}

/// What is known of a line that was found to be an event.
package struct ValidEvent: Sendable, Equatable {
  package let time: Milliseconds
  package let type: String
}

/// Checks lines one by one, without a definition: what an append does before it writes.
package final class EventValidator {
  private let reader = EnvelopeReader(SlotLayout(), nil)
  private var padded: [UInt8] = []

  package init() {}

  /// Returns the time and type of each line.
  ///
  /// - Throws: The reason to refuse the first that is no event.
  package func read(_ lines: [[UInt8]]) throws(Refusal) -> [ValidEvent] {
    var events: [ValidEvent] = []
    events.reserveCapacity(lines.count)
    for line in lines { events.append(try read(line)) }
    return events
  }

  private func read(_ line: [UInt8]) throws(Refusal) -> ValidEvent {
    try result(of: line) { event, slots in
      let type = UnsafeBufferPointer(start: slots.start(.type), count: slots.count(.type))
      return ValidEvent(time: event.time, type: String(decoding: type, as: UTF8.self))
    }.get()
  }

  /// Opens a line and returns what `body` makes of it; nil where it is no event.
  func open<Value>(_ line: [UInt8], _ body: (Envelope, Slots) -> Value) -> Value? {
    try? result(of: line, body).get()
  }

  private func result<Value>(
    of line: [UInt8], _ body: (Envelope, Slots) -> Value
  ) -> Result<Value, Refusal> {
    guard line.count <= lineByteCountMax else { return .failure(.tooLong) }
    padded.removeAll(keepingCapacity: true)
    padded.append(contentsOf: line)
    // The scanner stops at the zero byte and reads sixteen at a time.
    padded.append(contentsOf: repeatElement(0, count: 32))
    return padded.withUnsafeBufferPointer { bytes in
      do throws(Refusal) {
        let start = bytes.baseAddress.unsafelyUnwrapped
        guard reader.scanner.scan(start) == start + line.count else {
          throw reader.scanner.fault(start, line.count)
        }
        return .success(body(try reader.open(start, line.count), reader.scanner.slots))
      } catch {
        return .failure(error)
      }
    }
  }
}
