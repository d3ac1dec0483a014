extension Visits {
  /// Does what the journey plans.
  mutating func make(
    _ touch: Touch, lead: Lead, _ log: inout SampleLog, _ random: inout SeededRandom
  ) {
    switch touch {
    case .blog:
      if random.chance(0.2) {
        let search: SampleMembers = [
          ("query", .text(random.pick(SampleWords.queries))), ("channel", .text("organic")),
        ]
        add("search", search, &log, &random)
      }
      view(random.pick(SampleWords.blog), &log, &random)
    case .campaign:
      let campaign: SampleMembers = [
        ("campaign", .text(random.pick(SampleWords.campaigns))),
        ("channel", .text(random.pick(SampleWords.channels))),
      ]
      add("campaign_touch", campaign, &log, &random)
    case .mail where lead.isIdentified:
      identify(&log)
      let path = random.pick(SampleWords.product)
      add(
        "email_click",
        [
          ("campaign", .text(random.pick(SampleWords.mailings))),
          ("link", .text("https://www.halden.example\(path)")),
        ], &log, &random)
      view(path, &log, &random)
    case .mail:
      view(random.pick(SampleWords.blog), &log, &random)
    case .whitePaper:
      download(random.pick(SampleWords.whitePapers), lead: lead, &log, &random)
    case .otherDownload:
      download(random.pick(SampleWords.otherAssets), lead: lead, &log, &random)
    case .webinar:
      let webinar = random.pick(SampleWords.webinars)
      view("/webinars/\(webinar)", &log, &random)
      fill("webinar-registration", [("webinar", .text(webinar))], lead: lead, &log, &random)
    case .compare:
      view(random.pick(SampleWords.compare), &log, &random)
    case .pricing:
      view(random.pick(SampleWords.pricing), &log, &random)
    case .demo:
      view("/demo", &log, &random)
      fill("demo-request", told(lead), lead: lead, &log, &random)
    case .contact:
      fill("contact", told(lead), lead: lead, &log, &random)
    case .newsletter:
      fill("newsletter", [], lead: lead, &log, &random)
    case .browse:
      if random.chance(0.04) {
        let query = random.pick(SampleWords.siteQueries)
        add("search", [("query", .text(query)), ("channel", .text("site"))], &log, &random)
      }
      view(random.pick(lead.archetype.pages), &log, &random)
    }
  }

  private mutating func download(
    _ asset: String, lead: Lead, _ log: inout SampleLog, _ random: inout SeededRandom
  ) {
    view("/resources", &log, &random)
    if lead.isIdentified { identify(&log) }
    add("download", [("asset", .text(asset))], &log, &random)
  }

  /// Fills a form, which needs an address; somebody who gives none leaves it half filled.
  private mutating func fill(
    _ form: String, _ members: SampleMembers, lead: Lead, _ log: inout SampleLog,
    _ random: inout SeededRandom
  ) {
    guard lead.isIdentified else { return view("/signup", &log, &random) }
    identify(&log)
    add("form_fill", [("form", .text(form))] + members, &log, &random)
  }

  private func told(_ lead: Lead) -> SampleMembers {
    [("fields", .object([("job_title", .text(lead.title))]))]
  }
}
