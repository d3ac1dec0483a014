import Explorer
import Testing

@Suite("requests") struct RequestTests {
  @Test("a path and its names and values are taken apart, and what is malformed is refused")
  func parsing() throws {
    let request = try #require(
      ExplorerRequest(target: "/api/leads?find=a+b%40x&where=%7B%20a:%201%20%7D&set=1&set=2&none"))
    #expect(request.path == "/api/leads")
    #expect(request.value("find") == "a b@x")
    #expect(request.value("where") == "{ a: 1 }")
    #expect(request.values("set") == ["1", "2"])
    #expect(request.value("none") == "")
    #expect(request.value("other") == nil)
    for target in ["api", "/%", "/%4", "/%zz", "/%+1", "/?a=%ff", "/%C3"] {
      #expect(ExplorerRequest(target: target) == nil, "\(target)")
    }
  }
}
