/// Why a number is no whole number of millionths within bounds.
enum DecimalFault: Error {
  case tooManyDecimals
  case tooLarge
}

/// Points, caps and weights go up to this.
///
/// No scoring model needs more, and thousands of such sums still fit 64 bits of millionths.
let pointsMax: Int64 = 1_000_000_000

/// Returns a JSON number's millionths, exactly: it never passes through binary64.
func parseMillionths(_ number: String) throws(DecimalFault) -> Int64 {
  let parts = number.utf8.split(maxSplits: 1, omittingEmptySubsequences: false) {
    $0 | 0x20 == 0x65
  }
  let isNegative = number.utf8.first == UInt8(ascii: "-")
  var digits: [UInt8] = []
  var scale = 6
  var sawPoint = false
  for byte in parts[0].dropFirst(isNegative ? 1 : 0) {
    if byte == UInt8(ascii: ".") {
      sawPoint = true
    } else {
      if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - UInt8(ascii: "0")) }
      if sawPoint { scale -= 1 }
    }
  }
  while digits.last == 0 {
    digits.removeLast()
    scale += 1
  }
  if digits.isEmpty { return 0 }
  if parts.count == 2 {
    let written = String(decoding: parts[1], as: UTF8.self)
    // An exponent that does not even fit an Int is too large or too small by far.
    let power = Int(written) ?? (written.hasPrefix("-") ? Int.min / 4 : Int.max / 4)
    scale += max(min(power, Int.max / 4), Int.min / 4)
  }
  if scale < 0 { throw .tooManyDecimals }
  // 18 digits fit an Int64 whatever they are.
  if digits.count + scale > 18 { throw .tooLarge }
  var value = digits.reduce(Int64(0)) { $0 * 10 + Int64($1) }
  for _ in 0..<scale { value *= 10 }
  if value > pointsMax * 1_000_000 { throw .tooLarge }
  return isNegative ? -value : value
}

extension YAMLNode {
  /// The millionths of a number of at most six decimals.
  ///
  /// `bounds`: whole numbers that it lies within; a billion either way unless told otherwise.
  func millionths(
    _ what: String, in bounds: ClosedRange<Int64>? = nil, _ faults: FaultCollector
  ) -> Int64? {
    guard case .number(let number) = value else {
      return double(what, faults).flatMap { _ in nil }
    }
    do throws(DecimalFault) {
      let value = try parseMillionths(number)
      guard let bounds else { return value }
      if (bounds.lowerBound * 1_000_000...bounds.upperBound * 1_000_000).contains(value) {
        return value
      }
      reportBeyond(bounds, what, faults)
    } catch {
      switch (error, bounds) {
      case (.tooManyDecimals, _):
        faults.report(place, "\(what) has more than six decimals: \(written)")
      case (.tooLarge, let bounds?): reportBeyond(bounds, what, faults)
      case (.tooLarge, nil):
        faults.report(place, "\(what) is too large: \(written)", hint: "at most \(pointsMax)")
      }
    }
    return nil
  }

  /// A whole number within bounds, which reach no further than a billion.
  func wholeNumber(
    _ what: String, in bounds: ClosedRange<Int64>, _ faults: FaultCollector
  ) -> Int64? {
    guard case .number(let number) = value else {
      return double(what, faults).flatMap { _ in nil }
    }
    do throws(DecimalFault) {
      let value = try parseMillionths(number)
      if value % 1_000_000 != 0 { throw .tooManyDecimals }
      if bounds.contains(value / 1_000_000) { return value / 1_000_000 }
      throw .tooLarge
    } catch {
      switch error {
      case .tooManyDecimals:
        faults.report(place, "\(what) must be a whole number, not \(written)")
      case .tooLarge: reportBeyond(bounds, what, faults)
      }
    }
    return nil
  }

  private func reportBeyond(
    _ bounds: ClosedRange<Int64>, _ what: String, _ faults: FaultCollector
  ) {
    faults.report(
      place, "\(what) must be \(bounds.lowerBound) to \(bounds.upperBound), not \(written)")
  }
}
