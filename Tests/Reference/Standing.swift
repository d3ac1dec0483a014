/// How everybody stands at any time, from the contract alone: a whole recomputation for each time that is asked for.
public struct ReferenceStandings {
  private let input: ReferenceInput
  private let events: [Event]
  private let paths: [String]

  /// How everybody stands at one time.
  public struct Standing {
    /// By key, what a lead is: `grade.G` with its letter, `persona.G` with its name, `list.L` with `in`.
    public var leads: [[UInt8]: [String: String]] = [:]
    /// By key, what an account is: `ready`, or `list.L`.
    public var accounts: [[UInt8]: Set<String>] = [:]
  }

  /// An event, as far as it can be asked for.
  public struct Line: Hashable {
    public var path: String
    public var line: Int
    public var id: String
    public var time: Int
    public var type: String
  }

  public init(_ input: ReferenceInput) throws {
    self.input = input
    var counts = ReferenceCounts()
    let definition = try Definition(yaml: input.definition, asOf: 0, features: input.features)
    events = readLog(input, definition, &counts)
    paths = input.segments.map { Text($0.path) }.sorted().map(\.description)
  }

  /// All events, in the order of the log.
  public var lines: [Line] { events.map(line) }

  private func line(_ event: Event) -> Line {
    Line(
      path: paths[event.place.segment], line: event.place.line + 1, id: event.id.description,
      time: event.time, type: event.type.description)
  }

  /// `hidden`: events that are not there.
  public func standing(
    at time: Int, without hidden: (Line) -> Bool = { _ in false }
  ) throws -> Standing {
    let definition = try Definition(
      yaml: input.definition, asOf: time, features: input.features)
    var counts = ReferenceCounts()
    // "with the later snapshot's … erasures": whatever is hidden, they are those of the whole log.
    let sifted = sift(
      events.filter { !hidden(line($0)) }, definition: definition, asOf: time, erasing: events,
      &counts)
    let accountAttributes = sifted.accounts.mapValues { attributes(of: $0) }
    // "`explain` and `history` say so and show all the same"
    let leads = sifted.leads.map { name, events in
      Lead(
        name: name, events: events, definition: definition, asOf: time,
        accountNames: sifted.accountNames, accountAttributes: accountAttributes)
    }
    var standing = Standing()
    for lead in leads {
      var bounds: [String: String] = [:]
      for (grade, found) in lead.grades { bounds["grade.\(grade)"] = found.letter }
      for (group, persona) in lead.personas { bounds["persona.\(group)"] = persona }
      for list in definition.lists where list.condition.holds(lead.subject) {
        bounds["list.\(list.name)"] = "in"
      }
      standing.leads[lead.name.bytes] = bounds
    }
    let accounts = gatherAccounts(
      leads: leads.filter { lead in
        !(definition.exclude.map { $0.holds(lead.subject) } ?? false)
      }, attributes: accountAttributes, definition: definition)
    for account in accounts {
      var bounds: Set<String> = []
      if definition.ready?.holds(account.subject) ?? false { bounds.insert("ready") }
      for list in definition.accountLists where list.condition.holds(account.subject) {
        bounds.insert("list.\(list.name)")
      }
      standing.accounts[account.name.bytes] = bounds
    }
    return standing
  }
}
