import Testing

extension Workplace {
  /// The samples of a file of metrics by their names and own labels; each must be declared, once, and be
  /// of the book `acme`.
  func samples(_ file: String) throws -> [String: Double] {
    var samples: [String: Double] = [:]
    var declared: Set<String> = []
    for line in try read(file).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 3).map(String.init)
      if words[0] == "#" {
        if words[1] == "TYPE" { #expect(declared.insert(words[2]).inserted && words[3] == "gauge") }
        continue
      }
      let name = String(line.prefix { $0 != "{" })
      #expect(declared.contains(name))
      let labels = line.dropFirst(name.count).prefix { $0 != "}" }.dropFirst()
      let own = labels.components(separatedBy: ",").filter {
        !$0.hasPrefix("book=\"") && !$0.hasPrefix("pipeline=\"")
      }
      #expect(labels.hasPrefix("book=\"/") && labels.contains("/acme\""))
      #expect(labels.contains("/acme\",pipeline=\"/") != name.contains("last_append"))
      let value = try #require(line.split(separator: " ").last.flatMap { Double($0) })
      #expect(samples.updateValue(value, forKey: ([name] + own).joined(separator: " ")) == nil)
    }
    return samples
  }
}
