import Definition
import Engine
import EventLog
import Files
import Foundation
import Nightly
import Notation
import TestBooks
import Testing

@testable import Upkeep

@Suite("What an erasure leaves") struct EraseTests {
  private static let lead = "secret@person.example"

  private static func line(_ id: Int, _ lead: String, _ rest: String = #","type":"t""#) -> String {
    #"{"id":"\#(id)","time":"2026-01-01T00:00:0\#(id)Z","lead":"\#(lead)"\#(rest)}"# + "\n"
  }

  /// A book with a segment for each text.
  private func scratch(_ batches: [String]) throws -> ScratchBook {
    let scratch = try ScratchBook()
    for batch in batches { try append(batch, to: scratch) }
    return scratch
  }

  private func append(_ text: String, to scratch: ScratchBook) throws {
    let file = "\(scratch.book.root)/input.ndjson"
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    _ = try Upkeep.append(AppendPlan(book: scratch.book, files: [file]))
    unlink(file)
  }

  private func time(_ second: Int) throws -> Int64 {
    try #require(eventTime("2026-02-01T00:00:0\(second)Z"))
  }

  private func erase(_ scratch: ScratchBook, at second: Int = 0) throws -> EraseReceipt {
    try Upkeep.erase(
      ErasePlan(book: scratch.book, lead: Self.lead, purges: true, time: try time(second)))
  }

