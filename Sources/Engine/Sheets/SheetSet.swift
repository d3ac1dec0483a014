import Definition
import Identity
import Judging
import Reading
import Tables

/// The sheets of a run with one numbering for what each numbers for itself: classes, attribute
/// values, accounts and outcomes.
package final class SheetSet: @unchecked Sendable {
  package let sheets: [Sheet]
  /// The sheets with the run's numbers, in the same order.
  package let views: UnsafePointer<SheetView>
  let classes: ClassTable
  /// Of attributes, then of what touches read.
  let attributeValues: [[Scalar]]
  /// The words of all outcomes; the payload of an outcome's fact is an index into them.
  package let outcomes: [String]
  /// All accounts that a lead names or that have a profile, by their numbers.
  package let accounts: KeyList
  package let profiles: ProfilePlaces
  /// Which of the accounts are one; what the leads' events name is the one that each is in the end.
  package let accountGroups: AccountGroups
  /// The accounts that domains name, by these, as far as leads may come to them without an event.
  package let domainAccounts: [[UInt8]: Int]
  /// By account, the one that it is in the end; nil where accounts are not joined, or no lead comes to one by a domain.
  package let finalAccounts: UnsafePointer<UInt32>?
  private let memory = MapMemory()
  /// Keeps the maps that are the same for both.
  private let origin: SheetSet?

  /// `dictionaryCount`: how many dictionaries of values the sheets have: of attributes, then of touches.
  ///
  /// `domains`: those that may be accounts though no event says so.
  package init(
    _ sheets: [Sheet], dictionaryCount: Int, domains: Set<[UInt8]> = [], jobs: Int
  ) throws {
    precondition(sheets.allSatisfy(\.hasEvents), "only events that were checked are judged")
    self.sheets = sheets

    var classes = Numbering<EventClass>()
    let classMaps = sheets.map { $0.eventClasses.map { classes.number(of: $0) } }
    self.classes = ClassTable(classes.elements)

    var values = [Numbering<Scalar>](repeating: Numbering(), count: dictionaryCount)
    let valueMaps = sheets.map { sheet in
      (0..<dictionaryCount).map { attribute in
        sheet.values(ofAttribute: attribute).map { values[attribute].number(of: $0) }
      }
    }
    attributeValues = values.map(\.elements)

    var outcomes = Numbering<String>()
    let outcomeMaps = sheets.map { $0.outcomes.map { outcomes.number(of: $0) } }
    self.outcomes = outcomes.elements

    let numbers = try AccountNumbers(sheets, memory, and: domains, jobs: jobs)
    accounts = numbers.names
    profiles = numbers.profiles
    accountGroups = AccountGroups()
    domainAccounts = numbers.domains
    finalAccounts = nil
    origin = nil
    let memory = memory
    views = memory.keep(
      sheets.indices.map { index in
        SheetView(
          sheets[index], memory, classes: classMaps[index], accounts: numbers.maps[index],
          outcomes: outcomeMaps[index], values: valueMaps[index])
      })
  }

  /// `maps`: by sheet.
  init(_ sheets: [Sheet], _ dictionaries: SheetDictionaries, _ maps: [SheetMaps]) {
    self.sheets = sheets
    classes = ClassTable(dictionaries.classes)
    attributeValues = dictionaries.attributeValues
    outcomes = dictionaries.outcomes
    accounts = dictionaries.accounts
    profiles = ProfilePlaces(accountCount: dictionaries.accounts.count)
    accountGroups = AccountGroups()
    domainAccounts = dictionaries.domainAccounts
    origin = nil
    let memory = memory
    finalAccounts = domainAccounts.isEmpty ? nil : memory.keep(dictionaries.finalAccounts)
    views = memory.keep(
      zip(sheets, maps).map { sheet, maps in
        SheetView(
          sheet, memory, classes: maps.classes, accounts: memory.keep(maps.accounts),
          outcomes: maps.outcomes, values: maps.values)
      })
  }

  /// The same sheets where some accounts are one.
  private init(_ origin: SheetSet, _ groups: AccountGroups) {
    self.origin = origin
    sheets = origin.sheets
    classes = origin.classes
    attributeValues = origin.attributeValues
    outcomes = origin.outcomes
    accounts = origin.accounts
    profiles = origin.profiles
    accountGroups = groups
    domainAccounts = origin.domainAccounts
    let memory = memory
    finalAccounts =
      domainAccounts.isEmpty
      ? nil : memory.keep((0..<origin.accounts.count).map { UInt32(groups.final($0)) })
    views = memory.keep(
      sheets.enumerated().map { index, sheet in
        var view = origin.views[index]
        let map = (0..<sheet.accountCount).map {
          UInt32(groups.final(Int(origin.views[index].accountMap[$0])))
        }
        view.accountMap = memory.keep(map)
        return view
      })
  }

  /// `groups`: of accounts that are one, or of whose profiles something does not count; their names begin as keys of
  /// accounts do.
  package func joining(_ groups: [KeyGroup]) -> SheetSet {
    let origin = origin ?? self
    let groups = AccountGroups(groups, among: accounts, in: views)
    return groups.areTrivial ? origin : SheetSet(origin, groups)
  }
}

