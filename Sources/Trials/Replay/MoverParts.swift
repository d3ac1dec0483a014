import Definition
import Engine
import Judging
import Notation

/// Tells what moves a lead's score: what its raw score is made of, before and after.
struct MoverParts {
  private let before: Side
  private let after: Side

  /// A gathered log, one of the variants that judge it, and who judges single leads by it.
  struct Side {
    let log: GatheredLog
    let variant: Variant
    private let lookup: LeadLookup
    private let replayer: LeadReplayer

    /// `lookup`: the log's own, where somebody keeps it.
    init(_ log: GatheredLog, _ variant: Variant, lookup: LeadLookup? = nil) {
      self.log = log
      self.variant = variant
      self.lookup = lookup ?? LeadLookup(log)
      replayer = LeadReplayer(log, variant.judge)
    }

    /// Judges a lead by its final key; nil where it is not known.
    func judge(_ key: [UInt8]) -> Desk? {
      guard replayer.gather(lookup.members(ofLeadNamed: key), named: key) else { return nil }
      replayer.judgeLead()
      return replayer.desk
    }
  }

  init(before: Side, after: Side) {
    self.before = before
    self.after = after
  }

  /// Returns the parts that differ, the furthest first; nil where the score before is not what the log
  /// as it is now comes to.
  func parts(of mover: Standouts.Mover, score: String) -> [ReplayReport.PartMove]? {
    guard let old = before.parts(mover.key, score), old.score == mover.before,
      let new = after.parts(mover.key, score), new.score == mover.after
    else { return nil }
    let names = new.parts.map(\.name) + old.parts.map(\.name)
    var seen: Set<String> = []
    let moves = names.filter { seen.insert($0).inserted }.compactMap {
      name -> (name: String, before: Int128, after: Int128)? in
      let before = old.parts.first { $0.name == name }?.points ?? 0
      let after = new.parts.first { $0.name == name }?.points ?? 0
      return before == after ? nil : (name, before, after)
    }
    let sorted = moves.enumerated().sorted { one, other in
      let distances = (
        (one.element.after - one.element.before).magnitude,
        (other.element.after - other.element.before).magnitude
      )
      return distances.0 == distances.1 ? one.offset < other.offset : distances.0 > distances.1
    }
    return sorted.map(\.element).map {
      ReplayReport.PartMove(part: $0.name, before: points($0.before), after: points($0.after))
    }
  }

  private func points(_ micropoints: Int128) -> Double {
    // Read as a decimal it is rounded once, however large it is.
    Double(pointsText(micropoints)) ?? 0
  }
}

extension MoverParts.Side {
  /// Nil where the lead is not known, or there is no such score.
  fileprivate func parts(
    _ key: [UInt8], _ name: String
  ) -> (score: Int64, parts: [(name: String, points: Int128)])? {
    let judge = variant.judge
    guard let index = judge.definition.scores.firstIndex(where: { $0.name == name }),
      let desk = self.judge(key)
    else { return nil }
    var parts = judge.parts(of: index, desk).map {
      (name: judge.definition.name(of: $0.source, inScore: index), points: $0.points)
    }
    let score = desk.cells[judge.layout.scores + index]
    let raw = desk.cells[judge.layout.raws + index]
    // What the range takes off or adds; what rounding does is not worth a line.
    if let range = judge.definition.scores[index].range {
      let bounds = (range.lowerBound * 1_000_000, range.upperBound * 1_000_000)
      if raw < bounds.0 { parts.append(("range", Int128(bounds.0 - raw))) }
      if raw > bounds.1 { parts.append(("range", Int128(bounds.1 - raw))) }
    }
    return (score, parts)
  }
}
