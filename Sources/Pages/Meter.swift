/// Returns a small bar of how much of a range a value is, for beside its number.
package func meter(_ value: Int64, of range: ClosedRange<Int64>) -> HTML {
  var canvas = Canvas(width: 92)
  let span = Double(range.upperBound) - Double(range.lowerBound)
  let share = span > 0 ? (Double(value) - Double(range.lowerBound)) / span : 0
  canvas.box(0, 2, 92, 8, "track")
  canvas.box(0, 2, 92 * min(max(share, 0), 1), 8, "more")
  return canvas.html(title: nil, "meter")
}
