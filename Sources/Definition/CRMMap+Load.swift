import Vocabulary

extension CRMMap {
  /// Returns the map a YAML text says, or throws the mistakes in it, all at once.
  ///
  /// The file's name is for the messages.
  ///
  /// `tables`: the columns of each table that the definition's snapshots have, the key first.
  package static func load(
    text: String, file: String, for definition: Definition, tables: [String: [String]]
  ) throws(DefinitionFaults) -> CRMMap {
    let faults = FaultCollector(file: file)
    guard text.utf8.count <= Definition.byteCountMax else {
      faults.report(
        Place(line: 1, column: 1),
        "\(text.utf8.count) bytes long; a map has at most \(Definition.byteCountMax)",
        hint: "is this the right file?")
      throw DefinitionFaults(faults, text: "")
    }
    if let root = parseYAML(text, faults),
      let map = CRMMapLoader(definition, tables, faults).load(root), faults.isEmpty
    {
      return map
    }
    throw DefinitionFaults(faults, text: text)
  }

  /// Whether a text is meant to be a map: no definition has a profile.
  package static func isMeant(by text: String) -> Bool {
    guard let root = parseYAML(text, FaultCollector(file: "")) else { return false }
    return root["profile"] != nil
  }
}

private struct CRMMapLoader {
  private let definition: Definition
  private let tables: [String: [String]]
  private let scope: Scope

  init(_ definition: Definition, _ tables: [String: [String]], _ faults: FaultCollector) {
    self.definition = definition
    self.tables = tables
    // A definition that was loaded is sound, so nothing is reported of it.
    let root = parseYAML(definition.text, FaultCollector(file: ""))
    let names = Names(root ?? YAMLNode(.null, at: Place(line: 1, column: 1)))
    scope = Scope(names: names, faults: faults)
  }

  func load(_ root: YAMLNode) -> CRMMap? {
    guard let sections = MappingReader(root, "a map", .crmMap, scope.faults) else { return nil }
    let name = sections["name"]?.text("'name'", scope.faults) ?? ""
    if let node = sections["name"], !name.isEmpty {
      scope.checkName(name, of: "a map", at: node.place)
      scope.checkFileName([name], of: "the map", at: node.place)
    }
    let profile = sections.word("profile", "'profile'", scope).flatMap(Profile.init)
    // Accounts first: what a lead refers to is there when it comes.
    var objects = [("accounts", "accounts"), ("leads", "leads")].compactMap { key, table in
      sections[key].flatMap { load($0, "'\(key)'", table: table, profile) }
    }
    for entry in sections["lists"]?.mapping("'lists'", scope.faults) ?? [] {
      let table = "lists/\(entry.key)"
      guard tables[table] != nil else {
        let lists = tables.keys.filter { $0.hasPrefix("lists/") }.map { String($0.dropFirst(6)) }
        scope.report(
          entry.place, "the definition has no list '\(entry.key)'",
          hint: hint(for: entry.key, among: lists.sorted()))
        continue
      }
      load(entry.value, "list '\(entry.key)'", table: table, profile).map { objects.append($0) }
    }
    if objects.isEmpty, scope.faults.isEmpty {
      scope.report(root.place, "the map sends nothing", hint: "say what leads or accounts go into")
    }
    return profile.map { CRMMap(name: name, profile: $0, objects: objects) }
  }

  private typealias Profile = CRMMap.Profile

  private func load(
    _ node: YAMLNode, _ what: String, table: String, _ profile: Profile?
  ) -> CRMMap.Object? {
    guard let keys = MappingReader(node, what, .crmObject, scope.faults) else { return nil }
    let object = keys["object"]?.text("'object' of \(what)", scope.faults)
    let creates = keys["create"]?.bool("'create' of \(what)", scope.faults) ?? false
    let key = keys["match"].flatMap { loadKey($0, what, table) }
    var asked: [String] = []
    let condition = keys["where"].flatMap { loadWhere($0, what, table, &asked) }
    let fields = keys["fields"].map { loadFields($0, what, table) } ?? []
    if let key, let node = keys["match"] {
      check(key, creates, profile, what, at: node.place)
      for entry in keys["fields"]?.entries ?? [] where entry.key == key.field {
        scope.report(
          entry.place, "'\(entry.key)' is the field that records of \(what) are found by",
          hint: "leave it out here; each row has it")
      }
    }
    guard let object, let key else { return nil }
    return CRMMap.Object(
      table: table, object: object, key: key, creates: creates, condition: condition, asked: asked,
      fields: fields)
  }

  private func loadKey(
    _ node: YAMLNode, _ what: String, _ table: String
  ) -> (field: String, column: String)? {
    guard let entries = node.mapping("'match' of \(what)", scope.faults) else { return nil }
    guard entries.count == 1, let entry = entries.first else {
      scope.report(
        node.place, "'match' of \(what) names one field, not \(entries.count)",
        hint: "write the CRM's field and our column: { External_Id__c: lead }")
      return nil
    }
    return column(entry.value, table).map { (entry.key, $0) }
  }

