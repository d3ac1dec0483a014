import Foundation
import Intake
import Testing

@Suite("The ids of events")
struct IdentifierTests {
  private func line(request: String = "GET / HTTP/1.1") -> String {
    "192.0.2.7 - - [17/May/2026:10:05:03 +0000] \"\(request)\" 200 512 \"-\" \"Mozilla/5.0 (X11) Firefox/130.0\"\n"
  }

  @Test("the same line again in a file is another event; the same file again is the same events")
  func identifiers() throws {
    let lines = [line(), line(request: "GET /b HTTP/1.1"), line(), line()].map { Array($0.utf8) }
    let passes = try (0..<2).map { _ -> [String] in
      var log = AccessLog()
      return try lines.flatMap { bytes -> [String] in
        guard case .events(let events) = bytes.withUnsafeBytes({ log.read($0) }) else { return [] }
        return try events.map {
          try JSONDecoder().decode([String: String].self, from: Data($0))["id"] ?? ""
        }
      }
    }
    #expect(passes[0] == passes[1])
    #expect(Set(passes[0]).count == 4)
    #expect(passes[0][2] == "\(passes[0][0])-2")
    #expect(passes[0][3] == "\(passes[0][0])-3")
    // Ids stand in logs for good: a change of the hash would double every line appended again.
    #expect(passes[0][0] == "340b4a7bb01d234a589137d0e502785a")
  }

  @Test("events of the log's own format pass unchanged, but for their line ends")
  func native() {
    let native = NativeEvents()
    let line = Array("{\"id\": 1}\r\n".utf8)
    #expect(line.withUnsafeBytes { native.read($0) } == .events([Array("{\"id\": 1}".utf8)]))
    #expect(Array(" \t\r\n".utf8).withUnsafeBytes { native.read($0) } == .skipped("blank"))
  }
}
