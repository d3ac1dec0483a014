import Files
import Foundation

/// The files that a chain names, read in one quick pass: what listing a log needs, its heads unchecked.
///
/// A line that cannot be understood is passed over; to find fault with the chain is for `Chain`.
struct ChainPaths {
  private struct Named {
    var path: String
    var byteCount: Int
  }

  private var entries: [Named] = []
  /// By the path of each segment that took the place of others, those.
  private var replacedBy: [String: [String]] = [:]
  private var byteCount = 0
  private var sense = ChainSense()
  /// The number of the last entry, where that tells of an erasure.
  private(set) var erasure: Int?

  init(log root: String) throws {
    let file = try ChainFile(log: root)
    byteCount = file.byteCount
    file.forEachLine { line, _, _ in note(line) }
  }

  /// Whether nothing was added to the chain since.
  func isCurrent(log root: String) throws -> Bool {
    try fileStatus("\(root)/\(chainFileName)", followingLinks: false)?.byteCount ?? 0 == byteCount
  }

  func isSame(as other: ChainPaths) -> Bool {
    byteCount == other.byteCount && entries.count == other.entries.count
  }

  private mutating func note(_ line: UnsafeRawBufferPointer) {
    guard let path = line.value(of: "\"path\":\"", upTo: "\""),
      let length = line.value(of: "\"bytes\":", upTo: ",").flatMap({ Int($0) })
    else { return }
    var replaces: [String]?
    erasure = nil
    if line.find("\"replaces\":[") != nil {
      guard let entry = try? JSONDecoder().decode(ChainEntry.self, from: Data(line)) else { return }
      replaces = entry.replaces
      if entry.because == .erase { erasure = entry.number }
    }
    // What names itself, or what does not stand, would have no end.
    guard isInside(path), sense.enter(path, replacing: replaces ?? []) == nil else { return }
    entries.append(Named(path: path, byteCount: length))
    replacedBy[path] = replaces
  }
}

extension ChainPaths {
  /// What some files come to, seen by the chain.
  struct Resolution {
    var segments: [Segment] = []
    /// Paths that should be there, by themselves or by what they replaced.
    var missing: [String] = []
    var wrongLengths: [FileError] = []
    /// Whether some of what an erasure wrote anew is there, and some is not yet.
    var isHalfErased = false

    /// Whether a writer may have been at work while the files were listed.
    var isDoubtful: Bool { !missing.isEmpty || isHalfErased }
  }

  /// Tells the segments among some files.
  ///
  /// `earlier`: the chain as it was before the files were listed; what was appended later need not be there.
  package func resolve(_ files: [Segment], mustHave earlier: ChainPaths) -> Resolution {
    guard !entries.isEmpty else { return Resolution(segments: files) }
    let lengths = Dictionary(files.map { ($0.path, $0.byteCount) }) { first, _ in first }
    let replaced = Set(replacedBy.values.joined())
    var resolution = Resolution()
    var used: Set<String> = []
    for (index, entry) in entries.enumerated() where !replaced.contains(entry.path) {
      if let paths = present(entry.path, lengths) {
        used.formUnion(paths)
      } else if index < earlier.entries.count || replacedBy[entry.path] != nil {
        resolution.missing.append(entry.path)
      }
    }
    let swapped = replaced.union(replacedBy.keys)
    resolution.segments = files.compactMap { file in
      if used.contains(file.path) { return file.inChain }
      return swapped.contains(file.path) ? nil : file
    }
    for entry in entries where used.contains(entry.path) {
      guard let length = lengths[entry.path], length != entry.byteCount else { continue }
      resolution.wrongLengths.append(wrongLength(entry, length))
    }
    return resolution
  }

  /// Returns the file at a path, or those it was to replace if it has not appeared yet; nil if neither is whole.
  private func present(_ path: String, _ lengths: [String: Int]) -> [String]? {
    if lengths[path] != nil { return [path] }
    guard let replaces = replacedBy[path] else { return nil }
    var paths: [String] = []
    for path in replaces {
      guard let found = present(path, lengths) else { return nil }
      paths += found
    }
    return paths
  }

  private func wrongLength(_ entry: Named, _ length: Int) -> FileError {
    FileError(
      .damaged, path: entry.path,
      message: "the file has \(length) bytes; the chain says \(entry.byteCount)",
      hint: "restore the file from a backup; nothing was published")
  }
}

extension UnsafeRawBufferPointer {
  /// Returns where `text` first stands in these bytes.
  fileprivate func find(_ text: StaticString) -> Int? {
    guard let base = baseAddress else { return nil }
    var start = 0
    while start + text.utf8CodeUnitCount <= count,
      let next = memchr(base + start, Int32(text.utf8Start.pointee), count - start)
    {
      let index = UnsafeRawPointer(next) - base
      guard index + text.utf8CodeUnitCount <= count else { return nil }
      if memcmp(next, text.utf8Start, text.utf8CodeUnitCount) == 0 { return index }
      start = index + 1
    }
    return nil
  }

  /// Returns what stands between `start` and the next `end`, as text.
  fileprivate func value(of start: StaticString, upTo end: StaticString) -> String? {
    guard let found = find(start) else { return nil }
    let rest = UnsafeRawBufferPointer(rebasing: self[(found + start.utf8CodeUnitCount)...])
    return rest.find(end).map {
      String(decoding: UnsafeRawBufferPointer(rebasing: rest[..<$0]), as: UTF8.self)
    }
  }
}
