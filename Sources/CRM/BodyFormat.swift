import Definition
import Notation

/// How a destination takes its files: a file is the body of a request as it stands.
struct BodyFormat: Sendable {
  let profile: CRMMap.Profile

  var isJSON: Bool { [.hubspot, .dynamics, .mautic].contains(profile) }

  var fileEnding: String { isJSON ? "json" : "csv" }

  /// How many records a file has at most.
  var rowCountMax: Int {
    switch profile {
    case .hubspot: 100
    case .mautic: 200
    case .dynamics: 1_000
    default: .max
    }
  }

  /// How long a file is at most.
  ///
  /// Salesforce takes 100 MB, of which half is kept in memory as easily; Marketo and Account Engagement take less
  /// than 10 MB.
  var byteCountMax: Int {
    switch profile {
    case .marketo, .accountEngagement: 9_500_000
    case .hubspot, .mautic, .dynamics: 4_000_000
    case .salesforce, .generic: 50_000_000
    }
  }

  /// What stands in the place of a value that is cleared.
  var clearing: [UInt8] {
    switch profile {
    case .salesforce: Array("#N/A".utf8)
    case .marketo: Array("NULL".utf8)
    case .hubspot, .mautic: Array("\"\"".utf8)
    case .dynamics: Array("null".utf8)
    case .accountEngagement, .generic: []
    }
  }

  /// Appends a value that is not cleared: as a field of CSV, or as JSON.
  ///
  /// `field`: as it stands in a file of ours.
  func append(
    _ field: UnsafeRawBufferPointer, _ kind: FieldLayout.ValueKind, to text: inout [UInt8]
  ) {
    switch (profile, kind) {
    case (.mautic, .time):
      // To the second, a space between date and time, without its zone: it is UTC.
      let start = text.count
      text.append(UInt8(ascii: "\""))
      text.append(contentsOf: field.prefix(19))
      text.append(UInt8(ascii: "\""))
      if field.count >= 19 { text[start + 11] = UInt8(ascii: " ") }
    case (.mautic, .truth):
      text.append(field.first == UInt8(ascii: "t") ? UInt8(ascii: "1") : UInt8(ascii: "0"))
    case (.dynamics, .number), (.dynamics, .truth), (.mautic, .number):
      text.append(contentsOf: field)
    case (.hubspot, _), (.dynamics, _), (.mautic, _):
      appendJSONString(csvText(field), to: &text)
    default:
      text.append(contentsOf: field)
    }
  }
}
