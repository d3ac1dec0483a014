import Definition
import Files
import Foundation
import Reference
import TestBooks
import TestFiles
import Testing

/// Same log, same definition, same as-of: the same bytes, with any number of workers.
@Suite("Determinism")
struct DeterminismTests {
  private static let seeds = 1000..<1008 as Range<UInt64>

  /// A book of dice whose definition is sound.
  private func book(_ seed: UInt64) -> RandomBook? {
    let book = RandomBook(seed: seed)
    let isSound = (try? Definition.load(text: book.definition, file: "d.yaml")) != nil
    return isSound ? book : nil
  }

  @Test("enough of the books are sound for the tests here to say something")
  func soundBooks() { #expect(Self.seeds.compactMap(book).count >= 5) }

  @Test(
    "1, 2 and 7 workers publish the same snapshot, manifest and name included", arguments: seeds)
  func workers(seed: UInt64) throws {
    guard let book = book(seed) else { return }
    let snapshots = try [1, 2, 7].map { jobs in
      let scratch = try ScratchBook()
      try scratch.writeLog(book.segments)
      return try scratch.snapshot(definition: book.definition, asOf: book.asOf, jobs: jobs)
    }
    #expect(snapshots[0].files.count > 4)
    for snapshot in snapshots.dropFirst() {
      #expect(snapshot.name == snapshots[0].name)
      #expect(snapshot.differences(from: snapshots[0]) == [])
    }
  }

  @Test(
    "the same events cut into 1, 3 or 40 segments, order kept, come to the same", arguments: seeds)
  func cuts(seed: UInt64) throws {
    guard let book = book(seed) else { return }
    let lines = book.segments.flatMap {
      $0.bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    }
    let snapshots = try [1, 3, 40].map { count in
      let scratch = try ScratchBook()
      try scratch.writeLog(
        (0..<count).map { index in
          let part = lines[lines.count * index / count..<lines.count * (index + 1) / count]
          return (path: "\(100 + index).ndjson", bytes: Array(part.joined(separator: [0x0a])))
        })
      return try scratch.snapshot(definition: book.definition, asOf: book.asOf)
    }
    for snapshot in snapshots.dropFirst() {
      #expect(snapshot.differences(from: snapshots[0], without: ["manifest.json"]) == [])
      #expect(snapshot.name != snapshots[0].name, "the manifest tells of other segments")
    }
  }

  @Test("plain, gzip, BGZF and gzip of many members come to the same", arguments: seeds)
  func formats(seed: UInt64) throws {
    guard let book = book(seed) else { return }
    let members = { (bytes: [UInt8]) in
      stride(from: 0, to: bytes.count, by: 97).flatMap {
        gzipMember(bytes[$0..<min($0 + 97, bytes.count)])
      }
    }
    let formats: [([UInt8]) throws -> [UInt8]] = [
      { gzipMember($0) }, { try blockGzip($0) }, members,
    ]
    let plain = try ScratchBook()
    try plain.writeLog(book.segments)
    let wanted = try plain.snapshot(definition: book.definition, asOf: book.asOf)
    for (number, format) in formats.enumerated() {
      let scratch = try ScratchBook()
      try scratch.writeLog(
        book.segments.map {
          (path: $0.path.replacing(".gz", with: "") + ".gz", bytes: try format($0.bytes))
        })
      let found = try scratch.snapshot(definition: book.definition, asOf: book.asOf)
      #expect(found.differences(from: wanted, without: ["manifest.json"]) == [], "format \(number)")
    }
  }

  @Test("20,000 leads stand in the byte order of their keys, with any number of workers")
  func manyLeads() throws {
    let definition = """
      name: many
      interactions: { view: { type: page_view } }
      scores: { s: { points: { view: 1 } } }
      personas: { all: [ { name: some, when: { score.s: { min: 2 } } }, { name: rest } ] }
      """
    // Every other key has letters beyond ASCII, and some differ in their last byte alone.
    let keys = (0..<20_000).map { index in
      index % 2 == 0 ? "lead-\(index * 7919 % 20_000)" : "é\(index * 7919 % 20_000)-\(index % 5)"
    }
    var log = ""
    for (index, key) in keys.enumerated() {
      log +=
        #"{"id":"\#(index)","time":"2026-02-01T00:00:00Z","type":"page_view","lead":"\#(key)"}"#
      log += "\n"
    }
    let half = log.utf8.count / 2
    let bytes = Array(log.utf8)
    let cut = (bytes[half...].firstIndex(of: 0x0a) ?? half) + 1
    let snapshots = try [1, 2, 7].map { jobs in
      let scratch = try ScratchBook()
      try scratch.writeLog([
        (path: "a.ndjson", bytes: Array(bytes[..<cut])),
        (path: "b.ndjson", bytes: Array(bytes[cut...])),
      ])
      return try scratch.snapshot(
        definition: definition, asOf: "2026-03-01T00:00:00Z", jobs: jobs)
    }
    for snapshot in snapshots { #expect(snapshot.differences(from: snapshots[0]) == []) }
    for (file, count) in [("leads.csv", 20_000), ("lists/all.rest.csv", 20_000)] {
      let found = NamedRows(snapshots[0].files[file] ?? []).rows.compactMap { $0["lead"] }
      let sorted = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      #expect(found.count == count && found == sorted, "\(file)")
    }
  }
}

@Suite("Publishing")
struct PublishingTests {
  private let definition = """
    name: published
    interactions: { view: { type: page_view } }
    scores: { s: { points: { view: 1 } } }
    lists: { some: { score.s: { min: 1 } } }
    """

  private func scratch() throws -> ScratchBook {
    let scratch = try ScratchBook()
    let line =
      #"{"id":"1","time":"2026-02-01T00:00:00Z","type":"page_view","lead":"ada","account":"acme"}"#
    try scratch.writeLog([(path: "a.ndjson", bytes: Array(line.utf8))])
    return scratch
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test("publishing the same twice gives the same snapshot, and nothing else is left")
  func twice() throws {
    let scratch = try scratch()
    let first = try scratch.snapshot(definition: definition, asOf: "2026-03-01T00:00:00Z")
    let second = try scratch.snapshot(definition: definition, asOf: "2026-03-01T00:00:00Z")
    #expect(first.name == second.name)
    #expect(first.name.hasPrefix("20260301T000000Z-"))
    #expect(first.name.utf8.count == "20260301T000000Z-".utf8.count + 8)
    #expect(second.differences(from: first) == [])
    #expect(try names(in: scratch.book.snapshots) == [first.name, "latest"])
    #expect(try names(in: scratch.book.root) == ["cache", "lock", "log", "snapshots"])
    #expect(try names(in: scratch.book.log) == ["a.ndjson"])
  }

  @Test("another as-of, another snapshot; `latest` is switched, the first one stays")
  func latest() throws {
    let scratch = try scratch()
    let march = try scratch.snapshot(definition: definition, asOf: "2026-03-01T00:00:00Z")
    let january = try scratch.snapshot(definition: definition, asOf: "2026-01-01T00:00:00.999Z")
    #expect(january.name.hasPrefix("20260101T000000Z-"))
    #expect(try names(in: scratch.book.snapshots) == [january.name, march.name, "latest"])
    let link = "\(scratch.book.snapshots)/latest"
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == january.name)
    #expect(NamedRows(january.files["leads.csv"] ?? []).rows.isEmpty)
    #expect(NamedRows(march.files["leads.csv"] ?? []).rows.count == 1)
    _ = try scratch.snapshot(definition: definition, asOf: "2026-03-01T00:00:00Z")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == march.name)
  }

  @Test("the name is the digest of the manifest, which has the checksum of every file")
  func manifest() throws {
    let scratch = try scratch()
    let snapshot = try scratch.snapshot(definition: definition, asOf: "2026-03-01T00:00:00Z")
    let bytes = try #require(snapshot.files["manifest.json"])
    #expect(snapshot.name.hasSuffix("-" + SHA256Hasher.hex(of: bytes).prefix(8)))
    let object = try JSONSerialization.jsonObject(with: Data(bytes))
    let manifest = try #require(object as? [String: Any])
    let files = try #require(manifest["files"] as? [[String: Any]])
    #expect(
      files.compactMap { $0["path"] as? String }
        == snapshot.files.keys.filter { $0 != "manifest.json" }.sorted())
    #expect(files.count == 6)
    for file in files {
      let path = try #require(file["path"] as? String)
      let bytes = try #require(snapshot.files[path])
      #expect(file["bytes"] as? Int == bytes.count)
      #expect(file["sha256"] as? String == SHA256Hasher.hex(of: bytes))
    }
    let segments = try #require(manifest["segments"] as? [[String: Any]])
    let log = Array(try Data(contentsOf: URL(fileURLWithPath: "\(scratch.book.log)/a.ndjson")))
    #expect(segments.count == 1 && segments[0]["path"] as? String == "a.ndjson")
    #expect(segments[0]["bytes"] as? Int == log.count)
    #expect(segments[0]["sha256"] as? String == SHA256Hasher.hex(of: log))
    #expect(segments[0]["events"] as? Int == 1)
    let record = try #require(manifest["definition"] as? [String: Any])
    #expect(record["text"] as? String == definition)
    #expect(record["sha256"] as? String == SHA256Hasher.hex(of: definition))
    #expect(manifest["asOf"] as? String == "2026-03-01T00:00:00.000Z")
    #expect(manifest["format"] as? Int == 1)
  }

