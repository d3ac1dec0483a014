import Vocabulary

/// How well a lead fits, kept apart from what the lead does.
package struct Grade: Sendable {
  package var name: String
  package var method: Method

  package enum Method: Sendable {
    /// A weighted mean in percent, named by the highest bound at or below it. Bounds descend to 0.
    case weighted(letters: [Letter], criteria: [WeightedCriterion])
    /// Thirds of a letter up and down from `start`, an index into `Grade.ladder`.
    case ladder(start: Int, criteria: [LadderCriterion])
  }

  /// The thirteen steps of a ladder, worst first.
  package static let ladder = KeyTable.ladder

  package init(name: String, method: Method) {
    self.name = name
    self.method = method
  }

  package var isLadder: Bool {
    if case .ladder = method { true } else { false }
  }

  /// The letters a lead can have, best first.
  package var letters: [String] {
    switch method {
    case .weighted(let letters, _): letters.map(\.name)
    case .ladder: Grade.ladder.reversed()
    }
  }
}

/// A letter and the lowest percent that earns it.
package struct Letter: Sendable {
  package var name: String
  package var bound: Double

  package init(name: String, bound: Double) {
    self.name = name
    self.bound = bound
  }
}

/// One attribute's part in a weighted grade.
package struct WeightedCriterion: Sendable {
  package var attribute: String
  /// Millionths; above 0.
  package var weight: Int64
  /// The first that matches gives the value.
  package var values: [(predicate: Predicate, value: Int64)]
  /// The value where none matches.
  ///
  /// Values are millionths of 0 to 100.
  package var otherwise: Int64

  package init(
    attribute: String, weight: Int64, values: [(predicate: Predicate, value: Int64)],
    otherwise: Int64 = 0
  ) {
    self.attribute = attribute
    self.weight = weight
    self.values = values
    self.otherwise = otherwise
  }
}

/// One attribute's part in a ladder: up by `thirds` if the predicate holds, else down by as many.
package struct LadderCriterion: Sendable {
  package var attribute: String
  package var predicate: Predicate
  package var thirds: Int

  package init(attribute: String, predicate: Predicate, thirds: Int) {
    self.attribute = attribute
    self.predicate = predicate
    self.thirds = thirds
  }
}

extension WeightedCriterion {
  /// What a known value is worth, in millionths of 0 to 100.
  package func value(for scalar: Scalar) -> Int64 {
    values.first { $0.predicate.holds(for: scalar) }?.value ?? otherwise
  }
}

extension LadderCriterion {
  /// The thirds of a letter that a known value moves the grade by, up or down.
  package func thirds(for scalar: Scalar) -> Int {
    predicate.holds(for: scalar) ? thirds : -thirds
  }
}
