import Audit
import Definition
import Notation
import Trials
import Upkeep

/// An explanation for people: what is known of the lead, then each score from its first event on.
func printout(of explanation: Explanation) -> [Printout] {
  var lines = [
    "\(explanation.lead) as of \(explanation.asOf), by \(explanation.definition)"
  ]
  if let knownAt = explanation.knownAt { lines.append("from what was known at \(knownAt)") }
  if explanation.asked != explanation.lead {
    lines.append("\(explanation.asked) is now \(explanation.lead)")
  }
  if explanation.exclusion?.isExcluded == true {
    lines.append("excluded: it is in no result, and what follows is what it would be")
  }
  lines += [""] + knowledge(explanation)
  if let exclusion = explanation.exclusion {
    lines += ["", exclusion.isExcluded ? "excluded" : "not excluded"]
    for test in exclusion.tests { lines += verdict(test, depth: 1) }
  }
  var printout = [Printout.lines(lines)]
  for score in explanation.scores { printout += story(of: score) }
  lines = []
  for grade in explanation.grades { lines += [""] + story(of: grade) }
  for group in explanation.personas { lines += [""] + story(of: group) }
  if !explanation.lists.isEmpty { lines += [""] + lists(explanation.lists) }
  if let answers = explanation.netPromoter { lines += [""] + story(of: answers) }
  if let events = explanation.lines {
    lines += ["", "the lead's lines in the log"] + events.map { "  \($0.at)  \($0.text)" }
  }
  lines += [""] + agreement(explanation.snapshot)
  return printout + [.lines(lines)]
}

private func knowledge(_ explanation: Explanation) -> [String] {
  var lines: [String] = []
  if explanation.keys.count > 1 {
    lines.append("keys      \(explanation.keys.joined(separator: ", "))")
    for merge in explanation.merges {
      lines.append(
        "merged    \(merge.from) into \(merge.lead), \(merge.event.time), \(place(merge.event))")
    }
  }
  for merge in explanation.notJoined {
    lines.append(
      "not joined  \(merge.from) with \(merge.lead), \(merge.event.time), \(place(merge.event))")
  }
  let events = explanation.events
  lines.append(
    "events    \(grouped(events.used)) used, \(counted(events.duplicates, "duplicate")), "
      + (events.withdraws > 0
        ? "\(grouped(events.withdrawn.count)) withdrawn by \(counted(events.withdraws, "withdraw")), "
        : "")
      + "\(grouped(events.erased)) erased, \(grouped(events.future)) after the as-of")
  for withdrawn in events.withdrawn {
    lines.append(
      "withdrawn \(withdrawn.event.time), \(place(withdrawn.event)), by \(place(withdrawn.by))")
  }
  for event in events.dropped {
    lines.append("dropped   a duplicate: \(event.time), \(place(event))")
  }
  if let account = explanation.account {
    let origin = account.domainOf.map {
      $0 == "lead" ? "the domain of its key" : "the domain of \($0)"
    }
    let source = [origin, account.event.map { "\($0.time), \(place($0))" }].compactMap { $0 }
    lines.append("account   \(account.value), \(source.joined(separator: ", "))")
  }
  for touch in explanation.touches ?? [] {
    guard let value = touch.value else { continue }
    lines.append("touch     \(touch.name): \(value), \(touch.event.map(placed) ?? "")")
  }
  for attribute in explanation.attributes {
    guard let value = attribute.value else { continue }
    let source =
      attribute.isAccounts ? "from its account" : attribute.event.map(placed) ?? ""
    lines.append("knows     \(attribute.name): \(value), \(source)")
  }
  return lines
}

private func story(of score: ScoreExplanation) -> [Printout] {
  var printout = [Printout.lines(["", "score \(score.name)"])]
  if !score.contributions.isEmpty { printout.append(.table(table(of: score.contributions))) }
  var lines: [String] = []
  for change in score.adjustments {
    lines.append(
      "  \(signed(change.value))  \(name(change.kind)): \(change.what); sum \(pointsText(change.sum))"
    )
    for test in change.tests ?? [] { lines += verdict(test, depth: 3) }
    for part in change.parts ?? [] {
      lines.append(
        "      \(pointsText(part.weight)) x \(part.source) \(part.value.map(String.init) ?? "unknown")"
      )
    }
  }
  for missed in score.missed {
    lines.append("  0  bonus \(missed.name) is not met")
    for test in missed.tests { lines += verdict(test, depth: 3) }
  }
  var end = "  raw \(pointsText(score.raw)), rounded \(score.rounded)"
  if let range = score.range, score.rounded != score.score {
    end += ", held within \(range[0]) to \(range[1])"
  }
  lines.append(end + ": score \(score.score)")
  return printout + [.lines(lines)]
}

private func table(of contributions: Contributions) -> LongTable {
  LongTable(
    header: ["", "time", "interaction", "points", "", "value", "sum", "event"],
    rightColumns: [3, 5, 6], rowCount: contributions.count
  ) { rows, sink in
    contributions.forEach(in: rows) { item in
      sink.cell(atMost: 0, isPlain: true) { _ in }
      sink.cell(atMost: item.timeByteCount, isPlain: true) { item.putTime(to: &$0, sink.dates) }
      sink.cell(atMost: item.interactionByteCount) { item.putInteraction(to: &$0) }
      if item.isMadeOfValue {
        sink.cell(offered(item))
      } else {
        cell(points: item.points, sink)
      }
      if item.isCounted {
        cell(factor: item, sink)
      } else {
        sink.cell("\(item.held ?? ""): \(item.reason ?? "")")
      }
      cell(points: item.value, sink)
      if let sum = Micropoints(exactly: item.sum) {
        cell(points: sum, sink)
      } else {
        sink.cell(pointsText(item.sum))
      }
      item.withPlace { sink.cell(atMost: $0, $1) }
      sink.endRow()
    }
  }
}

