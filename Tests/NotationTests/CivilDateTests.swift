import Notation
import Testing

@Suite("civil dates") struct CivilDateTests {
  /// The first day that is counted here: 1600-01-01, in days since 1970.
  private static let firstDay = -135_140

  private func lengths(ofYear year: Int) -> [Int] {
    let isLeap = year % 400 == 0 || year % 4 == 0 && year % 100 != 0
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  }

  @Test("every day of eight hundred years is the one that counting comes to, there and back")
  func everyDay() {
    var day = Self.firstDay
    for year in 1600..<2400 {
      for (month, length) in lengths(ofYear: year).enumerated() {
        for dayOfMonth in 1...length {
          let date = CivilDate(daysSince1970: day)
          if date.year != year || date.month != month + 1 || date.day != dayOfMonth
            || date.daysSince1970 != day
            || CivilDate(year: year, month: month + 1, day: dayOfMonth) != date
          {
            Issue.record("\(year)-\(month + 1)-\(dayOfMonth): \(date)")
          }
          day += 1
        }
        #expect(CivilDate(year: year, month: month + 1, day: length + 1) == nil)
      }
    }
    #expect(day - Self.firstDay == 2 * 146_097)
    #expect(CivilDate(year: 1970, month: 1, day: 1)?.daysSince1970 == 0)
  }

  @Test(
    "there is no day before the first of a month, and no month beside the twelve",
    arguments: [(1, 0), (1, -1), (0, 1), (13, 1), (-1, 1), (2, 30)])
  func noSuchDay(month: Int, day: Int) {
    #expect(CivilDate(year: 2026, month: month, day: day) == nil)
  }

  @Test("a division goes towards minus infinity, at the ends of a number's range too")
  func division() {
    for value in -1000...1000 {
      for divisor in 1...12 {
        #expect(
          floorDivide(value, divisor) == Int((Double(value) / Double(divisor)).rounded(.down)))
      }
    }
    #expect(floorDivide(Int64.min, 1) == .min)
    #expect(floorDivide(Int64.min, .max) == -2)
    #expect(floorDivide(Int64.max, .max) == 1)
  }
}