  private func forgets(_ scratch: ScratchBook) throws -> Int {
    try scratch.book.lines().count { $0.contains(#""type":"forget""#) }
  }

  @Test("a snapshot whose lists or memberships alone name the lead goes with it")
  func lists() throws {
    let definition = try Definition.load(
      text: "name: d\nlists: { all: { order_by: lead, first: 1 } }", file: "d.yaml")
    let scratch = try scratch([Self.line(1, "ann") + Self.line(2, Self.lead)])
    let report = try Nightly.run(
      RunPlan(Log(of: scratch.book), definition, asOf: try time(0)))
    let memberships = "\(report.snapshot)/memberships.csv"
    let text = try String(contentsOfFile: memberships, encoding: .utf8)
    #expect(text == "lead,list\nann,all\n\(Self.lead),all\n")
    for file in ["leads.csv", "tallies.csv", "accounts.csv"] {
      try Data("lead\n".utf8).write(to: URL(fileURLWithPath: "\(report.snapshot)/\(file)"))
    }
    let receipt = try erase(scratch)
    #expect(receipt.snapshots.count == 1)
    #expect(!FileManager.default.fileExists(atPath: memberships))
  }

  @Test(
    "merges that are held back or withdrawn carry it nowhere; that the lead was ever named goes")
  func merges() throws {
    let lead = Self.lead
    func merge(_ id: Int, _ lead: String, _ from: String) -> String {
      Self.line(id, lead, #","type":"merge","from":"\#(from)""#)
    }
    let scratch = try scratch([
      Self.line(1, lead) + merge(2, "kiosk-1", lead) + merge(3, "stranger", lead)
        + Self.line(4, "stranger", #","type":"withdraw","event":"3""#) + merge(5, lead, "cookie")
        + Self.line(6, "kiosk-1") + Self.line(7, "stranger") + Self.line(8, "cookie")
    ])
    let definition = try Definition.load(
      text: "name: d\nidentity: { never: [\"kiosk-*\"] }", file: "d.yaml")
    let receipt = try Upkeep.erase(
      ErasePlan(
        book: scratch.book, lead: lead, definition: definition, time: try time(0)))
    #expect(Set(receipt.keys) == ["cookie", lead])
    let kept = try scratch.book.lines().filter { !$0.contains(#""type":"forget""#) }
    #expect(kept.count == 3 && kept.allSatisfy { !$0.contains(lead) && !$0.contains("cookie") })
    let again = try Upkeep.erase(
      ErasePlan(book: scratch.book, lead: lead, definition: definition, time: try time(5)))
    #expect(again.lines == 0)
  }

  @Test("done once more it adds nothing, and its receipt tells of the first time")
  func again() throws {
    let merge = #","type":"merge","from":"other key""#
    let scratch = try scratch([Self.line(1, Self.lead, merge) + Self.line(2, "bob")])
    let first = try erase(scratch)
    let lines = try scratch.book.lines()
    #expect(try forgets(scratch) == 2 && first.forget == "000002.ndjson.gz")
    let second = try erase(scratch, at: 5)
    #expect(try scratch.book.lines() == lines)
    #expect(second.time == first.time && second.forget == first.forget)
    #expect(second.head == first.head && second.lines == 0 && second.segments.isEmpty)
    _ = try compact(scratch.book)
    let third = try erase(scratch, at: 6)
    #expect(try listSegments(in: scratch.book.log).map(\.path) == [third.forget])
  }

  @Test("somebody who came back is forgotten anew")
  func cameBack() throws {
    let scratch = try scratch([Self.line(1, Self.lead)])
    _ = try erase(scratch)
    try append(
      #"{"id":"9","time":"2026-02-01T00:00:03Z","type":"t","lead":"\#(Self.lead)"}"# + "\n",
      to: scratch)
    // What is later than the erasure is none of its business.
    #expect(try erase(scratch, at: 1).laterLines == 1)
    #expect(try forgets(scratch) == 1)
    let receipt = try erase(scratch, at: 4)
    #expect(receipt.lines == 1 && receipt.laterLines == 0)
    #expect(try forgets(scratch) == 2 && scratch.book.lines().count == 2)
  }

  @Test("a forget that somebody appended is as good as one of ours")
  func foreignForget() throws {
    let scratch = try scratch([
      Self.line(1, Self.lead) + Self.line(2, Self.lead, #","type":"forget""#)
    ])
    let receipt = try erase(scratch)
    #expect(try forgets(scratch) == 1 && receipt.lines == 1)
    #expect(receipt.time == "2026-01-01T00:00:02.000Z")
    #expect(receipt.forget == receipt.segments.first?.replacedBy)
  }

  @Test("every spelling goes that the definition has for the same key, and is told")
  func spellings() throws {
    let merge = #","type":"merge","from":"Visitor ""#
    let scratch = try scratch([
      Self.line(1, "Jane@x.example") + Self.line(2, "jane@X.example", merge)
        + Self.line(3, "visitor") + Self.line(4, "jane+a@x.example"),
      Self.line(5, "VISITOR") + Self.line(6, "bob"),
    ])
    var definition = try Definition.load(
      text: "name: d\nkeys: { leads: fold-case }", file: "d.yaml")
    let receipt = try Upkeep.erase(
      ErasePlan(
        book: scratch.book, lead: " JANE@x.example", definition: definition, time: try time(0)))
    #expect(receipt.lead == "jane@x.example" && receipt.keys == ["jane@x.example", "visitor"])
    #expect(
      receipt.spellings == ["Jane@x.example", "VISITOR", "Visitor ", "jane@X.example"])
    #expect(receipt.lines == 4 && receipt.alike == ["jane+a@x.example"])
    // Whatever a definition has for one key, nothing of them comes back.
    #expect(try forgets(scratch) == 6)
    #expect(receipt.otherLeadsUnchanged == 2)
    let again = try Upkeep.erase(
      ErasePlan(book: scratch.book, lead: "visitor", definition: definition, time: try time(2)))
    #expect(try forgets(scratch) == 6 && again.lines == 0)
    // Byte by byte the tagged address is another lead, and with the tag gone it is not.
    definition = try Definition.load(text: "name: d\nkeys: { leads: email }", file: "d.yaml")
    let tagged = try Upkeep.erase(
      ErasePlan(
        book: scratch.book, lead: "jane@x.example", definition: definition, time: try time(3)))
    #expect(tagged.lines == 1 && tagged.alike.isEmpty)
    #expect(tagged.spellings.contains("jane+a@x.example"))
  }

  @Test("keys that only look alike stay, and are told")
  func alike() throws {
    let scratch = try scratch([Self.line(1, Self.lead) + Self.line(2, "Secret@Person.example")])
    let receipt = try erase(scratch)
    #expect(receipt.lines == 1 && receipt.spellings.isEmpty)
    #expect(receipt.alike == ["Secret@Person.example"])
  }

  @Test(
    "it goes by the definition that is named, else by the latest snapshot's, else by the book's")
  func whichDefinition() throws {
    let scratch = try scratch([Self.line(1, Self.lead)])
    let book = scratch.book
    #expect(try definitionToErase(by: nil, in: book)?.name == nil)
    try "name: books".write(toFile: book.definition, atomically: true, encoding: .utf8)
    #expect(try definitionToErase(by: nil, in: book)?.name == "books")
    _ = try scratch.run(definition: "name: latest", asOf: "2026-01-02T00:00:00Z")
    #expect(try definitionToErase(by: nil, in: book)?.name == "latest")
    let named = "\(book.root)/other.yaml"
    try "name: named".write(toFile: named, atomically: true, encoding: .utf8)
    #expect(try definitionToErase(by: named, in: book)?.name == "named")
  }

  @Test("a key that is too long for an event gets no forget, which would be refused")
  func longKey() throws {
    let key = String(repeating: "k", count: 257)
    let scratch = try scratch([Self.line(1, Self.lead, #","type":"merge","from":"\#(key)""#)])
    #expect(try erase(scratch).keys.count == 2)
    #expect(try forgets(scratch) == 1)
    let report = try scratch.run(definition: "name: d", asOf: "2026-03-01T00:00:00Z").report
    #expect(report.summary.events.refused == 0)
  }

  @Test(
    "no copy stays: what runs set aside or left half-done goes, what is somebody's own is named")
  func copies() throws {
    let scratch = try scratch([
      Self.line(1, Self.lead) + Self.line(2, "bob"), Self.line(3, "bob"),
    ])
    let book = scratch.book
    // A file that has just changed is not trusted to stay as it looks, and gets no sheet.
    usleep(60_000)
    _ = try scratch.run(definition: "name: d", asOf: "2026-01-02T00:00:00Z")
    let name = try #require(try linkTarget("\(book.snapshots)/latest"))
    let half = try #require(try CacheFolder(book.cache).halves().first)
    let kept = try CacheFolder(book.cache).files(ofHalf: half)
    let old = String(repeating: "0", count: 64)
    let own = [
      "snapshots/.damaged-7-\(name)/leads.csv", "snapshots/.new-77/leads.csv",
      "snapshots/.old-\(name)/lists/a.csv", "quarantine/.run.ndjson.77-0.tmp",
      "log/.000009.ndjson.gz.77-0.tmp", "log/.rewrite-0.tmp", "cache/\(half)/77-1.draft",
      "cache/\(half)/\(old).0.sheet", "cache/\(half)/\(old).merged.sheet",
    ]
    let others = [
      "quarantine/notes.txt", "snapshots/.backup/leads.csv", "snapshots/keep",
      "snapshots/mine/leads.csv",
    ]
    for path in own + others { try write("lead\n\(Self.lead),1\n", to: path, in: book) }
    let refused = Data("\u{0}{\"lead\":\"\(Self.lead)\"".utf8 + [0xFF]).base64EncodedString()
    try write(
      #"{"file":"a","base64":"\#(refused)"}"# + "\n" + #"{"text":"bob"}"# + "\n",
      to: "quarantine/append-1.ndjson", in: book)

    let receipt = try erase(scratch)
    #expect(receipt.snapshots == [".damaged-7-\(name)", name])
    #expect(receipt.quarantine == ["append-1.ndjson"])
    #expect(
      receipt.left
        == ["snapshots/.backup", "snapshots/keep", "snapshots/mine", "quarantine/notes.txt"])
    let search = KeySearch([Array(Self.lead.utf8)])
    let left = try filePaths(below: book.root).filter {
      try search.isAnywhere(in: "\(book.root)/\($0)")
    }
    #expect(left == others.sorted())
    let sheets = try CacheFolder(book.cache).files(ofHalf: half)
    #expect(sheets.count == 1 && kept.contains(sheets[0]))
    #expect(try book.quarantined().contains(#"{"text":"bob"}"#))
  }

  private func write(_ text: String, to path: String, in book: Book) throws {
    let file = URL(fileURLWithPath: "\(book.root)/\(path)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
