import Files

/// Where a gzip file is whole and where it is not.
///
/// It covers the file from its first byte to its last, whatever the bytes are.
package struct GzipMap: Sendable, Equatable {
  package enum Condition: Sendable, Equatable {
    /// Members whose checksums hold.
    case whole
    /// The beginning of a member that is cut or breaks off: it inflates, but nothing vouches for it.
    case unchecked
    /// Nothing can be read here.
    case lost
  }

  package struct Stretch: Sendable, Equatable {
    package var condition: Condition
    /// The bytes of the file.
    package var bytes: Range<Int>
    /// How many lines end in it.
    package var lineCount = 0
    /// Whether it begins with what begins an event.
    var beginsLine = false
    /// Whether its last byte is a line feed.
    var endsLine = false
    /// What is wrong, unless it is whole.
    package var reason: String?
  }

  package fileprivate(set) var stretches: [Stretch] = []
  /// Whether the file is BGZF, whose members can be told apart without inflating them.
  package fileprivate(set) var isBlocked = false
  /// Whether the end marker of BGZF is missing: the file was cut between two members.
  fileprivate(set) var lacksEndMarker = false

  package var isWhole: Bool { !lacksEndMarker && stretches.allSatisfy { $0.condition == .whole } }
  /// How many lines end in what can be read.
  package var lineCount: Int { stretches.reduce(0) { $0 + $1.lineCount } }

  /// How many stretches are told apart (a guess, far more than anybody reads).
  fileprivate static let stretchCountMax = 10_000
  /// How many times the file's own bytes the search for the next sound member may cost, so that bytes
  /// made to look like members everywhere cannot hold it up for ever (a guess).
  fileprivate static let workFactorMax = 64
}

/// Tries every member of a gzip segment and returns where it is whole.
///
/// - Throws: `FileError` where the file cannot be read at all.
/// - Complexity: O(n) where the file is sound; at most `workFactorMax` times as much where it is not.
package func mapMembers(of segment: Segment) throws -> GzipMap {
  let file = try RegularFile(segment)
  var mapping = GzipMapping(MemberProbe<FastestInflater>(file))
  return try mapping.run()
}

private struct GzipMapping: ~Copyable {
  private var probe: MemberProbe<FastestInflater>
  private var map = GzipMap()
  private let byteCount: Int
  private var lastIsEndMarker = true
  /// What the search for sound members has cost so far; reading those that are sound is no part of it.
  private var searchWork = 0

  init(_ probe: consuming MemberProbe<FastestInflater>) {
    byteCount = probe.file.byteCount
    self.probe = probe
  }

  package mutating func run() throws -> GzipMap {
    var at = 0
    while at < byteCount {
      let start = at > 0 ? try probe.skipZeros(from: at) : at
      if start == byteCount {
        add(.init(condition: .whole, bytes: at..<start))
        break
      }
      let trial = try probe.trial(at: start)
      if at == 0 { map.isBlocked = trial.isBlock }
      if trial.outcome == .whole {
        add(stretch(trial, from: at, .whole))
        lastIsEndMarker = !trial.isBlock || trial.inflatedByteCount == 0
        at = trial.end
      } else {
        at = try passDamage(trial, at: start, from: at)
      }
    }
    map.lacksEndMarker = map.stretches.last?.condition == .whole && !lastIsEndMarker
    return map
  }

  /// Notes a member that is not whole and finds the next that is; returns where it begins.
  private mutating func passDamage(_ trial: MemberTrial, at start: Int, from: Int) throws -> Int {
    let reason = words(trial.outcome, start)
    var lostFrom = from
    var searchFrom = start + 1
    if !map.isBlocked, trial.inflatedByteCount > 0 {
      var partial = stretch(trial, from: from, .unchecked)
      partial.reason = reason
      add(partial)
      lostFrom = trial.end
      searchFrom = max(searchFrom, trial.end)
    }
    let isFull = map.stretches.count >= GzipMap.stretchCountMax
    let next = isFull ? byteCount : try findMember(from: searchFrom) ?? byteCount
    if next > lostFrom {
      add(.init(condition: .lost, bytes: lostFrom..<next, reason: reason))
    }
    return next
  }

  /// Returns where the next member begins whose checksum holds.
  private mutating func findMember(from start: Int) throws -> Int? {
    let window = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
    defer { window.deallocate() }
    let workMax = GzipMap.workFactorMax * (byteCount + 1 << 20)
    var at = start
    while at < byteCount {
      let count = try probe.file.read(at: at, into: window)
      // The last bytes of a window are looked at again as the first of the next.
      let last = at + count == byteCount ? count : count - blockHeaderByteCount
      guard last > 0 else { return nil }
      for index in 0..<last where window[index] == 0x1F {
        let bytes = UnsafeRawBufferPointer(rebasing: window[index..<count])
        guard mayBegin(bytes, at: at + index) else { continue }
        guard searchWork < workMax else { return nil }
        let before = probe.work
        let trial = try probe.trial(at: at + index)
        if trial.outcome == .whole, trial.isBlock || !map.isBlocked { return at + index }
        searchWork += probe.work - before
      }
      at += last
    }
    return nil
  }

  /// Whether a member may begin with some bytes; asked before anything is inflated.
  private func mayBegin(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
    guard bytes.count >= blockHeaderByteCount, bytes[1] == 0x8B, bytes[2] == 8, bytes[3] & 0xE0 == 0
    else { return false }
    guard map.isBlocked else { return true }
    return blockByteCount(bytes).map { offset + $0 <= byteCount } ?? false
  }

  private func stretch(
    _ trial: MemberTrial, from start: Int, _ condition: GzipMap.Condition
  ) -> GzipMap.Stretch {
    GzipMap.Stretch(
      condition: condition, bytes: start..<trial.end, lineCount: trial.lineFeedCount,
      beginsLine: trial.firstByte == UInt8(ascii: "{"),
      endsLine: trial.lastByte.map { $0 == UInt8(ascii: "\n") } ?? true)
  }

  /// Adds a stretch; whole ones that touch become one.
  private mutating func add(_ next: GzipMap.Stretch) {
    let lastIndex = map.stretches.count - 1
    guard lastIndex >= 0, next.condition == .whole, map.stretches[lastIndex].condition == .whole
    else { return map.stretches.append(next) }
    var last = map.stretches[lastIndex]
    let isEmpty = last.lineCount == 0 && last.endsLine
    last.bytes = last.bytes.lowerBound..<next.bytes.upperBound
    last.lineCount += next.lineCount
    last.beginsLine = isEmpty ? next.beginsLine : last.beginsLine
    last.endsLine = next.lineCount == 0 && next.endsLine ? last.endsLine : next.endsLine
    map.stretches[lastIndex] = last
  }

  private func words(_ outcome: MemberTrial.Outcome, _ start: Int) -> String {
    switch outcome {
    case .whole: ""
    case .cut: "the file ends within the gzip member that begins at byte \(start)"
    case .broken(noMagic) where start == 0: "not gzip: no member begins here"
    case .broken(noMagic): "what follows a gzip member is neither another one nor zeros"
    case .broken("incorrect data check"), .broken("incorrect length check"):
      "wrong checksum or length of the gzip member that begins at byte \(start)"
    case .broken(let reason): "damaged gzip member that begins at byte \(start): \(reason)"
    }
  }
}
