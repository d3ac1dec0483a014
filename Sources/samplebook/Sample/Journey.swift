/// Something a lead does, as the journey plans it.
enum Touch {
  case blog, campaign, mail
  case whitePaper, webinar, compare
  case pricing, demo, contact
  case browse, otherDownload, newsletter
}

/// What a lead does from the first visit to the outcome, if there is one.
struct Journey {
  enum Outcome {
    case won, lost
  }

  /// When the first visit may be.
  let start: Int64
  let dayCount: Int
  let outcome: Outcome?
  /// What is done, in order, and how far along the journey: from 0 to 1.
  let touches: [(place: Double, touch: Touch)]

  /// Draws a journey; how it ends depends on the account's fit, and what is done on how it ends.
  init(of lead: Lead, _ random: inout SeededRandom) {
    let archetype = lead.archetype
    var outcome: Outcome?
    if let account = lead.account, account.kind == .prospect, lead.isIdentified,
      random.chance(archetype.opportunity)
    {
      let rank =
        archetype.name == .decisionMaker ? 0.15 : archetype.name == .informationGatherer ? -0.1 : 0
      outcome = random.chance(account.fit * 0.75 + rank - 0.05) ? .won : .lost
    }
    self.outcome = outcome
    var touches: [(place: Double, touch: Touch)] = []
    let counts = Self.counts(outcome, archetype, &random)
    for _ in 0..<counts.awareness {
      let place = random.unit() * random.unit() * 0.9
      touches.append((place, random.pick([.blog, .blog, .blog, .campaign, .mail])))
    }
    for _ in 0..<counts.consideration {
      let kinds: [Touch] =
        archetype.name == .competitor ? [.compare] : [.whitePaper, .whitePaper, .webinar, .compare]
      touches.append((0.25 + random.unit() * 0.6, random.pick(kinds)))
    }
    for _ in 0..<counts.decision {
      let kinds: [Touch] =
        outcome == nil ? [.pricing] : [.pricing, .pricing, .pricing, .demo, .contact]
      touches.append((0.5 + random.unit() * 0.5, random.pick(kinds)))
    }
    for _ in 0..<random.within(archetype.browsing) { touches.append((random.unit(), .browse)) }
    if random.chance(0.12) { touches.append((random.unit(), .otherDownload)) }
    if random.chance(0.1) { touches.append((random.unit() * 0.5, .newsletter)) }
    self.touches = touches.sorted { $0.place < $1.place }
    dayCount = outcome != nil ? random.within(30...140) : 2 + touches.count * random.within(1...12)
    let room = Double(SampleLog.end - SampleLog.start)
    // More come as the company grows: every other first visit is the later of two.
    let early = random.unit()
    let first = random.chance(0.5) ? max(early, random.unit()) : early
    start = SampleLog.start + Int64(room * first * 0.98)
  }

  /// Draws how many interactions of each stage there are.
  ///
  /// Those that won have five, three and four on
  /// average, which is what the sample's pipeline is calibrated by; those that were lost fell short late.
  private static func counts(
    _ outcome: Outcome?, _ archetype: Archetype, _ random: inout SeededRandom
  ) -> (awareness: Int, consideration: Int, decision: Int) {
    switch outcome {
    case .won:
      (
        2 + random.below(4) + random.below(4), 1 + random.below(3) + random.below(3),
        2 + random.below(3) + random.below(3)
      )
    case .lost:
      (
        1 + random.below(4) + random.below(4), random.below(3) + random.below(3),
        random.below(3) + random.below(2)
      )
    case nil:
      (
        random.within(archetype.awareness), random.within(archetype.consideration),
        random.within(archetype.decision)
      )
    }
  }
}
