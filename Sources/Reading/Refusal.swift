/// Why a line is refused.
///
/// The first that applies, in this order, is its reason.
package enum Refusal: UInt8, Error, Sendable, CaseIterable {
  case tooLong, utf8, nesting, json, id, time, type, lead, account, from, outcome

  /// The reason as quarantine files and summaries name it.
  package var name: String {
    switch self {
    case .tooLong: "too-long"
    case .utf8: "utf8"
    case .nesting: "nesting"
    case .json: "json"
    case .id: "id"
    case .time: "time"
    case .type: "type"
    case .lead: "lead"
    case .account: "account"
    case .from: "from"
    case .outcome: "outcome"
    }
  }
}

/// The longest line that is read, in bytes before its line feed.
package let lineByteCountMax = 1 << 20
/// How many brackets may be open at once.
let openBracketsMax = 64
/// How much of a refused line is kept for quarantine; the log itself has the rest.
let refusedTextByteCountMax = 1024
