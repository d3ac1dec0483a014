import Definition
import Intake
import Reading

/// Notices by the first records of a file that it is of another format.
///
/// A file whose first records are all refused is stopped if it looks like something else, or if the records are not
/// even of the format's form. One that only lacks what an event needs is left to the quarantine.
struct FormatGate {
  /// How many records are looked at; a guess, few enough to stop at once and enough to be sure.
  private static let recordCountMax = 10
  /// How much of a file is kept to judge what it looks like.
  private static let headByteCountMax = 1 << 16
  private static let formReasons: Set<Refusal> = [
    .utf8, .nesting, .json, .columns, .quotes, .specversion, .address, .user, .request, .status,
    .size,
  ]

  private let format: IntakeFormat
  private let file: String
  private var head: [UInt8] = []
  private var reasons: [String] = []
  private var isOpen = false
  private var isText = false

  init(_ format: IntakeFormat, file: String) {
    self.format = format
    self.file = file
  }

  /// Is shown the file's bytes before its records.
  ///
  /// - Throws: `RunError` where they are no text.
  mutating func look(_ bytes: UnsafeRawBufferPointer) throws {
    guard !isOpen, head.count < Self.headByteCountMax else { return }
    head.append(contentsOf: bytes.prefix(Self.headByteCountMax - head.count))
    if head.count >= 64 { try lookAtEnd() }
  }

  /// Judges whether the file is text by what it has been shown.
  ///
  /// - Throws: `RunError` where it is none.
  mutating func lookAtEnd() throws {
    guard !isText, !isOpen, !head.isEmpty else { return }
    isText = true
    guard case .unreadable(let what, let hint) = FormatGuess(head: head) else { return }
    throw RunError(.badData, "\(file): the file is \(what)", hint: hint)
  }

  /// Takes note of a record.
  ///
  /// - Throws: `RunError` where the file is of another format.
  mutating func check(_ result: RecordResult) throws {
    guard !isOpen else { return }
    guard case .refused(let reason) = result else {
      isOpen = true
      head = []
      return
    }
    reasons.append(reason)
    guard reasons.count == Self.recordCountMax else { return }
    try stopIfAnother()
    let hasForm = reasons.contains { Refusal(name: $0).map(Self.formReasons.contains) != true }
    guard hasForm else {
      let counts = Set(reasons).sorted().joined(separator: ", ")
      throw RunError(
        .badData, "\(file): the first \(reasons.count) records are not \(named) (\(counts))",
        hint: "say what the file is with --from: \(formatNames)")
    }
    isOpen = true
    head = []
  }

  /// Is told that the file has ended.
  ///
  /// - Throws: `RunError` where its few records were of another format.
  func finish() throws {
    if !isOpen, !reasons.isEmpty { try stopIfAnother() }
  }

  /// Returns the error for a file that cannot be read as its format at all.
  func error(_ fault: FormatFault) -> RunError {
    let other = isOpen ? nil : FormatGuess(head: head).flatMap(hint)
    return RunError(
      .badData, "\(file):\(fault.line): \(fault.message)", hint: other ?? fault.hint)
  }

  private func stopIfAnother() throws {
    guard let guess = FormatGuess(head: head), let hint = hint(guess) else { return }
    let what =
      switch guess {
      case .format: "the file is not \(named)"
      case .unreadable(let what, _): "the file is \(what)"
      }
    throw RunError(.badData, "\(file): \(what); its first records are all refused", hint: hint)
  }

  /// Returns what to do about a file that looks like something else; nil if it looks like what it is said to be.
  private func hint(_ guess: FormatGuess) -> String? {
    switch guess {
    case .format(format.rawValue): nil
    case .format(let name): "it looks like \(name): try --from \(name)"
    case .unreadable(_, let hint): hint
    }
  }

  private var named: String { "'\(format.rawValue)'" }
  private var formatNames: String {
    IntakeFormat.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
