/// Returns what a plain (unquoted, untagged) scalar is by the YAML 1.2 core schema.
///
/// One exception: only `true` and `false` are booleans, as the contract says. Times are text.
func resolvePlainScalar(_ text: String) -> YAMLNode.Value {
  switch text {
  case "", "~", "null", "Null", "NULL": return .null
  case "true": return .bool(true)
  case "false": return .bool(false)
  case ".nan", ".NaN", ".NAN": return .notFinite
  default: break
  }
  let bytes = Array(text.utf8)
  let unsigned = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? 1 : 0
  if [".inf", ".Inf", ".INF"].contains(String(decoding: bytes.dropFirst(unsigned), as: UTF8.self)) {
    return .notFinite
  }
  if let integer = integer(text, "0x", radix: 16) ?? integer(text, "0o", radix: 8) {
    return .number(integer)
  }
  return canonicalDecimal(bytes).map { .number($0) } ?? .text(text)
}

/// Returns a hexadecimal or octal integer in decimal; one beyond 64 bits stays what it was, text.
private func integer(_ text: String, _ prefix: String, radix: Int) -> String? {
  guard text.hasPrefix(prefix), text.utf8.count > prefix.utf8.count else { return nil }
  let digits = text.dropFirst(prefix.count)
  guard digits.utf8.first != UInt8(ascii: "+"), digits.utf8.first != UInt8(ascii: "-") else {
    return nil
  }
  return UInt64(digits, radix: radix).map { String($0) }
}

/// Returns `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?` as a JSON number.
private func canonicalDecimal(_ bytes: [UInt8]) -> String? {
  var rest = bytes[...]
  func takeSign() -> Bool {
    guard let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else {
      return false
    }
    rest.removeFirst()
    return sign == UInt8(ascii: "-")
  }
  func takeDigits() -> ArraySlice<UInt8> {
    let digits = rest.prefix { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
    rest = rest.dropFirst(digits.count)
    return digits
  }
  let isNegative = takeSign()
  let whole = takeDigits()
  var fraction: ArraySlice<UInt8> = []
  if rest.first == UInt8(ascii: ".") {
    rest.removeFirst()
    fraction = takeDigits()
  }
  guard !whole.isEmpty || !fraction.isEmpty else { return nil }
  var result = isNegative ? "-" : ""
  let significant = String(decoding: whole.drop { $0 == UInt8(ascii: "0") }, as: UTF8.self)
  result += significant.isEmpty ? "0" : significant
  if !fraction.isEmpty { result += "." + String(decoding: fraction, as: UTF8.self) }
  if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
    rest.removeFirst()
    result += takeSign() ? "e-" : "e"
    let power = takeDigits()
    guard !power.isEmpty else { return nil }
    result += String(decoding: power, as: UTF8.self)
  }
  return rest.isEmpty ? result : nil
}
