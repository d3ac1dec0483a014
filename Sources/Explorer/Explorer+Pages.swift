import CExplorer
import Pages

extension Explorer {
  /// Answers what a browser asks for: a page's file, or a question.
  package func reply(toTarget target: String) -> ExplorerReply {
    guard let request = ExplorerRequest(target: target) else { return .unknown }
    if request.path.hasPrefix("/api/") || request.path.hasPrefix("/csv/") {
      return reply(to: request)
    }
    return ExplorerReply.page(request.path == "/" ? "index.html" : String(request.path.dropFirst()))
      ?? .unknown
  }
}

extension ExplorerReply {
  /// A file of the pages, which are part of the program; nil where there is none of that name.
  fileprivate static func page(_ name: String) -> ExplorerReply? {
    if name == "pages.css" {
      return ExplorerReply(
        status: 200, type: "text/css; charset=utf-8", body: Array("\(pageStyle)".utf8))
    }
    var file = explorer_files()
    while let place = file, let own = place.pointee.name {
      if String(cString: own) == name {
        return ExplorerReply(
          status: 200, type: type(of: name),
          body: Array(UnsafeBufferPointer(start: place.pointee.bytes, count: place.pointee.count)))
      }
      file = place + 1
    }
    return nil
  }

  private static func type(of name: String) -> String {
    if name.hasSuffix(".html") { return "text/html; charset=utf-8" }
    if name.hasSuffix(".css") { return "text/css; charset=utf-8" }
    if name.hasSuffix(".svg") { return "image/svg+xml" }
    return "text/javascript; charset=utf-8"
  }
}
