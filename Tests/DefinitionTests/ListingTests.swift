import Testing

@testable import Definition

@Suite("lists and columns") struct ListingTests {
  private func load(_ yaml: String) throws -> Definition {
    try Definition.load(text: "name: x\n" + yaml, file: "x.yaml")
  }

  @Test("a list is a condition, or written out")
  func forms() throws {
    let lists = try load(
      """
      interactions: { v: { type: v } }
      scores: { main: { points: { v: 1 } } }
      lists:
        plain: { visits: 1 }
        all: { columns: [] }
        call:
          when: { visits: { min: 2 } }
          columns: [visits, attribute.title, reasons]
          order_by: [-score.main, attribute.title]
          first: 200
      """
    ).lists
    #expect(lists[0].condition.subjects == [.visits(window: nil)] && lists[0].columns.isEmpty)
    #expect(lists[1].condition.subjects.isEmpty && lists[1].order.isEmpty)
    #expect(lists[2].condition.subjects == [.visits(window: nil)] && lists[2].first == 200)
    #expect(lists[2].columns.map(\.name) == ["visits", "attribute.title", "reasons"])
    #expect(
      lists[2].order == [
        OrderTerm(.score(0), isTurned: true), OrderTerm(.attribute("title")),
      ])
  }

  @Test("reasons are of the score that the list is ordered by, else of the first")
  func reasons() throws {
    let definition = try load(
      """
      interactions: { v: { type: v } }
      scores: { one: { points: { v: 1 } }, two: { points: { v: 1 } } }
      columns: [reasons, reasons.two]
      lists:
        a: { columns: [reasons] }
        b: { columns: [reasons], order_by: [visits, -raw.two, score.one] }
        c: { columns: [reasons.one], order_by: score.two }
      """)
    func scores(_ columns: [ExtraColumn<LeadSubject>]) -> [Int] { columns.reasonScores }
    #expect(scores(definition.columns) == [0, 1])
    #expect(definition.lists.map { scores($0.columns) } == [[0], [1], [0]])
    #expect(definition.shownReasons == [0, 1])
  }

  @Test("a blend has the reasons of the first score in it that is none, nested ones in order")
  func blends() throws {
    let definition = try load(
      """
      interactions: { v: { type: v } }
      grades: { fit: { letters: { A: 50, B: 0 }, criteria: [{ attribute: a, weight: 1, values: [{ min: 1, value: 100 }] }] } }
      scores:
        fits: { blend: { percent.fit: 1 } }
        one: { points: { v: 1 } }
        two: { points: { v: 1 } }
        inner: { blend: { score.fits: 1, score.two: 1 } }
        outer: { blend: { score.fits: 1, score.inner: 1, score.one: 1 } }
      """)
    #expect(definition.scoresWithReasons == [nil, 1, 2, 2, 2])
  }

  @Test("what files show is read: subjects of columns and orders, attributes of leads and accounts")
  func read() throws {
    let definition = try load(
      """
      columns: [attribute.a, visits@30d]
      lists: { call: { columns: [attribute.b], order_by: -attribute.c } }
      accounts: { columns: [attribute.d] }
      """)
    #expect(definition.attributes == ["a", "b", "c", "d"])
    #expect(definition.leadSubjects.contains(.visits(window: 2_592_000_000)))
    #expect(definition.ready == nil)
  }

  @Test("settings reach into what is written out")
  func settings() throws {
    let definition = try load("lists: { call: { order_by: [visits], first: 5 } }")
    let changed = try definition.setting(
      [
        Setting(path: "lists.call.first", value: "7"),
        Setting(path: "lists.call.order_by", value: "-activities"),
      ], file: "x.yaml"
    ).definition
    #expect(changed.lists[0].first == 7)
    #expect(changed.lists[0].order == [OrderTerm(.activities(window: nil), isTurned: true)])
  }
}
