/// Where one key's rows stand: a sheet and the key's number in it.
public struct KeyPlace: Hashable, BitwiseCopyable, Sendable {
  public var sheet: UInt32
  public var key: UInt32

  @inlinable public init(sheet: UInt32, key: UInt32) {
    self.sheet = sheet
    self.key = key
  }
}

/// Where an event stands: among some sheets, and its line.
public struct EventPlace: Hashable, Comparable, BitwiseCopyable, Sendable {
  public let sheet: UInt32
  public let line: UInt32

  @inlinable public init(sheet: UInt32, line: UInt32) {
    self.sheet = sheet
    self.line = line
  }

  public static func < (one: EventPlace, other: EventPlace) -> Bool {
    (one.sheet, one.line) < (other.sheet, other.line)
  }
}
