import Tables

/// Leads with what is compared of each, which several may walk through at a time.
package protocol RowSource: Sendable {
  /// Begins at the first lead that does not come before a key; at the first of all without one.
  func walk(from key: [UInt8]?) throws -> any RowWalk
  /// Throws if what is walked through is not what it should be.
  func check() throws
}

/// Leads in the order of their keys.
package protocol RowWalk: AnyObject {
  /// The key of the lead at hand, valid until the next one; nil behind the last.
  var key: UnsafeBufferPointer<UInt8>? { get }
  /// The name of the account of the lead at hand; empty without one.
  var accountName: [UInt8] { get }
  /// Fills a row of the shape's width, once for each lead; the account's number is left as it is where
  /// accounts are known by name alone.
  func read(into row: UnsafeMutablePointer<Int64>) throws
  func next() throws
}

/// Walks through two results side by side, up to a key or to the end.
///
/// `body`: called with each lead's key and its rows, nil where a side does not know it; both walks are then at
/// the lead, as far as they have it.
package func walkSideBySide(
  _ before: any RowWalk, _ after: any RowWalk, upTo end: [UInt8]?, width: Int,
  _ body: (
    _ key: UnsafeBufferPointer<UInt8>, _ before: UnsafeMutablePointer<Int64>?,
    _ after: UnsafeMutablePointer<Int64>?
  ) throws -> Void
) throws {
  let cells = UnsafeMutablePointer<Int64>.allocate(capacity: width * 2)
  cells.initialize(repeating: CellTable.absent, count: width * 2)
  defer { cells.deallocate() }
  let (rowBefore, rowAfter) = (cells, cells + width)
  while true {
    let (keyBefore, keyAfter) = (before.key, after.key)
    let order = walkOrder(keyBefore, keyAfter)
    guard let key = order <= 0 ? keyBefore : keyAfter else { return }
    if let end, !end.withUnsafeBufferPointer({ precedes(key, $0) }) { return }
    if order <= 0 { try before.read(into: rowBefore) }
    if order >= 0 { try after.read(into: rowAfter) }
    try body(key, order <= 0 ? rowBefore : nil, order >= 0 ? rowAfter : nil)
    if order <= 0 { try before.next() }
    if order >= 0 { try after.next() }
  }
}

/// Below 0 if the first key comes first, above 0 if the second one does; nil comes last.
private func walkOrder(
  _ one: UnsafeBufferPointer<UInt8>?, _ other: UnsafeBufferPointer<UInt8>?
) -> Int {
  guard let one else { return other == nil ? 0 : 1 }
  return other.map { keyOrder(one, $0) } ?? -1
}
