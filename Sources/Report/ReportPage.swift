import Definition
import Describing
import Judging
import Notation
import Pages

/// A report as a page: how many, what changed, whom to call; then the pictures; then whether to trust it.
struct ReportPage {
  let facts: ReportFacts
  /// What lists ask, in sentences.
  private let sentences: [String]

  static let moversMax = 20
  static let asOfsMax = 10

  init(_ facts: ReportFacts) {
    self.facts = facts
    sentences = DefinitionDescription(facts.definition).sections.flatMap(\.sentences)
  }

  var definition: Definition { facts.definition }
  var clock: ReaderClock { facts.clock }

  var body: HTML {
    var html = HTML()
    html.add("header") { addHead(to: &$0) }
    html.add("main") { main in
      addNotes(to: &main)
      addTiles(to: &main)
      addChanges(to: &main)
      addLists(to: &main)
      addPictures(to: &main)
      addComparison(to: &main)
      addTrust(to: &main)
    }
    html.add("footer") { addFoot(to: &$0) }
    return html
  }

  private func addHead(to html: inout HTML) {
    html.add("h1") { $0.add(name: definition.name) }
    html.add("p", .class("aside")) { line in
      line.add("What our leads are worth on ")
      line.add("b") { $0.add(clock.element(facts.asOf, clock.longDay(facts.asOf))) }
      if let before = facts.before {
        line.add(", compared with ")
        line.add(clock.element(before.asOf, clock.longDay(before.asOf)))
      }
      line.add(". ")
      let events = facts.summary.events
      line.add(
        "\(countText(events.read, "line")) read, \(numberText(events.refused)) refused.")
    }
  }

  /// What is missing, and why.
  private func addNotes(to html: inout HTML) {
    if let reason = facts.withoutLog {
      html.add(
        "p", .class("note"),
        text:
          "Without the log this page has only what the snapshot holds: no reasons, no points by rule, "
          + "no days between stages, no answers over time, and nobody knows who has been forgotten "
          + "since. " + (facts.plan.isAnonymous ? "" : "(\(reason))"))
    }
    if facts.forgottenCount > 0 {
      let count = facts.forgottenCount
      html.add(
        "p", .class("note"),
        text:
          "\(countText(count, "lead")) of this snapshot \(count == 1 ? "has" : "have") been forgotten "
          + "since and \(count == 1 ? "is" : "are") left out below; counts of all are those of then."
      )
    }
  }

  private func addFoot(to html: inout HTML) {
    html.add("p", .class("small")) { line in
      line.add("Made by Scorebook from ")
      line.add(name: facts.snapshot.name)
      if let before = facts.before {
        line.add(" beside ")
        line.add(name: before.snapshot.name)
      }
      line.add(". The page needs no network and no other file.")
    }
  }

  // MARK: parts that others use

  /// Adds a card with a heading.
  func card(
    _ heading: String, count: Int? = nil, _ sentence: String = "", isLong: Bool = false,
    to html: inout HTML, _ content: (inout HTML) -> Void
  ) {
    html.add("section", isLong ? .class("card long") : .class("card")) { card in
      card.add("h2") { line in
        line.add(heading)
        if let count {
          line.add(" ")
          line.add("span", .class("count"), text: numberText(count))
        }
      }
      if !sentence.isEmpty { card.add("p", .class("aside"), text: sentence) }
      content(&card)
    }
  }

  /// What a list asks; empty of a page for passing on where that may name somebody.
  func sentence(ofList list: Int) -> String {
    let list = definition.lists[list]
    if facts.plan.isAnonymous, list.condition.mayNameSomebody { return "" }
    let sentence = sentences.first { $0.hasPrefix("On \(list.name) are ") } ?? ""
    // What its file is like is no matter of who is on it.
    for more in [". Its file also has ", ". It is ordered by "] {
      if let range = sentence.firstRange(of: more) { return sentence[..<range.lowerBound] + "." }
    }
    return sentence
  }

  /// A lead by its name, leading to where it is kept.
  func lead(_ key: [UInt8], isNew: Bool = false) -> HTML {
    var html = HTML()
    let person = facts.people[key]
    let text = String(decoding: key, as: UTF8.self)
    func add(to html: inout HTML) {
      html.add(name: person?.name ?? text, whole: text)
    }
    if let link = person?.link {
      html.add("a", .href(link), Attribute("rel", "noreferrer")) { add(to: &$0) }
    } else {
      html.add("b") { add(to: &$0) }
    }
    if isNew {
      html.add(" ")
      html.add("span", .class("new"), text: "new")
    }
    return html
  }
}

extension Condition<LeadSubject> {
  /// Whether it asks for a key or for what somebody said of himself.
  fileprivate var mayNameSomebody: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.mayNameSomebody)
    case .not(let part): part.mayNameSomebody
    case .test(let subject, _):
      switch subject {
      case .attribute, .lead, .account, .touch, .outcome: true
      default: false
      }
    }
  }
}
