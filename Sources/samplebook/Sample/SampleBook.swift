/// The sample book: two years of a company that sells software to companies, from 2024-11-01 to 2026-10-31.
///
/// Those who decide, those who gather information, champions, students, people looking for work and
/// competitors all leave traces, and only some of them will ever buy.
struct SampleBook {
  private var random: SeededRandom
  private(set) var log: SampleLog

  /// Draws everything from one seed.
  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    log = SampleLog(seed: seed &+ 1)
    let accounts = Account.draw(count: 350, &random)
    for account in accounts where random.chance(0.85) {
      let time = SampleLog.start + Int64(random.below(90 * Int(SampleLog.day)))
      log.add(
        "account_profile", at: time,
        [("account", .text(account.key)), ("fields", .object(account.fields))])
    }
    for lead in Lead.draw(count: 3000, accounts: accounts, &random) {
      live(lead)
    }
    log.addBroken(count: 63)
  }

  /// Lets a lead live through the two years.
  private mutating func live(_ lead: Lead) {
    let journey = Journey(of: lead, &random)
    var visits = Visits(of: lead)
    var before: Double?
    for (place, touch) in journey.touches {
      let days = Double(journey.dayCount)
      // What is planned for about the same days is often done in one visit.
      if before.map({ (place - $0) * days > 2 || random.chance(0.3) }) ?? true {
        visits.begin(at: journey.start + Int64(place * days * Double(SampleLog.day)), &random)
      }
      before = place
      visits.make(touch, lead: lead, &log, &random)
    }
    guard lead.isIdentified else { return }
    describe(lead, after: journey.start)
    if let outcome = journey.outcome { close(lead, outcome, &visits) }
    if lead.archetype.name == .customer { survey(lead, from: journey.start) }
    leave(lead, after: visits.time)
  }

  /// Adds what the CRM knows about a lead, and what it learns later.
  private mutating func describe(_ lead: Lead, after start: Int64) {
    guard random.chance(0.75) else { return }
    let time = start + Int64(random.below(20 * Int(SampleLog.day)))
    var members: SampleMembers = [("lead", .text(lead.key))]
    if let account = lead.account { members.append(("account", .text(account.key))) }
    log.add("profile", at: time, members + [("fields", .object(lead.fields))])
    if random.chance(0.05) {
      let change: SampleMembers =
        random.chance(0.3)
        ? [("seniority", .null)] : [("job_title", .text("Senior \(lead.title)"))]
      let later = time + Int64(random.within(60...300)) * SampleLog.day
      log.add("profile", at: later, [("lead", .text(lead.key)), ("fields", .object(change))])
    }
  }

  /// Adds the outcome, and what follows from it.
  private mutating func close(_ lead: Lead, _ outcome: Journey.Outcome, _ visits: inout Visits) {
    let time = visits.time + Int64(random.within(1...20)) * SampleLog.day
    let key: SampleMembers = [("lead", .text(lead.key))]
    guard outcome == .won else {
      log.add("outcome", at: time, key + [("outcome", .text("lost"))])
      return
    }
    let size = lead.account?.companySize ?? 10
    let value = (24 + min(size, 4000) / 20 + random.below(40)) * 100
    log.add("outcome", at: time, key + [("outcome", .text("won")), ("value", .whole(value))])
    for _ in 0..<random.within(4...20) {
      visits.begin(
        at: max(time, visits.time) + Int64(random.within(1...15)) * SampleLog.day, &random)
      visits.view(random.pick(SampleWords.docs), &log, &random)
    }
    survey(lead, from: time)
  }

  /// Asks a customer twice a year how satisfied they are; four of five answer.
  private mutating func survey(_ lead: Lead, from start: Int64) {
    let mood = random.within(5...9)
    var time = start + Int64(random.within(30...90)) * SampleLog.day
    while time < SampleLog.end {
      if random.chance(0.8) {
        let answer = min(10, max(1, mood + random.below(4) - 1))
        let value: SampleValue =
          random.chance(0.02)
          ? .text("n/a") : random.chance(0.1) ? .text("\(answer)") : .whole(answer)
        log.add(
          "form_fill", at: time,
          [
            ("lead", .text(lead.key)), ("form", .text("nps")),
            ("fields", .object([("satisfaction", value)])),
          ])
      }
      time += Int64(random.within(170...195)) * SampleLog.day
    }
  }

  /// Lets a few leads unsubscribe, and fewer ask to be forgotten.
  private mutating func leave(_ lead: Lead, after time: Int64) {
    let later = time + Int64(random.within(1...40)) * SampleLog.day
    if random.chance(0.04) {
      log.add(
        "unsubscribe", at: later,
        [("lead", .text(lead.key)), ("campaign", .text(random.pick(SampleWords.mailings)))])
    }
    if random.chance(0.005) { log.add("forget", at: later + 60_000, [("lead", .text(lead.key))]) }
  }
}
