import Definition
import Foundation
import Reference
import TestBooks
import Testing

/// The engine against the slow reference on random books: no difference in any cell of any file.
///
/// `SCOREBOOK_SEEDS=1000..<2000` in the environment tries other seeds than the usual ones, and
/// `SCOREBOOK_FEATURES=keys,identity` other features than those that the engine is said to have.
@Suite struct DifferentialTests {
  static let seeds: Range<UInt64> = {
    let bounds = ProcessInfo.processInfo.environment["SCOREBOOK_SEEDS"]?
      .components(separatedBy: "..<").compactMap(UInt64.init)
    guard let bounds, bounds.count == 2, bounds[0] < bounds[1] else { return 1..<61 }
    return bounds[0]..<bounds[1]
  }()

  static let features: Set<Feature> = {
    guard let names = ProcessInfo.processInfo.environment["SCOREBOOK_FEATURES"] else {
      return Feature.inEngine.union([.keys])
    }
    return Set(names.components(separatedBy: ",").compactMap { Feature(rawValue: $0) })
  }()

  @Test("random books come out as the reference computes them", arguments: seeds)
  func agrees(seed: UInt64) throws {
    let book = RandomBook(seed: seed, features: DifferentialTests.features)
    // Now and then dice put a persona where it cannot be chosen, which a definition may not.
    if let unreachable = faults(in: book.definition) {
      #expect(unreachable.allSatisfy { $0.message.contains("can never be chosen") })
      return
    }
    let expected = try recompute(book.input)
    let scratch = try ScratchBook()
    try scratch.writeLog(book.segments)
    let found = try scratch.run(definition: book.definition, asOf: book.asOf)

    for difference in differences(found.files, expected, limit: 5) {
      Issue.record("seed \(seed): \(difference)")
    }
    let events = found.report.summary.events
    #expect(events.read == expected.counts.read, "seed \(seed)")
    #expect(
      events.refusedByReason.filter { $0.value > 0 }
        == expected.counts.refused.filter { $0.value > 0 },
      "seed \(seed)")
    #expect(events.forgets == expected.counts.forgets, "seed \(seed)")
    #expect(events.erased == expected.counts.erased, "seed \(seed)")
    #expect(events.future == expected.counts.future, "seed \(seed)")
    #expect(events.duplicates == expected.counts.duplicates, "seed \(seed)")
    #expect(events.conflicts == expected.counts.conflicts, "seed \(seed)")
    #expect(events.used == expected.counts.used, "seed \(seed)")
    let summary = found.report.summary
    #expect(summary.nps.invalidAnswers == expected.counts.invalidAnswers, "seed \(seed)")
    #expect(summary.nps.score == expected.counts.nps, "seed \(seed)")
    #expect(summary.leads.known == expected.counts.leads, "seed \(seed)")
    #expect(summary.accounts.known == expected.counts.accounts, "seed \(seed)")
    for (score, rules) in expected.counts.rules {
      for (name, rule) in rules {
        let counted = summary.scores[score]?.rules[name]
        #expect(counted?.occurrences == rule.occurrences, "seed \(seed): \(score).\(name)")
        #expect(counted?.counted == rule.counted, "seed \(seed): \(score).\(name)")
        #expect(counted?.repeat == rule.stoppedByRepeat, "seed \(seed): \(score).\(name)")
        #expect(counted?.limit == rule.stoppedByLimit, "seed \(seed): \(score).\(name)")
        #expect(counted?.leadsHeldByCap == rule.leadsHeldByCap, "seed \(seed): \(score).\(name)")
      }
    }
    for (score, held) in expected.counts.groupCaps {
      #expect(summary.scores[score]?.leadsHeldByGroupCap == held, "seed \(seed): \(score)")
    }
    let values = try SummaryValues(summary)
    for (list, members) in expected.counts.lists {
      let inFile = expected.counts.inFile[list]
      #expect(values.list(["lists", list]) == [members, inFile], "seed \(seed): \(list)")
    }
    #expect(summary.held.leads == expected.counts.heldLeads, "seed \(seed)")
    #expect(summary.held.accounts == expected.counts.heldAccounts, "seed \(seed)")
    for value in laterValues(expected.counts)
    where !DifferentialTests.features.isDisjoint(with: value.features) {
      #expect(values[value.path] == value.count, "seed \(seed): \(value.path)")
    }
    if DifferentialTests.features.contains(.identity) {
      // Not by way of JSON: what reads it takes a byte order mark from the beginning of a text.
      #expect(
        summary.largestGroups.map { ReferenceGroup(lead: $0.lead, keys: $0.keys) }
          == expected.counts.largestGroups, "seed \(seed)")
    }
    for (list, members) in expected.counts.accountLists {
      let inFile = expected.counts.accountsInFile[list]
      let found = values.list(["accounts", "lists", list])
      #expect(found == [members, inFile], "seed \(seed): \(list)")
    }
  }

  private func faults(in definition: String) -> [DefinitionFault]? {
    do throws(DefinitionFaults) {
      _ = try Definition.load(text: definition, file: "definition.yaml")
      return nil
    } catch {
      return error.faults
    }
  }

  /// Names what differs, by file, row and column.
  private func differences(
    _ files: [String: [UInt8]], _ expected: ReferenceResult, limit: Int
  ) -> [String] {
    var differences: [String] = []
    if Set(files.keys) != Set(expected.files.keys) {
      differences.append("files \(files.keys.sorted()), not \(expected.files.keys.sorted())")
    }
    for path in expected.files.keys.sorted() where differences.count < limit {
      let found = files[path] ?? []
      let wanted = expected.bytes(of: path)
      if found == wanted { continue }
      let foundLines = String(decoding: found, as: UTF8.self).components(separatedBy: "\n")
      let wantedLines = String(decoding: wanted, as: UTF8.self).components(separatedBy: "\n")
      if foundLines.count != wantedLines.count {
        differences.append("\(path): \(foundLines.count) lines, not \(wantedLines.count)")
      }
      for (index, (a, b)) in zip(foundLines, wantedLines).enumerated()
      where a != b && differences.count < limit {
        differences.append(
          "\(path):\(index + 1):\n  header \(wantedLines[0])\n  found  \(a)\n  wanted \(b)")
      }
    }
    return differences
  }
}
