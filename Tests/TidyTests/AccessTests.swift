import Testing

/// What is open to other modules is what another module uses.
@Suite("Access") struct AccessTests {
  @Test("what is `package` or `public` in a room is named in another room, or by tests")
  func used() throws {
    let targets = try SwiftFile.ofTargets.get()
    var users: [String: Int] = [:]
    for (_, files) in targets {
      for word in Set(files.flatMap { $0.tokens.lazy.filter(\.isWord).map(\.text) }) {
        users[word, default: 0] += 1
      }
    }
    var openCount = 0
    for (target, files) in targets where target.isRoom && target.kind == .library {
      let mentioned = Set(files.flatMap(\.typesMentioned))
      for file in files {
        for declaration in file.declarations where declaration.isForOthers {
          openCount += 1
          let isNeeded =
            users[declaration.name] ?? 0 > 1 || declaration.isUnnamed
            || declaration.isType && mentioned.contains(declaration.name)
          if isNeeded { continue }
          Issue.record(
            "\(file.place(declaration)): nobody else names \(declaration.keyword) \(declaration.name)"
          )
        }
      }
    }
    #expect(openCount > 1000)
  }

  @Test("declarations are read with their modifiers, at top level and in types, not in bodies")
  func reading() {
    let text = SwiftText(
      """
      @frozen public struct A<T>: Sendable where T: Q {
        package private(set) var b = [1] { didSet { let c = 1 } }
        @TaskLocal package static var `d`: Int?
        public init() { var e = 0 }
        func f() { struct G {} }
        final class H { package class func i() {} }
        nonisolated(unsafe) static let (j, k) = (1, 2)
      }
      package extension [L] { var m: Int { 1 } }
      private func n() {}
      """)
    let found = Declaration.all(in: Token.all(of: text))
    #expect(found.map(\.name) == ["A", "b", "d", "init", "f", "H", "i", "L", "m", "n"])
    #expect(found.filter(\.isForOthers).map(\.name) == ["A", "b", "d", "init", "i", "L"])
    #expect(found.filter(\.isForFile).map(\.name) == ["n"])
    #expect(found.map(\.parent) == [nil, 0, 0, 0, 0, 0, 5, nil, 7, nil])
  }

  @Test("comments and what texts say are no code; what is worked out inside a text is")
  func code() {
    func words(_ text: String) -> [String] {
      Token.all(of: SwiftText(text)).filter(\.isWord).map(\.text)
    }
    #expect(words("a // b\nc /* d /* e */ f */ g") == ["a", "c", "g"])
    #expect(words(#"a "b \" c \(d + "e \(f(1)) g") h" i"#) == ["a", "d", "f", "1", "i"])
    #expect(words(##"a #"b " \(c) \#(d) e"# f"##) == ["a", "d", "f"])
    #expect(words("a \"\"\"\n b \" \"\" c \\(d)\n\"\"\" e") == ["a", "d", "e"])
    #expect(Token.all(of: SwiftText("a\n\n\"\"\"\n\n\"\"\" b")).map(\.line) == [1, 5])
  }
}

extension SwiftFile {
  /// The words between the name of what is open and its body: types that have to be as open as it is.
  fileprivate var typesMentioned: [String] {
    declarations.indices.flatMap { index -> [String] in
      let declaration = declarations[index]
      // A case is as open as its type.
      let isOpen =
        declaration.keyword == "case"
        ? declaration.parent.map { declarations[$0].isForOthers } ?? false
        : declaration.isForOthers
      guard isOpen else { return [] }
      let next = index + 1 < declarations.count ? declarations[index + 1].place : tokens.count
      var depth = 0
      return tokens[min(declaration.place + 2, next)..<next].prefix { token in
        // A parameter may be something in brackets unless it is given.
        if token.text == "(" { depth += 1 } else if token.text == ")" { depth -= 1 }
        return depth > 0 || token.text != "{"
      }.filter(\.isWord).map(\.text)
    }
  }
}
