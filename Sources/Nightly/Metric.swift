/// One metric: a gauge with a sample for each value of its label, or a single one without.
struct Metric {
  let name: String
  let help: String
  /// Label and value as they are written; nil where those that stand in the file are carried over.
  private let samples: [(label: String, value: String)]?

  init(_ name: String, _ help: String, _ value: String?) {
    self.init(name, help, value.map { [("", $0)] })
  }

  init(_ name: String, _ help: String, by label: String, _ values: [(String, Int)]?) {
    self.init(name, help, values?.map { (",\(label)=\"\($0)\"", "\($1)") })
  }

  private init(_ name: String, _ help: String, _ samples: [(label: String, value: String)]?) {
    self.name = "scorebook_\(name)"
    self.help = help
    self.samples = samples
  }

  /// Returns it in the text format of Prometheus; nothing if it has no sample.
  ///
  /// `labels`: those that all samples have, and those that are carried over begin with.
  ///
  /// `old`: the lines of the file before.
  func text(labels: String, old: [String]) -> String {
    let lines =
      samples?.map { "\(name){\(labels)\($0.label)} \($0.value)" }
      ?? old.filter { $0.hasPrefix("\(name){\(labels)") }
    if lines.isEmpty { return "" }
    return "# HELP \(name) \(help)\n# TYPE \(name) gauge\n" + lines.joined(separator: "\n") + "\n"
  }
}
