/// A Swift file with what it declares.
struct SwiftFile {
  /// Below the repository's root.
  let path: String
  let tokens: [Token]
  let declarations: [Declaration]

  init(path: String, _ text: String) {
    self.path = path
    tokens = Token.all(of: SwiftText(text))
    declarations = Declaration.all(in: tokens)
  }

  /// All targets with their files, read once for all tests.
  static let ofTargets = Result {
    try Target.all().map { target in
      (target: target, files: try target.files().map { SwiftFile(path: $0.path, $0.text) })
    }
  }

  /// The first folder below its target's own; empty for what stands in that itself.
  var folder: String {
    let parts = path.split(separator: "/")
    return parts.count > 3 ? String(parts[2]) : ""
  }

  func place(_ declaration: Declaration) -> String {
    "\(path):\(tokens[declaration.place].line)"
  }
}
