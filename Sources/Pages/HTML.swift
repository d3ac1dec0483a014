import Notation

/// A piece of a page.
///
/// Markup comes from the program's own literals alone; whatever else is put in is text, and stays text.
package struct HTML: Sendable, Equatable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Text, whatever is in it.
  package init(_ text: String) { add(text) }

  package var isEmpty: Bool { bytes.isEmpty }
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Adds text; what is obeyed instead of shown, or would turn the direction of what stands around it, is written out.
  package mutating func add(_ text: String) { escape(visibleText(text)) }

  package mutating func add(_ piece: HTML) { bytes += piece.bytes }

  /// Adds an element with what a body puts into it.
  package mutating func add(
    _ name: StaticString, _ attributes: Attribute..., content: (inout HTML) -> Void
  ) {
    open(name, attributes)
    content(&self)
    close(name)
  }

  /// Adds an element of a text.
  package mutating func add(_ name: StaticString, _ attributes: Attribute..., text: String) {
    open(name, attributes)
    add(text)
    close(name)
  }

  /// Adds an element that has no content and, in HTML, no end.
  package mutating func add(void name: StaticString, _ attributes: Attribute...) {
    open(name, attributes)
  }

  /// Adds markup, style or script that stands in the program.
  package mutating func add(literal: StaticString) {
    literal.withUTF8Buffer { bytes += $0 }
  }

  /// Adds a name from data: isolated, so that its direction is its own, and at hand in whole where it is cut.
  ///
  /// `whole`: what is at hand, where that is more than the name.
  package mutating func add(name: String, whole: String? = nil) {
    add("bdi", Attribute("title", whole ?? name), text: shownText(name))
  }

  private mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
    bytes.append(UInt8(ascii: "<"))
    add(literal: name)
    for attribute in attributes where attribute.isNeeded {
      bytes.append(UInt8(ascii: " "))
      add(literal: attribute.name)
      guard let value = attribute.value else { continue }
      bytes += Array("=\"".utf8)
      escape(visibleText(value))
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func close(_ name: StaticString) {
    bytes += Array("</".utf8)
    add(literal: name)
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func escape(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
      case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
      case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
      case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
      case UInt8(ascii: "'"): bytes += Array("&#39;".utf8)
      default: bytes.append(byte)
      }
    }
  }
}

/// Returns a text as a page shows it: what is obeyed instead of shown is written out, and so is a name of which
/// nothing would be seen.
package func shownText(_ text: String) -> String {
  let isSeen = text.isEmpty || text.unicodeScalars.contains { !isUnseen($0) }
  if isSeen { return visibleText(text) }
  return text.unicodeScalars.map { "\\u{\(String($0.value, radix: 16))}" }.joined()
}

/// Whether nothing is drawn for a scalar that stands alone.
private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  let properties = scalar.properties
  return properties.isWhitespace || properties.isDefaultIgnorableCodePoint
}
