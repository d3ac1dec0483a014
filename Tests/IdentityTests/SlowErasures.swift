import Definition
import Notation
import Reading

@testable import Identity

/// What forgets erase, one forget after the other, as the contract says it: each looks at every merge and
/// every event of the keys it reaches.
func slowErasures(
  forgets: [(key: Int, time: Milliseconds)], merges: [PlacedMerge],
  places: (Int) -> [KeyPlace], sheets: [Sheet]
) -> [Int: Erasure] {
  var erasures: [Int: Erasure] = [:]
  for forget in forgets {
    let reached = keys(joinedTo: forget.key, by: merges.filter { $0.merge.time <= forget.time })
    let rows = reached.flatMap(places).flatMap { sheets[Int($0.sheet)].rows(of: Int($0.key)) }
    let erased = Set(rows.filter { $0.time <= forget.time }.map(\.id))
    let later = Set(rows.filter { $0.time > forget.time }.map(\.id))
    for key in reached {
      var erasure = erasures[key] ?? Erasure(until: forget.time)
      erasure.until = max(erasure.until, forget.time)
      erasure.copies.formUnion(erased.intersection(later))
      erasures[key] = erasure
    }
  }
  return erasures
}

private func keys(joinedTo key: Int, by merges: [PlacedMerge]) -> Set<Int> {
  var reached: Set<Int> = [key]
  var count = 0
  while count < reached.count {
    count = reached.count
    for merge in merges where reached.contains(merge.lead) || reached.contains(merge.from) {
      reached.formUnion([merge.lead, merge.from])
    }
  }
  return reached
}
