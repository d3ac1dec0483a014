import ArgumentParser
import Definition
import Engine

/// What files of events are, and how they are taken in.
struct IntakeOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the files are: \(IntakeFormat.allCases.map(\.rawValue).joined(separator: ", ")); access-log is any "
        + "of Apache, nginx, Caddy, Traefik, IIS, CloudFront and ALB.",
      valueName: "format"))
  var from: IntakeFormat = .native

  @Flag(
    name: .long,
    help: "The files are whole: take a last line without its line feed, too, which else waits.")
  var complete = false

  @Flag(name: .long, help: "Keep the visits of known crawlers and monitors (access-log).")
  var keepBots = false

  @Flag(name: .long, help: "Keep what was answered by sending the visitor elsewhere (access-log).")
  var keepRedirects = false

  @Flag(
    name: .long,
    help: "Put the callers' clocks right by when calls were sent and received (segment).")
  var correctClocks = false

  @OptionGroup(title: "CSV AND JSON") var members: MemberOptions

  func validate() throws {
    let misplaced = [
      ("--keep-bots", keepBots, "access logs", IntakeFormat.accessLog),
      ("--keep-redirects", keepRedirects, "access logs", .accessLog),
      ("--correct-clocks", correctClocks, "Segment's calls", .segment),
    ].first { $0.1 && from != $0.3 }
    if let (option, _, what, format) = misplaced {
      throw ValidationError("\(option): this is about \(what); add --from \(format.rawValue)")
    }
    guard from == .csv || from == .json else {
      if let option = members.given.first {
        throw ValidationError(
          "\(option): this is about columns and members; add --from csv or json")
      }
      return
    }
    try members.validate(for: from)
  }

  /// The choices as one value.
  var form: IntakeForm {
    var form = IntakeForm(from, keepsCrawlers: keepBots, columns: members.choices)
    form.keepsRedirects = keepRedirects
    form.correctsClocks = correctClocks
    form.awaitsLineEnd = !complete
    return form
  }
}

extension IntakeFormat: ExpressibleByArgument {
  /// Takes the names of servers for their logs, too.
  package init?(argument: String) {
    let logs: Set = [
      "w3c", "iis", "cloudfront", "alb", "elb", "nginx", "apache", "caddy", "traefik", "access_log",
    ]
    self.init(rawValue: logs.contains(argument.lowercased()) ? "access-log" : argument.lowercased())
  }
}

extension ColumnChoices.Order: ExpressibleByArgument {}
