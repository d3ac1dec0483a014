import Foundation
import Testing

/// What stands in operating/, tried out: commands, metrics and alerts have to fit each other.
@Suite("what is shipped for operators", .serialized)
struct OperatingTests {
  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/operating"

  private func lines(of file: String) throws -> [String] {
    try String(contentsOfFile: "\(Self.folder)/\(file)", encoding: .utf8)
      .components(separatedBy: "\n")
  }

  /// A book with a definition, and a web server's log for it.
  private func book(refused: Int = 0) throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(changingDefinition, to: "acme/pipeline.yaml")
    let line =
      #"192.0.2.7 - - [01/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 512 "-" "Firefox/130.0""#
    try workplace.write(
      "\(line)\n" + String(repeating: "oops\n", count: refused), to: "access.log.1")
    return workplace
  }

  /// Runs a line of the shell as it is shipped, in a workplace instead of where it is meant for.
  private func run(_ line: some StringProtocol, in workplace: Workplace) throws -> Outcome {
    var line = String(line)
    for (path, here) in [
      ("/usr/local/bin/", ""), ("/srv/scorebook", "acme"), ("/var/log/nginx/", ""),
      ("/var/lib/node_exporter/textfile/", ""),
    ] {
      #expect(path == "/usr/local/bin/" || line.contains(path))
      line = line.replacingOccurrences(of: path, with: here)
    }
    return try workplace.shell(line)
  }

  private func crontab() throws -> Substring {
    let job = try #require(try lines(of: "crontab").first { $0.hasPrefix("15 2 ") })
    // Cron takes a percent sign for the end of the command.
    #expect(!job.contains("%"))
    return try #require(job.firstRange(of: "scorebook").map { job[$0.lowerBound...] })
  }

  private func service() throws -> String {
    let lines = try lines(of: "scorebook.service")
    func values(_ key: String) -> [Substring] {
      lines.filter { $0.hasPrefix("\(key)=") }.map { $0.dropFirst(key.count + 1) }
    }
    let commands = values("ExecStart")
    // systemd takes a percent sign for the begin of a name of its own.
    #expect(commands.count == 2 && !commands.joined().contains("%"))
    #expect(commands[0].hasPrefix("-") && !commands[1].hasPrefix("-"))
    let variables = values("Environment").map { $0.dropFirst().dropLast() }
    let assigned = try #require(variables.first).split(separator: "=", maxSplits: 1)
    return "\(assigned[0])='\(assigned[1])'; \(commands[0].dropFirst()); \(commands[1])"
  }

  @Test("crontab and service append and run, and one file of metrics tells of both")
  func nights() throws {
    for script in [String(try crontab()), try service()] {
      let workplace = try book()
      let sound = try run(script, in: workplace)
      #expect(sound.code == 0, "\(sound.err)")
      let samples = try workplace.samples("scorebook.prom")
      #expect(samples["scorebook_last_append_events"] == 1)
      #expect(samples["scorebook_last_run_exit_code"] == 0 && samples["scorebook_leads"] == 1)
    }
    let workplace = try book()
    let mail = try run(crontab(), in: workplace)
    #expect(mail.out.split(separator: "\n").count == 1 && mail.out.hasPrefix("moving as of "))
  }

  @Test("a bad file does not cost the night, and is told of")
  func badFile() throws {
    for script in [String(try crontab()), try service()] {
      let workplace = try book(refused: 1)
      let night = try run(script, in: workplace)
      #expect(night.code == 0 && night.err.contains("error: 1 of 2 lines (50%) are refused"))
      #expect(try workplace.faults("acme", workplace.latest("acme")) == [])
      let samples = try workplace.samples("scorebook.prom")
      #expect(samples["scorebook_last_append_exit_code"] == 65)
      #expect(samples["scorebook_last_run_exit_code"] == 0 && samples["scorebook_leads"] == 1)
    }
  }

  private func alerts() throws -> [String: String] {
    var alerts: [String: String] = [:]
    var name = ""
    for line in try lines(of: "alerts.yml").map({ $0.trimmingCharacters(in: .whitespaces) }) {
      if line.hasPrefix("- alert: ") { name = String(line.dropFirst(9)) }
      if line.hasPrefix("expr: ") { alerts[name] = String(line.dropFirst(6)) }
    }
    return alerts
  }

  /// The alerts that fire, of those that only hold samples against numbers.
  private func firing(_ samples: [String: Double]) throws -> Set<String> {
    var firing: Set<String> = []
    for (name, expression) in try alerts() {
      let one = expression.replacingOccurrences(of: "min by (instance, book)", with: "")
      for test in one.filter({ !"()".contains($0) }).components(separatedBy: " or ") {
        let words = test.split(separator: " ")
        guard words.count == 3, let bound = Double(words[2]),
          let value = samples[String(words[0])]
        else { continue }
        let holds: [Substring: Bool] = [
          ">": value > bound, "!=": value != bound, "==": value == bound,
        ]
        if try #require(holds[words[1]]) { firing.insert(name) }
      }
    }
    return firing
  }

  @Test("alerts ask for metrics that a night writes, and no others")
  func asked() throws {
    let workplace = try book()
    #expect(try run(crontab(), in: workplace).code == 0)
    let written = Set(
      try workplace.samples("scorebook.prom").keys.map { $0.prefix { $0 != " " } })
    let alerts = try alerts()
    #expect(alerts.count > 5)
    for (name, expression) in alerts {
      let asked = expression.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        .filter { $0.hasPrefix("scorebook_") }
      #expect(!asked.isEmpty && written.isSuperset(of: asked), "\(name): \(expression)")
    }
  }

  @Test("alerts fire on the nights that they are about, and on no sound one")
  func fire() throws {
    let sound = try book()
    #expect(try run(crontab(), in: sound).code == 0)
    #expect(try firing(sound.samples("scorebook.prom")) == [])

    let refused = try book(refused: 1)
    #expect(try run(crontab(), in: refused).code == 0)
    #expect(
      try firing(refused.samples("scorebook.prom"))
        == ["ScorebookAppendFailed", "ScorebookManyRefused"])

    let renamed = try book()
    #expect(try run(crontab(), in: renamed).code == 0)
    try renamed.write(
      changingDefinition.replacingOccurrences(of: "name: moving", with: "name: other"),
      to: "acme/pipeline.yaml")
    #expect(try run(crontab(), in: renamed).code == 0)
    #expect(try firing(renamed.samples("scorebook.prom")) == ["ScorebookLatestStays"])
    #expect(try renamed.run("run", "--book", "acme", "--latest", "-q").code == 0)
    #expect(try run(crontab(), in: renamed).code == 0)
    #expect(try firing(renamed.samples("scorebook.prom")) == [])

    let broken = try book()
    try broken.write("name: {", to: "acme/pipeline.yaml")
    #expect(try run(crontab(), in: broken).code == 65)
    #expect(try firing(broken.samples("scorebook.prom")) == ["ScorebookRunFailed"])
  }

  @Test("the night with a CRM tells by exit code and metrics what was taken, refused and left")
  func crm() throws {
    let workplace = try book()
    try workplace.write(
      """
      name: crm
      profile: generic
      leads: { object: leads, match: { lead: lead }, create: true, fields: { stage: stage } }
      """, to: "map.yaml")
    func night(_ push: String, appending arguments: String = "") throws -> Outcome {
      try workplace.shell(
        """
        mkdir -p bin metrics; ln -sf '\(try Workplace.program.path)' bin/scorebook; PATH="$PWD/bin:$PATH"
        sh '\(Self.folder)/crm-night.sh' acme map.yaml metrics '\(push)' \(arguments)
        """
      )
    }
    func samples() throws -> [String] {
      try workplace.read("metrics/scorebook-crm.prom").split(separator: "\n")
        .filter { !$0.hasPrefix("#") }
        .map { $0.replacingOccurrences(of: "book=\"acme\"", with: "") }
    }
    func samples(_ code: Int, taken: Int, refused: Int) -> [String] {
      [
        "scorebook_crm_last_exit_code{} \(code)",
        "scorebook_crm_last_rows{,fate=\"taken\"} \(taken)",
        "scorebook_crm_last_rows{,fate=\"refused\"} \(refused)",
        "scorebook_crm_last_rows{,fate=\"left\"} 0",
      ]
    }
    let failed = try night("exit 3", appending: "--from access-log access.log.1")
    #expect(failed.code == 74, "\(failed.err)")
    #expect(try samples() == ["scorebook_crm_last_exit_code{} 74"])
    #expect(try night("tail -n 1 \"$1\" | cut -d, -f1 > \"$1.rejected\"").code == 1)
    #expect(try samples() == samples(1, taken: 0, refused: 1))
    #expect(try night("true").code == 0)
    #expect(try samples() == samples(0, taken: 1, refused: 0))
  }
}
