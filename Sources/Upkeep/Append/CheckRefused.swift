import Engine

extension AppendReport {
  /// Finds fault with what was refused; what was appended stays.
  ///
  /// `shareMax`: the share of the records read that may be refused; unless given, any but all of them.
  ///
  /// - Throws: `RunError` where more is refused.
  package func checkRefused(shareMax: Double?, of format: IntakeFormat) throws {
    let noun = format.hasLines ? "line" : "record"
    let excess = RefusedShare(self.refused, of: self.lines)
      .excess(over: shareMax ?? 1, countedIn: noun)
    if self.appended + self.duplicate == 0, self.refused > 0, shareMax == nil || excess != nil {
      throw RunError(
        .badData, "every line is refused; nothing was appended",
        hint: hints.isEmpty
          ? "is '--from \(format.rawValue)' what the files are?"
          : hints.joined(separator: "; "))
    }
    guard let excess else { return }
    throw RunError(
      .badData, "\(excess); the others are in the log",
      hint: "see \(quarantine ?? "the quarantine") for each of them and its reason, "
        + "then mend them and append them again, or raise --max-refused")
  }
}
