import Definition
import Intake
import Judging
import Notation
import Reading
import Tables

/// An example of a definition that does not come out as it says.
package struct ExampleFailure: Sendable {
  package var example: String
  package var line: Int
  package var column: Int
  package var message: String
}

/// Runs a definition's examples, each as a log of its own; returns what does not hold.
package func failures(ofExamplesIn definition: Definition) throws -> [ExampleFailure] {
  try definition.examples.flatMap { example in
    // What the other examples ask about is of no concern to it, and would be looked at for each.
    var own = definition
    own.examples = [example]
    return try failures(of: example, in: own)
  }
}

private func failures(of example: Example, in definition: Definition) throws -> [ExampleFailure] {
  let decoder = SegmentDecoder(plan: ReadingPlan(definition))
  var lines = Array(example.events.joined(separator: "\n").utf8)
  let count = lines.count
  // The decoder reads beyond the last line, which ends at a zero byte.
  lines += [UInt8](repeating: 0, count: 64)
  lines.withUnsafeBytes {
    decoder.decode(UnsafeRawBufferPointer(rebasing: $0[..<count]), firstLine: 1)
  }
  let sheet = decoder.seal()
  func failure(_ line: Int, _ column: Int, _ message: String) -> ExampleFailure {
    ExampleFailure(example: example.name, line: line, column: column, message: message)
  }
  let refused = sheet.refusals.map { refusal in
    failure(
      example.line, example.column,
      "event \(refusal.line) is refused: its '\(refusal.reason.name)' is missing or wrong")
  }
  if !refused.isEmpty { return refused }

  let results = try Results(
    definition, sheets: [sheet], asOf: example.asOf, jobs: 1, keepsEveryCell: true)
  return example.expectations.compactMap { expectation in
    guard let found = results.mismatch(with: expectation.target) else { return nil }
    return failure(
      expectation.line, expectation.column,
      "expected \(expectation.subject) to be \(expectation.expected), but it is \(found)")
  }
}

extension Results {
  /// Returns what an expectation found instead, in words; nil where it is met.
  fileprivate func mismatch(with target: Expectation.Target) -> String? {
    switch target {
    case .lead(let name, let subject, let predicate):
      guard let (table, row, _) = find(lead: name) else {
        // Of a lead that is not known, everything is absent.
        return holds(predicate, nil) ? nil : "absent: no lead '\(name)' is known"
      }
      let (cell, reading) = judge.reading(of: subject)
      let value = reading.scalar(table.cell(row, cell))
      return holds(predicate, value) ? nil : words(value)
    case .account(let name, let subject, let predicate):
      guard let row = find(account: name) else {
        return holds(predicate, nil) ? nil : "absent: no account '\(name)' is known"
      }
      let (cell, reading) = AccountRoll(judge).reading(of: subject)
      let value = reading.scalar(accounts.cell(row, cell))
      return holds(predicate, value) ? nil : words(value)
    case .list(let list, let name, let isMember):
      let isFound =
        find(lead: name).map { table, row, isExcluded in
          !isExcluded && table.cell(row, judge.layout.lists + list) == 1
        } ?? false
      return isFound == isMember ? nil : "\(isFound)"
    case .excluded(let name, let isExcluded):
      let isFound = find(lead: name)?.isExcluded ?? false
      return isFound == isExcluded ? nil : "\(isFound)"
    case .accountList(let list, let name, let isMember):
      return mismatch(of: name, AccountLayout(judge.definition).lists + list, isMember)
    case .ready(let name, let isReady):
      return mismatch(of: name, AccountLayout(judge.definition).ready, isReady)
    }
  }

  private func mismatch(of account: String, _ cell: Int, _ isExpected: Bool) -> String? {
    let isFound = find(account: account).map { accounts.cell($0, cell) == 1 } ?? false
    return isFound == isExpected ? nil : "\(isFound)"
  }

  private func holds(_ predicate: Predicate, _ value: Scalar?) -> Bool {
    predicate.holds(for: value, asOf: judge.asOf)
  }

  /// Finds a lead's row, one of those that are left out, too.
  private func find(lead name: String) -> (table: CellTable, row: Int, isExcluded: Bool)? {
    let key = judge.definition.leadKey(name)
    for (parts, isExcluded) in [(leads.parts, false), (leads.excludedParts, true)] {
      for part in parts {
        for row in 0..<part.count where part.keys[row].elementsEqual(key) {
          return (part, row, isExcluded)
        }
      }
    }
    return nil
  }

  private func find(account name: String) -> Int? {
    let key = judge.definition.accountKey(name)
    return (0..<accounts.count).first { accounts.keys[$0].elementsEqual(key) }
  }

  private func words(_ value: Scalar?) -> String {
    switch value {
    case nil: "absent"
    case .text(let text): "'\(text)'"
    case .number(let number): shortestDecimal(number)
    case .bool(let bool): "\(bool)"
    }
  }
}
