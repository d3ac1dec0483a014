import Definition
import Notation

/// One event of a lead or an account, as judging sees it.
public struct HistoryEvent: BitwiseCopyable, Sendable {
  public var time: Milliseconds
  /// A hash of its id.
  public var id: UInt64
  /// Index into the run's classes.
  public var eventClass: UInt32
  /// Milliseconds on the page.
  public var duration: UInt32
  /// Its place in the log: segment and line.
  public var segment: UInt32
  public var line: UInt32
  /// Its facts are `facts[factStart..<factEnd]` of its history.
  public var factStart: UInt32
  public var factEnd: UInt32

  @inlinable public init(
    time: Milliseconds, id: UInt64, eventClass: UInt32, duration: UInt32, segment: UInt32,
    line: UInt32, factStart: UInt32, factEnd: UInt32
  ) {
    self.time = time
    self.id = id
    self.eventClass = eventClass
    self.duration = duration
    self.segment = segment
    self.line = line
    self.factStart = factStart
    self.factEnd = factEnd
  }

  /// The order of events: by time, then by place in the log.
  @inline(__always)
  public func precedes(_ other: HistoryEvent) -> Bool {
    if time != other.time { return time < other.time }
    if segment != other.segment { return segment < other.segment }
    return line < other.line
  }
}

/// Something an event says: an account, an attribute, an answer, an outcome.
public struct Fact: BitwiseCopyable, Sendable {
  public var kind: FactKind
  /// Which attribute, or which property.
  public var index: UInt16
  /// An account's number, an attribute value's number, a Double's bits, or a hash.
  public var payload: UInt64

  @inlinable public init(kind: FactKind, index: UInt16, payload: UInt64) {
    self.kind = kind
    self.index = index
    self.payload = payload
  }
}

/// All that one lead, or one account, did: gathered, put in order, freed of duplicates.
///
/// A worker owns one and uses it again for every lead, so that no lead costs an allocation.
public final class LeadHistory {
  public var events: UnsafeMutablePointer<HistoryEvent>
  public var count = 0
  public var facts: UnsafeMutablePointer<Fact>
  public var factCount = 0
  /// The lead's final key, wherever it stands, for as long as it is there.
  package var key = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  @usableFromInline var eventCapacity = 256
  @usableFromInline var factCapacity = 256
  private var seen = IDSet()

  public init() {
    events = .allocate(capacity: eventCapacity)
    facts = .allocate(capacity: factCapacity)
  }

  deinit {
    events.deallocate()
    facts.deallocate()
  }

  @inlinable @inline(__always)
  public func clear() {
    count = 0
    factCount = 0
  }

  /// Drops the events behind the first ones, as if the rest had not happened yet.
  public func cut(to count: Int) {
    precondition(count <= self.count, "a history is cut to what it has")
    self.count = count
  }

  @inlinable @inline(__always)
  public func append(_ event: HistoryEvent) {
    if count == eventCapacity { growEvents() }
    (events + count).initialize(to: event)
    count &+= 1
  }

  /// Adds a fact to the event that is appended next.
  @inlinable @inline(__always)
  public func append(_ fact: Fact) {
    if factCount == factCapacity { growFacts() }
    (facts + factCount).initialize(to: fact)
    factCount &+= 1
  }

  /// Puts the events in order and drops repeated ids, of which the first stays.
  package func settle(_ classes: ClassTable, _ fates: inout Fates) {
    sortIfNeeded()
    dropDuplicates(classes, &fates)
    countUsed(classes, &fates)
  }

  /// Counts what is there as used.
  package func countUsed(_ classes: ClassTable, _ fates: inout Fates) {
    fates.used += count
    fates.unmatched += classes.unmatchedCount(UnsafeBufferPointer(start: events, count: count))
  }

  private func sortIfNeeded() {
    var isSorted = true
    for index in stride(from: 1, to: count, by: 1)
    where events[index].precedes(events[index - 1]) {
      isSorted = false
      break
    }
    if isSorted { return }
    var buffer = UnsafeMutableBufferPointer(start: events, count: count)
    buffer.sort { $0.precedes($1) }
  }

  private func dropDuplicates(_ classes: ClassTable, _ fates: inout Fates) {
    if count < 2 { return }
    seen.prepare(for: count)
    var kept = 0
    for index in 0..<count {
      let event = events[index]
      let earlier = seen.insert(event.id, at: kept)
      if earlier >= 0 {
        fates.duplicates += 1
        if !classes.agree(events[earlier].eventClass, event.eventClass) { fates.conflicts += 1 }
      } else {
        if kept != index { events[kept] = event }
        kept += 1
      }
    }
    count = kept
    // So many are rare, and what they took would be held for nothing.
    if kept > LeadHistory.keptSetMax { seen = IDSet() }
  }

  private static let keptSetMax = 1 << 18

  @usableFromInline func growEvents() {
    let larger = UnsafeMutablePointer<HistoryEvent>.allocate(capacity: eventCapacity * 2)
    larger.moveInitialize(from: events, count: count)
    events.deallocate()
    events = larger
    eventCapacity *= 2
  }

  @usableFromInline func growFacts() {
    let larger = UnsafeMutablePointer<Fact>.allocate(capacity: factCapacity * 2)
    larger.moveInitialize(from: facts, count: factCount)
    facts.deallocate()
    facts = larger
    factCapacity *= 2
  }
}

/// A set of ids that is emptied in time proportional to what it is about to hold.
struct IDSet: ~Copyable {
  private struct Bucket: BitwiseCopyable {
    var id: UInt64 = 0
    var place: Int32 = -1
    var padding: Int32 = 0
  }

  private var buckets = UnsafeMutablePointer<Bucket>.allocate(capacity: 1)
  private var capacity = 1
  private var mask = 0

  deinit { buckets.deallocate() }

  /// Empties the set and makes room for `count` ids.
  mutating func prepare(for count: Int) {
    var size = 8
    while size < count * 2 { size *= 2 }
    mask = size - 1
    if capacity < size {
      buckets.deallocate()
      buckets = .allocate(capacity: size)
      capacity = size
    }
    buckets.update(repeating: Bucket(), count: size)
  }

  /// Returns the place an id was inserted with before, or -1 after inserting it.
  @inline(__always)
  mutating func insert(_ id: UInt64, at place: Int) -> Int {
    var bucket = Int(truncatingIfNeeded: id) & mask
    while buckets[bucket].place >= 0 {
      if buckets[bucket].id == id { return Int(buckets[bucket].place) }
      bucket = (bucket + 1) & mask
    }
    buckets[bucket] = Bucket(id: id, place: Int32(truncatingIfNeeded: place))
    return -1
  }
}
