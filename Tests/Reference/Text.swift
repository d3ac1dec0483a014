/// A text as its UTF-8 bytes.
///
/// "Keys and ids are compared exactly, byte for byte": a String of Swift would call canonically
/// equivalent texts equal.
struct Text: Hashable, Comparable, CustomStringConvertible {
  var bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }
  init(_ string: String) { bytes = Array(string.utf8) }

  var description: String { String(decoding: bytes, as: UTF8.self) }

  /// The characters that `?` matches one of.
  var scalars: [Unicode.Scalar] { Array(description.unicodeScalars) }

  static func < (left: Text, right: Text) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

/// A value that an event, an attribute or a subject can have.
enum Scalar: Equatable {
  case number(Double)
  /// A count of 1/10^places.
  case decimal(Int, places: Int)
  /// A time, in milliseconds.
  case time(Int)
  case bool(Bool)
  case text(Text)

  static func count(_ value: Int) -> Scalar { .number(Double(value)) }
  static func word(_ value: String) -> Scalar { .text(Text(value)) }

  // "a number or boolean meets a text pattern by its text: the shortest decimal that reads back
  // the same, `true` or `false`"
  var text: Text {
    switch self {
    case .number(let value): Text(ExactDecimal(shortest: value).plainText)
    case .decimal: Text(ExactDecimal(shortest: number ?? 0).plainText)
    case .time(let time): Text(rfc3339(time))
    case .bool(let value): Text(value ? "true" : "false")
    case .text(let value): value
    }
  }

  // "Numbers compare as numbers, also when given as numeric strings (exactly a JSON number,
  // nothing around it)"
  var number: Double? {
    switch self {
    case .number(let value): value
    // Read as a decimal, it is the nearest binary64 however large it is.
    case .decimal(let value, let places): Double(decimalText(value, places: places))
    case .bool, .time: nil
    case .text(let value): numericString(value)
    }
  }
}

extension Scalar {
  /// How it stands in a cell of a file.
  var cell: String {
    if case .decimal(let value, let places) = self { return decimalText(value, places: places) }
    return text.description
  }
}

/// The number that a text spells out, if it is one whole JSON number within the range of binary64.
func numericString(_ text: Text) -> Double? {
  guard let end = endOfNumber(text.bytes, from: 0), end == text.bytes.count else { return nil }
  return binary64(text.bytes[...])
}
