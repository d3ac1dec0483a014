/// What leads gave to scores of accounts of which only the greatest count: a chain for each account and score.
///
/// One cell has the head of a chain: 0 for none, else one more than the place of what was given last.
package final class GivenValues {
  private struct Given: BitwiseCopyable {
    var value: Int128
    var before: Int64
  }

  private var all: [Given] = []

  package init() {}

  package func removeAll() { all.removeAll(keepingCapacity: true) }

  func add(_ value: Int128, to head: inout Int64) {
    all.append(Given(value: value, before: head))
    head = Int64(all.count)
  }

  func forEach(from head: Int64, _ body: (Int128) -> Void) {
    var next = head
    while next > 0 {
      let given = all[Int(next) - 1]
      body(given.value)
      next = given.before
    }
  }

  /// The greatest of a chain, at most so many, the greatest first.
  func greatest(_ count: Int, from head: Int64) -> ArraySlice<Int128> {
    var values: [Int128] = []
    forEach(from: head) { values.append($0) }
    return values.sorted(by: >).prefix(count)
  }
}
