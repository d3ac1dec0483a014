import Files
import Foundation

/// What the cache knows of the files it has sheets of.
package struct CacheIndex: Codable, Sendable {
  struct Entry: Codable, Sendable {
    var look: FileLook
    var sha256: String
    /// By sheet, how many lines of the segment stand before its own.
    var lineBases: [Int]
    var lineCount: Int
    var inflatedByteCount: Int

    /// Whether it can be so: the file is only as trustworthy as the disk.
    var isSensible: Bool {
      lineBases.first == 0 && lineBases.max().map { $0 <= lineCount } ?? false
        && zip(lineBases, lineBases.dropFirst()).allSatisfy { $0 <= $1 }
        && lineCount <= Int(UInt32.max) && 0...1 << 48 ~= inflatedByteCount
        && look.byteCount >= 0
        && sha256.utf8.count == 64
        && sha256.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }
  }

  /// By reading half and absolute path: into how many sheets a file goes depends on both.
  var files: [String: [String: Entry]] = [:]
  /// Reading halves, the last used first.
  package var halves: [String] = []
  /// By reading half, the digests of the segments of each merged sheet, in the order of the log.
  var merges: [String: [[String]]]?

  /// Enters a merged sheet in place of those it has swallowed.
  mutating func enter(_ merge: [String], _ half: String) {
    let swallowed = Set(merge)
    let others = (merges?[half] ?? []).filter { !swallowed.isSuperset(of: $0) }
    merges = (merges ?? [:]).merging([half: others + [merge]]) { $1 }
  }

  /// Forgets merged sheets of which a segment is gone.
  mutating func tidyMerges() {
    merges = merges?.reduce(into: [:]) { left, merges in
      guard let files = files[merges.key] else { return }
      let present = Set(files.values.map(\.sha256))
      let whole = merges.value.filter { present.isSuperset(of: $0) }
      if !whole.isEmpty { left[merges.key] = whole }
    }
  }

  /// What stands before the index itself in its file: the SHA-256 of its bytes is between the two.
  private static let head = (#"{"sha256":""#, #"","index":"#)
  private static let tail = "}"

  /// The index as a file.
  private func file() throws -> [UInt8] {
    let bytes = try JSONEncoder().encode(self)
    let sha256 = bytes.withUnsafeBytes { SHA256Hasher.hex(of: $0) }
    return Array((CacheIndex.head.0 + sha256 + CacheIndex.head.1).utf8) + bytes
      + Array(CacheIndex.tail.utf8)
  }

  /// The bytes of the index in a file; nil where they are not those that were written.
  private static func index(inFile file: [UInt8]) -> ArraySlice<UInt8>? {
    let start = head.0.utf8.count + 64 + head.1.utf8.count
    guard file.count >= start + tail.utf8.count else { return nil }
    let bytes = file[start..<file.count - tail.utf8.count]
    let sha256 = bytes.withUnsafeBytes { SHA256Hasher.hex(of: $0) }
    let isWhole =
      file[..<start].elementsEqual((head.0 + sha256 + head.1).utf8)
      && file[bytes.endIndex...].elementsEqual(tail.utf8)
    return isWhole ? bytes : nil
  }

  static func load(_ path: String) -> CacheIndex { read(path) ?? CacheIndex() }

  /// Writes the index, without the halves used least recently where it would be longer than is read.
  ///
  /// One that cannot be written is one that is not there.
  func save(_ path: String, byteCountMax: Int = byteCountMax) {
    guard let bytes = try? file() else { return }
    if bytes.count <= byteCountMax { return (try? AtomicFile.write(bytes, to: path)) ?? () }
    guard let half = halves.last else { return }
    var smaller = self
    smaller.halves.removeLast()
    smaller.files[half] = nil
    smaller.merges?[half] = nil
    smaller.save(path, byteCountMax: byteCountMax)
  }

  /// Returns the index at `path`; nil where it is none, is not what was written, or says what no index of ours says.
  package static func read(_ path: String) -> CacheIndex? {
    guard let file = try? RegularFile(path, path: path),
      let bytes = (try? file.bytes(atMost: byteCountMax)).flatMap(index),
      let index = try? JSONDecoder().decode(CacheIndex.self, from: Data(bytes)),
      (index.halves + index.files.keys).allSatisfy(CacheFolder.isHalf),
      index.files.values.joined().allSatisfy({ $0.value.isSensible })
    else { return nil }
    return index
  }

  /// More than a million segments take.
  static let byteCountMax = 1 << 29

  package static func key(_ file: String) -> String { URL(fileURLWithPath: file).standardized.path }
}
