import Audit
import Definition
import Engine
import EventLog
import Foundation
import Nightly
import Notation
import TestBooks
import Testing
import Upkeep

/// Snapshots come out as they were published, whatever they saw of forgets that they do not know.
@Suite("what a snapshot saw of forgets") struct HindsightTests {
  private static let definition = """
    name: hindsight
    interactions: { view: { type: page_view } }
    scores: { heat: { points: { view: 10 } } }
    """
  private static let asOf = "2026-03-10T00:00:00Z"

  private func line(
    _ id: String, _ second: Int, _ type: String, _ lead: String, from: String? = nil
  ) -> String {
    #"{"id":"\#(id)","time":"2026-03-01T00:00:0\#(second)Z","type":"\#(type)","lead":"\#(lead)""#
      + (from.map { #","from":"\#($0)""# } ?? "") + "}\n"
  }

  /// What each night appends.
  ///
  /// `cy` is forgotten in the second and `bea` in the third. That she is `bob`, too, is said in the fourth, and
  /// so is an event of `ann` before her forget, of which the known one behind it is a copy.
  private var nights: [String] {
    [
      ["ann", "bea", "bob", "cy", "dan"].map { line("1-\($0)", 5, "page_view", $0) }.joined(),
      line("f1", 4, "forget", "ann") + line("f2", 9, "forget", "cy"),
      line("f3", 7, "forget", "bea"),
      line("m", 6, "merge", "bea", from: "bob") + line("1-ann", 2, "page_view", "ann"),
      line("f4", 9, "forget", "dan"),
    ]
  }

  /// Appends what a night brings; returns when.
  private func append(_ night: Int, to book: Book) throws -> Milliseconds {
    let time = 1_772_500_000_000 + Milliseconds(night) * 86_400_000
    let lines = nights[night].split(separator: "\n").map { Array("\($0)\n".utf8) }
    var span = EventSpan()
    for _ in lines { span.add(time: 1_772_323_200_000) }
    _ = try LogAppender(log: book.log).append(lines: lines, span: span, appended: time)
    return time
  }

  private func publish(_ book: Book, knownAt: Milliseconds? = nil) throws -> String {
    var log = Log(of: book)
    log.knownAt = knownAt
    let plan = RunPlan(
      log, try Definition.load(text: Self.definition, file: "d.yaml"),
      asOf: try #require(eventTime(Self.asOf)))
    return try Nightly.run(plan).snapshot
  }

  private func leads(_ snapshot: String) throws -> Set<String> {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(snapshot)/leads.csv"))
    return Set(NamedRows(Array(bytes)).rows.compactMap { $0["lead"] })
  }

  private func expectAsPublished(
    _ snapshots: [(path: String, leads: Set<String>)], in book: Book, _ how: String
  ) throws {
    for (path, wanted) in snapshots {
      #expect(try leads(path) == wanted, "\(how): \(path)")
      let found = try reproduce(snapshot: path, of: book)
      #expect(found.isSame, "\(how): \(found.faults)")
      for (other, others) in snapshots {
        let report = try diff(
          DiffPlan(
            book: book, from: AuditSubject(snapshot: path, of: book),
            to: AuditSubject(snapshot: other, of: book), shownMax: nil))
        #expect(report.unreproduced.isEmpty, "\(how): \(path) to \(other)")
        #expect(report.leads.came == others.subtracting(wanted).count, "\(how)")
        #expect(report.leads.gone == wanted.subtracting(others).count, "\(how)")
      }
    }
  }

  @Test("one made before a forget has the lead, one that looked back behind it has not")
  func comesOut() throws {
    let scratch = try ScratchBook()
    let book = scratch.book
    var snapshots: [(path: String, leads: Set<String>)] = []
    let first = try append(0, to: book)
    let all: Set = ["ann", "bea", "bob", "cy", "dan"]
    snapshots.append((try publish(book), all))
    // Each night looks back to the first one, and sees more of who is forgotten.
    let forgotten = [[], ["cy"], ["cy", "bea"], ["cy", "bea", "bob", "ann"]]
    for night in 1...3 {
      _ = try append(night, to: book)
      snapshots.append((try publish(book, knownAt: first), all.subtracting(forgotten[night])))
    }
    _ = try append(4, to: book)
    snapshots.append((try publish(book), []))
    snapshots.append((try publish(book, knownAt: first), []))
    try expectAsPublished(snapshots, in: book, "as appended")
    _ = try compact(book)
    try expectAsPublished(snapshots, in: book, "merged")
  }
}
