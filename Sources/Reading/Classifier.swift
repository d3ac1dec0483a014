import Definition
import Notation

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
  private let memos: UnsafeMutablePointer<ValueMemo>
  private let memoCount: Int
  /// The slots with tests, one for each memo.
  private let testedSlots: UnsafeMutablePointer<Int>
  /// The answers where every subject is absent.
  private let absentBits: UnsafeMutablePointer<UInt64>
  private let bitOf: [TestKey: Int]
  private let wordCount: Int
  private let bits: UnsafeMutablePointer<UInt64>
  private let pageViewBit: Int
  /// The tests of the event's time, which every event has and few have the same.
  private let timeTests: [TimeTest]

  /// The vectors of bits met, a word per 64 tests, and the class of each.
  private var vectors = Column<UInt64>(capacity: 256)
  private var vectorClasses = Column<UInt32>(capacity: 64)
  /// Places of vectors, or -1.
  private var buckets: UnsafeMutablePointer<Int32>
  private var bucketMask = 255
  private var classIndices: [EventClass: UInt32] = [:]
  /// The class of each kind met, by its raw value.
  private var kindClasses = [UInt32?](repeating: nil, count: 8)

  private struct TestKey: Hashable {
    var subject: EventSubject
    var predicate: Predicate
  }

  private struct TimeTest {
    var bit: Int
    var from = Milliseconds.min
    var before = Milliseconds.max

    /// Nil where it never holds.
    init?(_ bit: Int, _ predicate: Predicate) {
      self.bit = bit
      for part in predicate.parts {
        switch part {
        case .from(let bound): from = max(from, bound.instant)
        case .before(let bound): before = min(before, bound.instant)
        case .exists(true): break
        default: return nil
        }
      }
    }
  }

  /// `slot`: where the value of a subject stands.
  init(plan: ReadingPlan, slot: (EventSubject) -> Int) {
    self.plan = plan
    var bitOf: [TestKey: Int] = [:]
    var tests: [TestKey] = []
    for condition in plan.conditions {
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
    var timeTests: [TimeTest] = []
    for (bit, test) in tests.enumerated() {
      if test.subject == .member("time") {
        if let timeTest = TimeTest(bit, test.predicate) { timeTests.append(timeTest) }
        continue
      }
      if test.predicate.holds(for: nil) { absentBits[bit >> 6] |= 1 << UInt64(bit & 63) }
      testsOfSlot[slot(test.subject), default: []].append((bit, test.predicate))
    }
    self.timeTests = timeTests
    self.absentBits = .allocate(capacity: wordCount)
    self.absentBits.initialize(from: absentBits, count: wordCount)
    let wordCount = wordCount
    let tested = testsOfSlot.keys.sorted()
    memoCount = tested.count
    memos = .allocate(capacity: max(1, memoCount))
    for (index, slot) in tested.enumerated() {
      (memos + index).initialize(
        to: ValueMemo(tests: testsOfSlot[slot] ?? [], wordCount: wordCount))
    }
    testedSlots = .allocate(capacity: max(1, tested.count))
    testedSlots.initialize(from: tested, count: tested.count)
    bits = .allocate(capacity: wordCount)
    bits.initialize(repeating: 0, count: wordCount)
    buckets = .allocate(capacity: bucketMask + 1)
    buckets.initialize(repeating: -1, count: bucketMask + 1)
  }

  deinit {
    memos.deinitialize(count: memoCount)
    memos.deallocate()
    absentBits.deallocate()
    testedSlots.deallocate()
    bits.deallocate()
    buckets.deallocate()
  }

  /// Forgets the classes met; what was learned of values stays true.
  func begin() {
    classes.removeAll(keepingCapacity: true)
    traits.removeAll()
    classIndices.removeAll(keepingCapacity: true)
    kindClasses = [UInt32?](repeating: nil, count: kindClasses.count)
    vectors.removeAll()
    vectorClasses.removeAll()
    buckets.update(repeating: -1, count: bucketMask + 1)
  }

  /// Returns the number of the test that ignores the events of a class; nil where none does.
  @inline(__always)
  static func ignoringTest(_ eventClass: UInt32) -> Int? {
    eventClass >= leastIgnored ? Int(eventClass &- leastIgnored) : nil
  }

  /// No sheet tells so many classes apart.
  private static let leastIgnored: UInt32 = 1 << 31

  /// Returns the class of an event that is of an ordinary type.
  @inline(__always)
  func classify(_ slots: Slots, time: Milliseconds, isPageView: Bool) -> UInt32 {
    for word in 0..<wordCount { bits[word] = absentBits[word] }
    for index in 0..<memoCount {
      let slot = testedSlots[index]
      let kind = slots.kinds[slot]
      if kind == .absent || kind == .null || kind == .container { continue }
      memos[index].answer(kind, slots.starts[slot], slots.counts[slot], into: bits)
    }
    for index in timeTests.indices
    where timeTests[index].from <= time && time < timeTests[index].before {
      bits[timeTests[index].bit >> 6] |= 1 << UInt64(timeTests[index].bit & 63)
    }
    if isPageView { bits[pageViewBit >> 6] |= 1 << UInt64(pageViewBit & 63) }
    return classOfBits(isPageView)
  }

  /// Returns the class of an event of a type with a meaning of its own.
  func classify(_ kind: EventKind) -> UInt32 {
    if let known = kindClasses[Int(kind.rawValue)] { return known }
    let index = index(of: EventClass(kind: kind))
    kindClasses[Int(kind.rawValue)] = index
    return index
  }

  @inline(__always)
  private func classOfBits(_ isPageView: Bool) -> UInt32 {
    var bucket = self.bucket(of: bits)
    while buckets[bucket] >= 0 {
      let index = Int(buckets[bucket])
      var same = true
      for word in 0..<wordCount where vectors[index &* wordCount &+ word] != bits[word] {
        same = false
      }
      if same { return vectorClasses[index] }
      bucket = (bucket &+ 1) & bucketMask
    }
    return evaluate(isPageView, bucket)
  }

  @inline(__always)
  private func bucket(of vector: UnsafePointer<UInt64>) -> Int {
    var hash: UInt64 = 0
    for word in 0..<wordCount { hash = (hash ^ vector[word]) &* 0x9e37_79b9_7f4a_7c15 }
    return Int(truncatingIfNeeded: hash >> 32) & bucketMask
  }

  @inline(never)
  private func evaluate(_ isPageView: Bool, _ bucket: Int) -> UInt32 {
    let result = evaluate(isPageView)
    buckets[bucket] = Int32(vectorClasses.count)
    vectors.append(bits, wordCount)
    vectorClasses.append(result)
    if vectorClasses.count * 2 > bucketMask { grow() }
    return result
  }

  private func evaluate(_ isPageView: Bool) -> UInt32 {
    if let test = plan.rules.ignore.firstIndex(where: { holds($0.condition) }) {
      return Self.leastIgnored + UInt32(test)
    }
    let met = plan.interactions.indices.filter { holds(plan.interactions[$0]) }
    return index(
      of: EventClass(
        kind: .ordinary, isPageView: isPageView, isAnswer: plan.answers.map(holds) ?? false,
        interactions: met.map { UInt16($0) }))
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
    buckets.deallocate()
    bucketMask = bucketMask * 2 + 1
    buckets = .allocate(capacity: bucketMask + 1)
    buckets.initialize(repeating: -1, count: bucketMask + 1)
    for index in 0..<vectorClasses.count {
      var bucket = self.bucket(of: vectors.base + index * wordCount)
      while buckets[bucket] >= 0 { bucket = (bucket + 1) & bucketMask }
      buckets[bucket] = Int32(index)
    }
  }
}
