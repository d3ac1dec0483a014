/// Whether a name is one that a run gives: an as-of and eight digits.
func isSnapshotName(_ name: String) -> Bool {
  let parts = name.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
  guard parts.count == 2, parts[0].count == 16, parts[1].count == 8 else { return false }
  return parts[0].last == UInt8(ascii: "Z")
    && parts[1].allSatisfy { "0123456789abcdef".utf8.contains($0) }
}
