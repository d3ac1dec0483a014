import Definition
import Judging
import Notation

/// The cells of a contribution, for whoever has room for them: of each how many bytes it has at most, and the bytes.
///
/// Where there are millions, many need not be written to know that none of them is wider than another.
extension ScoreExplanation.Item {
  private var texts: ContributionTexts { words.texts }
  private var historyEvent: HistoryEvent { words.events[Int(contribution.event)] }
  private var ruleTexts: ContributionTexts.Rule { words.texts.rules[Int(contribution.rule)] }

  /// Whether its points are made of a value.
  package var isMadeOfValue: Bool { ruleTexts.isOfValue }

  package var timeByteCount: Int { writtenByteCount(of: time) }

  package func putTime(to text: inout TextCursor, _ dates: DateTexts) {
    text.put(time: time, dates)
  }

  package var interactionByteCount: Int { ruleTexts.interaction.count }

  package func putInteraction(to text: inout TextCursor) {
    text.put(ruleTexts.interaction)
  }

  package func putArithmetic(to text: inout TextCursor) {
    ruleTexts.putArithmetic(age, to: &text)
  }

  package var arithmeticByteCountMax: Int { ruleTexts.arithmeticByteCountMax(age) }

  var interactionText: ContributionTexts.Text { ruleTexts.interaction }

  /// Its event's segment and line.
  var pathText: ContributionTexts.Text { texts.paths[Int(historyEvent.segment)] }
  var line: Int64 { Int64(historyEvent.line) }

  /// Its event's id.
  @inline(__always)
  func withID(_ body: (ContributionTexts.Text) -> Void) {
    texts.id(of: historyEvent).withUnsafeBufferPointer(body)
  }

  /// Its event's id and place, `id at path:line`.
  ///
  /// `body`: is told how many bytes they have at most, and given what puts them.
  @inline(__always)
  package func withPlace(_ body: (_ byteCountMax: Int, (inout TextCursor) -> Void) -> Void) {
    let (path, line) = (pathText, line)
    withID { id in
      body(id.count + path.count + " at :".utf8.count + UInt32.max.description.utf8.count) { text in
        text.put(id)
        text.put(literal: " at ")
        text.put(path)
        text.put(UInt8(ascii: ":"))
        text.integer(line)
      }
    }
  }

  /// Adds how the weight is worked out of what is known to have one.
  func appendArithmetic(to text: inout [UInt8]) {
    let room = arithmeticByteCountMax + TextCursor.slack
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { room in
      let start = room.baseAddress.unsafelyUnwrapped
      var cursor = TextCursor(start)
      putArithmetic(to: &cursor)
      text.append(contentsOf: UnsafeBufferPointer(start: start, count: cursor.at - start))
    }
  }
}

/// How many bytes points have at most, to the last place of what is not whole.
@inline(__always)
package func pointsByteCountMax(_ points: Micropoints) -> Int {
  let size = points.magnitude
  let whole = size / 1_000_000
  return (points < 0 ? 1 : 0) + digitCount(whole) + (whole * 1_000_000 == size ? 0 : 7)
}

/// How many bytes an age has at most in days, to the thousandth.
@inline(__always)
func daysByteCountMax(_ age: Milliseconds) -> Int {
  // One that is rounded up to a digit more has no decimals.
  (age < 0 ? 1 : 0) + digitCount(age.magnitude / 86_400_000) + ".000d".utf8.count
}

@inline(__always)
private func digitCount(_ value: UInt64) -> Int {
  var (count, bound): (Int, UInt64) = (1, 10)
  while count < 20, value >= bound {
    count += 1
    bound &*= 10
  }
  return count
}

private func isWithinDates(_ time: Milliseconds) -> Bool {
  time >= 0 && time < CivilDateBounds.end
}

private enum CivilDateBounds {
  /// The first millisecond of the year 10000.
  static let end: Milliseconds = 253_402_300_800_000
}

private func writtenByteCount(of time: Milliseconds) -> Int {
  isWithinDates(time) ? 24 : timeText(milliseconds: time).utf8.count
}

extension TextCursor {
  @inline(__always)
  package mutating func put(literal: StaticString) {
    put(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// As `timeText` has it.
  @inline(__always)
  fileprivate mutating func put(time: Milliseconds, _ dates: DateTexts) {
    if isWithinDates(time) { return self.time(time, dates) }
    for byte in timeText(milliseconds: time).utf8 { put(byte) }
  }

  /// An age in days, to the thousandth.
  @inline(__always)
  mutating func put(days age: Milliseconds) {
    decimal(Int64((Double(age) / 86_400).rounded()), places: 3)
    put(UInt8(ascii: "d"))
  }
}
