import Foundation

// Built by `make fuzz` alone, with the sanitizers and the main loop of libFuzzer; Package.swift leaves it
// out otherwise.

/// Hands bytes that libFuzzer makes up to the reader that FUZZ_TARGET names.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  target(UnsafeRawBufferPointer(start: start, count: count))
  return 0
}

nonisolated(unsafe) private let target: (UnsafeRawBufferPointer) -> Void = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = fuzzTargets[name] else {
    print("FUZZ_TARGET names one of: \(fuzzTargets.keys.sorted().joined(separator: " "))")
    exit(64)
  }
  return target
}()
