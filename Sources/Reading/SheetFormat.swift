import Definition

/// How a sheet lies in memory: a magic word, the version, the sections' places, the sections.
enum SheetFormat {
  static let magic: UInt64 = 0x7465_6568_7362_7331
  static let version: UInt64 = 6
  private static let headerPrefix = 16

  /// The bytes from the region's start to a section's entry: its start and byte count, a word each.
  static func headerEntry(_ section: Sheet.Section) -> Int {
    headerPrefix + section.rawValue * 16
  }

  static var headerByteCount: Int { headerPrefix + Sheet.Section.allCases.count * 16 }

  static func bytes(ofClasses classes: [EventClass]) -> [UInt8] {
    var words: [UInt16] = []
    for eventClass in classes {
      words.append(UInt16(eventClass.kind.rawValue))
      words.append((eventClass.isPageView ? 1 : 0) | (eventClass.isAnswer ? 2 : 0))
      words.append(UInt16(eventClass.interactions.count))
      words += eventClass.interactions
    }
    return words.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
  }

  /// Returns the classes that some bytes say; nil where they say what no sheet says.
  static func classes(from bytes: UnsafeRawBufferPointer) -> [EventClass]? {
    let words = bytes.assumingMemoryBound(to: UInt16.self)
    guard bytes.count % 2 == 0 else { return nil }
    var classes: [EventClass] = []
    var at = 0
    while at < words.count {
      guard at + 3 <= words.count, at + 3 + Int(words[at + 2]) <= words.count,
        let kind = UInt8(exactly: words[at]).flatMap(EventKind.init), kind != .forget,
        words[at + 1] <= 3
      else { return nil }
      let interactions = words[(at + 3)..<(at + 3 + Int(words[at + 2]))]
      let isAscending = zip(interactions, interactions.dropFirst()).allSatisfy { $0 < $1 }
      let isPlain = words[at + 1] == 0 && interactions.isEmpty
      guard isAscending, kind == .ordinary || isPlain else { return nil }
      classes.append(
        EventClass(
          kind: kind, isPageView: words[at + 1] & 1 == 1, isAnswer: words[at + 1] & 2 == 2,
          interactions: Array(interactions)))
      at += 3 + interactions.count
    }
    return classes
  }
}