private func cell(points: Micropoints?, _ sink: RowSink) {
  guard let points else { return sink.cell(atMost: 0, isPlain: true) { _ in } }
  sink.cell(atMost: pointsByteCountMax(points), isPlain: true) { $0.decimal(points, places: 6) }
}

/// `129.9 x 0.5 = 64.95, held at 50`, or the points alone.
private func offered(_ item: ScoreExplanation.Item) -> String {
  guard let points = item.points else { return "" }
  guard let made = item.made, let value = made.value, let product = made.product else {
    return pointsText(points)
  }
  let held = made.held.map { ", held at \(pointsText($0))" } ?? ""
  return "\(value) x \(pointsText(made.times)) = \(pointsText(product))\(held)"
}

/// `x 0.25 = 2^(-120d / 60d)`, or nothing where age does not tell.
private func cell(factor item: ScoreExplanation.Item, _ sink: RowSink) {
  guard item.isWeighted else { return sink.cell(atMost: 0, isPlain: true) { _ in } }
  let byteCountMax = "x 0.000000 = ".utf8.count + item.arithmeticByteCountMax
  sink.cell(atMost: byteCountMax, isPlain: true) { text in
    text.put(literal: "x ")
    text.decimal(Int64(((item.weight ?? 0) * 1e6).rounded()), places: 6)
    text.put(literal: " = ")
    item.putArithmetic(to: &text)
  }
}

private func name(_ kind: String) -> String {
  switch kind {
  case "cap", "group-cap": "cap"
  default: kind
  }
}

private func story(of grade: GradeExplanation) -> [String] {
  var result = grade.letter ?? "ungraded"
  if let percent = grade.percent { result += ", \(percent)%" }
  var lines = ["grade \(grade.name): \(result), \(grade.coverage)% of it known"]
  for criterion in grade.criteria {
    guard let value = criterion.value, let worth = criterion.result else {
      lines.append("  \(criterion.attribute) is unknown")
      continue
    }
    let source =
      criterion.isAccounts ? "from its account" : criterion.event.map(placed) ?? ""
    let text =
      grade.percent == nil
      ? "\(worth > 0 ? "+" : "")\(worth) thirds"
      : "\(pointsText(worth)), weight \(pointsText(criterion.weight))"
    lines.append("  \(criterion.attribute): \(value): \(text); \(source)")
  }
  return lines
}

private func story(of group: PersonaExplanation) -> [String] {
  var lines = ["persona \(group.group): \(group.persona ?? "none")"]
  if let choice = group.choice { lines.append("  \(choice)") }
  for asked in group.asked {
    lines.append("  \(mark(asked.holds)) \(asked.persona)")
    for test in asked.tests { lines += verdict(test, depth: 2) }
  }
  return lines
}

private func lists(_ lists: [ListExplanation]) -> [String] {
  var lines = ["lists"]
  for list in lists {
    lines.append("  \(mark(list.isMember)) \(list.list)")
    for test in list.tests { lines += verdict(test, depth: 2) }
  }
  return lines
}

private func story(of answers: Explanation.Answers) -> [String] {
  var lines: [String] = []
  if let answer = answers.answer, let group = answers.group, let event = answers.event {
    lines.append("net promoter answer \(answer), \(group): \(placed(event))")
  } else if let expired = answers.expired, let event = answers.event {
    lines.append(
      "no net promoter answer: that of \(placed(event)) is older than it may be, \(expired)")
  } else {
    lines.append("no net promoter answer")
  }
  return lines + answers.invalid.map { "  invalid answer: \(placed($0))" }
}

func agreement(_ agreement: Explanation.Agreement?) -> [String] {
  guard let agreement else { return ["no snapshot to compare with"] }
  if agreement.isEqual { return ["= snapshot \(agreement.name)"] }
  return ["differs from snapshot \(agreement.name)"]
    + agreement.differences.map {
      "  \($0.column): '\($0.snapshot)' in the snapshot, '\($0.found)' here"
    }
}

/// A test with its answer, and below it its parts.
func verdict(_ answer: Verdict, depth: Int) -> [String] {
  let indent = String(repeating: "  ", count: depth)
  let value = answer.parts == nil ? " (\(answer.value ?? "absent"))" : ""
  return ["\(indent)\(mark(answer.holds)) \(answer.test)\(value)"]
    + (answer.parts ?? []).flatMap { verdict($0, depth: depth + 1) }
}

private func mark(_ holds: Bool) -> String { holds ? "yes" : "no " }

private func place(_ event: Explanation.Event) -> String { "\(event.id) at \(event.at)" }

private func placed(_ event: Explanation.Event) -> String { "\(event.time), \(place(event))" }

func signed(_ points: Int128) -> String { (points > 0 ? "+" : "") + pointsText(points) }
