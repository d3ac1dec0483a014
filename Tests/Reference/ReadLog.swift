/// Reads every line of the log; what is refused or ignored is counted, and no event.
///
/// Of segments that were not known nothing is counted.
func readLog(
  _ input: ReferenceInput, _ definition: Definition, _ counts: inout ReferenceCounts
) -> [Event] {
  // "Segments are read in the byte order of their relative path"
  let ordered = input.segments.sorted { Text($0.path) < Text($1.path) }
  var events: [Event] = []
  for (number, segment) in ordered.enumerated() {
    let isKnown = !input.unknown.contains(segment.path)
    var ofSegment = ReferenceCounts()
    let lines = segment.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !isBlank(line) {
      ofSegment.read += 1
      do {
        var event = try readEvent(
          Array(line), at: Place(segment: number, line: index), definition.reading)
        event.isKnown = isKnown
        if definition.ignores(event) {
          ofSegment.ignored += 1
        } else {
          events.append(event)
        }
      } catch {
        ofSegment.refused[error.rawValue, default: 0] += 1
      }
    }
    if !isKnown { continue }
    counts.read += ofSegment.read
    counts.ignored += ofSegment.ignored
    counts.refused.merge(ofSegment.refused, uniquingKeysWith: +)
  }
  return events
}

// "Lines of only spaces, tabs and CR are no lines."
private func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
  line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
}
