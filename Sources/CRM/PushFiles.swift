import Definition
import Engine
import Files
import Foundation
import Nightly
import Notation
import Workers

extension PushFolder {
  /// Runs a command once for each file, in order, and notes what the CRM acknowledged, file by file.
  ///
  /// - Throws: `RunError` where the command fails; the files before stay acknowledged.
  func push(
    _ plan: CRMPlan, by command: String, from folder: String, _ report: inout CRMReport
  ) throws {
    guard let name = record.plan else { return }
    var acks = try AckLog(in: "\(path)/\(name)")
    for file in plan.files {
      try Interruption.check()
      let target = "\(folder)/\(file.path)"
      let answer = "\(target).rejected"
      if try exists(answer) { try removeTree(answer) }
      let shell = ShellCommand(
        line: command, name: "push", arguments: [target],
        variables: [
          "SCOREBOOK_FILE": target, "SCOREBOOK_OBJECT": file.object,
          "SCOREBOOK_MATCH": file.match, "SCOREBOOK_OPERATION": file.operation,
          "SCOREBOOK_PLAN": plan.id, "SCOREBOOK_CLEARS": file.isClearing ? "1" : "",
        ])
      let ending = try shell.run()
      let rejected: Set<[UInt8]>
      if let bytes = try wholeFile(answer) {
        rejected = try keys(in: bytes, of: file, plan: name, answer)
      } else if case .exit(0) = ending {
        rejected = []
      } else {
        throw failure(of: command, ending, file, plan, report)
      }
      try acks.append(file: file.number, rejected: rejected)
      report.count(file, rejected: rejected)
    }
    try endPlan()
  }

  private func failure(
    of command: String, _ ending: ShellCommand.Ending, _ file: CRMPlan.File, _ plan: CRMPlan,
    _ report: CRMReport
  ) -> RunError {
    let how =
      switch ending {
      case .exit(let code): "with exit code \(code)"
      case .signal(let number): "by signal \(number)"
      }
    return RunError(
      .failed,
      "--push: '\(command)' ended \(how) at \(file.path), the file \(file.number) of \(plan.files.count); "
        + "\(report.acknowledgedRows) rows were acknowledged",
      hint: "the next export begins where this one ended")
  }

  /// Notes by hand what became of the plan under way.
  ///
  /// `plan`: the path of a `plan.json`, or of its folder. `rejected`: a file of keys that the CRM refused.
  ///
  /// - Throws: `RunError` where the plan is not the last one of its map.
  fileprivate func acknowledge(_ plan: CRMPlan, rejected: String?, folder: String) throws
    -> CRMReport
  {
    guard let name = record.plan else {
      throw RunError(
        .badData, "plan \(plan.id) is acknowledged already, or was never this book's",
        hint: "nothing is left to do")
    }
    let underWay = try CRMPlan(readingFrom: "\(path)/\(name)/plan.json")
    guard underWay.id == plan.id else {
      throw RunError(
        .badData,
        "plan \(plan.id) is not the last one of map '\(plan.map)', which is \(underWay.id)",
        hint: "acknowledge the last one; what this one sent is in it again")
    }
    var report = CRMReport(underWay, folder: folder)
    var acks = try AckLog(in: "\(path)/\(name)")
    var left: Set<[UInt8]>?
    if let rejected {
      guard let bytes = try wholeFile(rejected) else {
        throw RunError(.noInput, "\(rejected): no such file")
      }
      left = keyLines(bytes)
    }
    var answers: [(CRMPlan.File, Set<[UInt8]>)] = []
    for file in underWay.files where acks.files[file.number] == nil {
      var found: Set<[UInt8]> = []
      if let keys = left, !keys.isEmpty {
        found = keys.intersection(try self.keys(of: file, plan: name))
        left = keys.subtracting(found)
      }
      answers.append((file, found))
    }
    if let unknown = left?.min(by: { $0.lexicographicallyPrecedes($1) }) {
      throw RunError(
        .badData,
        "\(rejected ?? ""): '\(String(decoding: unknown, as: UTF8.self))' is in no file of the plan",
        hint: "a line is a key as it was sent")
    }
    for (file, keys) in answers {
      try acks.append(file: file.number, rejected: keys)
      report.count(file, rejected: keys)
    }
    try endPlan()
    return report
  }

  private func keys(
    in bytes: [UInt8], of file: CRMPlan.File, plan: String, _ answer: String
  ) throws -> Set<[UInt8]> {
    let rejected = keyLines(bytes)
    if rejected.isEmpty { return [] }
    let sent = try keys(of: file, plan: plan)
    if let unknown = rejected.subtracting(sent).min(by: { $0.lexicographicallyPrecedes($1) }) {
      throw RunError(
        .badData, "\(answer): '\(String(decoding: unknown, as: UTF8.self))' is not in \(file.path)",
        hint: "a line is a key as it was sent; the file counts as not acknowledged")
    }
    return rejected
  }
}

/// Notes by hand that a CRM took the files of a plan, but for keys that it refused.
package func acknowledgeCRM(_ book: Book, plan path: String, rejected: String?) throws -> CRMReport
{
  let isFolder = try fileStatus(path)?.kind == .folder
  let file = isFolder ? "\(path)/plan.json" : path
  let plan = try CRMPlan(readingFrom: file)
  let pushes = try PushFolder(of: book, map: plan.map)
  return try pushes.acknowledge(plan, rejected: rejected, folder: folderPath(of: file))
}

/// The keys in an answer: one a line, in quotes as in CSV where they need them.
private func keyLines(_ bytes: [UInt8]) -> Set<[UInt8]> {
  var keys: Set<[UInt8]> = []
  var line: [UInt8] = []
  var isQuoted = false
  func add() {
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    if !line.isEmpty { keys.insert(csvText(line)) }
    line.removeAll(keepingCapacity: true)
  }
  for byte in bytes {
    if byte == UInt8(ascii: "\""), isQuoted || line.isEmpty || line.first == UInt8(ascii: "\"") {
      isQuoted.toggle()
    }
    if byte == UInt8(ascii: "\n"), !isQuoted { add() } else { line.append(byte) }
  }
  add()
  return keys
}
