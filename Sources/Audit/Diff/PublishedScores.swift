import Definition
import Notation
import Reading

/// What a snapshot says of every lead's scores, as a hash for each lead.
struct PublishedScores: Sendable {
  private var hashes: [UInt64: UInt64] = [:]
  /// The scores of the snapshot's definition among those of both sides.
  private let scores: [Int]

  /// Nil where the results were in no snapshot.
  init?(_ subject: AuditSubject, _ names: LedgerNames) throws {
    guard let snapshot = subject.snapshot, let manifest = subject.manifest else { return nil }
    scores = subject.definition.scores.map { names.scores.firstIndex(of: $0.name) ?? 0 }
    let columns = subject.definition.scores.flatMap { ["score.\($0.name)", "raw.\($0.name)"] }
    var hashes: [UInt64: UInt64] = [:]
    try snapshot.forEachLead(columns, manifest) { lead, fields in
      hashes[hash(lead)] = hash(Array(fields.joined(separator: ",").utf8))
    }
    self.hashes = hashes
  }

  /// Whether the snapshot has a lead with these scores, or does not know it where nothing is known.
  func agrees(_ lead: [UInt8], _ ledger: LeadLedger) -> Bool {
    guard ledger.isKnown else { return hashes[hash(lead)] == nil }
    let fields = scores.flatMap { score in
      [ledger.scores[score].map(String.init) ?? "", ledger.raws[score].map(pointsText) ?? ""]
    }
    return hashes[hash(lead)] == hash(Array(fields.joined(separator: ",").utf8))
  }
}

private func hash(_ bytes: [UInt8]) -> UInt64 {
  bytes.withUnsafeBufferPointer { bytes in
    bytes.baseAddress.map { keyHash($0, bytes.count) } ?? 0
  }
}
