import Chance
import Notation
import Testing

@testable import Reading

@Suite("Sheets")
struct SheetTests {
  /// An event as the test thinks of it, apart from the code that reads it.
  private struct Fact {
    var lead: String
    var milliseconds: Milliseconds
    var kind: Int
    var number: Int

    var text: String {
      // Only times within one day, so that the test needs no calendar.
      let seconds = milliseconds / 1000
      let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { two(Int($0)) }
      let time = "2026-01-01T\(parts.joined(separator: ":")).\(three(Int(milliseconds % 1000)))Z"
      let rest =
        switch kind {
        case 0: #""page_view","path":"/pricing/x","duration":\#(number)"#
        case 1: #""download","asset":"paper-\#(number % 3)","account":"acme-\#(number % 5)""#
        case 2: #""profile","fields":{"size":\#(number),"title":"vp \#(number % 4)"}"#
        case 3: #""form_fill","form":"nps","fields":{"satisfaction":\#(number % 11),"size":null}"#
        default: #""other""#
        }
      return #"{"id":"e\#(number)","time":"\#(time)","lead":"\#(lead)","type":\#(rest)}"#
    }

    func row(line: Int) -> SeenRow {
      var row = SeenRow(
        key: lead, time: 1_767_225_600_000 + milliseconds, line: line, id: hash("e\(number)"))
      switch kind {
      case 0:
        row.interactions = [0, 1]
        row.duration = number * 1000
      case 1:
        row.interactions = [2]
        row.notes = ["compared 0: \(hash("paper-\(number % 3)"))", "account acme-\(number % 5)"]
      case 2:
        row.kind = .profile
        row.notes = ["size = \(number)", "title = vp \(number % 4)"]
      case 3: row.notes = ["answer \(Double(number % 11))", "size removed"]
      default: break
      }
      return row
    }

    private func two(_ number: Int) -> String { String(100 + number).dropFirst().description }
    private func three(_ number: Int) -> String { String(1000 + number).dropFirst().description }
  }

  private func facts(_ count: Int, late: Bool, seed: UInt64) -> [Fact] {
    var dice = SeededDice(seed: seed)
    var time: Milliseconds = 0
    return (0..<count).map { number in
      time += Milliseconds.random(in: 0...20, using: &dice)
      return Fact(
        lead: "lead-\(Int.random(in: 0..<9, using: &dice))",
        milliseconds: late ? Milliseconds.random(in: 0..<50, using: &dice) : time,
        kind: Int.random(in: 0..<5, using: &dice), number: number)
    }
  }

