import Notation
import Testing

@testable import Definition

@Suite("points and durations") struct ExactValueTests {
  @Test(
    "points are read exactly, in millionths",
    arguments: [
      ("0", 0), ("-0.0", 0), ("1", 1_000_000), ("0.1", 100_000), ("-10", -10_000_000),
      ("0.000001", 1), ("1.2345670", 1_234_567), ("1e3", 1_000_000_000), ("1.5E-5", 15),
      ("1e-6", 1), ("1000000000", 1_000_000_000_000_000), ("0e99999999999999999999", 0),
      ("999999999.999999", 999_999_999_999_999), ("0.30000000", 300_000),
    ] as [(String, Int64)])
  func millionths(text: String, value: Int64) throws {
    #expect(try parseMillionths(text) == value)
  }

  @Test(
    "what needs a seventh decimal or passes a billion is refused",
    arguments: [
      ("0.0000001", DecimalFault.tooManyDecimals), ("1.0000001", .tooManyDecimals),
      ("1e-7", .tooManyDecimals), ("1e-99999999999999999999", .tooManyDecimals),
      ("1000000000.000001", .tooLarge), ("-1000000001", .tooLarge), ("1e10", .tooLarge),
      ("1e99999999999999999999", .tooLarge), ("123456789012345678901234567890", .tooLarge),
    ])
  func faults(text: String, fault: DecimalFault) {
    #expect(throws: fault) { try parseMillionths(text) }
  }

  @Test(
    "a duration is a whole number of minutes, hours, days or weeks",
    arguments: [
      ("90m", 5_400_000), ("12h", 43_200_000), ("30d", 2_592_000_000), ("2w", 1_209_600_000),
      ("007d", 604_800_000), ("109500d", 9_460_800_000_000),
    ] as [(String, Milliseconds)])
  func durations(text: String, length: Milliseconds) throws {
    #expect(try parseDuration(text) == length)
  }

  @Test(
    "anything else is no duration",
    arguments: [
      ("", DurationFault.malformed), ("d", .malformed), ("30", .malformed), ("30D", .malformed),
      ("-1d", .malformed), ("+1d", .malformed), ("1.5d", .malformed), ("1d12h", .malformed),
      (" 1d", .malformed), ("1 d", .malformed), ("1y", .malformed), ("٣d", .malformed),
      ("0m", .zero), ("00w", .zero), ("109501d", .tooLong), ("99999999999999999999m", .tooLong),
    ])
  func notDurations(text: String, fault: DurationFault) {
    #expect(throws: fault) { try parseDuration(text) }
  }

  @Test("a duration is written in the largest unit that measures it")
  func written() {
    #expect(writtenDuration(1_209_600_000) == "2w")
    #expect(writtenDuration(8 * 86_400_000) == "8d")
    #expect(writtenDuration(36 * 3_600_000) == "36h")
    #expect(writtenDuration(5_400_000) == "90m")
  }

  @Test(
    "the nearest name is the one fewest edits away, if few enough",
    arguments: [
      ("poitns", "points"), ("half-life", "half_life"), ("Limit", "limit"), ("lmit", "limit"),
      ("xyz", nil), ("p", nil), ("pe", "per"), ("capp", "cap"),
    ] as [(String, String?)])
  func nearestName(written: String, meant: String?) {
    #expect(nearest(to: written, among: ["points", "limit", "per", "cap", "half_life"]) == meant)
  }
}
