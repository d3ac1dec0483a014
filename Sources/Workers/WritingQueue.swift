import Foundation

/// Ranges that are formatted side by side while the files take those before them, each file in its order.
///
/// A worker that finds a file's next piece formatted writes it, else it formats the next range if there
/// is a sheet to put it on. It waits only while another is at work, so one worker is enough; and there
/// are no more ranges in memory than sheets. No lock is held while anybody works.
package final class WritingQueue: @unchecked Sendable {
  private enum Task {
    case format(range: Int, sheet: Int)
    case write(file: Int, sheet: Int, isLast: Bool)
  }

  private struct FileState {
    /// The range whose piece it takes next.
    var next = 0
    var isBusy = false
  }

  private let condition = NSCondition()
  private let rangeCount: Int
  private var nextRange = 0
  private var freeSheets: [Int]
  /// The sheet of each range that is formatted and not yet in every file.
  private var formatted: [Int: Int] = [:]
  /// How many files have yet to take what is on each sheet.
  private var takers: [Int]
  private var files: [FileState]
  private var hasFailed = false

  package init(rangeCount: Int, fileCount: Int, sheetCount: Int) {
    self.rangeCount = rangeCount
    freeSheets = Array((0..<sheetCount).reversed())
    takers = Array(repeating: 0, count: sheetCount)
    files = Array(repeating: FileState(), count: fileCount)
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
          case .write(let file, let sheet, let isLast): try write(file, sheet, isLast)
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
        // Nothing is left to begin once every file has its last piece, or is taking it.
        if files.allSatisfy({ $0.next + ($0.isBusy ? 1 : 0) == rangeCount }) { return nil }
        condition.wait()
      }
      return nil
    }
  }

  /// The piece that is ready for the file that is furthest behind, so that sheets become free.
  private func readyPiece() -> Task? {
    let ready = files.indices.filter { !files[$0].isBusy && formatted[files[$0].next] != nil }
    guard let file = ready.min(by: { files[$0].next < files[$1].next }),
      let sheet = formatted[files[file].next]
    else { return nil }
    files[file].isBusy = true
    return .write(file: file, sheet: sheet, isLast: files[file].next == rangeCount - 1)
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
        formatted[range] = sheet
        takers[sheet] = files.count
      case .write(let file, let sheet, _):
        takers[sheet] -= 1
        if takers[sheet] == 0 {
          formatted[files[file].next] = nil
          freeSheets.append(sheet)
        }
        files[file].isBusy = false
        files[file].next += 1
      }
      condition.broadcast()
    }
  }
}
