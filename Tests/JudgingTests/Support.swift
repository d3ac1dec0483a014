import Foundation
import Notation

@testable import Definition
@testable import Judging

/// Something a lead did, as a test writes it down.
struct Deed {
  var time: Milliseconds
  var interactions: [String] = ["view"]
  var isPageView = true
  var seconds = 0.0
  /// The attribute, and its value; nil takes it away.
  var attributes: [(name: String, value: Scalar?)] = []
  var answer: Double?
  var once: String?
  /// The number of the property that points are made of.
  var value: Double?

  init(_ time: String, _ interactions: [String] = ["view"]) {
    self.time = eventTime(time) ?? -1
    self.interactions = interactions
  }

  init(at time: Milliseconds, _ interactions: [String] = ["view"]) {
    self.time = time
    self.interactions = interactions
  }

  /// An event that only says something about the lead.
  static func profile(_ time: String, _ attributes: [(String, Scalar?)]) -> Deed {
    var deed = Deed(time, [])
    deed.isPageView = false
    deed.attributes = attributes.map { (name: $0.0, value: $0.1) }
    return deed
  }
}

/// One lead's deeds under a definition, judged without a log.
struct JudgedLead {
  let definition: Definition
  private let judge: Judge
  private let desk: Desk
  private let trace: LeadTrace

  init(
    _ text: String, asOf: String = "2026-03-01T00:00:00Z", subjects: [LeadSubject] = [],
    _ deeds: [Deed]
  ) throws {
    try self.init(
      Definition.load(text: text, file: "test.yaml"), asOf: eventTime(asOf) ?? -1,
      subjects: subjects, deeds)
  }

  init(
    _ definition: Definition, asOf: Milliseconds, subjects: [LeadSubject] = [], _ deeds: [Deed]
  ) {
    self.definition = definition
    let names = definition.interactions.map(\.name)
    var classes: [EventClass] = []
    var values = definition.attributes.map { _ in [Scalar]() }
    let history = LeadHistory()
    for (line, deed) in deeds.enumerated() {
      let eventClass = EventClass(
        kind: .ordinary, isPageView: deed.isPageView, isAnswer: deed.answer != nil,
        interactions: deed.interactions.compactMap(names.firstIndex(of:)).sorted().map(UInt16.init))
      let number = classes.firstIndex(of: eventClass) ?? classes.count
      if number == classes.count { classes.append(eventClass) }
      let start = history.factCount
      for (name, value) in deed.attributes {
        guard let index = definition.attributes.firstIndex(of: name) else { continue }
        if let value { values[index].append(value) }
        history.append(
          Fact(
            kind: value == nil ? .removal : .attribute, index: UInt16(index),
            payload: UInt64(max(values[index].count - 1, 0))))
      }
      if let answer = deed.answer {
        history.append(Fact(kind: .answer, index: 0, payload: answer.bitPattern))
      }
      if let once = deed.once {
        history.append(Fact(kind: .compared, index: 0, payload: UInt64(once.hashed)))
      }
      if let value = deed.value {
        history.append(Fact(kind: .value, index: 0, payload: value.bitPattern))
      }
      history.append(
        HistoryEvent(
          time: deed.time, id: UInt64(line), eventClass: UInt32(number),
          duration: UInt32(deed.seconds * 1000), segment: 0, line: UInt32(line + 1),
          factStart: UInt32(start), factEnd: UInt32(history.factCount)))
    }
    let table = ClassTable(classes)
    var fates = Fates()
    history.settle(table, &fates)
    judge = Judge(
      definition: definition, attributes: definition.attributes,
      values: LogValues(attributes: values),
      subjects: definition.leadSubjects + subjects, classes: table, asOf: asOf)
    desk = Desk(judge)
    let none = UnsafeMutablePointer<Int64>.allocate(capacity: 1)
    defer { none.deallocate() }
    let accounts = AccountAttributes(cells: none, attributeCount: 0, finals: nil)
    var trace = LeadTrace()
    judge.judge(history, desk, accounts: accounts, trace: &trace)
    self.trace = trace
    _ = desk.takeCounts(judge)
    judge.judge(history, desk, accounts: accounts)
    counts = desk.takeCounts(judge)
  }

  /// A value as conditions see it, by its text; nil where it is absent.
  subscript(_ subject: LeadSubject) -> String? {
    let (cell, reading) = judge.reading(of: subject)
    return reading.scalar(desk.cells[cell])?.asText
  }

  /// The first score, exactly.
  var raw: String? { self[.raw(0)] }
  var score: String? { self[.score(0)] }
  let counts: JudgingCounts
  /// By list, whether the lead is on it.
  var isOn: [Bool] { definition.lists.indices.map { desk.cells[judge.layout.lists + $0] == 1 } }
  func rawCell(_ score: Int) -> Micropoints { desk.cells[judge.layout.raws + score] }
  func parts(_ score: Int) -> [ScorePart] { judge.parts(of: score, desk) }

  /// What all that was told of a score comes to.
  func traced(_ score: Int) -> Int128 {
    let rules = definition.pointRules
    return trace.contributions.reduce(Int128(0)) {
      $0 + (rules[Int($1.rule)].score == score ? Int128($1.points) : 0)
    } + trace.adjustments.reduce(0) { $0 + ($1.score == score ? $1.points : 0) }
  }

  func adjustments(_ score: Int) -> [Adjustment] { trace.adjustments.filter { $0.score == score } }

  func coverage(_ grade: Int) -> Int64 { desk.cells[judge.layout.coverages + grade] }
}

extension String {
  /// A number for a text that no other text of a test has.
  fileprivate var hashed: UInt32 { utf8.reduce(5381) { $0 &* 33 ^ UInt32($1) } }
}

/// A definition whose one score is given.
func scoring(_ score: String, timezone: String = "UTC", _ rest: String = "") -> String {
  """
  name: test
  timezone: \(timezone)
  journey: [early, late]
  interactions:
    view: { type: page_view, stage: early }
    paper: { type: download, stage: late }
  scores:
    s: \(score)
  \(rest)
  """
}

let day: Milliseconds = 86_400_000
