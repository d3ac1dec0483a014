import Testing

@testable import Reference

@Suite struct AnswerTests {
  private func book(_ scale: String, _ answers: [(lead: String, value: String)]) throws
    -> HandResult
  {
    let text = viewing(
      """
      nps: { answers: { form: nps }, value: fields.satisfaction, scale: \(scale) }
      """)
    return try HandBook(
      text,
      answers.enumerated().map { index, answer in
        let rest =
          "\"form\":\"nps\",\"account\":\"x\",\"fields\":{\"satisfaction\":\(answer.value)}"
        return line("\(index)", "2026-02-01T00:00:00Z", "form_fill", answer.lead, rest)
      }
    ).result()
  }

  /// 9 stays: what follows is invalid, 7 in all.
  @Test func invalidAnswersChangeNothing() throws {
    let values = ["3", "9", "9.5", "0", "11", #""nine""#, "true", "null", #""8 ""#]
    let found = try book("[1, 10]", values.map { ("a", $0) })
    #expect(found.cell("a", "nps") == "9")
    #expect(found.cell("a", "nps_group") == "promoter")
    #expect(found.counts.invalidAnswers == 7)
    #expect(try book("[0, 10]", [("a", "-0")]).cell("a", "nps") == "0")
    #expect(try book("[0, 10]", [("a", #""1e1""#)]).cell("a", "nps") == "10")
  }

  // 10, 9 promote, 8 and 7 are passive, 6, 0 detract: (2 − 2) / 6 = 0. With one promoter of
  // eight: 12.5, 13; with one detractor of eight −13.
  @Test func groupsAndScore() throws {
    let six = try book(
      "[0, 10]", ["10", "9", "8", "7", "6", "0"].enumerated().map { ("l\($0)", $1) })
    #expect(six.counts.nps == 0)
    #expect([six.counts.promoters, six.counts.passives, six.counts.detractors] == [2, 2, 2])
    func eight(_ first: String) throws -> HandResult {
      try book("[0, 10]", (0..<8).map { ("l\($0)", $0 == 0 ? first : "7") })
    }
    #expect(try eight("9").counts.nps == 13)
    #expect(try eight("6").counts.nps == -13)
    #expect(try eight("6").cell("x", "nps", in: "accounts.csv") == "-13")
  }

  /// "None of the five types … is ever … an NPS answer": a profile is not, not even an invalid one.
  @Test func aProfileIsNoAnswer() throws {
    let text = viewing("nps: { answers: { form: nps }, value: answer, scale: [1, 10] }")
    let found = try HandBook(
      text, [line("1", "2026-02-01T00:00:00Z", "profile", "a", #""form":"nps","answer":9"#)]
    ).result()
    #expect(found.cell("a", "nps") == "")
    #expect(found.counts.invalidAnswers == 0)
  }
}
