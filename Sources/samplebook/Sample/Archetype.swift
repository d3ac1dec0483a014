/// A way of behaving that many leads share.
struct Archetype {
  enum Name {
    case decisionMaker, champion, informationGatherer, evaluator, casual, student, jobSeeker,
      competitor
    case customer
  }

  let name: Name
  /// How many of a thousand leads behave so.
  let share: Int
  let titles: [String]
  let seniority: String
  /// How many interactions of each stage of the journey a lead has while nothing comes of it.
  let awareness: ClosedRange<Int>
  let consideration: ClosedRange<Int>
  let decision: ClosedRange<Int>
  /// How many pages besides, and which.
  let browsing: ClosedRange<Int>
  let pages: [String]
  /// How likely the lead is known by an address rather than by a cookie alone.
  let identified: Double
  /// How likely the lead talks to sales, so that there is an outcome.
  let opportunity: Double

  static let all = [
    Archetype(
      name: .decisionMaker, share: 80,
      titles: [
        "VP Marketing", "VP Sales", "Chief Revenue Officer", "Chief Marketing Officer",
        "Marketing Director",
        "Sales Director", "Managing Director",
      ],
      seniority: "executive", awareness: 1...5, consideration: 0...3, decision: 0...2,
      browsing: 1...6,
      pages: SampleWords.product, identified: 0.9, opportunity: 0.6),
    Archetype(
      name: .champion, share: 60,
      titles: [
        "Marketing Operations Manager", "Demand Generation Manager", "Head of Growth",
        "Marketing Manager",
      ],
      seniority: "manager", awareness: 8...18, consideration: 1...4, decision: 0...3,
      browsing: 8...28,
      pages: SampleWords.product + SampleWords.docs, identified: 0.97, opportunity: 0.4),
    Archetype(
      name: .informationGatherer, share: 200,
      titles: [
        "Marketing Analyst", "Business Analyst", "Data Analyst", "Research Associate",
        "Junior Consultant",
      ],
      seniority: "specialist", awareness: 2...7, consideration: 1...4, decision: 0...1,
      browsing: 1...8,
      pages: SampleWords.product, identified: 0.8, opportunity: 0.08),
    Archetype(
      name: .evaluator, share: 130,
      titles: [
        "Sales Operations Manager", "CRM Administrator", "Data Engineer", "Solutions Architect",
        "IT Manager",
      ],
      seniority: "specialist", awareness: 1...4, consideration: 0...3, decision: 0...3,
      browsing: 5...18,
      pages: SampleWords.docs + SampleWords.product, identified: 0.85, opportunity: 0.35),
    Archetype(
      name: .casual, share: 310,
      titles: ["Consultant", "Account Manager", "Content Writer", "Founder"],
      seniority: "specialist", awareness: 1...3, consideration: 0...0, decision: 0...1,
      browsing: 0...3,
      pages: SampleWords.product, identified: 0.25, opportunity: 0),
    Archetype(
      name: .student, share: 70, titles: ["Student", "PhD Student", "Intern"], seniority: "entry",
      awareness: 2...8, consideration: 1...3, decision: 0...0, browsing: 0...4,
      pages: SampleWords.product,
      identified: 0.7, opportunity: 0),
    Archetype(
      name: .jobSeeker, share: 65,
      titles: ["Software Engineer", "Account Executive", "Product Designer"],
      seniority: "specialist", awareness: 0...2, consideration: 0...0, decision: 0...0,
      browsing: 4...14,
      pages: SampleWords.careers, identified: 0.4, opportunity: 0),
    Archetype(
      name: .competitor, share: 25,
      titles: ["Product Manager", "Competitive Intelligence Analyst", "Product Marketing Manager"],
      seniority: "manager", awareness: 2...6, consideration: 1...4, decision: 2...8,
      browsing: 6...20,
      pages: SampleWords.product + SampleWords.docs, identified: 0.3, opportunity: 0),
    Archetype(
      name: .customer, share: 60,
      titles: ["CRM Administrator", "Marketing Operations Manager", "Revenue Operations Director"],
      seniority: "manager", awareness: 3...10, consideration: 0...1, decision: 0...1,
      browsing: 20...70,
      pages: SampleWords.docs, identified: 1, opportunity: 0),
  ]
}
