import EventLog
import Foundation

/// Counts, plainly, what the leads that were won did before, by the stages of the sample's pipeline.
struct WinnerStages {
  private struct Event: Decodable {
    let id: String
    let time: String
    let type: String
    let lead: String
    let from: String?
    let outcome: String?
    let path: String?
    let url: String?
    let asset: String?
    let form: String?
  }

  private var counts = [0, 0, 0]
  private var winnerCount = 0

  var averages: (awareness: Double, consideration: Double, decision: Double) {
    let winners = Double(winnerCount)
    return (Double(counts[0]) / winners, Double(counts[1]) / winners, Double(counts[2]) / winners)
  }

  init(log: String) throws {
    let events = try Self.events(ofLog: log)
    var names: [String: String] = [:]
    for event in events where event.type == "merge" {
      if let from = event.from { names[from] = event.lead }
    }
    var wonAt: [String: String] = [:]
    for event in events where event.outcome == "won" { wonAt[event.lead] = event.time }
    winnerCount = wonAt.count
    var seen: Set<String> = []
    for event in events {
      let lead = names[event.lead] ?? event.lead
      guard let end = wonAt[lead], event.time <= end, let stage = Self.stage(of: event),
        seen.insert("\(lead) \(event.id)").inserted
      else { continue }
      counts[stage] += 1
    }
  }

  private static func events(ofLog log: String) throws -> [Event] {
    var events: [Event] = []
    let decoder = JSONDecoder()
    for segment in try listSegments(in: log) {
      try readLines(of: segment) { batch in
        for line in batch.bytes.split(separator: 10) {
          if let event = try? decoder.decode(Event.self, from: Data(line)) { events.append(event) }
        }
      }
    }
    return events
  }

  private static func stage(of event: Event) -> Int? {
    switch event.type {
    case "campaign_touch", "email_click": return 0
    case "download": return event.asset?.contains("whitepaper") == true ? 1 : nil
    case "form_fill":
      switch event.form {
      case "webinar-registration": return 1
      case "demo-request", "contact": return 2
      default: return nil
      }
    case "page_view":
      let path = event.path ?? URL(string: event.url ?? "")?.path ?? ""
      let starts = ["/blog/", "/compare/", "/pricing"]
      return starts.firstIndex { path.hasPrefix($0) }
    default: return nil
    }
  }
}
