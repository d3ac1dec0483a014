import Definition
import Notation
import Tables

/// What the pages need to know of a book before they ask for anything.
struct Overview: Encodable {
  var definition: String
  var timezone: String
  var asOf: String
  var isPublished: Bool
  var leads: Int
  var accounts: Int
  var events: Int
  var nameColumn: String?
  var scores: [ScoreShape]
  var grades: [String]
  var personas: [Group]
  var lists: [String]
  var journey: [String]
  var attributes: [String]
  var hasReadiness: Bool
  var outcomes: [String]

  struct ScoreShape: Encodable {
    var name: String
    var range: [Int64]?
  }

  struct Group: Encodable {
    var name: String
    var values: [String]
  }
}

extension LoadedBook {
  func overview() -> Overview {
    Overview(
      definition: definition.name, timezone: definition.timezone,
      asOf: timeText(milliseconds: subject.asOf), isPublished: subject.manifest != nil,
      leads: leads.count, accounts: accounts.count, events: eventCount,
      nameColumn: nameColumn?.name,
      scores: definition.scores.map {
        .init(name: $0.name, range: $0.range.map { [$0.lowerBound, $0.upperBound] })
      },
      grades: definition.grades.map(\.name),
      personas: definition.personas.map {
        .init(name: $0.name, values: $0.personas.map(\.name))
      },
      lists: definition.lists.map(\.name), journey: definition.journey,
      attributes: definition.attributes, hasReadiness: definition.ready != nil,
      outcomes: log.set.outcomes)
  }
}
