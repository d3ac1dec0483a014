import Testing

@testable import Definition
@testable import Describing

@Suite("a definition in sentences") struct DescriptionTests {
  @Test("rules are told with their gates, caps and ageing")
  func rules() throws {
    let sentences = try section(
      "Score s",
      """
      name: t
      interactions:
        pricing-page: { type: page_view, path: "/pricing*" }
        order: { type: order }
        ad: { type: campaign_touch }
      scores:
        s:
          range: [0, 100]
          half_life: 90d
          points:
            pricing-page: { points: 8, cap: 32 }
            order: { points: { of: amount, times: 0.5, max: 50 }, limit: 2, per: 24h, each: shop, half_life: 2w }
            ad: { points: -1.5, once_per: campaign, limit: 3, per: hour, cap: 6 }
          caps: [ { interactions: [order, ad], points: 40 } ]
          bonuses: [ { name: gone-quiet, when: { visits: 0 }, points: -10 } ]
          inactivity: { after: 30d, points: -5, every: 1w }
      """)
    #expect(
      sentences == [
        "A pricing page is worth 8 points, at most 32 in all; half of it is gone after 90 days.",
        "An order is worth 0.5 times its amount, no more than 50, at most 2 in any 24 hours for each shop; "
          + "half of it is gone after 14 days.",
        "An ad is worth -1.5 points, of those with the same campaign one counts, at most 3 an hour, "
          + "no less than -6 in all; half of it is gone after 90 days.",
        "Order and ad together come to no more, up or down, than 40 points.",
        "10 points less while the number of visits is 0 (gone-quiet).",
        "30 days without an activity come to -5 points, and again after each further 7 days.",
        "The score is a whole number, held from 0 to 100.",
      ])
  }

  @Test("conditions are told part by part")
  func conditions() throws {
    let sentences = try section(
      "Lists",
      """
      name: t
      interactions: { view: { type: page_view } }
      scores: { s: { points: { view: 1 } } }
      lists:
        hot: { score.s: { min: 5, below: 9 }, count.view@14d: 2 }
        odd: { any: [ { attribute.title: ["VP *", Chief] }, { not: { last_seen: { ago: { max: 7d } } } } ] }
      """)
    #expect(
      sentences == [
        "On hot are leads where the s score is at least 5 and is below 9 and the count of view in the last "
          + "14 days is 2.",
        "On odd are leads where the attribute title is like VP * or Chief or not (the last activity lies at "
          + "most 7 days back).",
      ])
  }

  @Test("what a definition does not have is not told")
  func least() throws {
    let description = DefinitionDescription(try Definition.load(text: "name: t", file: "f"))
    #expect(description.sections.map(\.heading) == ["How events are read"])
  }

  private func section(_ heading: String, _ yaml: String) throws -> [String] {
    let description = DefinitionDescription(try Definition.load(text: yaml, file: "f"))
    return try #require(description.sections.first { $0.heading == heading }).sentences
  }
}
