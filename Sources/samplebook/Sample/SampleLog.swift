import EventLog
import Files
import Notation

/// The sample's events as they come in, and how they reach the log: some late, some twice, a few broken.
struct SampleLog {
  private struct Arrival {
    let time: Int64
    let line: [UInt8]
  }

  /// The first month's beginning, 2024-11-01, in milliseconds.
  static let start: Int64 = 1_730_419_200_000
  static let day: Int64 = 86_400_000
  /// The end of the last month, 2026-10-31.
  static let end = start + 730 * day

  private var arrivals: [Arrival] = []
  private var random: SeededRandom
  private var idCount = 0

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  /// Adds an event, unless it happens after the sample's end.
  mutating func add(_ type: String, at time: Int64, _ members: SampleMembers) {
    idCount += 1
    let id = base36(Int(scrambled(UInt64(idCount)) >> 44), width: 4) + base36(idCount, width: 4)
    guard time < Self.end else { return }
    let shared: SampleMembers = [
      ("id", .text(id)), ("time", .text(timeText(milliseconds: time))), ("type", .text(type)),
    ]
    let line = Array(SampleValue.object(shared + members).json.utf8)
    // Clients without a network tell what happened when they have one again.
    let isLate = random.chance(0.006)
    let arrival = isLate ? time + Int64(random.within(1...35)) * Self.day : time
    arrivals.append(Arrival(time: min(arrival, Self.end - 1), line: line))
    if random.chance(0.008) {
      let again = arrival + Int64(random.within(1...20_000)) * 60_000
      if again < Self.end { arrivals.append(Arrival(time: again, line: line)) }
    }
  }

  /// Adds lines that are no events.
  mutating func addBroken(count: Int) {
    for index in 0..<count {
      let time = Self.start + Int64(random.unit() * Double(Self.end - Self.start))
      let stamp = timeText(milliseconds: time)
      let id = "x\(base36(index, width: 3))"
      let line: String =
        switch index % 7 {
        case 0: "{\"id\":\"\(id)\",\"time\":\"\(stamp)\",\"type\":\"page_view\",\"lead\":\"c-"
        case 1:
          "{\"id\":\"\(id)\",\"time\":\"\(stamp)\",\"type\":\"page_view\",\"path\":\"/pricing\"}"
        case 2:
          "{\"id\":\"\(id)\",\"time\":\"yesterday\",\"type\":\"search\",\"lead\":\"c-000broken\"}"
        case 3: "{\"time\":\"\(stamp)\",\"type\":\"download\",\"lead\":\"c-000broken\"}"
        case 4: "{\"id\":\"\(id)\",\"time\":\"\(stamp)\",\"lead\":\"c-000broken\",\"path\":\"/\"}"
        case 5: "\(stamp) ERROR collector: upstream timed out"
        default:
          "{\"id\":\"\(id)\",\"time\":\"\(stamp)\",\"type\":\"search\",\"lead\":\"c-0\",\"query\":\"\u{1}\"}"
        }
      // The control character stands for a byte that is not UTF-8: a collector cut a word in two.
      let bytes = line.utf8.map { $0 == 1 ? 0xC3 : $0 }
      arrivals.append(Arrival(time: time, line: bytes))
    }
  }

  /// Writes a segment for each month into the folder `log`.
  func write(to log: String) throws {
    // The place breaks ties, because sorting is not stable by promise.
    let sorted = arrivals.indices.sorted {
      (arrivals[$0].time, $0) < (arrivals[$1].time, $1)
    }
    var months: [(name: String, lines: [UInt8])] = []
    for index in sorted {
      let name = String(timeText(milliseconds: arrivals[index].time).prefix(7))
      if months.last?.name != name { months.append((name, [])) }
      months[months.count - 1].lines += arrivals[index].line + [UInt8(ascii: "\n")]
    }
    for month in months {
      let file = try AtomicFile(to: "\(log)/\(month.name).ndjson.gz")
      let writer = BlockGzipWriter(level: 9, sink: file.write)
      try writer.write(month.lines)
      try writer.finish()
      try file.commit()
    }
  }
}
