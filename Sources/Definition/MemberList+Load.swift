import Notation
import Vocabulary

/// What lists and further columns are made of: subjects of leads, or of accounts.
protocol ListedSubject: Sendable, Hashable {
  /// Whose subjects they are.
  static var asked: Asked { get }
  /// Reads a subject that a file shows, or that its rows are ordered by.
  static func load(
    _ text: String, at place: Place, asOrder: Bool, _ scope: Scope
  ) -> Self?
  static func loadCondition(_ node: YAMLNode, _ what: String, _ scope: Scope) -> Condition<Self>?
  /// Reads a column that shows what a score is made of; nil where it shows something else.
  ///
  /// The score is nil where something about it is wrong and reported.
  static func reasonScore(
    _ text: String, at place: Place, _ order: [OrderTerm<Self>], _ scope: Scope
  ) -> Int??

  /// Whether each list has its column unasked.
  var isInLists: Bool { get }
  /// Whether the file of all leads, or accounts, has its column unasked.
  var isInTable: Bool { get }
}

extension LeadSubject: ListedSubject {
  static var asked: Asked { .lead }

  static func load(
    _ text: String, at place: Place, asOrder: Bool, _ scope: Scope
  ) -> LeadSubject? {
    load(text, at: place, in: asOrder ? .order : .list, scope)
  }

  static func loadCondition(
    _ node: YAMLNode, _ what: String, _ scope: Scope
  ) -> Condition<LeadSubject>? {
    .load(node, what, in: .list, scope)
  }

  static func reasonScore(
    _ text: String, at place: Place, _ order: [OrderTerm<LeadSubject>], _ scope: Scope
  ) -> Int?? {
    let scores = scope.names.scores
    if text.hasPrefix("reasons.") {
      return .some(scope.find(String(text.dropFirst(8)), among: scores, "score", at: place))
    }
    guard text == "reasons" else { return nil }
    if scores.isEmpty {
      scope.report(place, "there are never 'reasons': the definition has no scores")
      return .some(nil)
    }
    for term in order {
      switch term.subject {
      case .score(let score), .raw(let score): return .some(score)
      default: break
      }
    }
    return 0
  }

  var isInLists: Bool {
    switch self {
    case .lead, .account, .score: true
    default: false
    }
  }

  package var isInTable: Bool {
    switch self {
    case .attribute, .count, .daysSinceLast, .daysSinceFirst, .daysSinceEntered, .daysInStage,
      .busiestHour, .outcome:
      false
    default: window == nil
    }
  }
}

extension AccountSubject: ListedSubject {
  static var asked: Asked { .account }

  static func load(
    _ text: String, at place: Place, asOrder: Bool, _ scope: Scope
  ) -> AccountSubject? {
    load(text, at: place, scope)
  }

  static func loadCondition(
    _ node: YAMLNode, _ what: String, _ scope: Scope
  ) -> Condition<AccountSubject>? {
    .load(node, what, scope)
  }

  static func reasonScore(
    _ text: String, at place: Place, _ order: [OrderTerm<AccountSubject>], _ scope: Scope
  ) -> Int?? { nil }

  var isInLists: Bool {
    switch self {
    case .account, .score: true
    default: false
    }
  }

  var isInTable: Bool {
    switch self {
    case .attribute, .active, .daysSinceLast: false
    default: true
    }
  }
}

extension MemberList where Subject: ListedSubject {
  private static var table: KeyTable { .list(of: Subject.asked) }

  /// Returns a section's lists, in its order; the faulty ones are reported and left out.
  ///
  /// `fileNames`: those that stand before a list's own in the name of its file.
  static func loadAll(
    _ node: YAMLNode?, fileNames: [String] = [], _ scope: Scope
  ) -> [MemberList] {
    scope.namedEntries(node, "lists", of: "a list").compactMap { entry in
      let what = "list '\(entry.key)'"
      scope.checkFileName(fileNames + [entry.key], of: what, at: entry.place)
      if isWrittenOut(entry.value) { return load(entry, what, scope) }
      return Subject.loadCondition(entry.value, what, scope).map {
        MemberList(name: entry.key, condition: $0)
      }
    }
  }

