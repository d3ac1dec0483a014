import Foundation

/// A random definition and a random log that fits it: the same seed gives the same book.
///
/// The definition is valid and uses whatever a definition can hold. The log is small and vicious:
/// few leads, ids and accounts, so that they collide; times that gather where something changes;
/// and lines that are refused, far more than `--max-refused` allows by default. In every eighth book
/// points and weights go as far as they may.
public struct RandomBook {
  public let seed: UInt64
  /// The definition, as YAML.
  public let definition: String
  /// Uncompressed NDJSON; the paths are not in the order in which they are to be read.
  public let segments: [(path: String, bytes: [UInt8])]
  public let asOf: String
  /// The features that it may use.
  public let features: Set<Feature>

  /// Makes a book of about `size` lines; without one, of 50 to 400.
  public init(seed: UInt64, size: Int? = nil, features: Set<Feature> = Feature.inEngine) {
    self.seed = seed
    self.features = features
    var dice = Dice(seed: seed)
    var world = World(&dice, isLarge: seed % 8 == 5, features: features)
    definition = randomDefinition(&dice, &world)
    asOf = world.asOf
    let calendar = TimeZone(identifier: world.zone).map { LocalCalendar(zone: $0) }
    let chosen = size ?? dice.within(50...400)
    let log = RandomLog(world, calendar: calendar, size: chosen, &dice)
    segments = RandomBook.segments(log.lines, &dice)
  }

  public var input: ReferenceInput {
    ReferenceInput(
      definition: definition, segments: segments, asOf: asOf, features: features)
  }

  private static let paths = [
    "a.ndjson", "B.ndjson", "2026-x.ndjson", "2026/b.ndjson", "10.ndjson", "9.ndjson", "ä.ndjson",
  ]

  private static func segments(
    _ lines: [RandomLine], _ dice: inout Dice
  ) -> [(path: String, bytes: [UInt8])] {
    let names = dice.some(dice.within(1...4), of: paths)
    var bytes = names.map { _ in [UInt8]() }
    for line in lines {
      let index = dice.below(names.count)
      if dice.chance(4) { bytes[index] += randomRefusal(&dice) + ending(&dice) }
      if dice.chance(2) { bytes[index] += Array(dice.pick([" ", "\t\r", "", "\r"]).utf8) + [0x0A] }
      bytes[index] += Array(line.json(&dice).utf8) + ending(&dice)
    }
    if dice.chance(4) { bytes[0] += longLine(over: false) + [0x0A] + longLine(over: true) + [0x0A] }
    // The last line of a segment may end without a line's end.
    for index in bytes.indices where dice.chance(30) && bytes[index].last == 0x0A {
      bytes[index].removeLast()
    }
    return Array(zip(names, bytes)).map { (path: $0, bytes: $1) }
  }

  private static func ending(_ dice: inout Dice) -> [UInt8] {
    dice.chance(8) ? [0x0D, 0x0A] : [0x0A]
  }
}
