import Foundation

/// Returns the most memory that this process has had at a time; 0 where the system does not tell.
func peakMemoryBytes() -> Int {
  // Not from getrusage, which may tell of the parent before it became this program.
  let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
  for line in String(decoding: status, as: UTF8.self).split(separator: "\n")
  where line.hasPrefix("VmHWM:") {
    let words = line.split(whereSeparator: \.isWhitespace)
    if words.count > 1, let kilobytes = Int(words[1]) { return kilobytes * 1024 }
  }
  return 0
}
