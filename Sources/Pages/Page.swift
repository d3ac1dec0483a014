import Files
import Foundation

/// A page in one file, which needs nothing else and can reach nothing else.
package struct Page: Sendable {
  package var title: String
  package var body: HTML

  package init(title: String, body: HTML) {
    self.title = title
    self.body = body
  }

  /// What a browser lets the page do: show itself in our style.
  package static var policy: String {
    "default-src 'none'; style-src '\(sourceHash(pageStyle))'; base-uri 'none'; form-action 'none'"
  }

  /// The file.
  package var file: [UInt8] {
    var html = HTML()
    html.add(literal: "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
    html.add(
      void: "meta", Attribute("http-equiv", "Content-Security-Policy"),
      Attribute("content", Page.policy))
    html.add(literal: "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    html.add(literal: "<meta name=\"color-scheme\" content=\"light dark\">\n")
    html.add("title", text: title)
    html.add("style") { $0.add(literal: pageStyle) }
    html.add(literal: "</head>\n<body>")
    html.add(body)
    html.add(literal: "</body></html>\n")
    return html.bytes
  }
}

/// Returns how a policy names a style or script that stands in a page: `sha256-…`.
package func sourceHash(_ source: StaticString) -> String {
  let hex = Array(SHA256Hasher.hex(of: source.description))
  let bytes = stride(from: 0, to: hex.count, by: 2).compactMap {
    UInt8(String(hex[$0...$0 + 1]), radix: 16)
  }
  return "sha256-" + Data(bytes).base64EncodedString()
}
