// "all string comparison ignores case (simple Unicode case folding)"
//
// Without a table: the lower-case mapping where it is one scalar, and the known places where
// simple folding is something else. Good for Latin, Greek and Cyrillic.
func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  if let special = foldedOtherwise[scalar] { return special }
  let lower = scalar.properties.lowercaseMapping.unicodeScalars
  guard lower.count == 1, let only = lower.first else { return scalar }
  return only
}

private let foldedOtherwise: [Unicode.Scalar: Unicode.Scalar] = [
  "\u{130}": "\u{130}",
  "\u{1E9E}": "\u{DF}",
  "\u{3C2}": "\u{3C3}",
  "\u{17F}": "s",
  "\u{212A}": "k",
  "\u{B5}": "\u{3BC}",
  "\u{345}": "\u{3B9}",
  "\u{3D0}": "\u{3B2}",
  "\u{3D1}": "\u{3B8}",
  "\u{3D5}": "\u{3C6}",
  "\u{3D6}": "\u{3C0}",
  "\u{3F0}": "\u{3BA}",
  "\u{3F1}": "\u{3C1}",
  "\u{3F5}": "\u{3B5}",
  "\u{1E9B}": "\u{1E61}",
  "\u{1FBE}": "\u{3B9}",
]

/// "Globs: `*` any run of characters, `?` exactly one, everything else literal", over the whole
/// value and without regard to case.
func glob(_ pattern: Text, matches value: Text) -> Bool {
  matches(pattern.scalars.map(folded)[...], value.scalars.map(folded)[...])
}

/// Whether the pattern matches, worked out for every pair of prefixes.
private func matches(
  _ pattern: ArraySlice<Unicode.Scalar>, _ value: ArraySlice<Unicode.Scalar>
) -> Bool {
  // matched[n]: the pattern so far matches the first n characters of the value.
  var matched = [true] + Array(repeating: false, count: value.count)
  for part in pattern {
    var next = Array(repeating: false, count: value.count + 1)
    if part == "*" {
      next[0] = matched[0]
      for (index, _) in value.enumerated() { next[index + 1] = next[index] || matched[index + 1] }
    } else {
      for (index, character) in value.enumerated() where part == "?" || part == character {
        next[index + 1] = matched[index]
      }
    }
    matched = next
  }
  return matched[value.count]
}
