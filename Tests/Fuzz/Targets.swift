import Definition
import Engine
import EventLog
import Foundation
import Intake
import Reading

/// What can be fuzzed: each takes any bytes and traps where a promise is broken.
nonisolated(unsafe) let fuzzTargets: [String: (UnsafeRawBufferPointer) -> Void] = [
  "json": fuzzLines,
  "gzip": fuzzGzip,
  "yaml": fuzzDefinition,
  "chain": fuzzChain,
  "csv": fuzzCSV,
  "calls": fuzzCalls,
]

/// What must not fail here, whatever the input.
private func soundly<Result>(_ work: () throws -> Result) -> Result {
  do { return try work() } catch { fatalError("\(error)") }
}

private let plan = soundly {
  try ReadingPlan(
    Definition.load(
      text: """
          name: fuzz
          interactions:
            view: { type: page_view, path: "/a*", url: "*b" }
            long: { type: page_view, duration: { min: 10 } }
            form: { type: form_fill, fields.n: { above: 1 } }
          scores: { s: { points: { view: { points: 1, once_per: asset }, form: 2 } } }
          grades: { g: { letters: { A: 0 }, criteria: [ { attribute: title, weight: 1, values: [ { is: x, value: 1 } ] } ] } }
          nps: { answers: { type: nps }, value: fields.n, scale: [1, 10] }
        """, file: "fuzz.yaml"))
}

/// Used again for each input, as a run does for each segment.
nonisolated(unsafe) private let decoder = SegmentDecoder(plan: plan)

/// The JSON scanner and the sheets made of it: all lines are counted, what `append` takes a run reads, and a
/// sheet opens as it was sealed.
private func fuzzLines(_ bytes: UnsafeRawBufferPointer) {
  let text = Array(bytes)
  (text + [UInt8](repeating: 0, count: LineBatch.paddingByteCount)).withUnsafeBytes { padded in
    decoder.decode(UnsafeRawBufferPointer(rebasing: padded[..<text.count]), firstLine: 1)
  }
  let sheet = decoder.seal()
  let validator = EventValidator()
  var lineCount = 0
  var refusedCount = 0
  for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
    lineCount += 1
    do { _ = try validator.read([Array(line)]) } catch { refusedCount += 1 }
  }
  precondition(sheet.lineCount == lineCount, "\(lineCount) lines, \(sheet.lineCount) in the sheet")
  precondition(
    sheet.refusals.count == refusedCount,
    "\(refusedCount) lines refused by append, \(sheet.refusals.count) by a run")
  let file = Array(sheet.region) + SheetEnding(of: sheet.region).words.withUnsafeBytes { Array($0) }
  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: file.count, alignment: 8)
  memory.copyBytes(from: file)
  let opened = Sheet.open(UnsafeRawBufferPointer(memory)) { $0.deallocate() }
  precondition(opened?.lineCount == lineCount, "a sealed sheet does not open")
}

/// A file in memory, written over for each input.
private let scratch = "/dev/shm/scorebook-fuzz-\(getpid())"

private func file(_ name: String, _ bytes: UnsafeRawBufferPointer) -> Segment {
  mkdir(scratch, 0o755)
  let path = "\(scratch)/\(name)"
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  precondition(write(descriptor, bytes.baseAddress, bytes.count) == bytes.count)
  close(descriptor)
  return Segment(path: name, file: path, byteCount: bytes.count)
}

/// The gzip reader and the map of what is whole: they agree on whether a file is, and what is salvaged of a
/// whole file is what is read of it.
private func fuzzGzip(_ bytes: UnsafeRawBufferPointer) {
  let segment = file("a.ndjson.gz", bytes)
  var read: [UInt8] = []
  var error: (any Error)?
  do { try readLines(of: segment) { read += Array($0.bytes) } } catch let thrown { error = thrown }
  let map = soundly { try mapMembers(of: segment) }
  precondition(map.isWhole == (error == nil), "\(map) but \(String(describing: error))")
  var end = 0
  for stretch in map.stretches {
    precondition(stretch.bytes.lowerBound == end, "\(map)")
    end = stretch.bytes.upperBound
  }
  precondition(end == bytes.count, "\(map)")
  var salvaged: [UInt8] = []
  _ = soundly { try readSalvagedLines(of: segment, map: map) { salvaged += Array($0.bytes) } }
  precondition(error != nil || read == salvaged, "another text is salvaged than is read")
}

/// The YAML loader: any text is a definition or has mistakes that can be told.
private func fuzzDefinition(_ bytes: UnsafeRawBufferPointer) {
  guard let text = String(validating: bytes, as: UTF8.self) else { return }
  do throws(DefinitionFaults) {
    let definition = try Definition.load(text: text, file: "fuzz.yaml")
    _ = ReadingPlan(definition).fingerprint
  } catch {
    precondition(!error.faults.isEmpty && !error.description.isEmpty)
  }
}

/// The chain: whatever stands there is entries or faults.
private func fuzzChain(_ bytes: UnsafeRawBufferPointer) {
  _ = file(chainFileName, bytes)
  let audit = soundly { try ChainAudit(log: scratch) }
  precondition(audit.records.count <= audit.heads.count)
}
