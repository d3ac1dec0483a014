import Definition
import Files
import Foundation
import Notation
import Reference
import TestBooks
import Testing
import Trials

/// Replays against cold runs: the same results, and the differences that the snapshots have.
@Suite("replay") struct ReplayTests {
  /// A book, its definition, and one with other values, made by settings alone.
  struct Case {
    let book: RandomBook
    let settings: [Setting]
    let changed: String

    /// Nil where dice made a definition that may not be, or that nothing can be set in.
    init?(seed: UInt64) throws {
      book = RandomBook(seed: seed)
      guard let definition = try? Definition.load(text: book.definition, file: "x") else {
        return nil
      }
      var settings: [Setting] = []
      // The seed turns a wheel of choices, each score's a little further.
      for (place, score) in definition.scores.enumerated() {
        let turn = Int(seed) + place
        guard case .points(let rules, _) = score.source, !rules.isEmpty else { continue }
        let rule = rules[turn % rules.count]
        let path = "scores.\(score.name).points.\(definition.interactions[rule.interaction].name)"
        settings.append(
          Setting(
            path: "\(path).points", value: ["0", "25", "-7.5", "0.000001", "100"][turn % 5]))
        if turn % 2 == 0 {
          settings.append(Setting(path: "\(path).cap", value: turn % 4 == 0 ? "10" : "3.5"))
        }
        if turn % 3 == 0 {
          settings.append(Setting(path: "scores.\(score.name).range", value: "[-5, 40]"))
        }
      }
      if settings.isEmpty { return nil }
      self.settings = settings
      changed = try definition.setting(settings, file: "x").definition.text
    }
  }

  private func plan(_ scratch: ScratchBook, _ one: Case) throws -> ReplayPlan {
    let file = "\(scratch.book.root)/pipeline.yaml"
    try one.book.definition.write(toFile: file, atomically: true, encoding: .utf8)
    var plan = ReplayPlan(book: scratch.book, file: file, settings: one.settings, jobs: 2)
    plan.asOf = eventTime(one.book.asOf)
    plan.keepsChanges = true
    return plan
  }

  @Test(
    "with changed values it is a cold run of the changed definition, cell by cell",
    arguments: 1..<16 as Range<UInt64>)
  func equalsColdRun(seed: UInt64) throws {
    guard let one = try Case(seed: seed) else { return }
    let warm = try ScratchBook()
    try warm.writeLog(one.book.segments)
    var plan = try plan(warm, one)
    plan.out = "\(warm.book.root)/kept"
    _ = try warm.run(definition: one.book.definition, asOf: one.book.asOf)
    let before = try warm.latest()
    _ = try replay(plan)

    let cold = try ScratchBook()
    try cold.writeLog(one.book.segments)
    let expected = try cold.snapshot(definition: one.changed, asOf: one.book.asOf)
    for (path, bytes) in expected.files where !path.hasPrefix("changes.") {
      let file = URL(fileURLWithPath: "\(warm.book.root)/kept/\(path)")
      #expect(try Array(Data(contentsOf: file)) == bytes, "seed \(seed): \(path)")
    }
    // Nothing was published.
    #expect(try warm.latest().name == before.name)
  }

  @Test(
    "the differences it reports are those of the two snapshots",
    arguments: 1..<16 as Range<UInt64>)
  func differences(seed: UInt64) throws {
    guard let one = try Case(seed: seed) else { return }
    let scratch = try ScratchBook()
    try scratch.writeLog(one.book.segments)
    let before = try scratch.snapshot(definition: one.book.definition, asOf: one.book.asOf)
    let other = try ScratchBook()
    try other.writeLog(one.book.segments)
    let after = try other.snapshot(definition: one.changed, asOf: one.book.asOf)
    let expected = SnapshotDifferences(before.files, after.files)

    var plan = try plan(scratch, one)
    let asItIs = try replay(plan)
    expected.check(asItIs.report, "seed \(seed)")
    expected.checkParts(asItIs.report, "seed \(seed)")
    plan.against = before.name
    let published = try replay(plan)
    expected.check(published.report, "seed \(seed), against the snapshot")
    #expect(published.changes == asItIs.changes, "seed \(seed)")
    let rows = NamedRows(asItIs.changes).rows
    let moved = Set(
      rows.filter { $0["kind"] == "lead" }.compactMap { $0["key"].map(SnapshotDifferences.key) })
    #expect(moved == expected.changedLeads, "seed \(seed)")
  }