  /// Reports a key by which the destination could do something else than the map says.
  private func check(
    _ key: (field: String, column: String), _ creates: Bool, _ profile: Profile?, _ what: String,
    at place: Place
  ) {
    if creates, key.column.hasPrefix("attribute.") {
      scope.report(
        place, "\(what) makes records by '\(key.column)', which is no key of ours",
        hint: "match by lead or account, or leave out 'create'")
    }
    if !creates, profile == .salesforce, key.field != "Id" {
      scope.report(
        place, "by '\(key.field)' Salesforce makes the records of \(what) that it does not find",
        hint: "match by Id, or say create: true")
    }
    if !creates, profile == .mautic, key.field != "id" {
      scope.report(
        place, "by '\(key.field)' Mautic makes the records of \(what) that it does not find",
        hint: "match by id, or say create: true")
    }
  }

  private func column(_ node: YAMLNode, _ table: String) -> String? {
    guard let name = node.text("a column", scope.faults) else { return nil }
    return column(name, table, at: node.place)
  }

  private func column(_ name: String, _ table: String, at place: Place) -> String? {
    let columns = tables[table] ?? []
    if columns.contains(name) { return name }
    let isKnown = definition.subjectKinds(of: table).contains(
      String(name.prefix { $0 != "." && $0 != "@" }))
    let near = nearest(to: name, among: columns)
    scope.report(
      place, "\(table).csv has no column '\(name)'",
      hint: near.map { "did you mean '\($0)'?" }
        ?? (isKnown ? "add it to 'columns' of the definition" : nil))
    return nil
  }

  private func loadWhere(
    _ node: YAMLNode, _ what: String, _ table: String, _ asked: inout [String]
  ) -> Condition<Int>? {
    var columns: [String] = []
    let isOfAccounts = tables[table]?.first == "account"
    let condition: Condition<Int>? = loadCondition(node, "'where' of \(what)", scope) { entry in
      let values: SubjectValues?
      let title: String
      if isOfAccounts {
        guard let subject = AccountSubject.load(entry.key, at: entry.place, scope) else {
          return nil
        }
        (values, title) = (subject.values, name(of: subject, in: definition))
      } else {
        guard let subject = LeadSubject.load(entry.key, at: entry.place, in: .list, scope) else {
          return nil
        }
        (values, title) = (subject.values(scope.names), name(of: subject, in: definition))
      }
      guard let values,
        let predicate = Predicate.load(entry.value, of: entry.key, values, scope),
        let column = column(title, table, at: entry.place)
      else { return nil }
      let place = columns.firstIndex(of: column) ?? columns.count
      if place == columns.count { columns.append(column) }
      return .test(place, predicate)
    }
    asked = columns
    return condition
  }

  private func loadFields(_ node: YAMLNode, _ what: String, _ table: String) -> [CRMMap.Field] {
    guard let entries = node.mapping("'fields' of \(what)", scope.faults) else { return [] }
    if entries.isEmpty { scope.report(node.place, "'fields' of \(what) says nothing") }
    scope.checkCount(entries.map(\.place), of: "fields of \(what)")
    let fields = entries.compactMap { load($0, "field '\($0.key)' of \(what)", table) }
    if fields.count == entries.count, !fields.isEmpty, fields.allSatisfy(\.isAlong) {
      scope.report(
        node.place, "all fields of \(what) go along, so none sends a row",
        hint: "leave out 'along' at one of them")
    }
    return fields
  }

  private func load(_ entry: YAMLNode.Entry, _ what: String, _ table: String) -> CRMMap.Field? {
    if case .mapping = entry.value.value {
      guard let keys = MappingReader(entry.value, what, .crmField, scope.faults) else { return nil }
      let isAlong = keys["along"]?.bool("'along' of \(what)", scope.faults) ?? false
      let minChange = keys["min_change"].flatMap {
        $0.millionths("'min_change' of \(what)", in: 0...1_000_000_000, scope.faults)
      }
      guard (keys["column"] == nil) != (keys["constant"] == nil) else {
        scope.report(entry.place, "\(what) needs either 'column' or 'constant'")
        return nil
      }
      let content =
        keys["column"].map { self.content($0, table) } ?? constant(keys["constant"], what)
      if isAlong, let place = keys.place(of: "min_change") {
        scope.report(
          place, "\(what) goes along, so no change of it sends a row", hint: "leave one out")
      }
      return content.map {
        CRMMap.Field(name: entry.key, content: $0, minChange: minChange, isAlong: isAlong)
      }
    }
    return content(entry.value, table).map {
      CRMMap.Field(name: entry.key, content: $0, minChange: nil, isAlong: $0 == .asOf)
    }
  }

  private func content(_ node: YAMLNode, _ table: String) -> CRMMap.Content? {
    if case .text("as_of") = node.value { return .asOf }
    return column(node, table).map { .column($0) }
  }

  private func constant(_ node: YAMLNode?, _ what: String) -> CRMMap.Content? {
    switch node?.value {
    case .text(let text)?: return .constant(.text(text))
    case .bool(let bool)?: return .constant(.bool(bool))
    case .number?:
      return node?.double("'constant' of \(what)", scope.faults).map { .constant(.number($0)) }
    default:
      return node?.wrongKind("'constant' of \(what)", "text, a number, true or false", scope.faults)
    }
  }
}

extension Definition {
  /// The words that subjects of a table's rows begin with.
  fileprivate func subjectKinds(of table: String) -> [String] {
    let asked: Asked = table == "accounts" || table.hasPrefix("lists/accounts.") ? .account : .lead
    return SubjectKind.all(of: asked).map(\.name)
  }
}
