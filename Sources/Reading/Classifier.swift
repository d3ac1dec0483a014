import Definition

/// Turns the slots of an event into its class.
///
/// Each test of the definition owns a bit. Slots answer for their bits, and the whole vector of
/// bits names the class, so that conditions are evaluated once per distinct vector.
final class Classifier {
  /// The classes met so far; an event's class is an index into it.
  private(set) var classes: [EventClass] = []
  /// What decoding asks of each class.
  private(set) var traits = Column<Traits>(capacity: 64)

  struct Traits: BitwiseCopyable {
    var isActivity: Bool
    var isAnswer: Bool
  }

  private let plan: ReadingPlan
  private let memos: [(slot: Int, memo: ValueMemo)]
  /// The answers where every subject is absent.
  private let absentBits: [UInt64]
  private let bitOf: [TestKey: Int]
  private let wordCount: Int
  private let bits: UnsafeMutablePointer<UInt64>
  private let pageViewBit: Int

  private var buckets = [Int32](repeating: -1, count: 256)
  private var vectors: [UInt64] = []
  private var vectorClasses: [UInt32] = []
  private var classIndices: [EventClass: UInt32] = [:]

  private struct TestKey: Hashable {
    var subject: EventSubject
    var predicate: Predicate
  }

  /// - Parameter slot: Where the value of a subject stands.
  init(plan: ReadingPlan, slot: (EventSubject) -> Int) {
    self.plan = plan
    var bitOf: [TestKey: Int] = [:]
    var tests: [TestKey] = []
    for condition in plan.interactions + (plan.answers.map { [$0] } ?? []) {
      condition.visitTests { subject, predicate in
        let key = TestKey(subject: subject, predicate: predicate)
        guard bitOf[key] == nil else { return }
        bitOf[key] = tests.count
        tests.append(key)
      }
    }
    pageViewBit = tests.count
    wordCount = tests.count / 64 + 1
    self.bitOf = bitOf

    var absentBits = [UInt64](repeating: 0, count: wordCount)
    var testsOfSlot: [Int: [(bit: Int, predicate: Predicate)]] = [:]
    for (bit, test) in tests.enumerated() {
      if test.predicate.holds(for: nil) { absentBits[bit >> 6] |= 1 << UInt64(bit & 63) }
      testsOfSlot[slot(test.subject), default: []].append((bit, test.predicate))
    }
    self.absentBits = absentBits
    let wordCount = wordCount
    memos = testsOfSlot.sorted { $0.key < $1.key }
      .map { ($0.key, ValueMemo(tests: $0.value, wordCount: wordCount)) }
    bits = .allocate(capacity: wordCount)
    bits.initialize(repeating: 0, count: wordCount)
  }

  deinit { bits.deallocate() }

  /// Returns the class of an event that is of none of the five types.
  @inline(__always)
  func classify(_ slots: Slots, isPageView: Bool) -> UInt32 {
    for word in 0..<wordCount { bits[word] = absentBits[word] }
    for (slot, memo) in memos {
      let kind = slots.kinds[slot]
      if kind == .absent || kind == .null || kind == .container { continue }
      memo.answer(kind, slots.starts[slot], slots.counts[slot], into: bits)
    }
    if isPageView { bits[pageViewBit >> 6] |= 1 << UInt64(pageViewBit & 63) }
    return classOfBits(isPageView)
  }

  /// Returns the class of an event of one of the five types.
  func classify(_ kind: EventKind) -> UInt32 {
    index(of: EventClass(kind: kind))
  }

  @inline(__always)
  private func classOfBits(_ isPageView: Bool) -> UInt32 {
    var hash = bits[0] &* 0x9e37_79b9_7f4a_7c15
    for word in 1..<max(wordCount, 1) { hash = foldMultiply(hash ^ bits[word], 0xa076_1d64_78bd_642f) }
    var bucket = Int(truncatingIfNeeded: hash >> 32) & (buckets.count - 1)
    while buckets[bucket] >= 0 {
      let index = Int(buckets[bucket])
      var same = true
      for word in 0..<wordCount where vectors[index * wordCount + word] != bits[word] {
        same = false
      }
      if same { return vectorClasses[index] }
      bucket = (bucket + 1) & (buckets.count - 1)
    }
    return evaluate(isPageView, bucket)
  }

  @inline(never)
  private func evaluate(_ isPageView: Bool, _ bucket: Int) -> UInt32 {
    let met = plan.interactions.indices.filter { holds(plan.interactions[$0]) }
    let eventClass = EventClass(
      kind: .ordinary, isPageView: isPageView, isAnswer: plan.answers.map(holds) ?? false,
      interactions: met.map { UInt16($0) })
    let result = index(of: eventClass)
    buckets[bucket] = Int32(vectorClasses.count)
    vectors.append(contentsOf: UnsafeBufferPointer(start: bits, count: wordCount))
    vectorClasses.append(result)
    if vectorClasses.count * 2 > buckets.count { grow() }
    return result
  }

  private func holds(_ condition: Condition<EventSubject>) -> Bool {
    switch condition {
    case .all(let parts): parts.allSatisfy(holds)
    case .any(let parts): parts.contains(where: holds)
    case .not(let part): !holds(part)
    case .test(let subject, let predicate):
      bitOf[TestKey(subject: subject, predicate: predicate)]
        .map { bits[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 } ?? false
    }
  }

  private func index(of eventClass: EventClass) -> UInt32 {
    if let index = classIndices[eventClass] { return index }
    let index = UInt32(classes.count)
    classes.append(eventClass)
    traits.append(Traits(isActivity: eventClass.isActivity, isAnswer: eventClass.isAnswer))
    classIndices[eventClass] = index
    return index
  }

  private func grow() {
    let old = vectorClasses.count
    buckets = [Int32](repeating: -1, count: buckets.count * 2)
    for index in 0..<old {
      var hash = vectors[index * wordCount] &* 0x9e37_79b9_7f4a_7c15
      for word in 1..<max(wordCount, 1) {
        hash = foldMultiply(hash ^ vectors[index * wordCount + word], 0xa076_1d64_78bd_642f)
      }
      var bucket = Int(truncatingIfNeeded: hash >> 32) & (buckets.count - 1)
      while buckets[bucket] >= 0 { bucket = (bucket + 1) & (buckets.count - 1) }
      buckets[bucket] = Int32(index)
    }
  }
}
