import Reading

/// What was read of a log, before anything is judged.
package struct LineCounts: Sendable {
  package private(set) var read = 0
  package private(set) var refusedByReason: [Int]
  /// By test of `ignore`.
  package private(set) var ignoredByTest: [Int] = []

  package init(_ sheets: [Sheet]) {
    refusedByReason = [Int](repeating: 0, count: Refusal.allCases.count)
    for sheet in sheets {
      read += sheet.lineCount
      if ignoredByTest.isEmpty { ignoredByTest = sheet.ignoredCounts.map { _ in 0 } }
      for (test, count) in sheet.ignoredCounts.enumerated() { ignoredByTest[test] += count }
      for refusal in sheet.refusals { refusedByReason[Int(refusal.reason.rawValue)] += 1 }
    }
  }

  package var refused: Int { refusedByReason.reduce(0, +) }
  var ignored: Int { ignoredByTest.reduce(0, +) }
}
