/// A request as far as anybody asks who may be answered.
package struct Visit: Sendable {
  package var method: String
  /// Path and query, as they came.
  package var target: String
  /// By name in small letters.
  package var headers: [(name: String, value: String)]

  package init(method: String, target: String, headers: [(name: String, value: String)]) {
    self.method = method
    self.target = target
    self.headers = headers
  }

  /// The values of a header; one that comes twice is nobody's.
  func header(_ name: String) -> String? {
    let found = headers.filter { $0.name == name }
    return found.count == 1 ? found[0].value : nil
  }

  func has(_ name: String) -> Bool { headers.contains { $0.name == name } }
}

/// What is sent back.
package struct Response: Sendable, Equatable {
  package var status: Int
  package var headers: [Header]
  package var body: [UInt8]

  package struct Header: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(status: Int, headers: [Header], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A sentence for whoever looks at it by hand.
  static func text(_ status: Int, _ text: String) -> Response {
    Response(
      status: status, headers: [Header("Content-Type", "text/plain; charset=utf-8")],
      body: Array((text + "\n").utf8))
  }
}
