/// Random times that gather where something changes.
struct RandomTimes {
  let world: World
  private let calendar: LocalCalendar?
  private let changes: [Int]
  private var latest: Int

  init(_ world: World, calendar: LocalCalendar?) {
    self.world = world
    self.calendar = calendar
    latest = world.asOfMilliseconds - 10 * millisecondsPerDay
    var changes: [Int] = []
    var time = max(0, world.asOfMilliseconds - 380 * millisecondsPerDay)
    while let change = World.clockChange(in: world.zone, after: time), changes.count < 3 {
      changes.append(change)
      time = change
    }
    self.changes = changes
  }

  /// The next time: from 1970 on, now and then after the as-of.
  mutating func next(_ dice: inout Dice) -> Int {
    let asOf = world.asOfMilliseconds
    let minute = 60_000
    let time: Int
    switch dice.below(100) {
    case ..<28: time = asOf - dice.below(100 * millisecondsPerDay)
    case ..<34: time = asOf - dice.below(400) * millisecondsPerDay
    case ..<60:
      // Gaps between the events of a visit, and between visits.
      let gaps = [0, 0, 1, 5 * minute, 29 * minute, 30 * minute, 30 * minute + 1, 61 * minute]
      time = latest + dice.pick(gaps)
    case ..<78:
      // Ages of exactly a half-life, the end of a fade, a window, and one millisecond beside.
      let age = dice.pick(world.ages) * dice.pick([1, 1, 1, 2, 3])
      time = asOf - age + dice.pick([0, 0, 0, 1, -1])
    case ..<86 where !changes.isEmpty:
      let around = [0, -1, 15 * minute, -15 * minute, 59 * minute, -61 * minute, 75 * minute]
      time = dice.pick(changes) + dice.pick(around)
    case ..<93: time = startOfDay(asOf - dice.below(40) * millisecondsPerDay, &dice)
    case ..<95: time = asOf
    case ..<98: time = asOf + dice.pick([1, 1000, 86_400_000, 30 * 86_400_000])
    default: time = dice.pick([0, 1, 999, 9_214_646_399_999, 9_214_646_400_000 - 1000])
    }
    let held = min(max(time, 0), 9_214_646_399_999)
    if held > asOf - 300 * millisecondsPerDay && held < asOf { latest = held }
    return held
  }

  /// The start of a local day, or just before it, or of an hour in it.
  private func startOfDay(_ time: Int, _ dice: inout Dice) -> Int {
    guard let calendar else { return time }
    let day = calendar.day(time)
    var start = time
    while start > 0 && calendar.day(start - 3_600_000) == day { start -= 3_600_000 }
    start -= start % 3_600_000
    return start + dice.pick([0, -1, 1800_000, 1800_000 - 1, 3_600_000, 3_600_000 - 1])
  }
}
