import Definition
import Engine
import Judging

/// A list that a lead is not on, and which one more occurrence as of now would bring it there.
struct NearestList: Encodable {
  var list: String
  var interactions: [String]
}

extension LoadedBook {
  /// Judges a lead as if each interaction occurred once more, one at a time.
  ///
  /// An occurrence is of a kind that the log has, matches as few other interactions as there are, and has no
  /// properties of its own.
  func nearest(_ key: String) -> [NearestList] {
    guard let found = LeadLookup(log).lead(withKey: definition.leadKey(key)) else { return [] }
    let replayer = LeadReplayer(log, judge)
    guard replayer.gather(found.members, named: found.name) else { return [] }
    replayer.judgeLead()
    let layout = judge.layout
    let off = definition.lists.indices.filter { replayer.desk.cells[layout.lists + $0] != 1 }
    var nearest = off.map { NearestList(list: definition.lists[$0].name, interactions: []) }
    for (number, interaction) in definition.interactions.enumerated() {
      guard let eventClass = plainestClass(having: number) else { continue }
      let count = replayer.history.count
      replayer.history.append(
        HistoryEvent(
          time: judge.asOf, id: .max, eventClass: eventClass, duration: 0, segment: .max,
          line: .max,
          factStart: UInt32(replayer.history.factCount), factEnd: UInt32(replayer.history.factCount)
        ))
      replayer.judgeLead()
      if !replayer.isExcluded {
        for (place, list) in off.enumerated()
        where replayer.desk.cells[layout.lists + list] == 1 {
          nearest[place].interactions.append(interaction.name)
        }
      }
      replayer.history.cut(to: count)
    }
    return nearest
  }

  private func plainestClass(having interaction: Int) -> UInt32? {
    var plainest: Int?
    for (number, one) in judge.classes.classes.enumerated()
    where one.kind == .ordinary && one.interactions.contains(UInt16(interaction)) {
      let fewest = plainest.map { judge.classes.classes[$0].interactions.count } ?? .max
      if one.interactions.count < fewest { plainest = number }
    }
    return plainest.map { UInt32($0) }
  }
}
