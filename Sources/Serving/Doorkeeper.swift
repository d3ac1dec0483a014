/// Decides who is answered: whoever has the token from the terminal, in a page of ours, on this machine.
///
/// A page of somebody else's can send requests to a loopback address, and have a name of its own lead there, so each
/// request must name the loopback address as its host, come from no other origin, and carry the cookie.
package struct Doorkeeper: Sendable {
  private let token: String
  private let cookie: (name: String, value: String)

  package enum Verdict: Equatable {
    case welcome
    /// Answered by the doorkeeper: the token for a cookie, or a refusal.
    case answered(Response)
  }

  /// `token`: what the printed address has. `cookie`: what it is exchanged for; both random.
  package init(token: String, cookieName: String, cookie: String) {
    self.token = token
    self.cookie = (cookieName, cookie)
  }

  package func verdict(on visit: Visit) -> Verdict {
    guard visit.method == "GET" || visit.method == "HEAD" else {
      return .answered(.text(405, "Nothing can be changed here."))
    }
    guard let host = visit.header("host"), Doorkeeper.isLoopback(host) else {
      return .answered(.text(421, "This is only for the machine it runs on: ask for 127.0.0.1."))
    }
    if visit.has("origin"), visit.header("origin") != "http://\(host)" { return .answered(refused) }
    // A page of another site may lead here, as a link does, but may not ask behind somebody's back.
    if visit.has("sec-fetch-site") {
      let site = visit.header("sec-fetch-site")
      let isVisit = visit.header("sec-fetch-mode") == "navigate"
      guard site == "same-origin" || site == "none" || isVisit else { return .answered(refused) }
    }
    if let given = Doorkeeper.token(in: visit.target) {
      guard Doorkeeper.isSame(given, token) else { return .answered(refused) }
      return .answered(
        Response(
          status: 303,
          headers: [
            .init("Location", "/"),
            .init(
              "Set-Cookie",
              "\(cookie.name)=\(cookie.value); Path=/; HttpOnly; SameSite=Strict"),
          ], body: []))
    }
    guard let cookies = visit.header("cookie"), hasCookie(cookies) else {
      return .answered(refused)
    }
    return .welcome
  }

  private var refused: Response { .text(403, Doorkeeper.refusal) }

  package static let refusal =
    "Open the address that `scorebook explore` has printed in the terminal; it lets you in."

  private func hasCookie(_ header: String) -> Bool {
    header.split(separator: ";").contains { pair in
      let sides = pair.split(separator: "=", maxSplits: 1)
      return sides.count == 2 && sides[0].drop { $0 == " " } == cookie.name
        && Doorkeeper.isSame(String(sides[1]), cookie.value)
    }
  }

  /// Takes as long whatever is given.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    let (mine, others) = (Array(one.utf8), Array(other.utf8))
    guard mine.count == others.count else { return false }
    return zip(mine, others).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func token(in target: String) -> String? {
    guard target.hasPrefix("/?token=") else { return nil }
    return String(target.dropFirst("/?token=".count).prefix { $0 != "&" })
  }

  /// Whether a host is the loopback address, with any port: behind `ssh -L` it is another one.
  static func isLoopback(_ host: String) -> Bool {
    for name in ["127.0.0.1", "localhost", "[::1]"] where host.lowercased().hasPrefix(name) {
      let rest = host.dropFirst(name.count)
      if rest.isEmpty { return true }
      let port = rest.dropFirst()
      return rest.first == ":" && !port.isEmpty && port.count <= 5
        && port.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    }
    return false
  }
}
