/// What a lead answered to the question of the net promoter score.
struct Answer {
  var value: Int
  var time: Int

  // "promoter 9–10, passive 7–8, detractor up to 6"
  var group: String {
    if value >= 9 { return "promoter" }
    return value >= 7 ? "passive" : "detractor"
  }
}

// "A lead's latest valid answer, a number or numeric string that is whole and on the scale"
//
// "Other answers, absent ones too, are counted as invalid and change nothing."
func latestAnswer(
  _ ordered: [Event], _ answers: Definition.Answers, invalid: inout Int
) -> Answer? {
  var latest: Answer?
  // "None of the five types in the table above is ever an interaction, an activity or an NPS
  // answer."
  for event in ordered where event.special == nil && answers.condition.holds(event.subject) {
    if let value = wholeOnScale(event.subject(answers.value)?.number, answers.scale) {
      latest = Answer(value: value, time: event.time)
    } else {
      invalid += 1
    }
  }
  return latest
}

private func wholeOnScale(_ value: Double?, _ scale: ClosedRange<Int>) -> Int? {
  guard let value, let whole = Int(exactly: value), scale.contains(whole) else { return nil }
  return whole
}

// "`nps` = %promoters − %detractors among answers, rounded to a whole number, empty without
// answers"
func netPromoterScore(_ answers: [Answer]) -> Int? {
  if answers.isEmpty { return nil }
  let promoters = answers.filter { $0.group == "promoter" }.count
  let detractors = answers.filter { $0.group == "detractor" }.count
  return Int(roundedQuotient(100 * Int128(promoters - detractors), Int128(answers.count)))
}
