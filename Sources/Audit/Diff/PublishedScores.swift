import Definition
import Notation
import Reading
import Snapshots
import Workers

/// What a snapshot says of every lead's scores.
///
/// It is not kept: hashes of all leads of a partition are added up, here and of those that were judged. Only
/// where the sums differ does anybody look for the leads.
struct PublishedScores: Sendable {
  /// Nil where the results were in no snapshot.
  private let snapshot: PublishedSnapshot?
  private let columns: [String]

  /// - Throws: `FileError` where the snapshot's file is missing, or is not what its manifest says.
  init(_ subject: AuditSubject) throws {
    snapshot = subject.snapshot
    if let snapshot, let manifest = subject.manifest { try snapshot.check("leads.csv", manifest) }
    columns = subject.definition.scores.flatMap { ["score.\($0.name)", "raw.\($0.name)"] }
  }

  var isThere: Bool { snapshot != nil }

  /// Adds up all leads of the snapshot; nil where there is none.
  func sums(jobs: Int) throws -> LeadSums? {
    guard let snapshot else { return nil }
    let bounds = try snapshot.leadBounds(partCount: jobs)
    let sums = Slots<LeadSums>(bounds.count + 1)
    try parallel(bounds.count + 1, jobs: jobs) { part in
      var sum = LeadSums()
      try snapshot.forEachLead(
        columns, from: part == 0 ? nil : bounds[part - 1],
        upTo: part < bounds.count ? bounds[part] : nil
      ) { sum.add(LeadHash($0), $1) }
      sums[part] = sum
    }
    return sums.elements.reduce(into: LeadSums()) { $0 += $1 }
  }

  /// Returns what the snapshot says of the leads of some partitions; nil where there is no snapshot.
  ///
  /// `partitions`: by number, whether it is wanted.
  func hashes(ofPartitions partitions: [Bool]) throws -> [UInt64: UInt64]? {
    guard let snapshot else { return nil }
    var hashes: [UInt64: UInt64] = [:]
    try snapshot.forEachLead(columns) { key, fields in
      let lead = LeadHash(key)
      if partitions[lead.partition] { hashes[lead.value] = lead.hash(with: fields) }
    }
    return hashes
  }
}

/// A hash of a lead's key.
struct LeadHash {
  let value: UInt64

  @inline(__always)
  init(_ key: UnsafeBufferPointer<UInt8>) {
    value = key.baseAddress.map { keyHash($0, key.count) } ?? 0
  }

  var partition: Int { Sheet.partition(of: value) }

  /// A hash of the key and of what is said of the lead.
  @inline(__always)
  func hash(with text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let start = text.baseAddress, text.count > 0 else { return value }
    return keyHash(start, text.count, seed: value)
  }
}

/// By partition, the sum of the hashes of its leads with what is said of each.
struct LeadSums: Sendable, Equatable {
  private var sums = [UInt64](repeating: 0, count: Sheet.partitionCount)

  @inline(__always)
  mutating func add(_ lead: LeadHash, _ text: UnsafeBufferPointer<UInt8>) {
    sums[lead.partition] &+= lead.hash(with: text)
  }

  static func += (sum: inout LeadSums, part: LeadSums) {
    for index in sum.sums.indices { sum.sums[index] &+= part.sums[index] }
  }

  /// Whether others have another sum of a partition.
  func differs(from others: LeadSums, _ partition: Int) -> Bool {
    sums[partition] != others.sums[partition]
  }
}

/// Writes the scores of leads as they stand in a snapshot.
final class ScoreText {
  private let text: UnsafeMutablePointer<UInt8>

  init(scoreCount: Int) {
    text = .allocate(capacity: scoreCount * 2 * (TextCursor.cellByteCountMax + 1) + 1)
  }

  deinit { text.deallocate() }

  /// The scores of the lead at hand at a desk, valid until the next call.
  func scores(_ desk: StateDesk) -> UnsafeBufferPointer<UInt8> {
    var cursor = TextCursor(text)
    var isFirst = true
    desk.forEachScore { _, points, raw in
      if !isFirst { cursor.put(UInt8(ascii: ",")) }
      isFirst = false
      cursor.integer(points)
      cursor.put(UInt8(ascii: ","))
      cursor.decimal(raw, places: 6)
    }
    return UnsafeBufferPointer(start: text, count: cursor.at - text)
  }
}
