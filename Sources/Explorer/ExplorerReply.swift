import Notation
import Snapshots

/// An answer as HTTP takes it.
package struct ExplorerReply: Sendable {
  package var status: Int
  package var type: String
  /// What a download is called; nil of what is shown.
  package var fileName: String?
  package var body: [UInt8]

  /// JSON that another part of the program has written.
  static func json(_ body: [UInt8], status: Int = 200) -> ExplorerReply {
    ExplorerReply(status: status, type: "application/json; charset=utf-8", body: body)
  }

  static func json(_ value: some Encodable, status: Int = 200) throws -> ExplorerReply {
    json(try stableJSON(value), status: status)
  }

  static func problem(_ problem: Problem, status: Int) -> ExplorerReply {
    json((try? stableJSON(problem)) ?? [], status: status)
  }

  static let unknown = problem(Problem("there is nothing here", hint: nil), status: 404)

  /// A download; its name is made of plain letters, whatever it is made from.
  static func file(_ body: [UInt8], named name: String, type: String) -> ExplorerReply {
    let letters = name.unicodeScalars.map { scalar -> Character in
      let isPlain =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789.-_".unicodeScalars.contains(scalar))
      return isPlain ? Character(scalar) : "_"
    }
    var safe = String(letters.prefix(120))
    if safe.hasPrefix(".") { safe = "_" + safe }
    return ExplorerReply(status: 200, type: type, fileName: safe, body: body)
  }

  /// How far the log has been read, while nothing can be answered yet.
  static func reading(done: Int, all: Int, _ plan: ExplorerPlan) -> ExplorerReply {
    struct Reading: Encodable {
      var reading: Progress
    }
    struct Progress: Encodable {
      var done: Int
      var all: Int
      var book: String
    }
    let reading = Reading(reading: Progress(done: done, all: all, book: plan.book.root))
    return json((try? stableJSON(reading)) ?? [], status: 503)
  }
}
