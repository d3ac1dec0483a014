import Synchronization
import Testing
import Workers

@Suite("work that is shared out") struct ParallelTests {
  private struct Fault: Error, Equatable {
    var index: Int
  }

  @Test(
    "every index once, whatever the number of workers", arguments: [1, 2, 3, 8], [0, 1, 7, 500])
  func everyIndex(jobs: Int, count: Int) throws {
    let slots = Slots<Int>(count)
    let met = Mutex([Int](repeating: 0, count: count))
    try parallel(count, jobs: jobs) { index in
      slots[index] = index * index
      met.withLock { $0[index] += 1 }
    }
    #expect(met.withLock { $0 } == [Int](repeating: 1, count: count))
    #expect(slots.elements == (0..<count).map { $0 * $0 })
  }

  @Test("each worker keeps its own from index to index, and comes back by its number")
  func workers() throws {
    let workers = try parallel(
      400, jobs: 3, makeWorker: { (number: $0, indices: [Int]()) }
    ) { worker, index in
      worker.indices.append(index)
    }
    #expect(workers.map(\.number) == Array(0..<3))
    #expect(workers.allSatisfy { $0.indices == $0.indices.sorted() })
    #expect(workers.flatMap(\.indices).sorted() == Array(0..<400))
  }

  @Test(
    "of all that fail the lowest index is thrown, and soon no other is begun", arguments: [1, 2, 4])
  func lowestFault(jobs: Int) {
    let begun = Atomic<Int>(0)
    let fault = #expect(throws: Fault.self) {
      try parallel(100_000, jobs: jobs) { index in
        begun.wrappingAdd(1, ordering: .relaxed)
        if index >= 20 { throw Fault(index: index) }
      }
    }
    #expect(fault == Fault(index: 20))
    #expect(begun.load(ordering: .relaxed) <= 20 + jobs)
  }

  @Test("pieces of a range are all of it, in order", arguments: [1, 2, 3, 10, 99])
  func pieces(count: Int) {
    for range in [0..<0, 0..<1, 5..<15, 3..<103] {
      let pieces = range.pieces(of: count)
      #expect(pieces.flatMap { Array($0) } == Array(range))
      #expect(pieces.dropLast().allSatisfy { $0.count == count })
      #expect(pieces.allSatisfy { 1...count ~= $0.count })
    }
  }
}
