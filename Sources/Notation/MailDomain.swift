/// Returns the domain of a mail address in small letters: what follows the last `@`, without the white space and dots
/// at its ends.
///
/// Nil where that has no dot, or an ASCII character that is neither a letter nor a digit, `.` or `-`.
package func mailDomain(of address: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
  guard let at = address.lastIndex(of: UInt8(ascii: "@")) else { return nil }
  let written = address[(at + 1)...]
  if written.contains(where: { $0 >= 0x80 }) {
    return foldedDomain(String(decoding: written, as: UTF8.self))
  }
  var domain = written
  while let byte = domain.first, isBlankOrDot(UInt32(byte)) { domain.removeFirst() }
  while let byte = domain.last, isBlankOrDot(UInt32(byte)) { domain.removeLast() }
  var hasDot = false
  for byte in domain {
    guard isPlain(UInt32(byte)) else { return nil }
    if byte == UInt8(ascii: ".") { hasDot = true }
  }
  return hasDot ? domain.map { UInt8(simpleFold(UInt32($0))) } : nil
}

/// The same of what follows the `@`, whatever its characters.
private func foldedDomain(_ written: String) -> [UInt8]? {
  var domain = written.unicodeScalars[...]
  while let scalar = domain.first, isBlankOrDot(scalar.value) { domain.removeFirst() }
  while let scalar = domain.last, isBlankOrDot(scalar.value) { domain.removeLast() }
  var folded = String.UnicodeScalarView()
  for scalar in domain {
    // Some of what is not ASCII folds to a letter that is.
    let small = simpleFold(scalar.value)
    guard small >= 0x80 || isPlain(small) else { return nil }
    folded.append(Unicode.Scalar(small) ?? scalar)
  }
  return folded.contains(".") ? Array(String(folded).utf8) : nil
}

private func isBlankOrDot(_ scalar: UInt32) -> Bool { scalar == 0x2E || isWhiteSpace(scalar) }

private func isPlain(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E: true
  default: false
  }
}
