import Serving
import Testing

@Suite("who is answered") struct DoorkeeperTests {
  private let keeper = Doorkeeper(token: "T0", cookieName: "book", cookie: "C0")

  private func status(
    _ target: String = "/api/book", method: String = "GET", host: String? = "127.0.0.1:7411",
    _ headers: [(String, String)] = [("cookie", "book=C0")]
  ) -> Int {
    let hosts = host.map { [("host", $0)] } ?? []
    let visit = Visit(
      method: method, target: target,
      headers: (hosts + headers).map { (name: $0.0, value: $0.1) })
    switch keeper.verdict(on: visit) {
    case .welcome: return 200
    case .answered(let response): return response.status
    }
  }

  @Test("the token in the address is exchanged at once for a cookie, and gone from the address")
  func token() {
    let visit = Visit(
      method: "GET", target: "/?token=T0", headers: [(name: "host", value: "localhost:1")])
    guard case .answered(let response) = keeper.verdict(on: visit) else {
      Issue.record("the token alone is no welcome")
      return
    }
    #expect(response.status == 303)
    #expect(response.headers.contains(.init("Location", "/")))
    #expect(
      response.headers.contains(
        .init("Set-Cookie", "book=C0; Path=/; HttpOnly; SameSite=Strict")))
    #expect(status("/?token=T1", []) == 403)
    #expect(status("/?token=", []) == 403)
  }

  @Test("nobody is answered without the cookie")
  func cookie() {
    #expect(status() == 200)
    #expect(status([("cookie", "other=1; book=C0")]) == 200)
    for cookies in [[], [("cookie", "book=C1")], [("cookie", "book=T0")], [("cookie", "xbook=C0")]]
    {
      #expect(status(cookies) == 403)
    }
    #expect(status([("cookie", "book=C0"), ("cookie", "book=C0")]) == 403)
  }

  @Test("only a loopback host is taken, with any port, as ssh -L brings another one")
  func host() {
    for host in ["127.0.0.1", "127.0.0.1:1", "localhost:65535", "LOCALHOST:80", "[::1]:9"] {
      #expect(status(host: host) == 200)
    }
    for host in [
      "example.com", "127.0.0.1.example.com", "127.0.0.1:", "127.0.0.1:80x", "localhost.:80", "",
      "10.0.0.1", "127.0.0.1:123456",
    ] {
      #expect(status(host: host) == 421)
    }
    #expect(status(host: nil) == 421)
  }

  @Test("no other origin is answered, nor what another site asks behind somebody's back")
  func origin() {
    let own = [("cookie", "book=C0")]
    #expect(status(own + [("origin", "http://127.0.0.1:7411")]) == 200)
    for origin in ["http://127.0.0.1:7412", "null", "https://127.0.0.1:7411", "http://example.com"]
    {
      #expect(status(own + [("origin", origin)]) == 403)
    }
    #expect(status(own + [("sec-fetch-site", "same-origin")]) == 200)
    #expect(status(own + [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]) == 403)
    #expect(status(own + [("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")]) == 403)
  }

  @Test("it is read-only")
  func method() {
    #expect(status(method: "HEAD") == 200)
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] { #expect(status(method: method) == 405) }
  }

  private func status(_ headers: [(String, String)]) -> Int { status("/api/book", headers) }
  private func status(_ target: String, _ headers: [(String, String)]) -> Int {
    status(target, method: "GET", host: "127.0.0.1:7411", headers)
  }
}

@Suite("what every answer says of itself") struct HeaderTests {
  @Test("only files of ours are run or shown, and nobody else may look in")
  func policy() throws {
    let policy = try #require(
      Response.Header.always.first { $0.name == "Content-Security-Policy" }?.value)
    #expect(policy.hasPrefix("default-src 'none'"))
    #expect(!policy.contains("unsafe") && !policy.contains("*") && !policy.contains("data:"))
    #expect(policy.contains("frame-ancestors 'none'") && policy.contains("script-src 'self'"))
  }
}
