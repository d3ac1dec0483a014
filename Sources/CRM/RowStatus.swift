/// What is to be known of a record beside its fields.
enum RowStatus: String, Sendable {
  /// The CRM has what the row says.
  case acknowledged = ""
  /// The CRM refused what was sent last; the row says what it had taken before.
  case rejected
  /// It was sent, or could have been, and nobody said what became of it.
  case unknown
  /// The same of records of which nothing was ever acknowledged.
  case newRejected = "new-rejected"
  case newUnknown = "new-unknown"

  init(_ field: UnsafeRawBufferPointer) {
    self =
      field.isEmpty
      ? .acknowledged : RowStatus(rawValue: String(decoding: field, as: UTF8.self)) ?? .unknown
  }

  /// What it is after a push that ended so for the row; `isAcknowledged` is nil where nobody said.
  ///
  /// `before`: nil of a record that was not known. What was sent and never answered may stand in the CRM, whatever
  /// it refuses afterwards.
  static func after(_ before: RowStatus?, isRejected: Bool) -> RowStatus {
    switch before {
    case nil, .newRejected?: isRejected ? .newRejected : .newUnknown
    case .newUnknown?: .newUnknown
    case .unknown?: .unknown
    case .acknowledged?, .rejected?: isRejected ? .rejected : .unknown
    }
  }
}

/// Why a row is sent.
enum RowReason: String, Sendable {
  case new, changed, rejected, unacknowledged, cleared
  /// It is not: the CRM never took it, and it is gone.
  case dropped
}

/// The reason that a row of a plan begins its status with.
func rowReason(_ status: UnsafeRawBufferPointer) -> RowReason {
  // Of fields whose names need quotes all of it stands in quotes.
  let text = status.first == UInt8(ascii: "\"") ? status.dropFirst() : status[...]
  let word = text.prefix { $0 != UInt8(ascii: " ") }
  return RowReason(rawValue: String(decoding: word, as: UTF8.self)) ?? .unacknowledged
}