  @Test("leads that only a snapshot knows are told with the accounts it has them in")
  func gone() throws {
    let definition = """
      name: gone
      interactions: { view: { type: page_view } }
      scores: { s: { points: { view: 1 } } }
      """
    let lines = (0..<60).map { lead in
      let day = lead % 3 == 0 ? "01" : "20"
      return #"{"id":"\#(lead)","time":"2026-01-\#(day)T00:00:00Z","type":"page_view","#
        + #""lead":"lead-\#(lead)","account":"a, \#(lead % 7)"}"#
    }
    let scratch = try ScratchBook()
    try scratch.writeLog([("1.ndjson", Array(lines.joined(separator: "\n").utf8))])
    let snapshot = try scratch.snapshot(definition: definition, asOf: "2026-02-01T00:00:00Z")
    let file = "\(scratch.book.root)/pipeline.yaml"
    try definition.write(toFile: file, atomically: true, encoding: .utf8)
    var plan = ReplayPlan(book: scratch.book, file: file, settings: [], jobs: 2)
    plan.asOf = eventTime("2026-01-10T00:00:00Z")
    plan.against = snapshot.name
    plan.keepsChanges = true
    let replayed = try replay(plan)
    let rows = NamedRows(replayed.changes).rows.filter { $0["kind"] == "lead" }
    #expect(rows.map { $0["key"] } == (0..<60).filter { $0 % 3 > 0 }.map { "lead-\($0)" }.sorted())
    #expect(rows.allSatisfy { $0["change"] == "gone" })
    for row in rows {
      let number = Int(row["key"]?.dropFirst(5) ?? "") ?? 0
      #expect(row["account"] == "a, \(number % 7)")
    }
  }

  @Test("a definition that reads the log in another way is compared all the same")
  func otherReading() throws {
    let cases = try (1..<40).lazy.compactMap { try Case(seed: $0) }
    let one = try #require(cases.first { $0.book.definition.contains("\nlists:") })
    let scratch = try ScratchBook()
    try scratch.writeLog(one.book.segments)
    var plan = try plan(scratch, one)
    plan.settings = [
      Setting(path: "interactions.extra", value: "{ type: download }"),
      Setting(path: "lists.extra", value: "{ count.extra: { min: 1 } }"),
    ]
    let changed = try Definition.load(text: one.book.definition, file: "x")
      .setting(plan.settings, file: "x").definition.text
    let before = try scratch.snapshot(definition: one.book.definition, asOf: one.book.asOf)
    let after = try scratch.snapshot(definition: changed, asOf: one.book.asOf)
    let report = try replay(plan).report
    #expect(report.readsAnew)
    #expect(report.lists.first { $0.name == "extra" }.map { $0.entering > 0 } == true)
    SnapshotDifferences(before.files, after.files).check(report, "extra")
  }

  @Test("it works while a writer holds the lock, and leaves what is in the cache")
  func besideAWriter() throws {
    let one = try #require(try Case(seed: 2))
    let scratch = try ScratchBook()
    try scratch.writeLog(one.book.segments)
    // Files that changed a moment ago are not trusted to stay as they are.
    Thread.sleep(forTimeInterval: 0.06)
    _ = try scratch.run(definition: one.book.definition, asOf: one.book.asOf)
    let cached = try FileManager.default.subpathsOfDirectory(atPath: scratch.book.cache)
    let lock = try BookLock(book: scratch.book.root)
    defer { lock.release() }
    var plan = try plan(scratch, one)
    plan.settings.append(Setting(path: "interactions.extra", value: "{ type: download }"))
    _ = try replay(plan)
    let now = try FileManager.default.subpathsOfDirectory(atPath: scratch.book.cache)
    #expect(Set(cached).isSubset(of: now))
    #expect(now.count > cached.count)
    // What it read is there for the next one.
    let half = try #require(now.first { !cached.contains($0) && $0.hasSuffix(".sheet") })
    let folder = "\(scratch.book.cache)/\(half.prefix { $0 != "/" })"
    let inodes = try inodes(in: folder)
    _ = try replay(plan)
    #expect(try self.inodes(in: folder) == inodes)
  }

