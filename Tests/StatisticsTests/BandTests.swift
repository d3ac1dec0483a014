import Testing

@testable import Statistics

@Suite("bands and thresholds")
struct BandTests {
  private let table = OutcomeTable([
    .init(value: 90, won: 6, rest: 2), .init(value: 60, won: 3, rest: 9),
    .init(value: 30, won: 1, rest: 19), .init(value: -5, won: 0, rest: 40),
  ])

  @Test("a band's lift is its share over the share of all, and what it captures adds up")
  func lifts() {
    let bands = table.bands(from: [0, 31, 76])
    #expect(bands.map(\.from) == [76, 31, 0, nil])
    #expect(bands.map(\.below) == [nil, 76, 31, 0])
    #expect(bands.map(\.leads) == [8, 12, 20, 40])
    #expect(bands.map(\.share) == [0.75, 0.25, 0.05, 0])
    // 10 of 80 leads: an eighth.
    #expect(bands.map(\.lift) == [6, 2, 0.4, 0])
    #expect(bands.map(\.captured) == [0.6, 0.9, 1, 1])
  }

  @Test("a band nobody is in has no share, and one below all bounds is there only if somebody is")
  func emptyBands() {
    let bands = table.bands(from: [-100, 95, 61])
    #expect(bands.map(\.from) == [95, 61, -100])
    #expect(bands[0].leads == 0)
    #expect(bands[0].share == nil)
    #expect(bands[0].lift == nil)
    #expect(bands[0].captured == 0)
  }

  @Test("even bands begin with the value of the lead at each rank and never part a value")
  func evenBands() {
    #expect(table.evenBounds(10) == [-5, 30, 60, 90])
    #expect(table.evenBounds(4) == [-5, 60, 30].sorted())
    #expect(table.evenBounds(1) == [-5])
    let hundred = OutcomeTable((1...100).map { .init(value: $0, won: 0, rest: 1) })
    #expect(hundred.evenBounds(4) == [1, 26, 51, 76])
    #expect(hundred.bands(from: hundred.evenBounds(4)).map(\.leads) == [25, 25, 25, 25])
    #expect(OutcomeTable([]).evenBounds(4).isEmpty)
  }

  @Test("even bands are those of walking down the leads one by one", arguments: [1, 2, 3, 7, 10])
  func evenBandsByLead(_ count: Int) {
    for seed in 0..<20 as Range<UInt64> {
      let leads = DrawnLeads(11 + Int(seed) * 7, values: 15, seed: seed)
      let sorted = leads.leads.map(\.first).sorted(by: >)
      let bounds = Set(
        (1...count).map { band in sorted[(band * sorted.count + count - 1) / count - 1] })
      #expect(leads.table(\.first).evenBounds(count) == bounds.sorted())
    }
  }

  @Test("precision and recall are those of counting who is called")
  func thresholds() {
    let thresholds = table.thresholds
    #expect(thresholds.map(\.value) == [90, 60, 30, -5])
    #expect(thresholds.map(\.precision) == [0.75, 0.45, 0.25, 0.125])
    #expect(thresholds.map(\.recall) == [0.6, 0.9, 1, 1])
    #expect(
      table.threshold(61) == Threshold(value: 61, won: 6, rest: 2, precision: 0.75, recall: 0.6))
    #expect(table.threshold(91).precision == nil)
    #expect(table.threshold(91).recall == 0)
    for value in -6...91 as ClosedRange<Int64> {
      let next = thresholds.last { $0.value >= value }
      #expect(table.threshold(value).won == next?.won ?? 0)
    }
  }

  @Test("a counter's table has each value once, large ones and negative ones too")
  func counter() {
    var counter = OutcomeCounter()
    for value in [5, 200, -3, 5, 127, 128, -3, .max, .min] as [Int64] {
      counter.count(value, isWon: value > 100)
    }
    let table = counter.table
    #expect(table.rows.map(\.value) == [.min, -3, 5, 127, 128, 200, .max])
    #expect(table.rows.map(\.leads) == [1, 2, 2, 1, 1, 1, 1])
    #expect(table.won == 4)
    #expect(table.rest == 5)
  }
}
