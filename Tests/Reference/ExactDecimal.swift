/// A decimal number with all its digits: 0.digits × 10^point, so nothing is lost before a rounding.
struct ExactDecimal {
  var negative = false
  var digits: [Int] = []
  var point = 0

  /// Reads `[-+]digits[.digits][(e|E)[-+]digits]`; nil for anything else.
  init?(_ text: String) {
    var rest = Substring(text)
    if let sign = rest.first, sign == "-" || sign == "+" {
      negative = sign == "-"
      rest = rest.dropFirst()
    }
    let parts = rest.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == "e" || $0 == "E" })
    var exponent = 0
    if parts.count == 2 {
      guard let read = Int(parts[1]) else { return nil }
      exponent = read
    }
    let halves = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = halves[0]
    let fraction = halves.count == 2 ? halves[1] : ""
    for character in whole + fraction {
      guard character.isASCII, let digit = character.wholeNumberValue else { return nil }
      digits.append(digit)
    }
    guard !digits.isEmpty else { return nil }
    point = whole.count + exponent
    normalise()
  }

  /// The shortest decimal that reads back as the same binary64.
  init(shortest value: Double) {
    // What Swift prints is the shortest text of digits that reads back the same.
    self = ExactDecimal(value.description) ?? ExactDecimal()
  }

  private init() {}

  private mutating func normalise() {
    while digits.first == 0 {
      digits.removeFirst()
      point -= 1
    }
    while digits.last == 0 { digits.removeLast() }
    // "there is no negative zero"
    if digits.isEmpty { negative = false }
    if digits.isEmpty { point = 0 }
  }

  /// All digits written out, without an exponent and without trailing zeros.
  var plainText: String {
    if digits.isEmpty { return "0" }
    let shown = digits.map { String($0) }.joined()
    let sign = negative ? "-" : ""
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + shown }
    if point >= digits.count {
      return sign + shown + String(repeating: "0", count: point - digits.count)
    }
    return sign + shown.prefix(point) + "." + shown.dropFirst(point)
  }

  /// The value × 10^places as a whole number: "Every rounding on this page is half away from zero".
  ///
  /// What has more than 17 digits then is held there; nothing that large is ever told apart.
  func rounded(places: Int) -> Int {
    let kept = point + places
    if kept < 0 || digits.isEmpty { return 0 }
    if kept > 17 { return negative ? -100_000_000_000_000_000 : 100_000_000_000_000_000 }
    var magnitude = 0
    for index in 0..<kept {
      magnitude = magnitude * 10 + (index < digits.count ? digits[index] : 0)
    }
    if kept < digits.count && digits[kept] >= 5 { magnitude += 1 }
    return negative ? -magnitude : magnitude
  }
}

/// Numerator ÷ denominator (above 0), rounded half away from zero to a whole number.
func roundedQuotient(_ numerator: Int128, _ denominator: Int128) -> Int128 {
  let magnitude = numerator < 0 ? -numerator : numerator
  let rounded = (2 * magnitude + denominator) / (2 * denominator)
  return numerator < 0 ? -rounded : rounded
}

/// "Every rounding on this page is half away from zero": micro-units to whole ones.
func wholeFromMicro(_ micro: Int) -> Int { Int(roundedQuotient(Int128(micro), 1_000_000)) }

/// A count of 1/10^places as a decimal, "numbers without trailing zeros".
func decimalText(_ value: Int, places: Int) -> String {
  var digits = String(value.magnitude)
  if places > 0 {
    while digits.count <= places { digits = "0" + digits }
    var fraction = String(digits.suffix(places))
    let whole = String(digits.dropLast(places))
    while fraction.hasSuffix("0") { fraction.removeLast() }
    digits = fraction.isEmpty ? whole : whole + "." + fraction
  }
  return value < 0 ? "-" + digits : digits
}

/// Holds a value within [−bound, bound].
func held(_ value: Int128, within bound: Int) -> Int {
  Int(min(max(value, -Int128(bound)), Int128(bound)))
}

/// Where numbers end, either way.
let furthest = 999_999_999_999
