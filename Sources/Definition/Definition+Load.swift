import Notation
import Vocabulary

extension Definition {
  /// Returns the definition a YAML text says, or throws the mistakes in it, all at once.
  ///
  /// The file's name is for the messages.
  package static func load(
    text: String, file: String
  ) throws(DefinitionFaults) -> Definition {
    let faults = FaultCollector(file: file)
    guard text.utf8.count <= byteCountMax else {
      faults.report(
        Place(line: 1, column: 1),
        "\(text.utf8.count) bytes long; a definition has at most \(byteCountMax)",
        hint: "is this the right file?")
      throw DefinitionFaults(faults, text: "")
    }
    if let root = parseYAML(text, faults),
      var definition = load(root, text: text, Scope(names: Names(root), faults: faults)),
      faults.isEmpty
    {
      definition.checkMentions(root, faults)
      if faults.isEmpty {
        definition.warnings = WarningWalk.warnings(root, definition.reading, file: file)
        return definition
      }
    }
    throw DefinitionFaults(faults, text: text)
  }

  /// How long a definition may be (4 MiB, a guess: some hundred thousand lines).
  package static let byteCountMax = 1 << 22

  /// The keys whose values are mappings of a few words.
  static let sectionsOfWords = ["keys", "paths", "identity"]

  private static func load(_ root: YAMLNode, text: String, _ scope: Scope) -> Definition? {
    guard
      let sections = MappingReader(root, "a definition", .definition, scope.faults)
    else { return nil }
    let name = sections["name"]?.text("'name'", scope.faults)
    if let name, let node = sections["name"] {
      scope.checkName(name, of: "a definition", at: node.place)
    }
    let accounts = loadAccounts(sections["accounts"], scope)
    return Definition(
      name: name ?? "",
      timezone: loadTimezone(sections["timezone"], scope),
      weekStart: loadWeekStart(sections["week_starts"], scope),
      reading: ReadingRules.load(sections, scope),
      identity: IdentityRules.load(sections["identity"], scope),
      journey: loadJourney(sections["journey"], scope),
      interactions: Interaction.loadAll(sections["interactions"], scope),
      scores: Score.loadAll(sections["scores"], scope),
      grades: Grade.loadAll(sections["grades"], scope),
      nps: sections["nps"].flatMap { NetPromoterQuestion.load($0, scope) },
      personas: PersonaGroup.loadAll(sections["personas"], scope),
      lists: LeadList.loadAll(sections["lists"], scope),
      columns: ExtraColumn.loadAll(
        sections["columns"], "'columns'", of: "leads.csv", isThere: \.isInTable, scope),
      exclude: sections["exclude"].flatMap {
        Condition<LeadSubject>.load($0, "'exclude'", in: .exclusion, scope)
      },
      touches: Touch.loadAll(sections["touches"], scope),
      domainRule: accounts?["from_domain"].flatMap { DomainRule.load($0, scope) },
      accountScores: AccountScore.loadAll(accounts?["scores"], scope),
      ready: accounts?["ready"].flatMap { Condition<AccountSubject>.load($0, "'ready'", scope) },
      accountLists: loadAccountLists(accounts?["lists"], sections["personas"], scope),
      accountColumns: ExtraColumn.loadAll(
        accounts?["columns"], "'columns' of 'accounts'", of: "accounts.csv",
        isThere: \.isInTable, scope),
      examples: Example.loadAll(sections["examples"], scope),
      text: text)
  }

  private static func loadTimezone(_ node: YAMLNode?, _ scope: Scope) -> String {
    guard let node else { return "UTC" }
    guard let name = node.text("'timezone'", scope.faults) else { return "" }
    if !isTimezone(name) {
      scope.report(
        node.place, "unknown time zone '\(name)'",
        hint: hint(for: name, among: timezoneCandidates())
          ?? "an IANA name such as Europe/Tallinn or UTC")
    }
    return name
  }

  private static func loadWeekStart(_ node: YAMLNode?, _ scope: Scope) -> WeekStart {
    guard let node, let name = node.text("'week_starts'", scope.faults) else { return .monday }
    if let start = WeekStart(rawValue: name) { return start }
    let days = WeekStart.allCases.map(\.rawValue)
    scope.report(
      node.place, "weeks cannot start on '\(name)'", hint: hint(for: name, among: days))
    return .monday
  }

  private static func loadJourney(_ node: YAMLNode?, _ scope: Scope) -> [String] {
    guard let items = node?.list("'journey'", scope.faults) else { return [] }
    var stages: [(name: String, place: Place)] = []
    for item in items {
      guard let stage = item.text("a stage of the journey", scope.faults) else { continue }
      scope.checkName(stage, of: "a stage", at: item.place)
      stages.append((stage, item.place))
    }
    scope.checkUnique(stages, "stages")
    scope.checkCount(items.map(\.place), of: "stages of the journey")
    return stages.map(\.name)
  }

  private static func loadAccounts(_ node: YAMLNode?, _ scope: Scope) -> MappingReader? {
    guard let node,
      let accounts = MappingReader(node, "'accounts'", .accounts, scope.faults)
    else { return nil }
    if node.entries.isEmpty { scope.report(node.place, "'accounts' says nothing") }
    return accounts
  }

  private static func loadAccountLists(
    _ node: YAMLNode?, _ personas: YAMLNode?, _ scope: Scope
  ) -> [AccountList] {
    guard let node else { return [] }
    if let group = personas?.entries.first(where: { $0.key == accountListFile }) {
      scope.report(
        group.place,
        "a persona group cannot be called '\(accountListFile)' beside lists of accounts",
        hint: "the files of both would have the same names")
    }
    return AccountList.loadAll(node, fileNames: [accountListFile], scope)
  }
}
