import Foundation

/// Ranges that are formatted side by side while the files take those before them, each file in its order.
///
/// A worker that finds a file's next piece formatted writes it, else it formats the next range if there
/// is a sheet to put it on. It waits only while another is at work, so one worker is enough; and there
/// are no more ranges in memory than sheets. No lock is held while anybody works.
package final class WritingQueue: @unchecked Sendable {
  private enum Task {
    case format(range: Int, sheet: Int)
    case write(file: Int, range: Int, sheet: Int)
  }

  private let condition = NSCondition()
  private let rangeCount: Int
  private let fileCount: Int
  private var nextRange = 0
  private var freeSheets: [Int]
  /// The ranges that are formatted and not yet in every file: no more than there are sheets.
  private var formatted: [Int: FormattedRange] = [:]
  /// By a range that is not formatted yet: the files that have taken all before it.
  private var waiting: [Int: [Int]] = [:]
  private var unbegunPieceCount: Int
  private var hasFailed = false

  private struct FormattedRange {
    let sheet: Int
    /// The files that can take it now.
    var ready: [Int]
    /// How many files have yet to take it.
    var takerCount: Int
  }

  package init(rangeCount: Int, fileCount: Int, sheetCount: Int) {
    self.rangeCount = rangeCount
    self.fileCount = fileCount
    freeSheets = Array((0..<sheetCount).reversed())
    waiting[0] = Array((0..<fileCount).reversed())
    unbegunPieceCount = rangeCount * fileCount
  }

  /// Formats all ranges and writes all pieces.
  ///
  /// `format`: puts a range on a sheet.
  ///
  /// `write`: adds a file's piece on a sheet to the file; tells whether it is the last one.
  package func run(
    jobs: Int, format: @Sendable (_ range: Int, _ sheet: Int) throws -> Void,
    write: @Sendable (_ file: Int, _ sheet: Int, _ isLast: Bool) throws -> Void
  ) throws {
    try parallel(jobs, jobs: jobs) { _ in
      while let task = next() {
        do {
          try Interruption.check()
          switch task {
          case .format(let range, let sheet): try format(range, sheet)
          case .write(let file, let range, let sheet):
            try write(file, sheet, range == rangeCount - 1)
          }
        } catch {
          condition.withLock {
            hasFailed = true
            condition.broadcast()
          }
          throw error
        }
        finish(task)
      }
    }
  }

  /// The next thing to do, once there is one; nil when nothing is left to begin.
  private func next() -> Task? {
    condition.withLock {
      while !hasFailed {
        if let task = readyPiece() ?? nextFormatting() { return task }
        if unbegunPieceCount == 0 { return nil }
        condition.wait()
      }
      return nil
    }
  }

  /// A piece that is ready for one of the files that are furthest behind, so that sheets become free.
  private func readyPiece() -> Task? {
    // No more ranges than sheets to look at, however many files there are.
    let ready = formatted.lazy.filter { !$0.value.ready.isEmpty }.map(\.key)
    guard let range = ready.min(), let sheet = formatted[range]?.sheet,
      let file = formatted[range]?.ready.popLast()
    else { return nil }
    unbegunPieceCount -= 1
    return .write(file: file, range: range, sheet: sheet)
  }

  private func nextFormatting() -> Task? {
    guard nextRange < rangeCount, let sheet = freeSheets.popLast() else { return nil }
    defer { nextRange += 1 }
    return .format(range: nextRange, sheet: sheet)
  }

  private func finish(_ task: Task) {
    condition.withLock {
      switch task {
      case .format(let range, let sheet):
        formatted[range] = FormattedRange(
          sheet: sheet, ready: waiting.removeValue(forKey: range) ?? [], takerCount: fileCount)
      case .write(let file, let range, let sheet):
        formatted[range]?.takerCount -= 1
        if formatted[range]?.takerCount == 0 {
          formatted[range] = nil
          freeSheets.append(sheet)
        }
        if formatted[range + 1]?.ready.append(file) == nil {
          waiting[range + 1, default: []].append(file)
        }
      }
      condition.broadcast()
    }
  }
}
