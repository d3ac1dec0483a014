import Foundation
import Testing

@Suite("run --metrics-file", .serialized)
struct MetricsTests {
  private func book() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(changingDefinition, to: "acme/pipeline.yaml")
    try workplace.write(
      event("1", at: "01T00:00:00", "page_view", "ada")
        + event("1", at: "01T00:00:00", "page_view", "ada")
        + event("2", at: "09T00:00:00", "page_view", "ada") + "{}\n", to: "acme/log/a.ndjson")
    return workplace
  }

  @Test("what became of each line, the refused share, leads, bytes, memory; after a failure too")
  func metrics() throws {
    let workplace = try book()
    let began = Date().timeIntervalSince1970
    let sound = try workplace.run(
      "run", "--book", "acme", "--as-of", "2026-03-02T00:00:00Z", "--max-refused", "30%",
      "--metrics-file", "x.prom")
    #expect(sound.code == 0)
    let good = try workplace.samples("x.prom")
    let fates = [
      "used": 1.0, "duplicate": 1, "future": 1, "erased": 0, "forget": 0, "ignored": 0,
      "refused": 1,
    ]
    for (fate, count) in fates { #expect(good["scorebook_events fate=\"\(fate)\""] == count) }
    #expect(good["scorebook_refused_ratio"] == 0.25 && good["scorebook_leads"] == 1)
    #expect(good["scorebook_last_run_exit_code"] == 0)
    #expect(good["scorebook_as_of_timestamp_seconds"] == 1_772_409_600)
    let success = try #require(good["scorebook_last_success_timestamp_seconds"])
    #expect(success >= began - 1 && success <= Date().timeIntervalSince1970 + 1)
    #expect(good["scorebook_last_run_duration_seconds"].map { $0 > 0 } == true)
    #expect(good["scorebook_last_run_peak_memory_bytes"].map { $0 > 1e6 } == true)
    let log = try workplace.read("acme/log/a.ndjson")
    #expect(good["scorebook_log_bytes"] == Double(log.utf8.count))
    #expect(good["scorebook_snapshot_bytes"].map { $0 > 100 } == true)

    // A share of 25% is too much: nothing is published, and what is known of last night stays.
    let failed = try workplace.run(
      "run", "--book", "acme", "--as-of", "2026-03-10T00:00:00Z", "--metrics-file", "x.prom")
    #expect(failed.code == 65)
    let bad = try workplace.samples("x.prom")
    #expect(bad["scorebook_last_run_exit_code"] == 65)
    #expect(bad["scorebook_last_success_timestamp_seconds"] == success)
    let ofRun = bad.keys.filter { $0.hasPrefix("scorebook_last_run_") }
    #expect(ofRun.count == 4 && Set(bad.keys) == Set(good.keys))
    for key in bad.keys where !ofRun.contains(key) { #expect(bad[key] == good[key]) }
    #expect(try workplace.names(in: ".").filter { $0.hasSuffix(".tmp") } == [])
  }

  @Test("a metrics file that cannot be written is an error, but what is published stays")
  func unwritable() throws {
    let workplace = try book()
    let arguments = [
      "run", "--book", "acme", "--as-of", "2026-03-02T00:00:00Z", "--metrics-file", "no/x.prom",
    ]
    let sound = try workplace.run(arguments + ["--max-refused", "30%"])
    #expect(sound.code == 73 && sound.err.hasPrefix("error: no/x.prom: cannot create"))
    #expect(try workplace.faults("acme", workplace.latest("acme")) == [])
    // What went wrong first is the error.
    let failed = try workplace.run(arguments)
    #expect(failed.code == 65 && failed.err.hasPrefix("warning: no/x.prom"))
    #expect(failed.err.contains("\nerror: 1 of 4 lines"))
  }

  @Test("whoever collects them can read them, whatever else the run keeps to itself")
  func readable() throws {
    let workplace = try book()
    let run = try workplace.shell(
      "umask 077; scorebook run --book acme --max-refused 30% --as-of 2026-03-02T00:00:00Z "
        + "--metrics-file x.prom -q; stat -c %a x.prom acme/snapshots/latest/leads.csv")
    #expect(run.out == "644\n600\n", "\(run.err)")
  }
}
