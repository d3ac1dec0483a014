import Definition
import Identity
import Reading
import Tables
import Workers

/// All accounts that a lead names or that have a profile, numbered over several sheets.
///
/// They are dealt into parts by the hash of their names, and parts are numbered side by side: from part
/// to part numbers count on, in a part in the order of appearance.
struct AccountNumbers {
  let names: KeyList
  /// The numbers of the others.
  let domains: [[UInt8]: Int]
  /// By sheet, then by the sheet's own number of an account; as long as the memory they were given.
  let maps: [UnsafePointer<UInt32>]
  let profiles: ProfilePlaces

  /// More parts would only be skipped over more often.
  private static let partCount = 8
  private static let mentionsPerTask = 1 << 14

  /// `others`: names that are numbered too, though no sheet may mention them.
  init(_ sheets: [Sheet], _ memory: MapMemory, and others: Set<[UInt8]>, jobs: Int) throws {
    let mentions = sheets.map { AccountMentions($0, memory) }
    // A large sheet is dealt by several workers.
    let ranges = mentions.flatMap { mention in
      (0..<mention.count).pieces(of: AccountNumbers.mentionsPerTask).map { (mention, $0) }
    }
    try parallel(ranges.count, jobs: jobs) { task in
      let (mention, range) = ranges[task]
      mention.deal(range, into: AccountNumbers.partCount)
    }
    let parts = Slots<AccountPart>(AccountNumbers.partCount)
    try parallel(AccountNumbers.partCount, jobs: jobs) { part in
      parts[part] = AccountPart(part, mentions)
    }
    let names = KeyList()
    var firsts: [UInt32] = []
    for part in parts.elements {
      firsts.append(UInt32(names.count))
      for index in 0..<part.names.count { names.append(part.names[index]) }
    }
    domains = names.numbers(adding: others)
    let partFirsts = firsts
    try parallel(sheets.count, jobs: jobs) { mentions[$0].count(from: partFirsts) }
    self.names = names
    maps = mentions.map { UnsafePointer($0.numbers) }
    profiles = ProfilePlaces(mentions, accountCount: names.count)
  }
}

/// The keys of profiles, by account, those of an account in the order of sheets.
package struct ProfilePlaces: Sendable {
  /// Those of all accounts.
  package private(set) var all: [KeyPlace]
  private var ends: [Int]

  /// Those of accounts without any.
  init(accountCount: Int) { self.init([], accountCount: accountCount) }

  fileprivate init(_ mentions: [AccountMentions], accountCount: Int) {
    var counts = [Int](repeating: 0, count: accountCount + 1)
    for mention in mentions { mention.forEachProfile { account, _ in counts[account + 1] += 1 } }
    for account in 0..<accountCount { counts[account + 1] += counts[account] }
    all = [KeyPlace](repeating: KeyPlace(sheet: 0, key: 0), count: counts[accountCount])
    ends = counts
    for (sheet, mention) in mentions.enumerated() {
      mention.forEachProfile { account, key in
        all[counts[account]] = KeyPlace(sheet: UInt32(sheet), key: key)
        counts[account] += 1
      }
    }
  }

  package func of(account: Int) -> ArraySlice<KeyPlace> { all[ends[account]..<ends[account + 1]] }
}

/// The accounts that one sheet mentions: those its leads name, then those that have a profile in it.
private final class AccountMentions: @unchecked Sendable {
  let sheet: Sheet
  let count: Int
  /// By mention, the number of its account.
  let numbers: UnsafeMutablePointer<UInt32>
  private let parts: UnsafeMutablePointer<UInt8>

  init(_ sheet: Sheet, _ memory: MapMemory) {
    self.sheet = sheet
    count = sheet.accountCount + sheet.accountKeys.count
    numbers = memory.room(for: count)
    parts = .allocate(capacity: max(1, count))
  }

  deinit { parts.deallocate() }

  func deal(_ mentions: Range<Int>, into partCount: Int) {
    for mention in mentions {
      let name = name(mention)
      let part = keyHash(name.baseAddress.unsafelyUnwrapped, name.count) >> 32
      parts[mention] = UInt8(part % UInt64(partCount))
    }
  }

  /// Calls back with what is in a part.
  func forEach(
    ofPart part: Int, _ body: (_ mention: Int, _ name: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    for mention in 0..<count where Int(parts[mention]) == part { body(mention, name(mention)) }
  }

  /// Makes of each number in its part one among all.
  func count(from firsts: [UInt32]) {
    for mention in 0..<count { numbers[mention] += firsts[Int(parts[mention])] }
  }

  func forEachProfile(_ body: (_ account: Int, _ key: UInt32) -> Void) {
    for (index, key) in sheet.accountKeys.enumerated() {
      body(Int(numbers[sheet.accountCount + index]), key)
    }
  }

  /// Never without an address: names stand inside the sheet.
  private func name(_ mention: Int) -> UnsafeBufferPointer<UInt8> {
    if mention < sheet.accountCount { return sheet.accountName(mention) }
    let key = sheet.accountKeys[mention - sheet.accountCount]
    return UnsafeBufferPointer(rebasing: sheet.key(Int(key)).dropFirst())
  }
}

/// The accounts of one part, in the order of appearance.
private struct AccountPart: Sendable {
  let names = KeyList()

  /// Gives each mention in the part its number in it.
  init(_ part: Int, _ mentions: [AccountMentions]) {
    var table = KeyTable()
    for sheet in mentions {
      sheet.forEach(ofPart: part) { mention, name in
        let start = name.baseAddress.unsafelyUnwrapped
        sheet.numbers[mention] = table.number(
          of: start, name.count, hash: keyHash(start, name.count))
      }
    }
    for index in 0..<table.count { names.append(table.key(index)) }
  }
}

extension KeyList {
  /// Returns the numbers of some names; those that are not there yet are appended.
  fileprivate func numbers(adding names: Set<[UInt8]>) -> [[UInt8]: Int] {
    if names.isEmpty { return [:] }
    var numbers: [[UInt8]: Int] = [:]
    for number in 0..<count {
      let name = Array(self[number])
      if names.contains(name) { numbers[name] = number }
    }
    let missing = names.filter { numbers[$0] == nil }
    for name in missing.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      numbers[name] = count
      name.withUnsafeBufferPointer(append)
    }
    return numbers
  }
}
