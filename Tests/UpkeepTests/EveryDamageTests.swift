import EventLog
import Foundation
import TestBooks
import Testing

@testable import Engine
@testable import Upkeep

/// Every bit and every length of every file of a small book: damage is named, or changes nothing.
///
/// Each file is looked at by the part of `verify` that it concerns; `SCOREBOOK_EVERY_BIT=1` in the
/// environment tries all of files that are derived, too, where the usual tests try some of each.
@Suite("Any damage to a small book") struct EveryDamageTests {
  enum Place: String, CaseIterable {
    case segments = "log/0"
    case chain = "log/chain"
    case snapshots = "snapshots/"
    case cache = "cache/"

    var isDerived: Bool { self == .snapshots || self == .cache }
  }

  private static let triesEveryBit =
    ProcessInfo.processInfo.environment["SCOREBOOK_EVERY_BIT"] != nil

  private func damage(_ book: SmallBook, _ place: Place) throws -> [Damage] {
    let plan = VerifyPlan(book: book.book, depth: place == .chain ? .quick : .checksums, jobs: 1)
    let none = LogFindings(chain: ChainAudit.none)
    return switch place {
    case .segments, .chain: try verifyLog(plan).damage
    case .snapshots: try verifySnapshots(plan, none).damage
    case .cache: try verifySheets(plan, none, definitionTexts: []).damage
    }
  }

  private func check(_ book: SmallBook, _ place: Place, _ path: String, _ what: String) throws {
    let damage = try damage(book, place)
    // Of the cache, a bit may say nothing, or that a sheet is of another version: then it is not used. A
    // chain without its last line looks as a crash leaves it.
    if place == .segments || place == .snapshots {
      #expect(!damage.isEmpty, "\(path): \(what)")
    }
    // A chain that is cut at a line's end shows only in the segment that it no longer has.
    let folder = place.isDerived ? place.rawValue : "log/"
    let isNamed = damage.allSatisfy { $0.file == path || $0.file.hasPrefix(folder) }
    #expect(isNamed, "\(path): \(what): \(damage)")
    guard place != .snapshots else { return }
    let isSafe = book.isNeverSilentlyDifferent()
    #expect(isSafe, "\(path): \(what)")
  }

  @Test("each bit flipped", arguments: Place.allCases)
  func flips(place: Place) throws {
    let book = try SmallBook()
    let paths = try book.files().filter { $0.hasPrefix(place.rawValue) }
    #expect(!paths.isEmpty)
    for path in paths {
      let whole = try book.bytes(of: path)
      for bit in 0..<whole.count * 8 {
        // No divisor of eight, so each bit of a byte has its turn.
        if place.isDerived, !Self.triesEveryBit, bit % 19 != 0 { continue }
        var flipped = whole
        flipped[bit / 8] ^= 1 << UInt8(bit % 8)
        try book.write(flipped, to: path)
        try check(book, place, path, "bit \(bit)")
      }
      try book.write(whole, to: path)
    }
    #expect(try book.verify().isSound)
  }

  @Test("cut at each length", arguments: Place.allCases)
  func cuts(place: Place) throws {
    let book = try SmallBook()
    for path in try book.files().filter({ $0.hasPrefix(place.rawValue) }) {
      let whole = try book.bytes(of: path)
      for length in 0..<whole.count {
        if place.isDerived, !Self.triesEveryBit, length % 5 != 0 { continue }
        try book.write(Array(whole[..<length]), to: path)
        try check(book, place, path, "length \(length)")
      }
      try book.write(whole, to: path)
    }
  }

  @Test("each file gone, but for what can be made again")
  func missing() throws {
    let book = try SmallBook()
    for path in try book.files() {
      let whole = try book.bytes(of: path)
      unlink("\(book.book.root)/\(path)")
      let damage = try book.verify().damage
      // Without a chain nothing vouches for a log, which is how other people's logs are.
      if path.hasPrefix("cache/") || path == "log/chain.ndjson" {
        #expect(damage.isEmpty, "\(path)")
      } else {
        #expect(damage.map(\.file).filter { $0 != "snapshots/latest" } == [path])
      }
      try book.write(whole, to: path)
    }
  }
}
