import Notation
import Pages

extension ReportPage {
  private struct Tile {
    var label: String
    var value: Int?
    var before: Int?
  }

  /// How many, and is that more.
  func addTiles(to html: inout HTML) {
    let (now, before) = (facts.summary, facts.before?.summary)
    var tiles: [Tile] = []
    if let list = facts.lists.first {
      tiles.append(
        Tile(
          label: "On “\(list.name)”", value: now.lists[list.name]?.members,
          before: before?.lists[list.name]?.members))
    }
    if let tier = highestTier {
      tiles.append(
        Tile(
          label: "Leads with \(tier.group) \(tier.persona)",
          value: now.personas[tier.group]?[tier.persona],
          before: before?.personas[tier.group]?[tier.persona]))
    }
    if now.accounts.ready != nil {
      tiles.append(
        Tile(label: "Accounts ready", value: now.accounts.ready, before: before?.accounts.ready))
    }
    if definition.nps != nil {
      tiles.append(
        Tile(label: "Net promoter score", value: now.nps.score, before: before?.nps.score))
    }
    tiles.append(
      Tile(label: "Known leads", value: now.leads.known, before: before?.leads.known))
    html.add("div", .class("tiles")) { row in
      for tile in tiles {
        row.add("div", .class("tile")) { box in
          box.add("p", .class("aside"), text: tile.label)
          box.add("p", .class("big"), text: tile.value.map { numberText($0) } ?? "–")
          box.add("p", .class("small aside")) { add(tile, to: &$0) }
        }
      }
    }
  }

  private func add(_ tile: Tile, to line: inout HTML) {
    guard let earlier = facts.before else { return line.add("no earlier snapshot") }
    guard let value = tile.value, let before = tile.before else {
      return line.add("nothing to compare with")
    }
    let change = value - before
    line.add(
      "span", change > 0 ? .class("up") : change < 0 ? .class("down") : .class("aside"),
      text: changeText(change))
    line.add(" since ")
    line.add(clock.element(earlier.asOf, clock.shortDay(earlier.asOf)))
  }

  /// The first persona of the first group that a score decides.
  private var highestTier: (group: String, persona: String)? {
    let bounds = Set(
      definition.scores.indices.flatMap { TierBound.all(ofScore: $0, in: definition) }.map(\.name))
    for group in definition.personas {
      if let first = group.personas.first, bounds.contains(first.name) {
        return (group.name, first.name)
      }
    }
    return definition.personas.first.flatMap { group in
      group.personas.first.map { (group.name, $0.name) }
    }
  }

  /// Who came onto a list and who left it.
  func addChanges(to html: inout HTML) {
    guard let changes = facts.changes, let before = facts.before, !facts.lists.isEmpty else {
      return
    }
    let sentence =
      "People who came onto a list, or left it, since \(clock.longDay(before.asOf)), and because of what."
    card("What changed", sentence, isLong: true, to: &html) { card in
      var table = PageTable(
        "What changed on the lists",
        [
          .init("List"), .number("Now"), .init("Came"), .init("Left"),
        ])
      for (list, moves) in zip(facts.lists, changes.lists) {
        table.add([
          named(list.name), HTML(numberText(facts.summary.lists[list.name]?.members ?? 0)),
          movers(moves.firstCame, of: moves.came, isMore: true),
          movers(moves.firstLeft, of: moves.left, isMore: false),
        ])
      }
      if let now = facts.summary.accounts.ready {
        let moves = changes.ready
        table.add([
          HTML("accounts ready"), HTML(numberText(now)),
          told(moves.firstCame, of: moves.came, isMore: true, account),
          told(moves.firstLeft, of: moves.left, isMore: false, account),
        ])
      }
      card.add(table.html)
    }
  }

  private func named(_ name: String) -> HTML {
    var html = HTML()
    html.add(name: name)
    return html
  }

  private func account(_ mover: ListChanges.Mover) -> HTML {
    named(String(decoding: mover.key, as: UTF8.self))
  }

  private func movers(_ movers: [ListChanges.Mover], of count: Int, isMore: Bool) -> HTML {
    told(movers, of: count, isMore: isMore) { lead($0.key) }
  }

  private func told(
    _ movers: [ListChanges.Mover], of count: Int, isMore: Bool,
    _ name: (ListChanges.Mover) -> HTML
  ) -> HTML {
    var html = HTML()
    if count == 0 {
      html.add("span", .class("aside"), text: "nobody")
      return html
    }
    html.add(
      "span", isMore ? .class("up") : .class("down"), text: changeText(isMore ? count : -count))
    if facts.plan.isAnonymous { return html }
    html.add("ul", .class("names")) { list in
      for mover in movers {
        list.add("li") { item in
          item.add(name(mover))
          add(mover, to: &item)
        }
      }
      if count > movers.count {
        list.add("li", .class("aside"), text: "and \(numberText(count - movers.count)) more")
      }
    }
    return html
  }

  /// When, and by what it did; which event that was is at hand.
  private func add(_ mover: ListChanges.Mover, to html: inout HTML) {
    guard mover.at != nil || mover.because != nil else { return }
    var words = mover.at.map { [clock.shortDay($0)] } ?? []
    if !mover.deeds.isEmpty {
      words.append(mover.deeds.joined(separator: " and "))
    } else if let because = mover.because,
      mover.at == nil || because == ListChanges.Mover.timePassing
    {
      words.append(because)
    }
    html.add(" ")
    let whole = [mover.at.map { timeText(milliseconds: $0) }, mover.because].compactMap { $0 }
    html.add(
      "span", .class("aside small"), Attribute("title", whole.joined(separator: ", ")),
      text: words.joined(separator: ", "))
  }
}
