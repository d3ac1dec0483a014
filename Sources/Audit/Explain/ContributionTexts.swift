import Definition
import Judging
import Notation
import Reading

/// The texts that millions of cells are put together from: bare pointers, because whatever is retained for each cell
/// is counted by all workers at once.
final class ContributionTexts: @unchecked Sendable {
  /// A rule's, and how its points age.
  struct Rule: BitwiseCopyable {
    let interaction: Text
    /// Whether points are made of a value.
    let isOfValue: Bool
    /// When they expire and fade, as `Aging` has it.
    let expires: Milliseconds?
    let fadeLength: Milliseconds?
    let expired: Text
    let notYet: Text
    /// Both empty where there are none.
    let halfLife: Text
    let fade: Text
  }

  typealias Text = UnsafeBufferPointer<UInt8>

  /// In the order of the definition's.
  let rules: UnsafePointer<Rule>
  /// The paths of an excerpt's parts, by the numbers that histories have.
  let paths: UnsafePointer<Text>
  private let ids: [EventTexts]
  private let kept: [Text]

  init(_ rules: [ContributionWords.Rule], _ excerpt: LogExcerpt) {
    var kept: [Text] = []
    func keep(_ text: String) -> Text {
      let count = text.utf8.count
      // As much more may be read as short texts are put with.
      let room = UnsafeMutablePointer<UInt8>.allocate(capacity: count + TextCursor.slack)
      room.initialize(repeating: 0, count: count + TextCursor.slack)
      for (place, byte) in text.utf8.enumerated() { room[place] = byte }
      kept.append(Text(start: room, count: count))
      return Text(start: room, count: count)
    }
    func keep(_ duration: Milliseconds?, behind words: String = "") -> Text {
      keep(duration.map { words + writtenDuration($0) } ?? "")
    }
    self.rules = keepAll(
      rules.map { rule in
        let aging = rule.rule.aging
        var isOfValue = false
        if case .ofValue = rule.rule.points { isOfValue = true }
        return Rule(
          interaction: keep(rule.interaction), isOfValue: isOfValue,
          expires: aging.expires, fadeLength: aging.fade,
          expired: keep(aging.expires, behind: "expired after "),
          notYet: aging.expires.map { keep("not yet \(writtenDuration($0)) old") } ?? keep(""),
          halfLife: keep(aging.halfLife), fade: keep(aging.fade))
      })
    paths = keepAll(excerpt.known.map { keep($0.segment.path) })
    ids = excerpt.known.map(\.texts)
    self.kept = kept
  }

  deinit {
    for text in kept { text.deallocate() }
    rules.deallocate()
    paths.deallocate()
  }

  /// The id of an event of an excerpt.
  @inline(__always)
  func id(of event: HistoryEvent) -> ArraySlice<UInt8> {
    let texts = ids[Int(event.segment)]
    guard let number = texts.place(ofLine: event.line) else {
      preconditionFailure("every row of an excerpt has its text")
    }
    return texts.id(at: number)
  }
}

private func keepAll<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element> {
  let room = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(elements.count, 1))
  _ = room.initialize(from: elements)
  return UnsafePointer(room.baseAddress.unsafelyUnwrapped)
}

extension ContributionTexts.Rule {
  /// How many bytes there are at most of how a weight comes about.
  @inline(__always)
  func arithmeticByteCountMax(_ age: Milliseconds) -> Int {
    if let expires, age >= expires { return expired.count }
    if halfLife.isEmpty, fade.isEmpty { return notYet.count }
    let days = daysByteCountMax(age)
    return (halfLife.isEmpty ? 0 : "2^(- / )".utf8.count + days + halfLife.count + " x ".utf8.count)
      + (fade.isEmpty ? 0 : "faded after ".utf8.count + days + fade.count)
  }

  /// Puts how a weight comes about: `2^(-45.5d / 60d) x (1 - 45.5d / 90d)`.
  func putArithmetic(_ age: Milliseconds, to text: inout TextCursor) {
    if let expires, age >= expires { return text.put(short: expired) }
    if !halfLife.isEmpty {
      text.put(literal: "2^(-")
      text.put(days: age)
      text.put(literal: " / ")
      text.put(short: halfLife)
      text.put(literal: ")")
    }
    if let fadeLength {
      if !halfLife.isEmpty { text.put(literal: " x ") }
      if age >= fadeLength {
        text.put(literal: "faded after ")
        text.put(short: fade)
      } else {
        text.put(literal: "(1 - ")
        text.put(days: age)
        text.put(literal: " / ")
        text.put(short: fade)
        text.put(literal: ")")
      }
    }
    if halfLife.isEmpty, fade.isEmpty { text.put(short: notYet) }
  }
}
