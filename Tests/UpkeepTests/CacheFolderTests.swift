import Engine
import Files
import Foundation
import TestBooks
import Testing
import Upkeep

@Suite("What is the cache's own") struct CacheFolderTests {
  private static let definition = "name: d"
  private static let strangers = [
    "top.txt", ".hidden/file", "deep/er/file", "0123456789abcdef/notes.txt",
    "0123456789abcdef/sub/file", "0123456789abcdeX/a.0.sheet", "short/1-2.draft",
    "0123456789abcdef/short.0.sheet", "0123456789abcdef/1-2-3.draft", ".index.json.swp",
  ]

  private func scratch() throws -> ScratchBook {
    let scratch = try ScratchBook()
    let line = #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"t","lead":"a"}"# + "\n"
    try scratch.writeLog([("a.ndjson", Array(line.utf8))])
    // A file that has just changed is not trusted to stay as it looks, and gets no sheet.
    usleep(60_000)
    return scratch
  }

  private func run(_ scratch: ScratchBook, _ asOf: String = "2026-02-01T00:00:00Z") throws {
    _ = try scratch.run(definition: Self.definition, asOf: asOf)
  }

  private func write(_ names: [String], in folder: String) throws {
    for name in names {
      let file = URL(fileURLWithPath: "\(folder)/\(name)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(name.utf8).write(to: file)
    }
  }

  private func expect(_ names: [String], in folder: String) throws {
    for name in names {
      #expect(try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) == name)
    }
  }

  @Test("strangers' files stay, whatever a run or clearing the cache removes")
  func strangers() throws {
    let scratch = try scratch()
    let cache = scratch.book.cache
    try write(Self.strangers, in: cache)
    let sheet = String(repeating: "0", count: 64)
    let own = ["\(sheet).0.sheet", "\(sheet).merged.sheet", "77-1.draft"]
    try write(own.map { "0123456789abcdef/\($0)" }, in: cache)
    try run(scratch)
    try expect(Self.strangers, in: cache)
    let left = try fileNames(in: "\(cache)/0123456789abcdef")
    #expect(left.allSatisfy { !own.contains($0) })
    #expect(try CacheReport(of: scratch.book).sheets == 1)
    try clearCache(of: scratch.book)
    try expect(Self.strangers, in: cache)
    #expect(try CacheReport(of: scratch.book).sheets == 0)
  }

  @Test("a cleared cache without strangers is gone, and the next run makes it again")
  func clear() throws {
    let scratch = try scratch()
    try run(scratch)
    #expect(try exists("\(scratch.book.cache)/index.json"))
    try clearCache(of: scratch.book)
    #expect(try !exists(scratch.book.cache))
    try run(scratch)
    #expect(try CacheReport(of: scratch.book).sheets == 1)
  }

  @Test(
    "where the cache or a half of it is a link, nothing behind it is read, written or removed",
    arguments: [true, false])
  func links(isWhole: Bool) throws {
    let scratch = try scratch()
    let (cache, target) = (scratch.book.cache, "\(scratch.book.root)/target")
    try run(scratch)
    let half = try #require(try CacheFolder(cache).halves().first)
    let names =
      Self.strangers + ["index.json", "\(half)/\(String(repeating: "0", count: 64)).0.sheet"]
    try write(names, in: target)
    let path = isWhole ? cache : "\(cache)/\(half)"
    try FileManager.default.removeItem(atPath: path)
    #expect(symlink(target, path) == 0)
    let before = try filePaths(below: target)
    try run(scratch, "2026-02-02T00:00:00Z")
    _ = try verify(VerifyPlan(book: scratch.book, jobs: 1))
    try clearCache(of: scratch.book)
    try expect(names, in: target)
    #expect(try filePaths(below: target) == before)
  }

  @Test("a run tells that it follows no link, and comes to the same")
  func notice() throws {
    let scratch = try scratch()
    try run(scratch)
    let files = try scratch.csvFiles()
    try FileManager.default.removeItem(atPath: scratch.book.cache)
    #expect(symlink(scratch.book.log, scratch.book.cache) == 0)
    try run(scratch)
    #expect(try scratch.csvFiles() == files)
    #expect(try fileNames(in: scratch.book.log) == ["a.ndjson"])
  }
}
