/// Returns a whole number as people write it: `3,107`, with a true minus.
package func numberText(_ number: some BinaryInteger) -> String {
  let digits = Array(number.magnitude.description)
  var text = number < 0 ? "−" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return text
}

/// Returns a change with its sign: `+4`, `−1`, `±0`.
package func changeText(_ change: some BinaryInteger) -> String {
  change == 0 ? "±0" : change > 0 ? "+" + numberText(change) : numberText(change)
}

/// Returns a decimal such as `-1234.5` as people write it.
package func numberText(decimal: String) -> String {
  let parts = decimal.split(separator: ".", maxSplits: 1).map(String.init)
  guard let first = parts.first, let whole = Int128(first) else { return decimal }
  // What is above -1 has a sign of its own.
  let sign = whole == 0 && first.hasPrefix("-") ? "−" : ""
  return sign + numberText(whole) + (parts.count > 1 ? "." + parts[1] : "")
}

/// Returns a noun behind its number: `1 lead`, `3,107 leads`.
package func countText(_ count: some BinaryInteger, _ noun: String) -> String {
  numberText(count) + " " + (count == 1 ? noun : noun + "s")
}

/// Returns a share in whole percent, halves upwards; `<1%` and `>99%` where that would say none or all.
package func shareText(_ part: Int, of whole: Int) -> String {
  if whole <= 0 { return "–" }
  let percent = (part * 200 + whole) / (whole * 2)
  if percent == 0, part > 0 { return "<1%" }
  if percent == 100, part < whole { return ">99%" }
  return "\(percent)%"
}
