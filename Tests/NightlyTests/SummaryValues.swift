import Engine
import Foundation
import Reference

/// The values of `summary.json` by their keys, so that one that is not there yet is only missing.
struct SummaryValues {
  private let root: Any

  init(_ summary: Summary) throws {
    root = try JSONSerialization.jsonObject(with: JSONEncoder().encode(summary))
  }

  private func value(_ path: [String]) -> Any? {
    path.reduce(root as Any?) { value, key in (value as? [String: Any])?[key] }
  }

  subscript(path: [String]) -> Int? { value(path) as? Int }

  /// The members of a list, and how many are in its file if that is limited.
  func list(_ path: [String]) -> [Int?] {
    if let members = self[path] { return [members, nil] }
    return [self[path + ["members"]], self[path + ["inFile"]]]
  }
}

/// What the reference counts for features that the engine may not have yet, by the keys of the summary.
func laterValues(
  _ counts: ReferenceCounts
) -> [(path: [String], count: Int, features: Set<Feature>)] {
  let corrections: Set<Feature> = [.withdraw]
  var values: [(path: [String], count: Int, features: Set<Feature>)] = [
    (["events", "ignored"], counts.ignored, [.ignore]),
    (["events", "withdraws"], counts.withdraws, corrections),
    (["events", "withdrawn"], counts.withdrawn, corrections),
    (["events", "withdrawsWithoutEffect"], counts.withdrawsWithoutEffect, corrections),
    (["events", "notJoined"], counts.notJoined, [.identity]),
    (["leads", "excluded"], counts.excluded, [.exclude]),
  ]
  for (score, rules) in counts.rules {
    for (name, rule) in rules {
      values.append((["scores", score, "rules", name, "noValue"], rule.withoutValue, [.values]))
    }
  }
  return values
}
