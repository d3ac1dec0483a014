import Notation
import Pages

extension ReportPage {
  /// Counts that add up, and whether a night is missing.
  func addTrust(to html: inout HTML) {
    html.add("div", .class("pair")) { pair in
      addLines(to: &pair)
      addAsOfs(to: &pair)
    }
  }

  /// What became of every line that was read; they add up.
  private var fates: [(count: Int, what: String)] {
    let events = facts.summary.events
    return [
      (events.used, "used"), (events.duplicates, "duplicates"),
      (events.ignored, "ignored by the definition"),
      (events.erased, "erased by a forget"), (events.future, "later than this day"),
      (events.refused, "refused"), (events.forgets, "forgets"),
      (events.withdraws, "that take others back"),
      (events.withdrawn, "taken back"),
    ]
  }

  private func addLines(to html: inout HTML) {
    let events = facts.summary.events
    card("Can I trust this?", "Every line of the log is one of these; they add up.", to: &html) {
      card in
      card.add("dl") { list in
        for (count, what) in fates where count > 0 || what == "used" || what == "refused" {
          list.add("dt", text: numberText(count))
          list.add("dd", text: what)
        }
        list.add("dt", text: numberText(events.read))
        list.add("dd", text: "lines read, all together")
      }
      let reasons = events.refusedByReason.sorted {
        $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value
      }
      if !reasons.isEmpty {
        card.add("h3", text: "Why lines were refused")
        card.add("dl") { list in
          for (reason, count) in reasons {
            list.add("dt", text: numberText(count))
            list.add("dd", text: reason)
          }
        }
      }
      var notes: [String] = []
      if events.conflicts > 0 {
        notes.append(
          "\(numberText(events.conflicts)) of the duplicates say something else than the event they repeat."
        )
      }
      if events.notJoined > 0 {
        notes.append("\(countText(events.notJoined, "merge")) held back by the definition.")
      }
      if facts.summary.leads.excluded > 0 {
        notes.append(
          "\(countText(facts.summary.leads.excluded, "lead")) left out by the definition.")
      }
      if facts.summary.nps.invalidAnswers > 0 {
        notes.append(
          "\(countText(facts.summary.nps.invalidAnswers, "answer")) not on the scale.")
      }
      let held = facts.summary.held
      let heldCount = held.leads.values.reduce(0, +) + held.accounts.values.reduce(0, +)
      if heldCount > 0 {
        notes.append("\(countText(heldCount, "number")) held where numbers end.")
      }
      if let salvaged = facts.summary.salvaged {
        notes.append(
          "The log was damaged: \(countText(salvaged.missingEvents, "event")) or more missing.")
      }
      for note in notes { card.add("p", .class("aside small"), text: note) }
    }
  }

  private func addAsOfs(to html: inout HTML) {
    let sentence =
      facts.asOfs.count < 2
      ? "There is no earlier one."
      : "The last \(numberText(facts.asOfs.count)) of this definition. A night that is missing shows as a gap."
    card("Snapshots", sentence, to: &html) { card in
      var table = PageTable("Snapshots", [.init("As of"), .number("After the one before")])
      let gaps = zip(facts.asOfs, facts.asOfs.dropFirst()).map { $0 - $1 }
      let usual = gaps.sorted().dropFirst(gaps.count / 2).first
      for (index, asOf) in facts.asOfs.enumerated() {
        var cell = HTML()
        if index < gaps.count {
          let isGap = usual.map { gaps[index] > $0 + $0 / 2 } ?? false
          cell.add(
            "span", isGap ? .class("down") : .class(""),
            text: length(gaps[index]) + (isGap ? ", a gap" : ""))
        } else {
          cell.add("–")
        }
        table.add([clock.element(asOf, clock.longDay(asOf)), cell])
      }
      card.add(table.html)
    }
  }

  private func length(_ length: Milliseconds) -> String {
    let hours = (length + 1_800_000) / 3_600_000
    return hours < 48 && hours != 24
      ? countText(hours, "hour") : countText((hours + 12) / 24, "day")
  }
}
