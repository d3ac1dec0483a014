import ArgumentParser
import Definition
import Files
import Foundation
import Nightly
import Upkeep

struct EraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erases a lead from the log, with a receipt.",
    discussion: """
      Forgets the lead and every key that merges join to it, takes their events out of the segments \
      that hold them, makes sure that no other lead's result changes, and tells which published \
      snapshots and quarantined lines still hold the lead. With --purge these go, too.

      EXAMPLE
        scorebook erase --book acme ada@acme.example --purge

      EXIT STATUS
        0 erased; 1 another lead's result would change; 65 damaged log or definition; 66 no such lead; \
        73, 74 files; 75 locked
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var definition: DefinitionOption
  @OptionGroup var patience: WaitOption
  @OptionGroup var output: OutputOptions

  @Flag(name: .long, help: "Remove the snapshots and quarantined lines that hold the lead.")
  var purge = false

  @Argument(help: "The lead's key.")
  var lead: String

  package func run() throws {
    stopOnSignals()
    try reportingErrors(asJSON: output.json) {
      let book = book.open()
      let receipt = try erase(
        ErasePlan(
          book: book, lead: lead,
          definition: try definitionToErase(by: definition.pipeline, in: book),
          purges: purge, waitMax: patience.length))
      if output.json { return try printJSON(receipt) }
      try printLines(lines(receipt))
      if !receipt.isPurged, !(receipt.snapshots + receipt.quarantine).isEmpty {
        printError("hint: erase with --purge removes the snapshots and quarantined lines as well")
      }
    }
  }
}

private func lines(_ receipt: EraseReceipt) -> [String] {
  var lines = ["forgot      \(receipt.keys.joined(separator: ", "))  in \(receipt.forget)"]
  if !receipt.spellings.isEmpty {
    lines.append("written     also \(receipt.spellings.joined(separator: ", "))")
  }
  lines += receipt.segments.map { segment in
    let place = segment.path == segment.replacedBy ? "in place" : "now \(segment.replacedBy)"
    return "erased      \(counted(segment.lines, "line")) of \(segment.path), \(place)"
  }
  if receipt.segments.isEmpty { lines.append("erased      nothing: the log has no line of it") }
  if !receipt.alike.isEmpty {
    lines.append(
      "alike       \(receipt.alike.joined(separator: ", ")): other leads by the definition, not erased"
    )
  }
  if receipt.laterLines > 0 {
    lines.append(
      "kept        \(counted(receipt.laterLines, "line")) of what came after \(receipt.time)")
  }
  lines.append(
    receipt.otherLeadsUnchanged.map { count in
      "checked     \(counted(count, "other lead")): all come to the same as before"
    } ?? "checked     all other lines of these segments: the same as before")
  if receipt.cachedSheetsRemoved > 0 {
    lines.append("cache       \(counted(receipt.cachedSheetsRemoved, "sheet")) removed")
  }
  let fate = receipt.isPurged ? "removed" : "holds the lead"
  lines += receipt.snapshots.map { "snapshot    \($0)  \(fate)" }
  lines += receipt.quarantine.map {
    "quarantine  \($0)  \(receipt.isPurged ? "lines removed" : fate)"
  }
  lines += receipt.pushes.map {
    "crm         \($0)  holds the lead until the next export has cleared it there"
  }
  lines += receipt.exports.map { "export      \($0)  holds the lead: remove it" }
  lines += receipt.left.map { "left        \($0)  holds the lead, and is not the book's own" }
  return lines + ["head        \(receipt.head)"]
}
