import Definition
import Notation
import Testing

@testable import Reading

/// A definition that asks for something of every kind: interactions by path, an attribute that is
/// a number and one that is text, an answer, and a property that is worth points only once.
let readingDefinition = """
  name: reading
  interactions:
    view: { type: page_view }
    pricing: { type: page_view, path: "/pricing*" }
    paper: { type: download }
  nps: { answers: { type: form_fill, form: nps }, value: fields.satisfaction, scale: [0, 10] }
  scores:
    s: { points: { view: 1, paper: { points: 1, once_per: asset } } }
  grades:
    fit:
      letters: { A: 50, F: 0 }
      criteria:
        - { attribute: size, weight: 1, values: [ { min: 10, value: 100 } ] }
        - { attribute: title, weight: 1, values: [ { is: "vp*", value: 100 } ] }
  """

func plan(_ text: String = readingDefinition) throws -> ReadingPlan {
  ReadingPlan(try Definition.load(text: text, file: "reading.yaml"))
}

/// Lends bytes with the zeros behind them that scanning asks for.
func withPadding<Result>(_ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
  (bytes + [UInt8](repeating: 0, count: 64)).withUnsafeBytes {
    body(UnsafeRawBufferPointer(rebasing: $0[..<bytes.count]))
  }
}

/// Decodes all lines in one piece.
func sheet(of bytes: [UInt8], _ plan: ReadingPlan) -> Sheet {
  let decoder = SegmentDecoder(plan: plan)
  withPadding(bytes) { decoder.decode($0, firstLine: 1) }
  return decoder.seal()
}

func sheet(of text: String, _ plan: ReadingPlan) -> Sheet { sheet(of: Array(text.utf8), plan) }

/// An event that is sound, with more members behind those it must have.
func event(
  id: String = #""1""#, time: String = #""2026-01-01T00:00:00Z""#, type: String = #""t""#,
  lead: String = #""a""#, _ rest: String = ""
) -> String {
  #"{"id":\#(id),"time":\#(time),"type":\#(type),"lead":\#(lead)\#(rest)}"#
}

/// One row of a sheet, as a test writes it down.
struct SeenRow: Equatable {
  var key: String
  var time: Milliseconds
  var line: Int
  var id: UInt64
  var duration = 0
  var kind = EventKind.ordinary
  var interactions: [UInt16] = []
  var notes: [String] = []
}

extension Sheet {
  /// A key as text; an account's begins with `account:`.
  func keyText(_ key: Int) -> String {
    let bytes = self.key(key)
    guard bytes.first == Sheet.accountMark else { return String(decoding: bytes, as: UTF8.self) }
    return "account:" + String(decoding: bytes.dropFirst(), as: UTF8.self)
  }

  /// Every row with what is noted about it, in the order of the sheet.
  func seen(_ plan: ReadingPlan) -> [SeenRow] {
    var reader = NoteReader(notes)
    return (0..<keyCount).flatMap { key in
      let seen = rows(of: key).map { row in
        let found = eventClasses[row.eventClass]
        var texts: [String] = []
        if row.hasNotes { reader.forEach { texts.append(words($0, $1, plan)) } }
        return SeenRow(
          key: keyText(key), time: row.time, line: lineBase + Int(row.line), id: row.id,
          duration: Int(row.duration), kind: found.kind, interactions: found.interactions,
          notes: texts)
      }
      #expect(reader.position - notes == Int(keys[key].noteEnd))
      return seen
    }
  }

  /// What is noted anywhere, in order.
  func allNotes(_ plan: ReadingPlan) -> [String] { seen(plan).flatMap(\.notes) }

  private func words(_ note: Note, _ payload: UInt64, _ plan: ReadingPlan) -> String {
    switch note.kind {
    case .account:
      "account \(String(decoding: accountName(Int(payload)), as: UTF8.self))"
    case .attribute:
      "\(plan.attributes[Int(note.index)]) = "
        + values(ofAttribute: Int(note.index))[Int(payload)].asText
    case .removal: "\(plan.attributes[Int(note.index)]) removed"
    case .answer: "answer \(Double(bitPattern: payload))"
    case .value: "value \(note.index): \(Double(bitPattern: payload))"
    case .compared: "compared \(note.index): \(payload)"
    case .outcome: "outcome"
    case .touch:
      "touch \(Int(note.index) - plan.attributes.count) = "
        + values(ofAttribute: Int(note.index))[Int(payload)].asText
    }
  }
}

/// The hash of a text's bytes.
func hash(_ text: String, seed: UInt64 = 0) -> UInt64 {
  Array(text.utf8 + [0]).withUnsafeBufferPointer {
    keyHash($0.baseAddress.unsafelyUnwrapped, text.utf8.count, seed: seed)
  }
}
