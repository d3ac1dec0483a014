import Definition

/// The tests asked about one slot, and their answers for the values met so far.
///
/// Values repeat: a path, a type, an asset. A test is evaluated once for each distinct one, by the
/// same `Predicate.holds` that everything else uses, and remembered by the value's bytes.
final class ValueMemo {
  /// The answer bits this slot's tests own, a word per 64 tests.
  let mask: [UInt64]
  private let tests: [(bit: Int, predicate: Predicate)]
  private let wordCount: Int

  /// Beyond this many distinct values a slot is no longer worth remembering: ids, free text.
  private static let entryCountMax = 1 << 14
  private static let textByteCountMax = 256

  private struct Entry {
    var hash: UInt64
    var textStart: Int
    var textCount: Int
    var kind: ValueKind
  }

  private var entries: [Entry] = []
  private var answers: [UInt64] = []
  private var text: [UInt8] = []
  private var buckets = [Int32](repeating: -1, count: 64)

  init(tests: [(bit: Int, predicate: Predicate)], wordCount: Int) {
    self.tests = tests
    self.wordCount = wordCount
    var mask = [UInt64](repeating: 0, count: wordCount)
    for test in tests { mask[test.bit >> 6] |= 1 << UInt64(test.bit & 63) }
    self.mask = mask
  }

  /// Puts this slot's answers for one value into `bits`.
  @inline(__always)
  func answer(
    _ kind: ValueKind, _ start: Position, _ count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) {
    let hash = keyHash(start, count, seed: UInt64(kind.rawValue))
    var bucket = Int(truncatingIfNeeded: hash) & (buckets.count - 1)
    while buckets[bucket] >= 0 {
      let index = Int(buckets[bucket])
      let entry = entries[index]
      if entry.hash == hash, entry.kind == kind, entry.textCount == count,
        matches(entry, start)
      {
        for word in 0..<wordCount {
          bits[word] = bits[word] & ~mask[word] | answers[index * wordCount + word]
        }
        return
      }
      bucket = (bucket + 1) & (buckets.count - 1)
    }
    evaluate(kind, start, count, hash, bucket, into: bits)
  }

  @inline(__always)
  private func matches(_ entry: Entry, _ start: Position) -> Bool {
    text.withUnsafeBufferPointer { text in
      var i = 0
      while i < entry.textCount {
        if text[entry.textStart &+ i] != start[i] { return false }
        i &+= 1
      }
      return true
    }
  }

  @inline(never)
  private func evaluate(
    _ kind: ValueKind, _ start: Position, _ count: Int, _ hash: UInt64, _ bucket: Int,
    into bits: UnsafeMutablePointer<UInt64>
  ) {
    let value = scalar(kind, start, count)
    var answer = [UInt64](repeating: 0, count: wordCount)
    for test in tests where test.predicate.holds(for: value) {
      answer[test.bit >> 6] |= 1 << UInt64(test.bit & 63)
    }
    for word in 0..<wordCount { bits[word] = bits[word] & ~mask[word] | answer[word] }
    guard entries.count < Self.entryCountMax, count <= Self.textByteCountMax else { return }
    entries.append(Entry(hash: hash, textStart: text.count, textCount: count, kind: kind))
    text.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
    answers.append(contentsOf: answer)
    buckets[bucket] = Int32(entries.count - 1)
    if entries.count * 2 > buckets.count { grow() }
  }

  private func grow() {
    buckets = [Int32](repeating: -1, count: buckets.count * 2)
    for (index, entry) in entries.enumerated() {
      var bucket = Int(truncatingIfNeeded: entry.hash) & (buckets.count - 1)
      while buckets[bucket] >= 0 { bucket = (bucket + 1) & (buckets.count - 1) }
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
