/// Returns `text` with what a terminal would obey, or would show in another order, written out.
///
/// Names and keys come from outside: one with an escape sequence could else clear the screen, and one
/// with a line feed could add a line that looks like ours.
package func visibleText(_ text: String, keepingLineFeeds: Bool = false) -> String {
  let isHarmless = text.unicodeScalars.allSatisfy { !isObeyed($0) }
  if isHarmless { return text }
  var visible = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if isObeyed(scalar), !(keepingLineFeeds && scalar == "\n") {
      visible.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
    } else {
      visible.append(scalar)
    }
  }
  return String(visible)
}

/// Whether a terminal obeys a scalar instead of showing it: controls, and marks that turn the direction.
private func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0: true
  case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
  default: false
  }
}
