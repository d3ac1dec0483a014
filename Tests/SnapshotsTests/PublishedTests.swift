import Files
import Foundation
import Snapshots
import TestFiles
import Testing

@Suite("snapshots that are read back") struct PublishedTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "the snapshot before is the definition's own with the latest as-of; of two, the one `latest` names"
  )
  func before() throws {
    let first = try folder.publish(asOf: 1_000)
    let millisecond = try folder.publish(asOf: 1_500)
    try folder.publish("other", asOf: 3_000)
    let twins = try [["a": 1], ["a": 2]].map { try folder.publish(asOf: 4_000, $0) }
    func latest(_ definition: String, before time: String) throws -> String? {
      try PublishedSnapshots(in: folder.snapshots).latest(of: definition, before: time)?.name
    }
    #expect(try latest("d", before: "1970-01-01T00:00:01.000Z") == nil)
    #expect(try latest("d", before: "1970-01-01T00:00:01.500Z") == first)
    #expect(try latest("d", before: "1970-01-01T00:00:04.000Z") == millisecond)
    for twin in twins {
      unlink("\(folder.snapshots)/latest")
      symlink(twin, "\(folder.snapshots)/latest")
      #expect(try latest("d", before: "1970-01-01T00:00:05.000Z") == twin)
    }
    #expect(try latest("nobody's", before: "1970-01-01T00:00:05.000Z") == nil)
  }

  @Test(
    "a row is found by its key and told by its columns; the file must be what the manifest says")
  func rows() throws {
    let scores = Dictionary(uniqueKeysWithValues: (0..<2000).map { ("lead,\($0)", Int64($0)) })
    let name = try folder.publish(asOf: 1_000, scores)
    let snapshot = try #require(PublishedSnapshot(name, in: folder.snapshots))
    let manifest = try snapshot.manifest()
    for (lead, score) in [("lead,0", 0), ("lead,1999", 1999), ("lead,42", 42)] {
      let row = try #require(try snapshot.row(Array(lead.utf8), in: "leads.csv", manifest))
      #expect(row.bytes == Array("\"\(lead)\",\(score)".utf8))
      #expect(row.fields.map(\.column) == ["lead", "score.s"])
      #expect(row.fields.last?.text == "\(score)")
    }
    for lead in ["", "lead", "lead,2000", "zoe"] {
      #expect(try snapshot.row(Array(lead.utf8), in: "leads.csv", manifest) == nil)
    }
    var seen: [String: Int64] = [:]
    try snapshot.check("leads.csv", manifest)
    try snapshot.forEachLead(["score.s"]) { lead, fields in
      seen[String(decoding: lead, as: UTF8.self)] = Int64(String(decoding: fields, as: UTF8.self))
    }
    #expect(seen == scores)
    let bytes = try folder.bytes(of: "snapshots/\(name)/leads.csv")
    try folder.write(bytes.dropLast() + [0x20, 0x0a], to: "snapshots/\(name)/leads.csv")
    let error = #expect(throws: FileError.self) {
      try snapshot.row(Array("lead,0".utf8), in: "leads.csv", manifest)
    }
    #expect(error?.message == "not what its manifest says")
    #expect(throws: FileError.self) { try snapshot.check("leads.csv", manifest) }
  }
}
