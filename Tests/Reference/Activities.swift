// "An *activity* is an event that is an occurrence of at least one interaction."
struct Activity {
  var event: Event
  var interactions: [String]

  /// Whether it is a `page_view`, "byte for byte".
  var isPageView: Bool { event.type == Text("page_view") }

  // What it adds to `time_on_site`, in milliseconds: "`duration` over activities of type
  // `page_view`: a number or numeric string, in milliseconds (× 1000 in binary64, rounded), held
  // within 0 and 1800 s; anything else is 0."
  var timeOnSite: Int {
    guard isPageView, let seconds = event.subject("duration")?.number else { return 0 }
    let milliseconds = (seconds * 1000).rounded(.toNearestOrAwayFromZero)
    return Int(min(max(milliseconds, 0), 1_800_000))
  }
}

/// What can be counted over a run of activities, in their order.
struct Tallying {
  var activities: [Activity]
  var definition: Definition

  // "the same over activities with T − 14d < time ≤ T alone"
  func within(_ window: Int?, asOf: Int) -> Tallying {
    guard let window else { return self }
    return Tallying(
      activities: activities.filter { asOf - window < $0.event.time && $0.event.time <= asOf },
      definition: definition)
  }

  // "`count.I` = occurrences of I."
  func count(_ interaction: String) -> Int {
    activities.filter { $0.interactions.contains(interaction) }.count
  }

  // "`tally.S` = sum of `count.I` over the interactions of stage S"
  func tally(_ stage: String) -> Int {
    definition.interactions(inStage: stage).reduce(0) { $0 + count($1) }
  }

  // "`stage` = the furthest stage with a tally of at least 1, else empty."
  var stage: String? { definition.journey.last { tally($0) >= 1 } }

  // "`active_days` = distinct calendar days with one."
  var activeDays: Int { Set(activities.map { definition.calendar.day($0.event.time) }).count }

  // "`visits` = runs of activities with no gap over 30 minutes"
  var visits: [[Activity]] {
    var visits: [[Activity]] = []
    for activity in activities {
      if let last = visits.last?.last, activity.event.time - last.event.time <= 30 * 60_000 {
        visits[visits.count - 1].append(activity)
      } else {
        visits.append([activity])
      }
    }
    return visits
  }

  // "`deepest_visit` = most `page_view` activities in one visit."
  var deepestVisit: Int { visits.map { $0.filter(\.isPageView).count }.max() ?? 0 }

  // "`busiest_hour` (the most activities in any span of less than 60 minutes, 0 without one)"
  var busiestHour: Int {
    activities
      .map { first in
        activities.filter { (0..<3_600_000).contains($0.event.time - first.event.time) }.count
      }
      .max() ?? 0
  }

  // "`entered.S` for each stage: the time of the first activity in it, else empty"
  func entered(_ stage: String) -> Int? {
    let inStage = Set(definition.interactions(inStage: stage))
    return activities.first { !inStage.isDisjoint(with: $0.interactions) }?.event.time
  }

  // "the property, as text, of the first occurrence of that interaction that has it (empty text is
  // not having it)"
  func touch(_ touch: Definition.Touch) -> Text? {
    let touches = activities.filter { $0.interactions.contains(touch.interaction) }
      .compactMap { $0.event.subject(touch.property)?.text }
      .filter { !$0.bytes.isEmpty }
    return touch.isLast ? touches.last : touches.first
  }

  /// In milliseconds.
  var timeOnSite: Int { activities.reduce(0) { $0 + $1.timeOnSite } }
}
