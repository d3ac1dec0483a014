import Reading

extension Sheet {
  /// Returns a sheet of some of the keys alone, in memory of its own.
  ///
  /// It has neither the merges and forgets of the segment nor what only the whole segment needs.
  ///
  /// `left`: the keys that are left out, among the marks of this sheet alone.
  func slice(leaving left: KeyMarks, dictionaryCount: Int) throws -> Sheet {
    let merge = try SheetMerge(
      [self], lineBases: [UInt32(lineBase)], dictionaryCount: dictionaryCount, leaving: left,
      jobs: 1)
    let byteCount = merge.frame.byteCount
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: byteCount + SheetEnding.byteCount(behind: byteCount), alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    let region = UnsafeMutableRawBufferPointer(rebasing: memory[..<byteCount])
    try merge.write(to: region)
    SheetEnding(of: UnsafeRawBufferPointer(region)).words.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(rebasing: memory[byteCount...]).copyMemory(from: $0)
    }
    let slice = Sheet.open(UnsafeRawBufferPointer(memory), events: .made) { $0.deallocate() }
    guard let slice else { preconditionFailure("a slice that has just been made is a sheet") }
    return slice
  }
}