  /// Whether a list is more than its condition: no subject looks like one of the keys, misspelt or not.
  private static func isWrittenOut(_ node: YAMLNode) -> Bool {
    guard case .mapping(let entries) = node.value else { return false }
    return entries.contains { nearest(to: $0.key, among: table.names) != nil }
  }

  private static func load(
    _ entry: YAMLNode.Entry, _ what: String, _ scope: Scope
  ) -> MemberList? {
    guard let fields = MappingReader(entry.value, what, table, scope.faults) else {
      return nil
    }
    let condition =
      fields["when"].map { Subject.loadCondition($0, "'when' of \(what)", scope) } ?? .all([])
    let order = OrderTerm<Subject>.loadAll(fields["order_by"], "'order_by' of \(what)", scope)
    let columns = ExtraColumn.loadAll(
      fields["columns"], "'columns' of \(what)", of: "a list", order, isThere: \.isInLists, scope)
    let first = fields["first"].flatMap {
      $0.wholeNumber("'first' of \(what)", in: 1...pointsMax, scope.faults)
    }
    if let place = fields.place(of: "first"), fields["order_by"] == nil {
      scope.report(
        place, "\(what) has a 'first' without an 'order_by'", hint: "say who comes first")
    }
    guard let condition else { return nil }
    return MemberList(
      name: entry.key, condition: condition, columns: columns, order: order,
      first: first.map { Int($0) })
  }
}

extension ExtraColumn where Subject: ListedSubject {
  /// Returns the columns of a section, in its order; the faulty ones are reported and left out.
  ///
  /// `file`: what they are added to. `isThere`: whether that has a column unasked.
  static func loadAll(
    _ node: YAMLNode?, _ what: String, of file: String, _ order: [OrderTerm<Subject>] = [],
    isThere: (Subject) -> Bool, _ scope: Scope
  ) -> [ExtraColumn] {
    guard let items = node?.list(what, scope.faults) else { return [] }
    scope.checkCount(items.map(\.place), of: "columns")
    var columns: [(column: ExtraColumn, place: Place)] = []
    for item in items {
      guard let name = item.text("a column", scope.faults) else { continue }
      if let score = Subject.reasonScore(name, at: item.place, order, scope) {
        guard let score else { continue }
        columns.append((ExtraColumn(name: name, .reasons(score: score)), item.place))
        continue
      }
      guard let subject = Subject.load(name, at: item.place, asOrder: false, scope) else {
        continue
      }
      if isThere(subject) {
        scope.report(item.place, "the column '\(name)' is there already: \(file) always has it")
        continue
      }
      columns.append((ExtraColumn(name: name, .subject(subject)), item.place))
    }
    scope.checkUnique(columns.map { ($0.column.name, $0.place) }, "columns")
    return columns.map(\.column)
  }
}

extension OrderTerm where Subject: ListedSubject {
  /// Returns what rows are ordered by: one text or a list of them.
  fileprivate static func loadAll(
    _ node: YAMLNode?, _ what: String, _ scope: Scope
  ) -> [OrderTerm] {
    guard let node else { return [] }
    var items = [node]
    if case .list(let several) = node.value { items = several }
    if items.isEmpty { scope.report(node.place, "\(what) names nothing to order by") }
    return items.compactMap { item in
      guard let text = item.text(what, scope.faults) else { return nil }
      let isTurned = text.hasPrefix("-")
      return Subject.load(
        String(text.dropFirst(isTurned ? 1 : 0)), at: item.place, asOrder: true, scope
      ).map { OrderTerm($0, isTurned: isTurned) }
    }
  }
}
