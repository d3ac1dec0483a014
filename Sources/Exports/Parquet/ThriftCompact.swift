/// Writes structures in Thrift's compact protocol, of which Parquet's metadata is made.
struct ThriftCompact {
  private(set) var bytes: [UInt8] = []
  /// The number of the field before, of each structure that is open.
  private var last: [Int] = [0]

  private enum Kind: UInt8 {
    case yes = 1
    case no = 2
    case byte = 3
    case short = 4
    case int = 5
    case long = 6
    case binary = 8
    case list = 9
    case structure = 12
  }

  mutating func bool(_ field: Int, _ value: Bool) { header(field, value ? .yes : .no) }

  mutating func byte(_ field: Int, _ value: UInt8) {
    header(field, .byte)
    bytes.append(value)
  }

  mutating func int(_ field: Int, _ value: Int) {
    header(field, .int)
    zigzag(Int64(value))
  }

  mutating func long(_ field: Int, _ value: Int) {
    header(field, .long)
    zigzag(Int64(value))
  }

  mutating func binary(_ field: Int, _ value: some Collection<UInt8>) {
    header(field, .binary)
    varint(UInt64(value.count))
    bytes += value
  }

  mutating func text(_ field: Int, _ value: String) { binary(field, Array(value.utf8)) }

  mutating func structure(_ field: Int, _ body: (inout ThriftCompact) -> Void) {
    header(field, .structure)
    bare(body)
  }

  mutating func ints(_ field: Int, _ values: [Int]) {
    list(field, .int, values.count)
    for value in values { zigzag(Int64(value)) }
  }

  mutating func texts(_ field: Int, _ values: [String]) {
    list(field, .binary, values.count)
    for value in values {
      varint(UInt64(value.utf8.count))
      bytes += Array(value.utf8)
    }
  }

  mutating func structures<Element>(
    _ field: Int, _ values: [Element], _ body: (inout ThriftCompact, Element) -> Void
  ) {
    list(field, .structure, values.count)
    for value in values { bare { body(&$0, value) } }
  }

  /// A structure of its own, or an element of a list.
  mutating func bare(_ body: (inout ThriftCompact) -> Void) {
    last.append(0)
    body(&self)
    last.removeLast()
    bytes.append(0)
  }

  private mutating func list(_ field: Int, _ kind: Kind, _ count: Int) {
    header(field, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xF0 | kind.rawValue)
      varint(UInt64(count))
    }
  }

  /// Fields come in the order of their numbers, at most 15 apart.
  private mutating func header(_ field: Int, _ kind: Kind) {
    let step = field - last[last.count - 1]
    bytes.append(UInt8(step) << 4 | kind.rawValue)
    last[last.count - 1] = field
  }

  private mutating func zigzag(_ value: Int64) {
    varint(UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  private mutating func varint(_ value: UInt64) { bytes.appendVarint(value) }
}

extension [UInt8] {
  /// Seven bits a byte, the lowest first.
  mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  mutating func appendLittleEndian<Number: FixedWidthInteger>(_ number: Number) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
