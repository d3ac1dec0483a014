import Audit
import Definition
import Engine
import Files
import Foundation
import Notation
import Reference
import TestBooks
import Testing

/// Each step of a diff by itself, held against whole runs in the states between A and B.
@Suite struct DiffStepTests {
  /// A result between A and B, and the causes that lead to it from the one before.
  private struct State {
    var scores: [String: [String: Int64]]
    var causes: Set<DiffCause>

    init(_ files: [String: [UInt8]], _ causes: Set<DiffCause>) {
      self.causes = causes
      scores = [:]
      for row in NamedRows(files["leads.csv"] ?? []).rows {
        scores[row["lead"] ?? ""] = row.reduce(into: [:]) { scores, field in
          if field.key.hasPrefix("score.") { scores[field.key] = Int64(field.value) }
        }
      }
    }

    func score(_ name: String, of lead: String) -> Int64 { scores[lead]?["score.\(name)"] ?? 0 }
  }

  @Test(
    "a diff goes from A to B one input at a time: each step comes to what a run there says",
    arguments: UInt64(1)..<25)
  func steps(seed: UInt64) throws {
    // What accounts are one and what is taken back are steps of their own, too.
    let features = Feature.inEngine.subtracting([.withdraw, .accountMerge])
    let book = RandomBook(seed: seed, features: features)
    let other = RandomBook(seed: seed + 500, features: features).definition
    guard let times = try PairOfTimes(book),
      (try? Definition.load(text: other, file: "")) != nil
    else { return }
    let scratch = try ScratchBook()
    let known = book.segments.count > 1 ? book.segments.dropLast() : book.segments[...]
    try scratch.writeLog(Array(known))
    func run(_ definition: String, _ asOf: String) throws -> (String, [String: [UInt8]]) {
      let run = try scratch.run(definition: definition, asOf: asOf)
      return (run.report.snapshot, run.files)
    }
    let a = try run(book.definition, times.early)
    try scratch.writeLog(book.segments)
    let b = try run(other, times.late)
    let states = [
      State(a.1, []),
      State(
        try run(book.definition, times.early).1, [.lateEvents, .unknownEvents, .duplicates]),
      State(try run(other, times.early).1, [.rules]),
      State(b.1, [.time, .newEvents]),
    ]
    let report = try diff(
      DiffPlan(
        book: scratch.book, from: try AuditSubject(snapshot: a.0, of: scratch.book),
        to: try AuditSubject(snapshot: b.0, of: scratch.book), shownMax: nil))
    let changes = Dictionary(uniqueKeysWithValues: report.changes.map { ($0.lead, $0) })
    // Merges and forgets are steps of their own, which no run stops behind.
    let joined = keysOfMergesAndForgets(book)
    for lead in Set(states.flatMap(\.scores.keys)).subtracting(joined) {
      for score in Set(states.flatMap { $0.scores[lead] ?? [:] }.map { $0.key.dropFirst(6) }) {
        let name = String(score)
        let causes = changes[lead]?.scores.first { $0.score == name }?.causes
        let whole = states[3].score(name, of: lead) - states[0].score(name, of: lead)
        guard let causes else {
          #expect(whole == 0, "seed \(seed): '\(lead)', \(name)")
          continue
        }
        for (before, after) in zip(states, states.dropFirst()) {
          let sum = causes.filter { after.causes.contains($0.cause) }
            .reduce(Int128(0)) { $0 + $1.micropoints }
          let change = after.score(name, of: lead) - before.score(name, of: lead)
          #expect(
            sum == Int128(change) * 1_000_000,
            "seed \(seed): '\(lead)', \(name), \(after.causes.map(\.rawValue).sorted())")
        }
      }
    }
  }

  @Test("one lead, few leads and all of them are told alike, by any number of jobs")
  func partsOfTheWhole() throws {
    let whole = try (1...40).reduce(into: 0) { $0 = max($0, try changesOfParts(seed: $1)) }
    #expect(whole > 3)
  }

  /// Returns how many leads change between two moments of a book, having looked at the diff in parts.
  private func changesOfParts(seed: UInt64) throws -> Int {
    let book = RandomBook(seed: seed)
    guard let times = try PairOfTimes(book) else { return 0 }
    let scratch = try ScratchBook()
    try scratch.writeLog(book.segments)
    let before = try scratch.run(definition: book.definition, asOf: times.early).report.snapshot
    let after = try scratch.run(definition: book.definition, asOf: times.late).report.snapshot
    var plan = DiffPlan(
      book: scratch.book, from: try AuditSubject(snapshot: before, of: scratch.book),
      to: try AuditSubject(snapshot: after, of: scratch.book), jobs: 1, shownMax: nil)
    func text(_ value: some Encodable) throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(value)
    }
    let all = try diff(plan)
    plan.jobs = 3
    #expect(try text(diff(plan)) == text(all))
    plan.shownMax = 3
    let few = try diff(plan)
    #expect(try text(few.changes) == text(Array(all.changes.prefix(3))))
    #expect(try text(few.accounts) == text(Array(all.accounts.prefix(3))))
    #expect(few.accountsChanged == all.accounts.count)
    for change in all.changes {
      plan.lead = change.lead
      let one = try diff(plan)
      #expect(try text(one.changes) == text([change]))
      #expect(one.unreproduced.isEmpty)
    }
    return all.changes.count
  }

  @Test("leads of which a snapshot says something else than its own log are named")
  func unreproduced() throws {
    let book = RandomBook(seed: 3, size: 400)
    let times = try #require(try PairOfTimes(book))
    let scratch = try ScratchBook()
    try scratch.writeLog(book.segments)
    let before = try scratch.run(definition: book.definition, asOf: times.early).report.snapshot
    let definition = try Definition.load(text: book.definition, file: "")
    let late = try #require(eventTime(times.late))
    let (name, lead) = try forge(before, in: scratch.book)
    var plan = DiffPlan(
      book: scratch.book, from: try AuditSubject(snapshot: name, of: scratch.book),
      to: AuditSubject(definition: definition, asOf: late, knownAt: nil))
    #expect(try diff(plan).unreproduced == [lead])
    plan.lead = lead
    #expect(try diff(plan).unreproduced == [lead])
  }

  /// Makes a snapshot that says another raw of one lead and is sound by its own manifest; returns its name and
  /// the lead.
  private func forge(_ snapshot: String, in book: Book) throws -> (name: String, lead: String) {
    func bytes(_ path: String) throws -> [UInt8] {
      Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
    let folder = "\(book.snapshots)/\(URL(fileURLWithPath: snapshot).lastPathComponent)"
    let leads = try bytes("\(folder)/leads.csv")
    var rows = String(decoding: leads, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let column = try #require(rows[0].split(separator: ",").firstIndex { $0.hasPrefix("raw.") })
    let victim = try #require(
      rows.indices.dropFirst().first { !rows[$0].contains("\"") && !rows[$0].isEmpty })
    var fields = rows[victim].split(separator: ",", omittingEmptySubsequences: false)
      .map(String.init)
    fields[column] = String(fields[column].dropLast()) + (fields[column].hasSuffix("1") ? "2" : "1")
    rows[victim] = fields.joined(separator: ",")
    let forged = Array(rows.joined(separator: "\n").utf8)
    let manifest = String(decoding: try bytes("\(folder)/manifest.json"), as: UTF8.self)
      .replacingOccurrences(of: SHA256Hasher.hex(of: leads), with: SHA256Hasher.hex(of: forged))
    let name =
      URL(fileURLWithPath: folder).lastPathComponent.dropLast(8)
      + SHA256Hasher.hex(of: Array(manifest.utf8)).prefix(8)
    try Data(forged).write(to: URL(fileURLWithPath: "\(folder)/leads.csv"))
    try Data(manifest.utf8).write(to: URL(fileURLWithPath: "\(folder)/manifest.json"))
    try FileManager.default.moveItem(
      atPath: folder, toPath: "\(book.snapshots)/\(name)")
    return (String(name), fields[0])
  }

  /// Every key that a merge or forget of the log mentions.
  private func keysOfMergesAndForgets(_ book: RandomBook) -> Set<String> {
    var keys: Set<String> = []
    for line in book.segments.flatMap({ $0.bytes.split(separator: 0x0A) }) {
      guard let event = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
        ["merge", "forget"].contains(event["type"] as? String)
      else { continue }
      for member in ["lead", "from"] { if let key = event[member] as? String { keys.insert(key) } }
    }
    return keys
  }
}
