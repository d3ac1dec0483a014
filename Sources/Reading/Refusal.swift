import Definition

/// Why a line is refused.
///
/// Of an event's line the first that applies, in this order, is its reason. The reasons behind `event` are those of
/// records in other formats.
package enum Refusal: UInt8, Error, Sendable, CaseIterable {
  case tooLong, utf8, nesting, json, id, time, type, lead, account, from, outcome, event
  case columns, quotes, specversion, address, user, request, status, size

  /// The reasons why a line of the log itself is refused.
  package static let ofEvents = allCases.filter { $0.rawValue <= Refusal.event.rawValue }

  package init?(name: String) {
    guard let reason = Refusal.allCases.first(where: { $0.name == name }) else { return nil }
    self = reason
  }

  /// The reason as quarantine files and summaries name it.
  package var name: String {
    self == .tooLong ? "too-long" : "\(self)"
  }
}

/// The longest line that is read, in bytes before its line feed.
package let lineByteCountMax = 1 << 20
/// How long the key of a lead may be, in bytes, as the contract says.
package let leadByteCountMax = 256
/// How long the id of an event may be, in bytes.
let idByteCountMax = 128
/// How many brackets may be open at once.
let openBracketsMax = 64
/// How much of a refused line is kept for quarantine; the log itself has the rest.
let refusedTextByteCountMax = 1024
