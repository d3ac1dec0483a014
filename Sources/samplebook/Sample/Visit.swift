/// A lead's visits, written to the log one touch after the other.
struct Visits {
  private let lead: Lead
  private var key: String
  private var clock: Int64 = 0
  private var session = ""
  private(set) var isKnown: Bool

  init(of lead: Lead) {
    self.lead = lead
    key = lead.cookie ?? lead.key
    isKnown = lead.cookie == nil
  }

  /// When the latest event was.
  var time: Int64 { clock }

  /// Begins a visit on the day of `time`, or right after the last if that is later.
  mutating func begin(at time: Int64, _ random: inout SeededRandom) {
    var day = max(time, clock + 3_600_000) / SampleLog.day
    let isPrivate = lead.archetype.name == .student || lead.archetype.name == .jobSeeker
    // 1970-01-01 was a Thursday. Few work on weekends.
    let weekday = (day + 3) % 7
    if weekday >= 5, !isPrivate, random.chance(0.85) { day += 7 - weekday }
    let hour = isPrivate ? 15 + random.below(8) : 7 + random.below(6) + random.below(6)
    clock = max(clock + 2_400_000, day * SampleLog.day + Int64(hour) * 3_600_000)
    clock += Int64(random.below(3_600_000))
    session = base36(random.below(36 * 36 * 36 * 36), width: 4)
  }

  /// Takes note of who the lead is, the first time that it shows.
  mutating func identify(_ log: inout SampleLog) {
    guard !isKnown else { return }
    isKnown = true
    key = lead.key
    clock += 1000
    log.add(
      "merge", at: clock, [("lead", .text(lead.key)), ("from", .text(lead.cookie ?? lead.key))])
  }

  mutating func view(_ path: String, _ log: inout SampleLog, _ random: inout SeededRandom) {
    let seconds = 4 + random.below(18) * random.below(22)
    var members = who(&random, account: 0.15)
    if random.chance(0.08) {
      members.append(
        (
          "url",
          .text("https://www.halden.example\(path)?utm_source=\(random.pick(SampleWords.channels))")
        ))
    } else {
      members.append(("path", .text(path)))
    }
    if !random.chance(0.1) { members.append(("duration", .whole(seconds))) }
    members.append(("session", .text(session)))
    log.add("page_view", at: clock, members)
    clock += Int64(seconds) * 1000 + Int64(random.within(900...20_000))
  }

  mutating func add(
    _ type: String, _ members: SampleMembers, _ log: inout SampleLog, _ random: inout SeededRandom
  ) {
    log.add(type, at: clock, who(&random, account: type == "form_fill" ? 0.6 : 0.1) + members)
    clock += Int64(random.within(2000...90_000))
  }

  private func who(_ random: inout SeededRandom, account chance: Double) -> SampleMembers {
    var members: SampleMembers = [("lead", .text(key))]
    if isKnown, let account = lead.account, random.chance(chance) {
      members.append(("account", .text(account.key)))
    }
    return members
  }
}
