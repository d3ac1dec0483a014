import Definition
import Engine
import Judging
import Notation
import Pages

extension ReportPage {
  func addPictures(to html: inout HTML) {
    html.add("div", .class("pair")) { pair in
      addMap(to: &pair)
      addDistributions(to: &pair)
      addJourney(to: &pair)
      for score in definition.scores.indices { addRules(score, to: &pair) }
      addPersonas(to: &pair)
      addAnswers(to: &pair)
    }
    addAccounts(to: &html)
  }

  private func addMap(to html: inout HTML) {
    guard let grade = definition.grades.first, let score = definition.scores.first else { return }
    card("\(grade.name) against \(score.name)", to: &html) { card in
      let map = CountMap(
        "Each lead once: how well it suits us (\(grade.name)) against what it did (\(score.name)).",
        rows: grade.letters + ["none"], columns: facts.choices.bands.map(\.name),
        counts: facts.leads.map,
        corners: .init(
          topLeft: "suits us, but quiet", topRight: "call them", bottomRight: "busy, but no buyer"),
        heads: (grade.name, score.name))
      card.add(figure(map))
    }
  }

  private func addDistributions(to html: inout HTML) {
    for (index, score) in definition.scores.enumerated() {
      guard let counts = facts.summary.scores[score.name]?.leadsByScore else { continue }
      let values = Dictionary(
        counts.compactMap { key, count in Int64(key).map { ($0, count) } }, uniquingKeysWith: +)
      let bounds = TierBound.all(ofScore: index, in: definition).map {
        Histogram.Bound(at: $0.at, name: $0.name)
      }
      card("\(score.name), all leads", to: &html) { card in
        if values.isEmpty { return card.add("p", .class("aside"), text: "Nobody has a score yet.") }
        var picture = Histogram(
          "How many leads have how much \(score.name).", values, bounds: bounds,
          heads: (score.name, "Leads"))
        if picture.isByRoots {
          picture.title +=
            " Bars are drawn by the root of their count, so that few stay visible beside many."
        }
        card.add(figure(picture))
      }
    }
  }

  private func addJourney(to html: inout HTML) {
    if definition.journey.isEmpty { return }
    let stages = definition.journey.indices.map { stage in
      Funnel.Stage(
        definition.journey[stage], leads: facts.leads.stages[stage...].reduce(0, +),
        interactions: facts.leads.tallies[stage],
        daysMedian: stage == 0
          ? nil
          : facts.history?.medianDays(to: stage).map { days in
            days == 0 ? "a day" : countText(days, "day")
          })
    }
    card("The journey", to: &html) { card in
      card.add(figure(Funnel("Leads that got at least so far, and what they did there.", stages)))
    }
  }

  private func addPersonas(to html: inout HTML) {
    for group in definition.personas {
      let counts = facts.summary.personas[group.name] ?? [:]
      card("Personas: \(group.name)", to: &html) { card in
        card.add(
          figure(
            Bars(
              "How many leads are what.",
              group.personas.map { .init($0.name, counts[$0.name] ?? 0) },
              heads: (group.name, "Leads"))))
      }
    }
  }

  private func addAnswers(to html: inout HTML) {
    if definition.nps == nil { return }
    let nps = facts.summary.nps
    let score = nps.score.map { numberText($0) } ?? "–"
    card("Net promoter score \(score)", to: &html) { card in
      if nps.score == nil {
        return card.add("p", .class("aside"), text: "Nobody has answered yet.")
      }
      card.add(
        figure(
          Bars(
            "The latest answer of each lead: promoters (9, 10) less detractors (up to 6), in percent.",
            [
              .init("promoters", nps.promoters), .init("passives", nps.passives),
              .init("detractors", nps.detractors),
            ], heads: ("Answer", "Leads"))))
      guard let weeks = facts.history?.answers.weeks else { return }
      let points = weeks.compactMap { week in
        week.answers.score.map { LineChart.Point(week.time, Double($0)) }
      }
      var line = LineChart(
        "The net promoter score at the end of each week, of answers that counted then.", points,
        clock, heads: ("Week to", "Score"))
      line.reach = -100...100
      card.add(figure(line))
    }
  }

  private func addAccounts(to html: inout HTML) {
    let accounts = facts.accounts
    if facts.summary.accounts.known == 0 { return }
    let ready = facts.summary.accounts.ready
    let sentence =
      ready.map {
        "\(countText($0, "account")) ready of \(numberText(facts.summary.accounts.known)), those first."
      }
      ?? "The highest totals first."
    card("Accounts", count: facts.summary.accounts.known, sentence, isLong: true, to: &html) {
      card in
      if facts.plan.isAnonymous { return }
      let score = definition.scores.first
      let most = accounts.compactMap(\.total).max() ?? 0
      var columns: [PageTable.Column] = [.init("Account")]
      if let score { columns += [.number("total \(score.name)"), .init("")] }
      columns.append(.init("Engaged"))
      if ready != nil { columns.append(.init("Ready")) }
      if score != nil { columns.append(.init("Strongest")) }
      var table = PageTable("Accounts", columns)
      for account in accounts {
        var name = HTML()
        name.add(name: String(decoding: account.key, as: UTF8.self))
        var cells = [name]
        if score != nil {
          cells.append(HTML(account.total.map { numberText($0) } ?? "–"))
          cells.append(account.total.map { meter($0, of: 0...max(most, 0)) } ?? HTML())
        }
        cells.append(HTML("\(numberText(account.engaged)) of \(numberText(account.leads))"))
        if ready != nil { cells.append(HTML(account.isReady == true ? "ready" : "not yet")) }
        if score != nil { cells.append(strongest(account.key)) }
        table.add(cells)
      }
      card.add(table.html)
      if facts.summary.accounts.known > accounts.count {
        card.add(
          "p", .class("aside small"),
          text:
            "\(numberText(accounts.count)) of \(numberText(facts.summary.accounts.known)) shown. "
            + "All of them: accounts.csv of the snapshot.")
      }
    }
  }

  private func strongest(_ account: [UInt8]) -> HTML {
    var html = HTML()
    let leads = facts.leads.strongest[account] ?? []
    if leads.isEmpty { html.add("span", .class("aside"), text: "nobody") }
    for (index, strong) in leads.enumerated() {
      if index > 0 { html.add(", ") }
      html.add(lead(strong.key))
      html.add(" \(numberText(strong.score))")
    }
    return html
  }
}