  private func inodes(in folder: String) throws -> [Int?] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
      try FileManager.default.attributesOfItem(atPath: "\(folder)/\($0)")[.systemFileNumber] as? Int
    }
  }

  @Test("against a snapshot, the as-of and the known-at are the snapshot's")
  func snapshotTimes() throws {
    let one = try #require(try Case(seed: 5))
    let scratch = try ScratchBook()
    try scratch.writeLog(one.book.segments)
    _ = try scratch.run(definition: one.book.definition, asOf: one.book.asOf)
    var plan = try plan(scratch, one)
    plan.asOf = nil
    plan.settings = []
    let report = try replay(plan).report
    #expect(eventTime(report.asOf) == eventTime(one.book.asOf))
    #expect(report.against.isSnapshot && report.against.definition == report.definition)
    #expect(report.leads.moved == 0)
    #expect(report.leads.compared > 0)
  }

  @Test("a snapshot that is not what its manifest says is no ground to stand on")
  func damagedSnapshot() throws {
    let one = try #require(try Case(seed: 5))
    let scratch = try ScratchBook()
    try scratch.writeLog(one.book.segments)
    let snapshot = try scratch.snapshot(definition: one.book.definition, asOf: one.book.asOf)
    let file = "\(scratch.book.snapshots)/\(snapshot.name)/leads.csv"
    var text = try String(contentsOfFile: file, encoding: .utf8)
    text.removeLast()
    try (text + "0\n").write(toFile: file, atomically: true, encoding: .utf8)
    var plan = try plan(scratch, one)
    plan.against = "latest"
    #expect(throws: FileError.self) { try replay(plan) }
  }

  @Test(
    "settings of the reading half are read anew, and leads that come together or apart are told")
  func regrouping() throws {
    func event(_ id: Int, _ lead: String, _ rest: String = "") -> String {
      #"{"id":"\#(id)","time":"2026-02-01T00:00:00Z","type":"page_view","lead":"\#(lead)"\#(rest)}"#
    }
    // Three are one; two are one by a merge already, and with a third one more; two are themselves.
    let lines = [
      event(1, "Jane@x"), event(2, "jane@x"), event(3, "jane+a@x"),
      event(4, "Bob"), event(5, "visitor"), event(6, "BOB"),
      #"{"id":"7","time":"2026-02-02T00:00:00Z","type":"merge","lead":"Bob","from":"visitor"}"#,
      event(8, "Cleo"), event(9, "dan"),
      // Of this spelling no event is used.
      #"{"id":"10","time":"2027-01-01T00:00:00Z","type":"page_view","lead":"DAN"}"#,
    ]
    let scratch = try ScratchBook()
    try scratch.writeLog([("a.ndjson", Array(lines.joined(separator: "\n").utf8))])
    let file = "\(scratch.book.root)/pipeline.yaml"
    func report(_ text: String, _ path: String, _ value: String) throws -> ReplayReport {
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      var plan = ReplayPlan(
        book: scratch.book, file: file, settings: [Setting(path: path, value: value)], jobs: 2)
      plan.asOf = eventTime("2026-03-01T00:00:00Z")
      return try replay(plan).report
    }
    let folded = try report("name: d", "keys.leads", "fold-case")
    #expect(folded.readsAnew)
    #expect(folded.together?.before == 4 && folded.together?.after == 2)
    #expect(folded.apart?.before == 0 && folded.apart?.after == 0)
    let tagged = try report("name: d", "keys.leads", "email")
    #expect(tagged.together?.before == 5 && tagged.together?.after == 2)
    let exact = try report("name: d\nkeys: { leads: email }", "keys.leads", "exact")
    #expect(exact.together?.before == 0 && exact.together?.after == 0)
    #expect(exact.apart?.before == 2 && exact.apart?.after == 5)
    let ignoring = try report("name: d", "ignore", "{ lead: dan }")
    #expect(ignoring.readsAnew && ignoring.together == nil && ignoring.leads.gone == 1)
  }

  @Test(
    "other rules of who is who read nothing anew, and tell the leads that come together or apart")
  func identity() throws {
    func merge(_ id: Int, _ lead: String, _ from: String) -> String {
      #"{"id":"\#(id)","time":"2026-02-0\#(id)T00:00:00Z","type":"merge","lead":"\#(lead)","from":"\#(from)"}"#
    }
    let lines = [
      #"{"id":"0","time":"2026-02-01T00:00:00Z","type":"page_view","lead":"kiosk"}"#,
      merge(1, "ada", "kiosk"), merge(2, "bob", "kiosk"), merge(3, "cyd", "phone"),
    ]
    let scratch = try ScratchBook()
    try scratch.writeLog([("a.ndjson", Array(lines.joined(separator: "\n").utf8))])
    let file = "\(scratch.book.root)/pipeline.yaml"
    func report(_ text: String, _ path: String, _ value: String) throws -> ReplayReport {
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      var plan = ReplayPlan(
        book: scratch.book, file: file, settings: [Setting(path: path, value: value)], jobs: 2)
      plan.asOf = eventTime("2026-03-01T00:00:00Z")
      return try replay(plan).report
    }
    let first = try report("name: d", "identity.merges", "keep-first")
    #expect(!first.readsAnew && first.leads.new == 1 && first.leads.gone == 0)
    #expect(first.apart?.before == 1 && first.apart?.after == 2)
    #expect(first.together?.before == 0 && first.together?.after == 0)
    let all = try report("name: d\nidentity: { merges: keep-first }", "identity.merges", "all")
    #expect(all.together?.before == 2 && all.together?.after == 1 && all.apart?.after == 0)
    let never = try report(
      "name: d\nidentity: { merges: keep-first }", "identity.never", "[\"ada\"]")
    // The kiosk leaves one lead for another one.
    #expect(never.together?.after == 1 && never.apart?.before == 1)
    #expect(try report("name: d", "timezone", "Europe/Tallinn").together == nil)
  }
}
