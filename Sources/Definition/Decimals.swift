import Notation

/// Points, caps and weights go up to this.
///
/// No scoring model needs more, and thousands of such sums still fit 64 bits of millionths.
let pointsMax: Int64 = 1_000_000_000

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
      let value = try parseMillionths(number, atMost: pointsMax)
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
      let value = try parseMillionths(number, atMost: pointsMax)
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
