import Files
import Foundation
import Snapshots

extension Workplace {
  /// The name that a book's `latest` points to.
  func latest(_ book: String) throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: "\(path)/\(book)/snapshots/latest")
  }

  /// All files of a snapshot by their paths in it.
  func files(_ book: String, _ snapshot: String) throws -> [String: [UInt8]] {
    let root = "\(path)/\(book)/snapshots/\(snapshot)"
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path != "lists" {
      files[path] = Array(try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)")))
    }
    return files
  }

  /// What is wrong with a snapshot; nothing if it is complete and its checksums hold.
  func faults(_ book: String, _ snapshot: String) throws -> [String] {
    var files = try files(book, snapshot)
    guard let manifest = files.removeValue(forKey: "manifest.json") else { return ["no manifest"] }
    var faults: [String] = []
    if !snapshot.hasSuffix("-\(SHA256Hasher.hex(of: manifest).prefix(8))") { faults = ["its name"] }
    for record in try JSONDecoder().decode(Manifest.self, from: Data(manifest)).files {
      let bytes = files.removeValue(forKey: record.path)
      if bytes.map({ SHA256Hasher.hex(of: $0) }) != record.sha256 { faults.append(record.path) }
    }
    if let counts = files.removeValue(forKey: "changes.json") {
      let changes = try JSONDecoder().decode(Changes.self, from: Data(counts))
      let rows = files.removeValue(forKey: "changes.csv")
      if rows.map({ SHA256Hasher.hex(of: $0) }) != changes.file.sha256 { faults += ["changes.csv"] }
    }
    return faults + files.keys.sorted()
  }

  /// What stands in a book that a finished command should not have left there.
  func leftovers(_ book: String) throws -> [String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: "\(path)/\(book)")
    return paths.filter { path in
      path.split(separator: "/").contains { $0.hasPrefix(".") } || path.hasSuffix(".tmp")
        || path.contains(".sheet.")
    }.sorted()
  }
}

/// A definition with every kind of thing that can change.
let changingDefinition = """
  name: moving
  interactions:
    view: { type: page_view }
    demo: { type: form_fill }
  scores:
    heat: { points: { view: 10, demo: 50 }, inactivity: { after: 2d, points: -5, every: 1d } }
  personas:
    warmth:
      - { name: hot, when: { score.heat: { min: 50 } } }
      - { name: cold }
  lists:
    call: { score.heat: { min: 60 } }
  accounts:
    ready: { total.heat: { min: 60 } }
  """

/// An event at a time of March 2026.
func event(
  _ id: String, at time: String, _ type: String, _ lead: String, _ rest: String = ""
) -> String {
  #"{"id":"\#(id)","time":"2026-03-\#(time)Z","type":"\#(type)","lead":"\#(lead)"\#(rest)}"# + "\n"
}
