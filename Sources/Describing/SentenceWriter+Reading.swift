import Definition
import Notation

extension SentenceWriter {
  var reading: [String] {
    let rules = definition.reading
    var sentences = [
      "Days are those of \(definition.timezone), and weeks begin on a \(capitalised(definition.weekStart.rawValue)).",
      "Keys of leads are compared \(rules.leadKeys.comparison), those of accounts "
        + "\(rules.accountKeys.comparison).",
    ]
    if !rules.ignore.isEmpty {
      let tests = rules.ignore.map { conditions.words($0.condition) }
      sentences.append("Ignored, as if they were not there: events where \(listed(tests, "or")).")
    }
    if rules.paths.dropsTrailingSlash {
      sentences.append("Slashes at the end of a path go before it is tested.")
    }
    if rules.paths.foldsCase { sentences.append("The case of a path is folded.") }
    if rules.ignoresBlanks { sentences.append("Blank text is as if it were not there.") }
    return sentences
  }

  var identity: [String] {
    var sentences: [String] = []
    if definition.identity.keepsFirst {
      sentences.append(
        "A key that was joined to a lead stays with it: a later merge to another holds nothing.")
    }
    if !definition.identity.never.isEmpty {
      sentences.append(
        "Merges of keys like \(listed(definition.identity.never, "or")) never join leads.")
    }
    return sentences
  }

  var interactions: [String] {
    var sentences: [String] = []
    if !definition.journey.isEmpty {
      sentences.append("A buyer's journey is \(definition.journey.joined(separator: ", then ")).")
    }
    return sentences
      + definition.interactions.map { interaction in
        let stage = interaction.stage.map { "; it belongs to \(definition.journey[$0])" } ?? ""
        return capitalised(a(spoken(interaction.name)))
          + " is an event where \(conditions.words(interaction.condition))\(stage)."
      }
  }

  var touches: [String] {
    definition.touches.map { touch in
      "The \(spoken(touch.name)) of a lead is the \(conditions.noun(touch.reading.property)) of its "
        + "\(touch.isLast ? "last" : "first") \(interaction(touch.reading.interaction)) that has one."
    }
  }

  var nps: [String] {
    guard let nps = definition.nps else { return [] }
    let age =
      nps.within.map { "An answer counts until it is \(spoken($0)) old." }
      ?? "An answer counts for ever."
    return [
      "An event where \(conditions.words(nps.answers)) is an answer: its \(conditions.noun(nps.value)), "
        + "from \(nps.lowest) to 10.",
      "9 and 10 are promoters, 7 and 8 passives, all below detractors. \(age)",
    ]
  }
}
