import Definition
import Notation

/// The attribute cells of accounts, for the leads that have no value of their own, and which accounts are one.
package struct AccountAttributes: @unchecked Sendable {
  private let cells: UnsafePointer<Int64>
  private let attributeCount: Int
  private let firstAccount: Int64
  private let finals: UnsafePointer<UInt32>?

  /// `cells`: of each account in turn, from the first one on, a cell for each attribute.
  ///
  /// `finals`: by account, the one that it is in the end; nil where each is its own, or nobody asks.
  ///
  /// Both outlive this value.
  package init(
    cells: UnsafePointer<Int64>, attributeCount: Int, firstAccount: Int64 = 0,
    finals: UnsafePointer<UInt32>?
  ) {
    self.cells = cells
    self.attributeCount = attributeCount
    self.firstAccount = firstAccount
    self.finals = finals
  }

  /// The account that one is in the end.
  func final(_ account: Int64) -> Int64 { finals.map { Int64($0[Int(account)]) } ?? account }

  @inline(__always)
  func cell(account: Int64, attribute: Int) -> Int64 {
    cells[Int(account - firstAccount) * attributeCount + attribute]
  }
}

/// The cell of a touch, and what fills it.
struct TouchedCell: BitwiseCopyable, Equatable {
  /// Which dictionary of values it takes: those of attributes come first.
  var dictionary: UInt16
  var cell: Int
  var isLast: Bool

  static func all(
    in definition: Definition, attributeCount: Int, _ layout: LeadLayout
  ) -> [TouchedCell] {
    let readings = definition.touchReadings
    return definition.touches.enumerated().map { index, touch in
      TouchedCell(
        dictionary: UInt16(attributeCount + (readings.firstIndex(of: touch.reading) ?? 0)),
        cell: layout.touches + index, isLast: touch.isLast)
    }
  }
}

extension Judge {
  /// The lead's account, attributes and net promoter answer: of each, the latest that an event has.
  @inline(__always)
  func takeFacts(
    _ history: LeadHistory, _ desk: Desk, telling trace: inout some JudgingTrace
  ) {
    takeFacts(of: 0..<history.count, history, desk, telling: &trace)
  }

  /// Takes what some events say over what those before them have said.
  @inline(__always)
  func takeFacts(
    of events: Range<Int>, _ history: LeadHistory, _ desk: Desk,
    telling trace: inout some JudgingTrace
  ) {
    guard history.factCount > 0 else { return }
    let cells = desk.cells
    for index in events {
      let event = history.events[index]
      for place in Int(event.factStart)..<Int(event.factEnd) {
        let fact = history.facts[place]
        switch fact.kind {
        case .account: cells[layout.account] = Int64(fact.payload)
        case .attribute: cells[layout.attributes + Int(fact.index)] = Int64(fact.payload)
        case .removal: cells[layout.attributes + Int(fact.index)] = LeadLayout.absent
        case .answer:
          let isValid = takeAnswer(Double(bitPattern: fact.payload), at: event.time, desk)
          trace.answered(isValid: isValid, at: index)
        case .outcome: cells[layout.outcome] = Int64(fact.payload)
        case .touch: takeTouch(fact, cells)
        case .compared, .value: break
        }
        trace.took(fact, from: index)
      }
    }
  }

  /// A first touch stays, a last one gives way.
  private func takeTouch(_ fact: Fact, _ cells: UnsafeMutablePointer<Int64>) {
    for index in 0..<touches.count where touches[index].dictionary == fact.index {
      let cell = touches[index].cell
      if touches[index].isLast || cells[cell] == LeadLayout.absent {
        cells[cell] = Int64(fact.payload)
      }
    }
  }

  /// Takes what conditions ask of the lead's key.
  @inline(__always)
  func takeKey(_ key: UnsafeBufferPointer<UInt8>, _ cells: UnsafeMutablePointer<Int64>) {
    if asksForKey { answer(forKey: key, cells) }
  }

  @inline(never)
  private func answer(
    forKey key: UnsafeBufferPointer<UInt8>, _ cells: UnsafeMutablePointer<Int64>
  ) {
    let text = String(decoding: key, as: UTF8.self)
    if layout.agedSubjects.contains(.lead) {
      cells[layout.keyInstant] =
        WallClock(timezone: definition.timezone).instant(text) ?? LeadLayout.absent
    }
    for (index, predicate) in layout.keyPredicates.enumerated() {
      cells[layout.keyAnswers + index] = predicate.holds(for: .text(text)) ? 1 : 0
    }
  }

  /// Returns whether the answer is on the scale.
  private func takeAnswer(_ value: Double, at time: Milliseconds, _ desk: Desk) -> Bool {
    guard let answer = definition.nps?.answer(value) else {
      desk.sums.invalidAnswers += 1
      return false
    }
    let group = NetPromoterGroup(answer: answer)
    desk.cells[layout.answered] = time
    desk.cells[layout.nps] = answer
    desk.cells[layout.npsGroup] = Int64(
      NetPromoterGroup.allCases.firstIndex(of: group) ?? 0)
    return true
  }

  /// Leaves a lead without an answer whose latest one has grown old.
  @inline(__always)
  func dropOldAnswer(_ desk: Desk) {
    guard let within = answersWithin else { return }
    let answered = desk.cells[layout.answered]
    guard answered != LeadLayout.absent, desk.asOf - answered >= within else { return }
    desk.cells[layout.nps] = LeadLayout.absent
    desk.cells[layout.npsGroup] = LeadLayout.absent
  }

  /// A lead without an attribute has that of its account.
  @inline(__always)
  func inherit(_ accounts: AccountAttributes, _ desk: Desk) {
    let account = desk.cells[layout.account]
    guard account != LeadLayout.absent else { return }
    for attribute in 0..<attributeCount
    where desk.cells[layout.attributes + attribute] == LeadLayout.absent {
      desk.cells[layout.attributes + attribute] =
        accounts.cell(account: account, attribute: attribute)
    }
  }

  /// Returns the attribute cells of an account from its profiles, or of a lead, the latest value of each.
  package func attributeCells(
    of history: LeadHistory, into cells: UnsafeMutablePointer<Int64>
  ) {
    for index in 0..<history.count {
      let event = history.events[index]
      for place in Int(event.factStart)..<Int(event.factEnd) {
        let fact = history.facts[place]
        if fact.kind == .attribute { cells[Int(fact.index)] = Int64(fact.payload) }
        if fact.kind == .removal { cells[Int(fact.index)] = LeadLayout.absent }
      }
    }
  }
}
