/// An attribute of an element: its name is the program's, its value whatever it may be.
package struct Attribute: Sendable {
  let name: StaticString
  /// Nil of one that has none.
  let value: String?
  /// A class of no name says nothing.
  var isNeeded: Bool { value != "" || name.description != "class" }

  /// `name`: not of what a browser obeys: `style`, `src` and handlers are refused, and where something leads is
  /// for `href`.
  package init(_ name: StaticString, _ value: String? = nil) {
    let text = name.description
    precondition(
      !text.hasPrefix("on") && !["href", "src", "srcdoc", "style", "action"].contains(text),
      "what a browser obeys is no attribute for data")
    self.init(checked: name, value)
  }

  package init(_ name: StaticString, _ number: Int) { self.init(name, String(number)) }

  private init(checked name: StaticString, _ value: String?) {
    self.name = name
    self.value = value
  }

  package static func `class`(_ names: StaticString) -> Attribute {
    Attribute(checked: "class", names.description)
  }

  package static func href(_ link: Link) -> Attribute { Attribute(checked: "href", link.address) }
}

/// Where something leads: on the web, or within the same pages; never a script.
package struct Link: Sendable, Equatable {
  package let address: String

  /// Nil where it is no address of the web.
  package init?(web address: String) {
    let start = address.lowercased()
    guard start.hasPrefix("https://") || start.hasPrefix("http://"),
      !address.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
    else { return nil }
    self.address = address
  }

  /// A place of the same page.
  package init(fragment: String) { address = "#" + percentEncoded(fragment) }

  /// A page beside this one; what stands between slashes is encoded.
  package init(path: [String], query: [(name: StaticString, value: String)] = []) {
    let parts = query.map { "\($0.name)=\(percentEncoded($0.value))" }
    address =
      "/" + path.map(percentEncoded).joined(separator: "/")
      + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
  }
}

/// An address with a place for a lead's key: `https://crm.example/{lead}`.
package struct LinkTemplate: Sendable {
  private let parts: [String]

  /// Nil where it is no address of the web, or has no place for a lead behind its host.
  package init?(_ text: String) {
    let parts = text.split(separator: "{lead}", omittingEmptySubsequences: false).map(String.init)
    let hosts = parts[0].split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1, hosts.count > 3, !hosts[2].isEmpty, Link(web: text) != nil else {
      return nil
    }
    self.parts = parts
  }

  package func link(to lead: String) -> Link? {
    Link(web: parts.joined(separator: percentEncoded(lead)))
  }
}

/// Returns a text as a part of an address: each byte but letters, digits and `-._~` as a percentage.
package func percentEncoded(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var encoded: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      encoded.append(byte)
    default:
      encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: encoded, as: UTF8.self)
}
