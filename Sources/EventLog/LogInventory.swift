import Files

/// What a log consists of: each segment, and what the chain says of it.
///
/// The one place to ask when a line was appended: of a segment that took the place of others, each part has a
/// time of its own.
package struct LogInventory: Sendable {
  /// A segment and its entry in the chain.
  package struct Item: Sendable {
    package let segment: Segment
    /// Nil of a segment that another program wrote.
    package let entry: ChainEntry?

    /// What was appended at one time each, in the order of the file; none of a segment not in the chain.
    package var parts: [ChainEntry.Part] { entry?.appendedParts ?? [] }
  }

  /// In the order of the log.
  package let items: [Item]
  package let chain: Chain
  /// Files that the chain names but that are missing, or have another length.
  package let faults: [FileError]

  /// Takes stock of the log at `root`; every line of its chain is checked against the one before it.
  ///
  /// - Throws: `FileError` where the log cannot be read or its chain is broken.
  package init(log root: String) throws {
    self = try withSettledChain(log: root) {
      LogInventory(try SegmentListing(log: root), chain: try Chain(log: root))
    }
  }

  /// Puts a listing and a chain together.
  package init(_ listing: SegmentListing, chain: Chain) {
    let entries = Dictionary(chain.entries.map { ($0.path, $0) }) { _, last in last }
    items = listing.segments.map { Item(segment: $0, entry: entries[$0.path]) }
    faults = listing.faults
    self.chain = chain
  }
}
