/// Where the loading functions report what is wrong; loading goes on, so that nothing stays unsaid.
///
/// It keeps the first mistakes of the file, and counts at how many more places there are others.
final class FaultCollector {
  let file: String
  private var faults: Set<DefinitionFault> = []
  /// Behind the last mistake that is kept, once there are so many.
  private var end: Place?
  private var furtherPlaces: Set<Place> = []

  /// How many mistakes are told in one go (a guess: nobody mends more before the next look).
  static let toldMax = 100

  init(file: String) {
    self.file = file
  }

  var isEmpty: Bool { faults.isEmpty }

  /// `message` and `hint` are asked for only where they may be told: of very many mistakes they would take
  /// the most time and memory.
  func report(
    _ place: Place, _ message: @autoclosure () -> String, hint: @autoclosure () -> String? = nil
  ) {
    if let end, place > end {
      furtherPlaces.insert(place)
      return
    }
    faults.insert(
      DefinitionFault(
        file: file, line: place.line, column: place.column, message: excerpt(of: message()),
        hint: hint().map(excerpt)))
    if faults.count >= 2 * FaultCollector.toldMax { keepFirst() }
  }

  private func keepFirst() {
    let sorted = sorted(faults)
    let kept = sorted.prefix(FaultCollector.toldMax)
    guard let last = kept.last else { return }
    let end = Place(last)
    for place in sorted[kept.endIndex...].map(Place.init) where place > end {
      furtherPlaces.insert(place)
    }
    faults = Set(kept)
    self.end = end
  }

  /// The mistakes in the order of the file, each once.
  var found: (first: [DefinitionFault], furtherPlaces: Int) {
    if faults.count > FaultCollector.toldMax { keepFirst() }
    return (sorted(faults), furtherPlaces.count)
  }

  private func sorted(_ faults: Set<DefinitionFault>) -> [DefinitionFault] {
    faults.sorted {
      ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message)
    }
  }
}

extension Place {
  fileprivate init(_ fault: DefinitionFault) {
    self.init(line: fault.line, column: fault.column)
  }
}
