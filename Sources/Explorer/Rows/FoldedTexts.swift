import CExplorer
import Notation
import Workers

/// Texts without their case, one behind the other, in which a part is found fast.
final class FoldedTexts: @unchecked Sendable {
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  /// Where each text begins, and where the last one ends.
  private let starts: [Int]

  /// Stands between texts: no part that is asked for has it.
  private static let border: UInt8 = 0

  init(_ texts: [[UInt8]]) {
    var starts: [Int] = []
    starts.reserveCapacity(texts.count + 1)
    var end = 0
    for text in texts {
      starts.append(end)
      end += text.count + 1
    }
    starts.append(end)
    self.starts = starts
    bytes = .allocate(capacity: max(1, end))
    bytes.initialize(repeating: FoldedTexts.border)
    for (index, text) in texts.enumerated() {
      for (offset, byte) in text.enumerated() where byte != FoldedTexts.border {
        bytes[starts[index] + offset] = byte
      }
    }
  }

  deinit { bytes.deallocate() }

  var count: Int { starts.count - 1 }

  /// Calls back for the texts that have a part, in order, each once.
  ///
  /// `texts`: those that are looked at.
  func forEach(having part: [UInt8], among texts: Range<Int>, _ body: (Int) -> Void) {
    if part.isEmpty || texts.isEmpty { return texts.forEach(body) }
    guard let base = UnsafePointer(bytes.baseAddress), !part.contains(FoldedTexts.border) else {
      return
    }
    var (text, at, end) = (texts.lowerBound, starts[texts.lowerBound], starts[texts.upperBound])
    while at < end, let found = find_bytes(base + at, end - at, part, part.count) {
      at = found - base
      text = self.text(at: at, from: text)
      body(text)
      text += 1
      if text >= texts.upperBound { return }
      at = starts[text]
      end = starts[texts.upperBound]
    }
  }

  /// The text that a place is in: near the one before, or far behind it.
  private func text(at place: Int, from first: Int) -> Int {
    var (low, width) = (first, 1)
    while low + width < count, starts[low + width] <= place {
      low += width
      width *= 2
    }
    var high = min(low + width, count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= place { low = middle } else { high = middle }
    }
    return low
  }
}

/// A text without its case, as parts are compared.
func folded(_ text: some Sequence<UInt8>) -> [UInt8] {
  let bytes = Array(text)
  if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } }
  var scalars = String.UnicodeScalarView()
  for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
    scalars.append(Unicode.Scalar(simpleFold(scalar.value)) ?? scalar)
  }
  return Array(String(scalars).utf8)
}
