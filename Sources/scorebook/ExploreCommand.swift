import ArgumentParser
import Engine
import Explorer
import Foundation
import Serving
import Workers

struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Serves pages to look at leads, and to try other values.",
    discussion: """
      For this machine alone, at an address that it prints: search and filter leads and accounts, see why \
      a number is so and how it came to be, pull values of the definition and watch all of history move, \
      compare snapshots. It changes nothing; every number is that of the command beside it. Ctrl-C ends it.

      EXAMPLE
        scorebook explore --book acme

      EXIT STATUS
        0 ended by Ctrl-C; 64 usage; 66 no such book; 74 the port is taken
      """)

  @OptionGroup var book: BookOption

  @OptionGroup var otherLog: LogOption

  @Option(
    name: .long,
    help: ArgumentHelp("The port to serve at; any that is free unless given.", valueName: "n"))
  var port: Int = 0

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Call people by this attribute instead of their key.", valueName: "attribute"))
  var name: String?

  @Flag(name: .customLong("no-open"), help: "Do not open the address in a browser.")
  var noOpen = false

  func validate() throws {
    if !(0...65535).contains(port) {
      throw ValidationError("--port: \(port) is no port; at most 65535")
    }
  }

  package func run() throws {
    try reportingErrors(asJSON: false) {
      #if Explorer
        try serve()
      #else
        throw RunError(
          .usage, "this program was built without the explorer",
          hint: "build it with the package's default traits")
      #endif
    }
  }

  #if Explorer
    private func serve() throws {
      stopOnSignals()
      let book = book.open()
      try Log(of: book, root: otherLog.path).makeReady()
      let explorer = Explorer(ExplorerPlan(book: book, log: otherLog.path, name: name))
      let (token, cookie) = (randomWord(), randomWord())
      let doorkeeper = Doorkeeper(
        token: token, cookieName: "scorebook-\(randomWord().prefix(8))", cookie: cookie)
      let server: Server
      do {
        server = try Server(port: port, doorkeeper) { Response(explorer.reply(toTarget: $0)) }
      } catch {
        throw RunError(
          .failed, "cannot serve at port \(port): \(error)", hint: "name another with --port")
      }
      defer { server.close() }
      explorer.prepare()
      let address = "http://127.0.0.1:\(server.port)/?token=\(token)"
      let user = ProcessInfo.processInfo.userName
      try printLines([
        "\(address)", "",
        "Open it in a browser on this machine; Ctrl-C ends it. If the book is on a server, first, at home:",
        "  ssh -L \(server.port):127.0.0.1:\(server.port) \(user)@\(ProcessInfo.processInfo.hostName)",
      ])
      if !noOpen { openBrowser(address) }
      while true {
        do { try Interruption.check() } catch is Interrupted { return }
        usleep(100_000)
      }
    }
  #endif
}

#if Explorer
  extension Response {
    fileprivate init(_ reply: ExplorerReply) {
      var headers = [Header("Content-Type", reply.type)]
      if let name = reply.fileName {
        headers.append(Header("Content-Disposition", "attachment; filename=\"\(name)\""))
      }
      self.init(status: reply.status, headers: headers, body: reply.body)
    }
  }

  /// 192 random bits that an address can have.
  private func randomWord() -> String {
    (0..<3).map { _ in
      let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
#endif
