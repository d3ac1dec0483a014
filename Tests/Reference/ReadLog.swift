/// Reads every line of the log; what is refused is counted by its reason.
func readLog(
  _ segments: [(path: String, bytes: [UInt8])], _ counts: inout ReferenceCounts
) -> [Event] {
  // "Segments are read in the byte order of their relative path"
  let ordered = segments.sorted { Text($0.path) < Text($1.path) }
  var events: [Event] = []
  for (number, segment) in ordered.enumerated() {
    let lines = segment.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !isBlank(line) {
      counts.read += 1
      do {
        events.append(try readEvent(Array(line), at: Place(segment: number, line: index)))
      } catch {
        counts.refused[error.rawValue, default: 0] += 1
      }
    }
  }
  return events
}

// "Lines of only spaces, tabs and CR are no lines."
private func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
  line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
}
