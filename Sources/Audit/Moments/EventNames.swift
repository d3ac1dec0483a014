import Engine
import EventLog
import Files
import Identity
import Reading
import Workers

/// What events are called that somebody is told of: their ids, and where they stand.
///
/// Each line of the log is read once.
struct EventNames: Sendable {
  private let places: LinePlaces
  private var ids: [[Int: String]]

  /// So many that reading them takes longer than finding the first one of them.
  private static let linesPerTask = 1024

  init(
    of events: Set<EventPlace>, _ places: LinePlaces, _ reader: LogReader, _ plan: ReadingPlan,
    jobs: Int
  ) throws {
    self.places = places
    ids = places.segments.map { _ in [:] }
    var lines = places.segments.map { _ in [Int]() }
    for event in events {
      let (segment, line) = places(event)
      lines[segment].append(line)
    }
    let log = reader.log
    let tasks = lines.enumerated().flatMap { segment, lines in
      let lines = lines.sorted()
      // A file of another format is read from its start to its end.
      let count = log.form.format == .native ? EventNames.linesPerTask : max(1, lines.count)
      return lines.indices.pieces(of: count).map { (segment, lines[$0]) }
    }
    let found = Slots<[(line: Int, id: String)]>(tasks.count)
    let cache = reader.cache(for: plan)
    try parallel(tasks.count, jobs: jobs, makeWorker: { _ in EventTextReader(plan: plan) }) {
      texts, number in
      let (segment, lines) = tasks[number]
      if log.form.format != .native {
        let column = try IDColumn(of: places.segments[segment], log.form, plan)
        found[number] = lines.compactMap { line in
          column.id(ofLine: UInt32(clamping: line)).map { (line, $0) }
        }
        return
      }
      let segments = places.segments
      let slices =
        (try? SegmentSlice.all(of: cache.indexes(of: segments[segment]) ?? [])) ?? []
      // Where the cache has nothing that can be believed, they are looked for from the start.
      let wanted =
        (try? slices.wanted(lines))
        ?? lines.map { WantedLine(line: $0, markLine: 1, markOffset: 0) }
      var ids: [(Int, String)] = []
      do {
        try readLines(of: segments[segment], wanted) { wanted, bytes in
          let text = Array(bytes) + [UInt8](repeating: 0, count: LineBatch.paddingByteCount)
          text.withUnsafeBufferPointer { text in
            let id = texts.id(of: UnsafeBufferPointer(rebasing: text[..<bytes.count]))
            if let id { ids.append((wanted.line, String(decoding: id, as: UTF8.self))) }
          }
        }
      } catch let error as FileError where log.salvages && error.kind == .damaged {}
      found[number] = ids
    }
    for ((segment, _), named) in zip(tasks, found.elements) {
      for (line, id) in named { ids[segment][line] = id }
    }
  }

  /// `ID at SEGMENT:LINE`; of a line that can no longer be read where it stood alone.
  func name(of event: EventPlace) -> String {
    let (segment, line) = places(event)
    return (ids[segment][line].map { "\($0) at " } ?? "")
      + "\(places.segments[segment].path):\(line)"
  }
}
