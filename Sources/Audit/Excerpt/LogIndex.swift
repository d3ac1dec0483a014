import Engine
import EventLog
import Reading

/// Where in a log the lines of any key stand, without reading the log.
struct LogIndex: Sendable {
  let log: KnownSegments
  /// Of each segment its slices, in order.
  let slices: [[SegmentSlice]]

  /// How much of the cached sheets is believed.
  enum Look {
    /// What is wanted of them, which is checked.
    case parts
    /// All of them: those that are damaged are made again.
    case whole
    /// Nothing: all segments are read.
    case none
  }

  init(_ reader: LogReader, plan: ReadingPlan, _ look: Look) throws {
    log = reader.known
    let cache = reader.cache(for: plan)
    var found: [[SheetIndex]?] = log.segments.map { look == .parts ? cache.indexes(of: $0) : nil }
    let unread = found.indices.filter { found[$0] == nil }
    let readings = try reader.readings(
      of: unread, for: plan, look == .none ? LogReader.Cached.none : .apart)
    for (index, reading) in zip(unread, readings) {
      found[index] = try reading.sheets.map { try SheetIndex($0) }
    }
    slices = try found.map { try SegmentSlice.all(of: $0 ?? []) }
  }

  /// Returns the lines of some keys' rows, merges and forgets, by segment, each in order and once.
  func lines(of keys: Set<LogKey>) throws -> [[Int]] {
    try slices.map { slices in
      var lines: [Int] = []
      for slice in slices {
        for key in keys {
          guard let number = try slice.index.find(key) else { continue }
          lines += try slice.index.lines(of: number).lazy.map(Int.init)
        }
        for forget in try slice.index.forgets() where keys.contains(LogKey(lead: forget.lead)) {
          lines.append(Int(forget.line))
        }
      }
      lines.sort()
      // In a sheet that somebody made up a line may be twice.
      var distinct: [Int] = []
      distinct.reserveCapacity(lines.count)
      for line in lines where line != distinct.last { distinct.append(line) }
      return distinct
    }
  }

  /// Returns all keys that any merges of the log join to some, whenever they did, and these.
  ///
  /// `keys`: of leads, or of accounts, as sheets have them.
  func joined(to keys: Set<[UInt8]>) throws -> Set<LogKey> {
    var neighbours: [[UInt8]: [[UInt8]]] = [:]
    for slice in slices.joined() {
      for merge in try slice.index.merges() {
        neighbours[merge.lead, default: []].append(merge.from)
        neighbours[merge.from, default: []].append(merge.lead)
      }
    }
    var reached = keys
    var next = Array(keys)
    while let key = next.popLast() {
      for neighbour in neighbours[key] ?? [] where reached.insert(neighbour).inserted {
        next.append(neighbour)
      }
    }
    return Set(reached.map { LogKey(bytes: $0) })
  }

  /// Returns how to find some lines, which are in order.
  func wanted(_ lines: ArraySlice<Int>, ofSegment segment: Int) throws -> [WantedLine] {
    try slices[segment].wanted(lines)
  }
}

/// Lines of a segment that have an index of their own.
struct SegmentSlice: Sendable {
  let index: SheetIndex
  /// How much of the segment's text stands before the slice's.
  fileprivate let textStart: Int
  /// The number of its first line; lines are numbered through the segment.
  fileprivate let firstLine: UInt32

  /// `indexes`: of all sheets of the segment, in order.
  static func all(of indexes: [SheetIndex]) throws -> [SegmentSlice] {
    var textStart = 0
    return try indexes.compactMap { index in
      defer { textStart += index.textByteCount }
      guard let line = try index.firstLine() else { return nil }
      return SegmentSlice(index: index, textStart: textStart, firstLine: line)
    }
  }
}

extension [SegmentSlice] {
  /// Returns how to find some lines of their segment, which are in order.
  func wanted(_ lines: ArraySlice<Int>) throws -> [WantedLine] {
    var wanted: [WantedLine] = []
    wanted.reserveCapacity(lines.count)
    // One mark serves all lines up to the next one, or up to the next slice.
    var mark = (line: 0, offset: 0)
    var end = 0
    for line in lines {
      if line >= end { (mark, end) = try self.mark(before: line) }
      wanted.append(WantedLine(line: line, markLine: mark.line, markOffset: mark.offset))
    }
    return wanted
  }

  /// The last mark before a line, and up to which line it is the last.
  private func mark(before line: Int) throws -> ((line: Int, offset: Int), end: Int) {
    guard let number = lastIndex(where: { Int($0.firstLine) <= line }) else {
      throw SheetIndex.Unsound()
    }
    let (mark, next) = try self[number].index.marks(around: UInt32(clamping: line))
    let behind = number + 1 < count ? Int(self[number + 1].firstLine) : Int.max
    return (
      (Int(mark.line), self[number].textStart + Int(mark.offset)),
      Swift.min(Int(next), behind)
    )
  }
}
