import Files
import Foundation
import Snapshots
import Tables
import TestFiles
import Testing

@Suite("snapshots that are published") struct PublishingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.snapshots).sorted()
  }

  @Test("nothing is seen of a snapshot before it is whole; then `latest` leads to all of it")
  func whole() throws {
    let draft = try folder.draft(asOf: 1_000)
    try draft.write([leads(["b": 2, "a": 1, "c": -3])], summary: Counts(leads: 3), jobs: 2)
    #expect(try PublishedSnapshots(in: folder.snapshots).all.isEmpty)
    #expect(try names().allSatisfy { $0.hasPrefix(".") })
    let outcome = try draft.publish()
    let name = outcome.name
    #expect(outcome.isNews && name.hasPrefix("19700101T000001Z-"))
    #expect(try names() == [name, "latest"])
    let published = try PublishedSnapshots(in: folder.snapshots)
    #expect(published.latest == name && published.all.map(\.name) == [name])
    let files = try FileManager.default.subpathsOfDirectory(atPath: "\(folder.snapshots)/\(name)")
    #expect(files.sorted() == ["leads.csv", "lists", "manifest.json", "summary.json"])
    #expect(
      try folder.bytes(of: "snapshots/latest/leads.csv")
        == Array("lead,score.s\na,1\nb,2\nc,-3\n".utf8))
    let summary = try folder.bytes(of: "snapshots/latest/summary.json")
    #expect(try JSONDecoder().decode(Counts.self, from: Data(summary)) == Counts(leads: 3))
  }

  @Test("more tables than files that are kept open have the same rows, each in every one")
  func manyTables() throws {
    let one = leads(Dictionary(uniqueKeysWithValues: (0..<20_000).map { ("lead\($0)", Int64($0)) }))
    let tables = (0..<100).map { number in
      Table(
        "lists/l\(number)", key: ("lead", "who"), one.tables[0].columns,
        rows: number < 99 ? .each : .having(cell: 0, value: 7))
    }
    let draft = try folder.draft(asOf: 1_000)
    try draft.write(
      [one, TableGroup(tables, of: one.rows)], summary: Counts(leads: 20_000), jobs: 2)
    let place = "snapshots/\(try draft.publish().name)"
    let expected = try folder.bytes(of: "\(place)/leads.csv")
    #expect(expected.split(separator: UInt8(ascii: "\n")).count == 20_001)
    for number in 0..<99 {
      let isSame = try folder.bytes(of: "\(place)/lists/l\(number).csv") == expected
      #expect(isSame, "\(number)")
    }
    #expect(
      try folder.bytes(of: "\(place)/lists/l99.csv") == Array("lead,score.s\nlead7,7\n".utf8))
  }

  @Test("the manifest has every file's length and digest, and the name has the manifest's")
  func manifest() throws {
    let name = try folder.publish(asOf: 1_000)
    let snapshot = try #require(PublishedSnapshot(name, in: folder.snapshots))
    let (manifest, sha256) = try snapshot.checkedManifest()
    #expect(name.hasSuffix("-\(sha256.prefix(8))"))
    #expect(manifest.asOf == "1970-01-01T00:00:01.000Z" && snapshot.asOf == 1_000)
    #expect(manifest.definition.sha256 == SHA256Hasher.hex(of: "name: d\n"))
    #expect(manifest.files.map(\.path).sorted() == ["leads.csv", "summary.json"])
    for file in manifest.files {
      let bytes = try folder.bytes(of: "snapshots/\(name)/\(file.path)")
      #expect(file.bytes == bytes.count && file.sha256 == SHA256Hasher.hex(of: bytes))
    }
  }

  @Test(
    "a manifest that somebody changed is read, but not taken for what the snapshot is named after")
  func changedManifest() throws {
    let name = try folder.publish(asOf: 1_000)
    let snapshot = try #require(PublishedSnapshot(name, in: folder.snapshots))
    let path = "snapshots/\(name)/manifest.json"
    let text = String(decoding: try folder.bytes(of: path), as: UTF8.self)
    try folder.write(Array(text.replacing(#""test""#, with: #""best""#).utf8), to: path)
    #expect(try snapshot.manifest().engine == "best")
    let error = #expect(throws: FileError.self) { try snapshot.checkedManifest() }
    #expect(error?.message == "not the manifest it is named after")
    try folder.write(Array("{".utf8), to: path)
    #expect(throws: FileError.self) { try snapshot.manifest() }
    unlink("\(folder.path)/\(path)")
    let missing = #expect(throws: FileError.self) { try snapshot.manifest() }
    #expect(missing?.kind == .noInput)
  }

  @Test("the same results published again are the same snapshot, and no news")
  func again() throws {
    let name = try folder.publish(asOf: 1_000)
    let draft = try folder.draft(asOf: 1_000)
    try draft.write([leads(["ann": 1])], summary: Counts(leads: 1), jobs: 1)
    let again = try draft.publish()
    #expect(again.name == name && !again.isNews)
    #expect(try names() == [name, "latest"])
    let other = try folder.publish(asOf: 1_000, ["ann": 2])
    #expect(other != name)
    #expect(try PublishedSnapshots(in: folder.snapshots).latest == other)
  }

  @Test("a damaged snapshot in the place of one that is published is moved aside, not lost")
  func damaged() throws {
    let name = try folder.publish(asOf: 1_000)
    try folder.write([0], to: "snapshots/\(name)/leads.csv")
    #expect(try folder.publish(asOf: 1_000) == name)
    #expect(
      try folder.bytes(of: "snapshots/\(name)/leads.csv") == Array("lead,score.s\nann,1\n".utf8))
    let aside = try names().filter { $0.hasPrefix(".damaged-") }
    #expect(aside.count == 1 && aside[0].hasSuffix(name))
    #expect(try folder.bytes(of: "snapshots/\(aside[0])/leads.csv") == [0])
  }

  @Test("a draft that is given up leaves nothing, and what a killed run left is removed")
  func leftovers() throws {
    let name = try folder.publish(asOf: 1_000)
    for left in [".new-99999/leads.csv", ".old-\(name)/leads.csv", ".latest-99999", ".kept"] {
      try folder.write([1], to: "snapshots/\(left)")
    }
    var draft: SnapshotDraft? = try folder.draft(asOf: 2_000)
    try draft?.write("a.txt", [1, 2, 3])
    #expect(draft?.byteCount == 3)
    draft = nil
    #expect(try names() == [".kept", name, "latest"])
  }

  @Test("a snapshot that nobody publishes is kept in a folder that was not there, or was empty")
  func kept() throws {
    let manifest = folder.manifest(asOf: 1_000)
    for place in ["new", "empty"] {
      if place == "empty" { mkdir("\(folder.path)/empty", 0o755) }
      let draft = try SnapshotDraft(keptAt: "\(folder.path)/\(place)", manifest: manifest)
      try draft.write([leads(["ann": 1])], summary: Counts(leads: 1), jobs: 1)
      try draft.keep()
      #expect(
        try folder.bytes(of: "\(place)/leads.csv") == Array("lead,score.s\nann,1\n".utf8))
    }
    let error = #expect(throws: FileError.self) {
      try SnapshotDraft(keptAt: "\(folder.path)/new", manifest: manifest)
    }
    #expect(error?.exitCode == 73)
    #expect(folder.names == ["empty", "new"])
  }

  @Test(
    "JSON is the same on every machine: keys in order, one member a line, a line feed at its end")
  func stable() throws {
    let text = String(decoding: try stableJSON(["b": "x/y", "a": "é"]), as: UTF8.self)
    #expect(text == "{\n  \"a\" : \"é\",\n  \"b\" : \"x/y\"\n}\n")
  }
}