extension SheetSet {
  /// Where a key's rows stand, in the order of sheets.
  package func places(of key: [UInt8]) -> [KeyPlace] {
    key.withUnsafeBufferPointer { key in
      guard let start = key.baseAddress else { return [] }
      let hash = keyHash(start, key.count)
      return sheets.indices.compactMap { sheet in
        sheets[sheet].find(key, hash: hash).map { KeyPlace(sheet: UInt32(sheet), key: $0) }
      }
    }
  }
}

/// What all sheets of a log number alike: a row of numbers means the same wherever it was made.
package struct SheetDictionaries: Sendable {
  let classes: [EventClass]
  /// By attribute.
  let attributeValues: [[Scalar]]
  let outcomes: [String]
  let accounts: KeyList
  /// By account, the one that it is in the end.
  let finalAccounts: [UInt32]
  let domainAccounts: [[UInt8]: Int]
}

extension SheetSet {
  var dictionaries: SheetDictionaries {
    SheetDictionaries(
      classes: classes.classes, attributeValues: attributeValues, outcomes: outcomes,
      accounts: accounts,
      finalAccounts: (0..<accounts.count).map {
        UInt32(accountGroups.final($0))
      }, domainAccounts: domainAccounts)
  }

  /// Slices of sheets, by the numbers that the whole log has; without the profiles of accounts.
  package convenience init(_ slices: [Sheet], _ dictionaries: SheetDictionaries) {
    var classes = Numbering(dictionaries.classes)
    var values = dictionaries.attributeValues.map(Numbering.init)
    var outcomes = Numbering(dictionaries.outcomes)
    var accounts = KeyTable()
    for index in 0..<dictionaries.accounts.count {
      _ = accounts.number(ofName: dictionaries.accounts[index])
    }
    let maps = slices.map { slice in
      SheetMaps(
        classes: slice.eventClasses.map { classes.number(of: $0) },
        values: values.indices.map { attribute in
          slice.values(ofAttribute: attribute).map { values[attribute].number(of: $0) }
        },
        outcomes: slice.outcomes.map { outcomes.number(of: $0) },
        accounts: (0..<slice.accountCount).map {
          dictionaries.finalAccounts[Int(accounts.number(ofName: slice.accountName($0)))]
        })
    }
    self.init(slices, dictionaries, maps)
  }
}

/// The log's numbers for those of one sheet.
struct SheetMaps {
  var classes: [UInt32]
  /// By attribute.
  var values: [[UInt32]]
  var outcomes: [UInt32]
  var accounts: [UInt32]
}

extension KeyTable {
  fileprivate mutating func number(ofName name: UnsafeBufferPointer<UInt8>) -> UInt32 {
    guard let start = name.baseAddress else { return 0 }
    return number(of: start, name.count, hash: keyHash(start, name.count))
  }
}

/// Numbers distinct values in the order they are first met.
private struct Numbering<Element: Hashable> {
  private(set) var elements: [Element] = []
  private var numbers: [Element: UInt32] = [:]

  init(_ elements: [Element] = []) {
    for element in elements { _ = number(of: element) }
  }

  mutating func number(of element: Element) -> UInt32 {
    if let number = numbers[element] { return number }
    let number = UInt32(elements.count)
    elements.append(element)
    numbers[element] = number
    return number
  }
}
