/// Writes bulk events.
///
/// The hot loop: no allocation, no string, no reference count per event.
struct BulkEvents {
  let plan: BulkPlan
  let words: BulkWords

  /// Appends the line of event number `number`: now and then a copy of an earlier one.
  func append(_ number: Int, to lines: inout LineBuffer) {
    var random = SeededRandom(seed: scrambled(plan.seed) &+ UInt64(number) &* 0xD1B5_4A32_D192_ED03)
    if number > 0, random.below(100) == 0 {
      // Most copies are from close by, as from a client that sends again.
      let back = 1 + random.below(min(number, random.below(4) == 0 ? number : 50_000))
      return append(original: number - back, to: &lines)
    }
    append(original: number, to: &lines)
  }

  private func append(original number: Int, to lines: inout LineBuffer) {
    var random = SeededRandom(
      seed: scrambled(plan.seed &+ 1) ^ UInt64(number) &* 0xA24B_AED4_963E_E407)
    lines.append("{\"id\":\"")
    // Scrambling keeps different numbers different, so ids are unique.
    lines.append(hexadecimal: scrambled(UInt64(number) ^ plan.seed << 40), digitCount: 16)
    lines.append("\",\"time\":\"")
    appendTime(of: number, &random, to: &lines)
    let profiled = number / 12
    if number % 12 == 5, profiled < plan.leadCount {
      appendProfile(lead: profiled, &random, to: &lines)
    } else if number % 120 == 7, number / 120 < plan.accountCount {
      appendAccountProfile(number / 120, &random, to: &lines)
    } else if number % 1500 == 11 {
      appendMerge(lead: drawLead(&random), to: &lines)
    } else if number % 500 == 13 {
      appendOutcome(lead: drawLead(&random), &random, to: &lines)
    } else if number % 250_000 == 17 {
      lines.append("\",\"type\":\"forget\",\"lead\":\"")
      appendKey(of: drawLead(&random), to: &lines)
      lines.append("\"")
    } else {
      appendInteraction(&random, to: &lines)
    }
    lines.append("}\n")
  }

  /// Draws a lead so that few are very active and most hardly: the density falls with rank^(-2/3).
  private func drawLead(_ random: inout SeededRandom) -> Int {
    let unit = random.unit()
    return min(plan.leadCount - 1, Int(unit * unit * unit * Double(plan.leadCount)))
  }

  private func appendTime(of number: Int, _ random: inout SeededRandom, to lines: inout LineBuffer)
  {
    let step = BulkPlan.span / Int64(plan.eventCount)
    var offset = Int64(Double(BulkPlan.span) * (Double(number) / Double(plan.eventCount)))
    offset += Int64(random.below(Int(step) + 1))
    // One event in 64 is told late, by up to thirty days.
    if random.next() & 63 == 0 { offset = max(0, offset - Int64(random.below(30 * 86_400_000))) }
    let (day, inDay) = Int(offset).quotientAndRemainder(dividingBy: 86_400_000)
    let (seconds, milliseconds) = inDay.quotientAndRemainder(dividingBy: 1000)
    lines.append(words.days, day)
    lines.append(byte: UInt8(ascii: "T"))
    lines.append(seconds / 3600, width: 2)
    lines.append(byte: UInt8(ascii: ":"))
    lines.append(seconds / 60 % 60, width: 2)
    lines.append(byte: UInt8(ascii: ":"))
    lines.append(seconds % 60, width: 2)
    lines.append(byte: UInt8(ascii: "."))
    lines.append(milliseconds, width: 3)
    lines.append(byte: UInt8(ascii: "Z"))
  }

  private func appendInteraction(_ random: inout SeededRandom, to lines: inout LineBuffer) {
    let kind = random.below(100)
    let lead = drawLead(&random)
    let draw = random.next()
    switch kind {
    case ..<66: lines.append("\",\"type\":\"page_view\",\"lead\":\"")
    case ..<74: lines.append("\",\"type\":\"email_click\",\"lead\":\"")
    case ..<82: lines.append("\",\"type\":\"campaign_touch\",\"lead\":\"")
    case ..<88: lines.append("\",\"type\":\"download\",\"lead\":\"")
    case ..<94: lines.append("\",\"type\":\"search\",\"lead\":\"")
    default: lines.append("\",\"type\":\"form_fill\",\"lead\":\"")
    }
    // Some of what a lead does is done before it is known, under the key of a cookie.
    if kind < 66, draw & 31 == 0 {
      appendCookie(of: lead, to: &lines)
    } else {
      appendKey(of: lead, to: &lines)
    }
    lines.append("\"")
    if draw >> 8 & 3 == 0 {
      lines.append(",\"account\":\"")
      appendAccount(lead % plan.accountCount, to: &lines)
      lines.append("\"")
    }
    appendProperties(kind: kind, &random, to: &lines)
    lines.append(",\"session\":\"")
    lines.append(hexadecimal: draw, digitCount: 8)
    lines.append("\",\"ip\":\"203.0.113.")
    lines.append(Int(draw >> 40 & 255))
    lines.append("\"")
  }
}