  @Test(
    "a key's rows stand together in the order of (time, line), every column alike",
    arguments: [false, true], 1...4 as ClosedRange<UInt64>)
  func grouping(late: Bool, seed: UInt64) throws {
    let plan = try plan()
    let facts = facts(700, late: late, seed: seed)
    let sheet = sheet(of: facts.map(\.text).joined(separator: "\n"), plan)
    #expect(sheet.refusals.isEmpty && sheet.lineCount == 700 && sheet.rowCount == 700)

    let seen = sheet.seen(plan)
    let expected = Dictionary(grouping: facts.enumerated(), by: { $0.element.lead })
      .mapValues { facts in
        facts.map { $0.element.row(line: $0.offset + 1) }
          .sorted { ($0.time, $0.line) < ($1.time, $1.line) }
      }
    #expect(sheet.keyCount == expected.count)
    var end = 0
    for key in 0..<sheet.keyCount {
      let wanted = expected[sheet.keyText(key)] ?? []
      let found = Array(seen[end..<Int(sheet.keys[key].rowEnd)])
      end = Int(sheet.keys[key].rowEnd)
      #expect(found.count == wanted.count)
      for (found, wanted) in zip(found, wanted) { #expect(rounded(found) == rounded(wanted)) }
    }
  }

  /// Facts of one row have no order of their own.
  private func rounded(_ row: SeenRow) -> SeenRow {
    var row = row
    row.notes.sort()
    return row
  }

  @Test("keys stand in the order of their hash, whose top bits are their partition")
  func partitions() throws {
    let text = (0..<500).map { event(lead: "\"lead-\($0)\"") }.joined(separator: "\n")
    let sheet = sheet(of: text, try plan())
    #expect(sheet.partitions[0] == 0)
    #expect(sheet.partitions[Sheet.partitionCount] == 500)
    for partition in 0..<Sheet.partitionCount {
      for key in Int(sheet.partitions[partition])..<Int(sheet.partitions[partition + 1]) {
        #expect(sheet.keys[key].hash == hash(sheet.keyText(key)))
        #expect(Sheet.partition(of: sheet.keys[key].hash) == partition)
        #expect(key == 0 || sheet.keys[key - 1].hash < sheet.keys[key].hash)
      }
    }
  }

  @Test("an account's profile has a key of its own, apart from a lead of that name")
  func accountProfiles() throws {
    let plan = try plan()
    let text = [
      event(lead: #""acme""#, #","fields":{"size":1}"#),
      event(type: #""account_profile""#, #","account":"acme","fields":{"size":2}"#),
    ].joined(separator: "\n")
    let sheet = sheet(of: text, plan)
    let rows = sheet.seen(plan).sorted { $0.line < $1.line }
    #expect(rows.map(\.key) == ["acme", "account:acme"])
    #expect(rows.map(\.kind) == [.ordinary, .accountProfile])
    #expect(rows.map(\.notes) == [["size = 1"], ["size = 2"]])
    #expect(sheet.accountKeys.map { sheet.keyText(Int($0)) } == ["account:acme"])
  }

  @Test(
    "withdraws and merges of accounts name keys, and the ids that are taken back stand as they are written"
  )
  func withdraws() throws {
    let plan = try plan()
    let text = [
      event(id: #""w1""#, type: #""withdraw""#, lead: #""a""#, #","event":"é-1","account":"x""#),
      event(id: #""w2""#, type: #""withdraw""#, lead: "null", #","event":"p","account":"acme""#),
      event(
        id: #""m1""#, type: #""account_merge""#, lead: #""a""#,
        #","account":"acme","from":"old","fields":{"size":1}"#),
    ].joined(separator: "\n")
    let sheet = sheet(of: text, plan)
    #expect(sheet.refusals.isEmpty && sheet.withdraws.count == 2)
    #expect(sheet.withdraws.map { sheet.keyText(Int($0.key)) } == ["a", "account:acme"])
    #expect((0..<2).map(sheet.withdrawnID) == ["é-1", "p"])
    #expect(sheet.merges.map { sheet.keyText(Int($0.lead)) } == ["account:acme"])
    #expect(sheet.merges.map { sheet.keyText(Int($0.from)) } == ["account:old"])
    let rows = sheet.seen(plan).sorted { $0.line < $1.line }
    #expect(rows.map(\.kind) == [.withdraw, .withdraw, .accountMerge])
    #expect(rows.allSatisfy { $0.notes.isEmpty })
  }

  @Test("merges and forgets name the keys of the sheet")
  func mergesAndForgets() throws {
    let plan = try plan()
    let text = [
      event(id: #""m1""#, type: #""merge""#, lead: #""b""#, #","from":"a""#),
      event(id: #""f1""#, time: #""2026-01-02T00:00:00Z""#, type: #""forget""#, lead: #""c""#),
      event(id: #""e1""#, lead: #""c""#),
    ].joined(separator: "\n")
    let sheet = sheet(of: text, plan)
    #expect(sheet.merges.map { sheet.keyText(Int($0.lead)) } == ["b"])
    #expect(sheet.merges.map { sheet.keyText(Int($0.from)) } == ["a"])
    #expect(sheet.merges.map(\.id) == [hash("m1")])
    #expect(sheet.merges.map(\.line) == [1])
    #expect(sheet.forgets.map { sheet.keyText(Int($0.lead)) } == ["c"])
    #expect(sheet.forgets.map(\.time) == [1_767_312_000_000])
    #expect(sheet.seen(plan).map(\.key).sorted() == ["b", "c"])
  }

  @Test("it says how many rows are of each class, and of what types are those that match nothing")
  func counts() throws {
    let plan = try plan()
    let decoder = SegmentDecoder(plan: plan)
    func decode(_ events: [String]) -> Sheet {
      withPadding(Array(events.joined(separator: "\n").utf8)) { decoder.decode($0, firstLine: 1) }
      return decoder.seal()
    }
    let sheet = decode([
      event(type: #""search""#), event(type: #""page_view""#, #","path":"/pricing""#),
      event(type: #""odd \"type\"""#), event(type: #""page_view""#, #","path":"/a""#),
      event(type: #""search""#), event(type: #""profile""#), event(type: #""se\u0061rch""#),
      event(type: #""forget""#, #","fields":{}"#), "no event",
    ])
    #expect(sheet.unmatchedTypes.map(\.type) == ["search", #"odd "type""#])
    #expect(sheet.unmatchedTypes.map(\.count) == [3, 1])
    let counts = zip(sheet.eventClasses, sheet.classCounts).map { ($0.interactions, $0.kind, $1) }
    #expect(counts.first { $0.0 == [0, 1] }?.2 == 1)
    #expect(counts.first { $0.0 == [0] }?.2 == 1)
    #expect(counts.first { $0.1 == .profile }?.2 == 1)
    #expect(counts.reduce(0) { $0 + Int($1.2) } == sheet.rowCount)

    let next = decode([event(type: #""download""#), event(type: #""later""#)])
    #expect(next.unmatchedTypes.map(\.type) == ["later"])
    #expect(next.unmatchedTypes.map(\.count) == [1])
    #expect(next.classCounts.reduce(0, +) == 2)
  }

  @Test("lines of only spaces, tabs and CR are no lines, but they count as places")
  func blankLines() throws {
    let text = "\n\r\n \t \r\n" + event() + "\n\n" + event(id: #""2""#) + "\r\n\r\n   "
    let sheet = sheet(of: text, try plan())
    #expect(sheet.lineCount == 2 && sheet.refusals.isEmpty)
    #expect((0..<2).map { sheet.rows[$0].line } == [4, 6])
  }

  @Test("no record of a sheet has bytes that nothing defines")
  func padding() {
    func isFilled<Record>(_ record: Record.Type, _ members: [(PartialKeyPath<Record>, Int)]) -> Bool
    {
      var end = 0
      for (member, size) in members {
        if MemoryLayout<Record>.offset(of: member) != end { return false }
        end += size
      }
      return end == MemoryLayout<Record>.stride
    }
    #expect(
      isFilled(
        Note.self,
        [(\.kind, 1), (\.lastMark, 1), (\.index, 2), (\.number, 4)]))
    #expect(
      isFilled(
        SheetKey.self,
        [(\.hash, 8), (\.textEnd, 4), (\.rowEnd, 4), (\.noteEnd, 4), (\.distinctMark, 4)]))
    #expect(
      isFilled(
        SheetRow.self,
        [
          (\.id, 8), (\.timeAndClass, 8), (\.line, 4), (\.durationAndMark, 4),
        ]))
    #expect(
      isFilled(
        MergeEntry.self,
        [(\.time, 8), (\.id, 8), (\.lead, 4), (\.from, 4), (\.line, 4), (\.padding, 4)]))
    #expect(isFilled(ForgetEntry.self, [(\.time, 8), (\.lead, 4), (\.line, 4)]))
    #expect(
      isFilled(
        RefusalEntry.self,
        [
          (\.textStart, 8), (\.byteCount, 4), (\.line, 4), (\.textByteCount, 2),
          (\.reasonCode, 2), (\.padding, 4),
        ]))
  }

  @Test("no events make an empty sheet", arguments: ["", "\n", "\n\n  \n", "\r\n"])
  func empty(text: String) throws {
    let sheet = sheet(of: text, try plan())
    #expect(sheet.lineCount == 0 && sheet.rowCount == 0 && sheet.keyCount == 0)
    #expect(sheet.refusals.isEmpty && sheet.accountCount == 0)
  }

  @Test(
    "a line of bytes without meaning is refused, never a stop",
    arguments: 1...40 as ClosedRange<UInt64>)
  func damage(seed: UInt64) throws {
    var dice = SeededDice(seed: seed)
    let plan = try plan()
    var lineCount = 0
    var bytes: [UInt8] = []
    for fact in facts(40, late: true, seed: seed) {
      var line = Array(fact.text.utf8)
      for _ in 0..<Int.random(in: 0...3, using: &dice) {
        let place = Int.random(in: 0..<line.count, using: &dice)
        // A zero byte is the hardest: the scanner stops at one.
        line[place] = Bool.random(using: &dice) ? 0 : UInt8.random(in: 0...255, using: &dice)
        if line[place] == 0x0a { line[place] = 0x0b }
      }
      bytes += line + [0x0a]
      lineCount += 1
    }
    let sheet = sheet(of: bytes, plan)
    #expect(sheet.lineCount == lineCount)
    #expect(sheet.rowCount + sheet.forgets.count + sheet.refusals.count == lineCount)
  }
}
