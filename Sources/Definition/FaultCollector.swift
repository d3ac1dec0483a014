/// Where the loading functions report what is wrong; loading goes on, so that nothing stays unsaid.
final class FaultCollector {
  let file: String
  private var faults: Set<DefinitionFault> = []

  init(file: String) {
    self.file = file
  }

  var isEmpty: Bool { faults.isEmpty }

  func report(_ place: Place, _ message: String, hint: String? = nil) {
    faults.insert(
      DefinitionFault(
        file: file, line: place.line, column: place.column, message: message, hint: hint))
  }

  /// All faults in the order of the file, each once.
  var sorted: [DefinitionFault] {
    faults.sorted {
      ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message)
    }
  }
}
