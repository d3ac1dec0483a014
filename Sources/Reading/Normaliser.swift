import Definition

/// Makes of an event as it is written the event as the definition sees it: its keys, what is blank in it, its path.
///
/// Conditions and properties see keys as they are written, so these are put in place only once those have been
/// looked at.
final class Normaliser {
  private let slots: Slots
  /// For the texts of one line that are not as they are written.
  private let room: UnsafeMutablePointer<UInt8>
  private var roomCount = 0
  private let rules: ReadingRules
  private let changesKeys: Bool
  private let asksForPath: Bool
  /// The members that have no meaning of their own.
  private let properties: [Int]
  private var lead: UnsafeBufferPointer<UInt8>?
  /// Nil where there is none.
  private var account: UnsafeBufferPointer<UInt8>?
  private var from: UnsafeBufferPointer<UInt8>?

  /// Nil where the plan sees events as they are written.
  init?(_ plan: ReadingPlan, _ layout: SlotLayout, _ scanner: LineScanner) {
    rules = plan.rules
    changesKeys = rules.leadKeys != .exact || rules.accountKeys != .exact
    asksForPath = layout.asksFor(.member("path"))
    guard changesKeys || rules.ignoresBlanks || asksForPath && rules.paths != PathForm() else {
      return nil
    }
    slots = scanner.slots
    room = scanner.room
    let meaning: [Member] = [.id, .time, .type, .lead, .account, .fields]
    properties = Array(
      Set(0..<scanner.slots.firstField).subtracting(meaning.map(\.rawValue))
    ).sorted()
  }

  /// Takes a look at the event that was opened last.
  ///
  /// - Throws: The reason to refuse it: a key that it must have, of which nothing is left.
  func normalise(_ event: Envelope) throws(Refusal) {
    roomCount = 0
    if changesKeys { try findKeys(event) }
    if rules.ignoresBlanks { dropBlanks(event.kind) }
    if event.kind == .ordinary, asksForPath { settlePath() }
  }

  /// Puts the keys in the places of those that are written.
  func placeKeys(_ event: Envelope) {
    guard changesKeys else { return }
    if !event.isOfAccount { place(lead, .lead) }
    if slots.kind(.account) == .string { place(account, .account) }
    if event.kind.joins { place(from, .from) }
  }

  private func place(_ key: UnsafeBufferPointer<UInt8>?, _ member: Member) {
    guard let key, let start = key.baseAddress else {
      slots.kinds[member.rawValue] = .absent
      return
    }
    slots.starts[member.rawValue] = start
    slots.counts[member.rawValue] = key.count
  }

  private func findKeys(_ event: Envelope) throws(Refusal) {
    if !event.isOfAccount {
      lead = key(.lead, rules.leadKeys)
      if lead == nil { throw .lead }
    }
    account = slots.kind(.account) == .string ? key(.account, rules.accountKeys) : nil
    if event.isOfAccount, account == nil { throw .account }
    if event.kind.joins {
      from = key(.from, event.isOfAccount ? rules.accountKeys : rules.leadKeys)
      if from == nil { throw .from }
    }
  }

  /// Returns the key that a member is; nil where nothing is left of it.
  private func key(_ member: Member, _ form: KeyForm) -> UnsafeBufferPointer<UInt8>? {
    let key = form.key(slots.start(member), slots.count(member), room: room + roomCount)
    keep(key)
    return key.isEmpty ? nil : key
  }

  /// Leaves a text alone where it has been written to the room.
  private func keep(_ text: UnsafeBufferPointer<UInt8>) {
    if text.baseAddress == UnsafePointer(room + roomCount) { roomCount += text.count }
  }

  private func dropBlanks(_ kind: EventKind) {
    if kind == .ordinary {
      for slot in properties { dropIfBlank(slot) }
    }
    for slot in slots.firstField..<slots.count { dropIfBlank(slot) }
  }

  private func dropIfBlank(_ slot: Int) {
    if slots.kinds[slot] == .string, isBlank(slots.starts[slot], slots.counts[slot]) {
      slots.kinds[slot] = .absent
    }
  }

  private func settlePath() {
    slots.derivePath()
    let slot = Member.path.rawValue
    guard slots.kinds[slot] == .string else { return }
    if rules.paths.dropsTrailingSlash {
      let start = slots.starts[slot]
      while slots.counts[slot] > 1, start[slots.counts[slot] - 1] == UInt8(ascii: "/") {
        slots.counts[slot] -= 1
      }
    }
    if rules.paths.foldsCase {
      let path = folded(
        UnsafeBufferPointer(start: slots.starts[slot], count: slots.counts[slot]),
        room: room + roomCount)
      keep(path)
      if let start = path.baseAddress { slots.starts[slot] = start }
      slots.counts[slot] = path.count
    }
    if rules.ignoresBlanks { dropIfBlank(slot) }
  }
}
