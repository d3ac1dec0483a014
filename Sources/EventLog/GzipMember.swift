import Files
import Foundation

/// What trying to inflate one gzip member, at a place where one may begin, came to.
struct MemberTrial {
  enum Outcome: Equatable {
    /// The checksum and the length hold, and the stated size where one is stated.
    case whole
    /// The file ends within the member.
    case cut
    case broken(String)
  }

  var outcome: Outcome
  /// Where the member ends, or where it broke off.
  var end: Int
  var inflatedByteCount = 0
  var lineFeedCount = 0
  var firstByte: UInt8?
  var lastByte: UInt8?
  /// Whether the member states its size, as BGZF does.
  var isBlock = false
}

/// Inflates single members of a file at any place, in memory that does not grow.
struct MemberProbe<Inflater: MemberInflater & ~Copyable>: ~Copyable {
  let file: RegularFile
  private var inflater = Inflater()
  private let input: UnsafeMutableRawBufferPointer
  private let output: UnsafeMutableRawBufferPointer
  /// How many bytes went in and came out of all trials: what they cost.
  private(set) var work = 0

  init(_ file: consuming RegularFile) {
    self.file = file
    input = .allocate(byteCount: 1 << 16, alignment: 64)
    output = .allocate(byteCount: 1 << 17, alignment: 64)
  }

  deinit {
    input.deallocate()
    output.deallocate()
  }

  /// Tries the member that may begin at `start`.
  ///
  /// `sink`: takes the inflated bytes as they come, before the checksum is known.
  mutating func trial(
    at start: Int, sink: (UnsafeRawBufferPointer) throws -> Void = { _ in }
  ) throws -> MemberTrial {
    var trial = MemberTrial(outcome: .cut, end: start)
    var limit = file.byteCount
    var statedEnd: Int?
    inflater.beginMember()
    while true {
      let room = UnsafeMutableRawBufferPointer(
        rebasing: input[..<max(0, min(input.count, limit - trial.end))])
      let count = try file.read(at: trial.end, into: room)
      var bytes = UnsafeRawBufferPointer(rebasing: room[..<count])
      if trial.end == start {
        // Looked at here, because zlib asks for a second byte before it calls the first one wrong.
        guard bytes.first.map({ $0 == 0x1F }) ?? false else {
          trial.outcome = bytes.isEmpty ? .cut : .broken(noMagic)
          return trial
        }
        if let size = blockByteCount(bytes) {
          trial.isBlock = true
          statedEnd = start + size
          limit = min(limit, start + size)
          bytes = UnsafeRawBufferPointer(rebasing: bytes.prefix(size))
          trial.outcome = start + size > file.byteCount ? .cut : .broken(wrongSize)
        }
      }
      if bytes.isEmpty { return trial }
      work += bytes.count
      if try inflate(&bytes, &trial, sink) {
        if trial.outcome == .whole, let statedEnd, trial.end != statedEnd {
          trial.outcome = .broken(wrongSize)
        }
        return trial
      }
    }
  }

  /// Returns where the next byte other than zero stands, from `start` on: zeros are padding.
  func skipZeros(from start: Int) throws -> Int {
    var at = start
    while at < file.byteCount {
      let count = try file.read(at: at, into: input)
      guard count > 0 else { break }
      if let index = input[..<count].firstIndex(where: { $0 != 0 }) { return at + index }
      at += count
    }
    return file.byteCount
  }

  /// Inflates a piece of input; returns whether the member ended or broke off.
  private mutating func inflate(
    _ bytes: inout UnsafeRawBufferPointer, _ trial: inout MemberTrial,
    _ sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Bool {
    while true {
      let before = bytes.count
      var rest = output
      let outcome = inflater.inflate(&bytes, into: &rest)
      trial.end += before - bytes.count
      let made = UnsafeRawBufferPointer(rebasing: output[..<(output.count - rest.count)])
      if !made.isEmpty {
        trial.firstByte = trial.firstByte ?? made.first
        trial.lastByte = made.last
        trial.inflatedByteCount += made.count
        trial.lineFeedCount += lineFeedCount(made)
        work += made.count
        try sink(made)
      }
      switch outcome {
      case .outputFull: continue
      case .needsInput: return false
      case .memberEnd:
        trial.outcome = .whole
        return true
      case .damaged(let reason):
        trial.outcome = .broken(reason)
        return true
      }
    }
  }
}

let blockHeaderByteCount = 18

/// Returns the size that a BGZF member states in its header; nil if it is not one.
func blockByteCount(_ bytes: UnsafeRawBufferPointer) -> Int? {
  // The flag for extra fields, and first of them the one named BC, of two bytes: the size less one.
  guard bytes.count >= blockHeaderByteCount, bytes[3] & 4 != 0,
    bytes[12] == UInt8(ascii: "B"), bytes[13] == UInt8(ascii: "C"), bytes[14] == 2, bytes[15] == 0
  else { return nil }
  return Int(bytes[16]) + Int(bytes[17]) * 256 + 1
}

/// What zlib says where a gzip header should be.
let noMagic = "incorrect header check"
private let wrongSize = "it has not the size it states"

private func lineFeedCount(_ bytes: UnsafeRawBufferPointer) -> Int {
  var count = 0
  var rest = bytes
  while let start = rest.baseAddress, let feed = memchr(start, 0x0A, rest.count) {
    count += 1
    rest = UnsafeRawBufferPointer(
      rebasing: rest[(UnsafeRawPointer(feed) - UnsafeRawPointer(start) + 1)...])
  }
  return count
}
