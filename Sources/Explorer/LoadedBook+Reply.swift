import Audit
import Definition
import Dispatch
import Engine
import Notation
import Snapshots
import Workers

extension LoadedBook {
  /// Answers a request; each answer names the snapshot that it is from, and how long it took.
  ///
  /// `progress`: how many bytes of the log have been read of those that are read just now.
  func reply(to request: ExplorerRequest, progress: (done: Int, all: Int)) throws -> ExplorerReply {
    if request.path.hasPrefix("/csv/") { return try download(request) }
    let begin = DispatchTime.now().uptimeNanoseconds
    let answer: [UInt8]
    if request.path == "/api/progress" {
      answer = try stableJSON(["done": progress.done, "all": progress.all])
    } else if let own = try self.answer(request) {
      answer = own
    } else {
      return .unknown
    }
    let spent = (DispatchTime.now().uptimeNanoseconds - begin) / 1_000
    var body = Array("{\n\"snapshot\": ".utf8)
    body += Array(jsonString(snapshotName).utf8)
    body += Array(", \"asOf\": \(jsonString(timeText(milliseconds: subject.asOf)))".utf8)
    body += Array(", \"milliseconds\": \(spent / 1_000).\(spent / 100 % 10),\n\"answer\": ".utf8)
    return .json(body + answer + Array("}\n".utf8))
  }

  private func answer(_ request: ExplorerRequest) throws -> [UInt8]? {
    switch request.path {
    case "/api/book": try stableJSON(overview())
    case "/api/leads": try stableJSON(rowsPage(request, ofAccounts: false))
    case "/api/accounts": try stableJSON(rowsPage(request, ofAccounts: true))
    case "/api/lead": try lead(request.value("key") ?? "")
    case "/api/account": try stableJSON(account(request.value("key") ?? ""))
    case "/api/history": try stableJSON(history(request))
    case "/api/values": try stableJSON(values(request))
    case "/api/areas": try stableJSON(live.foretelling(settings(request)))
    case "/api/snapshots": try stableJSON(PublishedList(of: plan.book))
    case "/api/compare": try stableJSON(comparison(request))
    case "/api/about": try stableJSON(about())
    case "/api/what-if": try stableJSON(whatIf(request))
    default: nil
    }
  }

  private func download(_ request: ExplorerRequest) throws -> ExplorerReply {
    switch request.path {
    case "/csv/leads": return try csv(request, ofAccounts: false)
    case "/csv/accounts": return try csv(request, ofAccounts: true)
    case "/csv/history":
      return .file(
        Array(try history(request).csvRows.map { csvLine($0) + "\n" }.joined().utf8),
        named: "history.csv", type: "text/csv; charset=utf-8")
    case "/csv/what-if":
      return .file(
        try live.changes(settings(request)), named: "changes.csv", type: "text/csv; charset=utf-8")
    case "/csv/definition":
      return .file(
        Array(try live.set(settings(request)).definition.text.utf8),
        named: "\(definition.name).yaml", type: "application/yaml; charset=utf-8")
    default: return .unknown
    }
  }

  func settings(_ request: ExplorerRequest) throws -> [Setting] {
    try request.values("set").map { text in
      guard let setting = Setting(text) else {
        throw RunError(.usage, "'\(text)' is no PATH=VALUE")
      }
      return setting
    }
  }
}