  @Test("what a killed run left behind is swept away by the next one")
  func leftovers() throws {
    let scratch = try scratch()
    let drafts = [
      "\(scratch.book.snapshots)/.new-999999/lists", "\(scratch.book.snapshots)/.new-1",
    ]
    for draft in drafts {
      try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
    }
    try Data("half".utf8).write(to: URL(fileURLWithPath: "\(drafts[0])/../leads.csv"))
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.book.snapshots)/.latest-999999", withDestinationPath: "nowhere")
    let snapshot = try scratch.snapshot(definition: definition, asOf: "2026-03-01T00:00:00Z")
    #expect(try names(in: scratch.book.snapshots) == [snapshot.name, "latest"])
  }

  @Test("a snapshot that somebody changed is set aside and published anew")
  func damaged() throws {
    let scratch = try scratch()
    let before = try scratch.snapshot(definition: definition, asOf: "2026-03-01T00:00:00Z")
    let file = "\(scratch.book.snapshots)/\(before.name)/leads.csv"
    try Data("changed".utf8).write(to: URL(fileURLWithPath: file))
    let after = try scratch.snapshot(definition: definition, asOf: "2026-03-01T00:00:00Z")
    #expect(after.name == before.name)
    #expect(after.differences(from: before) == [])
    let kept = try names(in: scratch.book.snapshots).filter { $0.hasPrefix(".damaged-") }
    #expect(kept.count == 1)
  }

  @Test("any failure leaves the last published snapshot in place")
  func failure() throws {
    let scratch = try scratch()
    let before = try scratch.snapshot(definition: definition, asOf: "2026-03-01T00:00:00Z")
    try scratch.writeLog([(path: "b.ndjson.gz", bytes: Array("no gzip".utf8))])
    #expect(throws: FileError.self) {
      try scratch.run(definition: definition, asOf: "2026-03-02T00:00:00Z")
    }
    #expect(try names(in: scratch.book.snapshots) == [before.name, "latest"])
    #expect(try scratch.latest().differences(from: before) == [])
    // An empty log is a log; one that is not there is none.
    try FileManager.default.removeItem(atPath: scratch.book.log)
    #expect(throws: FileError.self) {
      try scratch.run(definition: definition, asOf: "2026-03-02T00:00:00Z")
    }
    #expect(try scratch.latest().name == before.name)
  }
}
