import Definition
import EventLog
import Files
import Foundation
import Intake
import Notation

/// Looks for keys in files of other formats than the log's.
struct KeySearch {
  private let names: WordSearch

  init(_ keys: Set<[UInt8]>) {
    names = WordSearch(Set(keys.flatMap(writtenForms)))
  }

  /// Whether a key stands in a file, or in any below a folder; of links only in the names they lead to.
  func isAnywhere(in path: String) throws -> Bool {
    guard let status = try fileStatus(path, followingLinks: false) else { return false }
    switch status.kind {
    case .folder:
      return try filePaths(below: path).contains { try isAnywhere(in: "\(path)/\($0)") }
    case .file: return try isInFile(path)
    case .link: return try Array((linkTarget(path) ?? "").utf8).withUnsafeBytes { isIn($0) }
    case .other: return false
    }
  }

  private func isInFile(_ path: String) throws -> Bool {
    let file = try MappedFile(path, path: path)
    return withExtendedLifetime(file) { isIn(file.bytes) }
  }

  /// Whether a key stands in some text, and is not just a part of a longer one; also in text that stands there as
  /// base64, as refused lines do that are not UTF-8.
  func isIn(_ text: UnsafeRawBufferPointer) -> Bool {
    names.finds(in: text) || isInBase64(text)
  }

  private func isInBase64(_ text: UnsafeRawBufferPointer) -> Bool {
    let mark = Array("\"base64\":\"".utf8)
    var rest = text
    while let start = rest.place(of: mark) {
      rest = UnsafeRawBufferPointer(rebasing: rest[(start + mark.count)...])
      let end = rest.firstIndex(of: UInt8(ascii: "\"")) ?? rest.count
      if let bytes = Data(base64Encoded: Data(rest[..<end])),
        bytes.withUnsafeBytes(names.finds)
      {
        return true
      }
    }
    return false
  }
}

extension UnsafeRawBufferPointer {
  /// Where some bytes first stand; nil where they do not.
  fileprivate func place(of name: [UInt8]) -> Int? {
    guard let base = baseAddress, let first = name.first else { return nil }
    var start = 0
    while start + name.count <= count,
      let next = memchr(base + start, Int32(first), count - name.count - start + 1)
    {
      let index = UnsafeRawPointer(next) - base
      if memcmp(next, name, name.count) == 0 { return index }
      start = index + 1
    }
    return nil
  }
}

/// A key as it is, as CSV quotes it, and as JSON escapes it, once or within a refused line once more.
private func writtenForms(_ key: [UInt8]) -> [[UInt8]] {
  func escaped(_ bytes: [UInt8]) -> [UInt8] { Array(jsonString(bytes).dropFirst().dropLast()) }
  let doubled = key.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
  return [key, doubled, escaped(key), escaped(escaped(key))]
}
