import Definition
import Notation

/// The tests asked about one slot, and their answers for the values met so far.
///
/// Values repeat: a path, a type, an asset. A test is evaluated once for each distinct one, by the
/// same `Predicate.holds` that everything else uses, and remembered by the value's bytes.
struct ValueMemo: ~Copyable {
  /// The answer bits this slot's tests own, a word per 64 tests.
  private let mask: UnsafeMutablePointer<UInt64>
  private let tests: [(bit: Int, predicate: Predicate)]
  private let wordCount: Int

  /// Beyond this many distinct values a slot is no longer worth remembering: ids, free text.
  private static let entryCountMax = 1 << 14
  private static let textByteCountMax = 256

  private struct Entry: BitwiseCopyable {
    var hash: UInt64
    var textStart: Int32
    var textCount: Int32
    var kind: ValueKind
  }

  private var entries = Column<Entry>(capacity: 64)
  /// By entry, a word per 64 tests.
  private var answers = Column<UInt64>(capacity: 64)
  private var text = Column<UInt8>()
  /// Places of entries, or -1.
  private var buckets: UnsafeMutablePointer<Int32>
  private var bucketMask = 127

  init(tests: [(bit: Int, predicate: Predicate)], wordCount: Int) {
    self.tests = tests
    self.wordCount = wordCount
    var mask = [UInt64](repeating: 0, count: wordCount)
    for test in tests { mask[test.bit >> 6] |= 1 << UInt64(test.bit & 63) }
    self.mask = .allocate(capacity: wordCount)
    self.mask.initialize(from: mask, count: wordCount)
    buckets = .allocate(capacity: bucketMask + 1)
    buckets.initialize(repeating: -1, count: bucketMask + 1)
  }

  deinit {
    mask.deallocate()
    buckets.deallocate()
  }

  /// Puts this slot's answers for one value into `bits`.
  @inline(__always)
  mutating func answer(
    _ kind: ValueKind, _ start: Position, _ count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) {
    let hash = keyHash(start, count, seed: UInt64(kind.rawValue))
    var bucket = Int(truncatingIfNeeded: hash) & bucketMask
    while buckets[bucket] >= 0 {
      let index = Int(buckets[bucket])
      let entry = entries[index]
      if entry.hash == hash, entry.kind == kind, Int(entry.textCount) == count,
        equalBytes(text.base + Int(entry.textStart), start, count)
      {
        put(answers.base + index &* wordCount, into: bits)
        return
      }
      bucket = (bucket &+ 1) & bucketMask
    }
    evaluate(kind, start, count, hash, bucket, into: bits)
  }

  @inline(__always)
  private func put(_ answer: UnsafePointer<UInt64>, into bits: UnsafeMutablePointer<UInt64>) {
    for word in 0..<wordCount { bits[word] = bits[word] & ~mask[word] | answer[word] }
  }

  @inline(never)
  private mutating func evaluate(
    _ kind: ValueKind, _ start: Position, _ count: Int, _ hash: UInt64, _ bucket: Int,
    into bits: UnsafeMutablePointer<UInt64>
  ) {
    let value = scalar(kind, start, count)
    var answer = [UInt64](repeating: 0, count: wordCount)
    for test in tests where test.predicate.holds(for: value) {
      answer[test.bit >> 6] |= 1 << UInt64(test.bit & 63)
    }
    put(answer, into: bits)
    guard entries.count < Self.entryCountMax, count <= Self.textByteCountMax else { return }
    entries.append(
      Entry(hash: hash, textStart: Int32(text.count), textCount: Int32(count), kind: kind))
    text.append(start, count)
    answers.append(answer, wordCount)
    buckets[bucket] = Int32(entries.count - 1)
    if entries.count * 2 > bucketMask { grow() }
  }

  private mutating func grow() {
    buckets.deallocate()
    bucketMask = bucketMask * 2 + 1
    buckets = .allocate(capacity: bucketMask + 1)
    buckets.initialize(repeating: -1, count: bucketMask + 1)
    for index in 0..<entries.count {
      var bucket = Int(truncatingIfNeeded: entries[index].hash) & bucketMask
      while buckets[bucket] >= 0 { bucket = (bucket + 1) & bucketMask }
      buckets[bucket] = Int32(index)
    }
  }
}

/// Returns a slot's value; nil for what is as if absent, a number beyond binary64's range included.
func scalar(_ kind: ValueKind, _ start: Position, _ count: Int) -> Scalar? {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  return switch kind {
  case .string: .text(String(decoding: bytes, as: UTF8.self))
  case .number: jsonNumber(bytes).map(Scalar.number)
  case .yes: .bool(true)
  case .no: .bool(false)
  case .absent, .null, .container: nil
  }
}
