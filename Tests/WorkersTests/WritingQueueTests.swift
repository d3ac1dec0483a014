import Synchronization
import Testing
import Workers

@Suite("ranges that are formatted and written meanwhile") struct WritingQueueTests {
  private struct Fault: Error {}

  @Test("each file gets every range once and in order", arguments: [1, 2, 3, 7], [1, 2, 5])
  func order(jobs: Int, sheetCount: Int) throws {
    let (rangeCount, fileCount) = (40, 4)
    let sheets = Mutex([Int](repeating: -1, count: sheetCount))
    let files = Mutex([[Int]](repeating: [], count: fileCount))
    let lasts = Mutex<[Int]>([])
    try WritingQueue(rangeCount: rangeCount, fileCount: fileCount, sheetCount: sheetCount).run(
      jobs: jobs
    ) { range, sheet in
      sheets.withLock { $0[sheet] = range }
    } write: { file, sheet, isLast in
      let range = sheets.withLock { $0[sheet] }
      files.withLock { $0[file].append(range) }
      if isLast { lasts.withLock { $0.append(file) } }
    }
    #expect(
      files.withLock { $0 } == [[Int]](repeating: Array(0..<rangeCount), count: fileCount))
    #expect(lasts.withLock { $0.sorted() } == Array(0..<fileCount))
  }

  @Test("no file is looked for among all others, however many there are")
  func manyFiles() throws {
    // With a look at every file for every piece these would be more than 10^10 looks.
    let (rangeCount, fileCount) = (2, 100_000)
    let pieceCount = Atomic<Int>(0)
    try WritingQueue(rangeCount: rangeCount, fileCount: fileCount, sheetCount: 2).run(jobs: 1) {
      _, _ in
    } write: { _, _, _ in
      pieceCount.wrappingAdd(1, ordering: .relaxed)
    }
    #expect(pieceCount.load(ordering: .relaxed) == rangeCount * fileCount)
  }

  @Test("a fault stops all workers and is thrown", arguments: [1, 2, 7])
  func fault(jobs: Int) {
    #expect(throws: Fault.self) {
      try WritingQueue(rangeCount: 40, fileCount: 3, sheetCount: 4).run(jobs: jobs) { range, _ in
        if range == 17 { throw Fault() }
      } write: { _, _, _ in
      }
    }
    #expect(throws: Fault.self) {
      try WritingQueue(rangeCount: 40, fileCount: 3, sheetCount: 4).run(jobs: jobs) { _, _ in
      } write: { file, _, _ in
        if file == 2 { throw Fault() }
      }
    }
  }
}
