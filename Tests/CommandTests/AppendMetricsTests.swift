import Foundation
import Testing

@Suite("append --metrics-file", .serialized)
struct AppendMetricsTests {
  private let mixed =
    event("1", "page_view", "ada") + "oops\n" + event("2", "page_view", "bob") + "{}\n" + "[]\n"

  private func append(_ workplace: Workplace, _ input: String) throws -> Outcome {
    try workplace.run("append", "--book", "acme", "--metrics-file", "x.prom", input: input)
  }

  @Test("what became of each line, refused ones by reason; after a failure the last counts stay")
  func counts() throws {
    let workplace = try Workplace()
    let began = Date().timeIntervalSince1970
    #expect(try append(workplace, mixed).code == 0)
    let good = try workplace.samples("x.prom")
    for (fate, count) in ["appended": 2.0, "duplicate": 0, "skipped": 0, "refused": 3] {
      #expect(good["scorebook_last_append_lines fate=\"\(fate)\""] == count)
    }
    #expect(good["scorebook_last_append_refused reason=\"json\""] == 2)
    #expect(good["scorebook_last_append_refused reason=\"id\""] == 1)
    #expect(good["scorebook_last_append_refused_ratio"] == 0.6)
    #expect(good["scorebook_last_append_events"] == 2)
    #expect(good["scorebook_last_append_exit_code"] == 0)
    #expect(good["scorebook_last_append_duration_seconds"].map { $0 > 0 } == true)
    let time = try #require(good["scorebook_last_append_timestamp_seconds"])
    #expect(time >= began - 1 && time <= Date().timeIntervalSince1970 + 1)

    let failed = try workplace.run(
      "append", "--book", "acme", "--metrics-file", "x.prom", "nope.ndjson")
    #expect(failed.code == 66)
    let bad = try workplace.samples("x.prom")
    let ofEnding = ["exit_code", "duration_seconds", "timestamp_seconds"].map {
      "scorebook_last_append_\($0)"
    }
    #expect(bad["scorebook_last_append_exit_code"] == 66 && Set(bad.keys) == Set(good.keys))
    for key in bad.keys where !ofEnding.contains(key) { #expect(bad[key] == good[key]) }

    // Without refused lines there is no reason left to name.
    #expect(try append(workplace, event("1", "page_view", "ada")).code == 0)
    let again = try workplace.samples("x.prom")
    #expect(again["scorebook_last_append_lines fate=\"duplicate\""] == 1)
    #expect(again["scorebook_last_append_refused_ratio"] == 0)
    #expect(!again.keys.contains { $0.hasPrefix("scorebook_last_append_refused ") })
  }

  @Test("an append that fails because of what it refused tells what it refused, too")
  func refusing() throws {
    let workplace = try Workplace()
    let outcome = try workplace.run(
      "append", "--book", "acme", "--metrics-file", "x.prom", "--max-refused", "50%", input: mixed)
    #expect(outcome.code == 65)
    let samples = try workplace.samples("x.prom")
    #expect(samples["scorebook_last_append_exit_code"] == 65)
    #expect(samples["scorebook_last_append_refused_ratio"] == 0.6)
  }

  @Test("the night's metrics carry those of the last append, and the other way")
  func carriedOver() throws {
    let workplace = try Workplace()
    try workplace.write(changingDefinition, to: "acme/pipeline.yaml")
    #expect(try append(workplace, mixed).code == 0)
    let appended = try workplace.samples("x.prom")
    let run = ["run", "--book", "acme", "--metrics-file", "x.prom", "-q"]
    #expect(try workplace.run(run + ["--as-of", "2026-03-02T00:00:00Z"]).code == 0)
    let night = try workplace.samples("x.prom")
    #expect(night["scorebook_leads"] == 2 && night["scorebook_refused_ratio"] == 0)
    for (key, value) in appended { #expect(night[key] == value) }
    // A run that fails leaves them, too.
    #expect(try workplace.run(run + ["-p", "nope.yaml"]).code == 66)
    for (key, value) in appended { #expect(try workplace.samples("x.prom")[key] == value) }

    #expect(try workplace.run(run + ["--as-of", "2026-03-02T00:00:00Z"]).code == 0)
    let before = try workplace.samples("x.prom")
    #expect(try append(workplace, event("3", "page_view", "cy")).code == 0)
    let after = try workplace.samples("x.prom")
    #expect(after["scorebook_last_append_events"] == 1)
    for (key, value) in before where !key.contains("last_append") { #expect(after[key] == value) }
  }

  @Test("of a pipe that goes on, they are those of what is durable; one that is stopped says so")
  func pipe() throws {
    let workplace = try Workplace()
    let pipe = try workplace.start(
      "append", "--book", "acme", "--batch-events", "1", "--metrics-file", "x.prom")
    try pipe.write(event("1", "t", "ada") + event("2", "t", "ada"))
    for count in 1...2 {
      _ = try #require(pipe.line())
      let samples = try workplace.samples("x.prom")
      #expect(samples["scorebook_last_append_events"].map { Int($0) >= count } == true)
      #expect(samples["scorebook_last_append_exit_code"] == 0)
    }
    kill(pipe.identifier, SIGTERM)
    #expect(pipe.outcome().code == -1)
    let samples = try workplace.samples("x.prom")
    #expect(samples["scorebook_last_append_exit_code"] == Double(128 + SIGTERM))
    #expect(samples["scorebook_last_append_events"] == 2)

    // What was read of the batch at hand is committed, and counted.
    let waiting = try workplace.start(
      "append", "--book", "acme", "--batch-seconds", "3600", "--metrics-file", "x.prom")
    try waiting.write(event("3", "t", "ada"))
    waiting.waitUntilTaken()
    kill(waiting.identifier, SIGTERM)
    #expect(waiting.outcome().code == -1)
    #expect(try workplace.samples("x.prom")["scorebook_last_append_events"] == 1)
  }

  @Test("a metrics file that cannot be written is an error, but what is appended stays")
  func unwritable() throws {
    let workplace = try Workplace()
    let outcome = try workplace.run(
      "append", "--book", "acme", "--metrics-file", "no/x.prom", input: mixed)
    #expect(outcome.code == 73 && outcome.err.hasPrefix("error: no/x.prom: cannot create"))
    #expect(try workplace.names(in: "acme/log") == ["000001.ndjson.gz", "chain.ndjson"])
    // What went wrong first is the error.
    let failed = try workplace.run(
      "append", "--book", "acme", "--metrics-file", "no/x.prom", input: "oops\n")
    #expect(failed.code == 65 && failed.err.hasPrefix("warning: no/x.prom"))
    #expect(failed.err.contains("\nerror: every line is refused"))
  }
}
