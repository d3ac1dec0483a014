import Foundation
import Testing

/// Who imports whom: Package.swift is the one list, and nothing in it is idle.
@Suite("Imports") struct ImportTests {
  private let targets: [Target]

  init() throws { targets = try Target.all() }

  /// What the system offers, and which rooms may use it.
  private static let systemModules: [String: Set<String>] = [
    // Files, JSON of small reports, time zones, processes, the texts of errors.
    "Foundation": [
      "Workers", "Files", "EventLog", "Pages", "Definition", "Judging", "Engine", "Snapshots",
      "Trials", "Audit", "Upkeep", "Nightly", "Report", "CRM", "Exports", "scorebook", "samplebook",
    ],
    // Comparing and copying bytes, and logarithms, where Foundation has no business.
    "Glibc": ["Tables", "Statistics", "Reading"],
    "Darwin": ["Tables", "Statistics", "Reading"],
    // See the threads below.
    "Synchronization": ["Workers", "Engine", "Trials", "Explorer", "scorebook"],
    "Dispatch": ["Workers", "Engine", "Snapshots", "Explorer", "Serving"],
  ]

  /// Threads, and what they wait for each other by.
  private static let threads: Set = [
    "Dispatch", "Synchronization", "DispatchQueue", "DispatchGroup", "DispatchSemaphore",
    "DispatchWorkItem", "Thread", "NSLock", "NSRecursiveLock", "NSCondition", "Mutex", "Atomic",
    "pthread_create", "pthread_mutex_t", "TaskGroup", "withTaskGroup", "withThrowingTaskGroup",
  ]

  /// Where there are any, and why; elsewhere work is handed to Workers.
  private static let threaded: [(path: String, reason: String)] = [
    ("Sources/Workers/", "it is what the room is for"),
    ("Sources/Engine/", "its workers share a cache, drafts of sheets, sums of accounts"),
    ("Sources/Snapshots/Writing/", "a file is synced while the next bytes are made"),
    ("Sources/Trials/Live/LiveReplay.swift", "several requests at a time share what was gathered"),
    ("Sources/Explorer/", "requests come side by side, and a book is loaded behind them"),
    ("Sources/Serving/", "one thread talks, others answer"),
    ("Sources/scorebook/ProgressBar.swift", "any worker may tell how far it is"),
  ]

  @Test("every import of ours stands in Package.swift, and every dependency there is imported")
  func dependencies() throws {
    #expect(targets.count > 40)
    let ours = Set(targets.map(\.name)).union(targets.flatMap(\.dependencies))
    let executables = Set(targets.filter { $0.kind == .executable }.map(\.name))
    for target in targets {
      var met: Set<String> = []
      for file in try target.files() {
        for (module, line) in file.imports where ours.contains(module) {
          met.insert(module)
          if target.dependencies.contains(module) { continue }
          Issue.record("\(file.path):\(line): '\(target.name)' may not import '\(module)'")
        }
      }
      // A test runs a program, and does not import it.
      let run = target.kind == .test ? executables : []
      let idle = target.dependencies.subtracting(met).subtracting(run)
      #expect(idle.isEmpty, "'\(target.name)' has no use for \(idle.sorted())")
    }
  }

  @Test("of the system's modules a room imports what it is known to need")
  func system() throws {
    let ours = Set(targets.map(\.name)).union(targets.flatMap(\.dependencies))
    var met: [String: Set<String>] = [:]
    for target in targets where target.isRoom {
      for file in try target.files() {
        for (module, line) in file.imports where !ours.contains(module) {
          met[module, default: []].insert(target.name)
          if Self.systemModules[module]?.contains(target.name) == true { continue }
          Issue.record("\(file.path):\(line): '\(target.name)' goes without '\(module)'")
        }
      }
    }
    #expect(met == Self.systemModules)
  }

  @Test("threads and locks are where the list says, and nowhere else")
  func threads() throws {
    var met: Set<String> = []
    let files = try SwiftFile.ofTargets.get().filter(\.target.isRoom).flatMap(\.files)
    for file in files {
      for token in file.tokens where Self.threads.contains(token.text) {
        if let allowed = Self.threaded.first(where: { file.path.hasPrefix($0.path) }) {
          met.insert(allowed.path)
        } else {
          Issue.record("\(file.path):\(token.line): '\(token.text)' is for Workers")
        }
      }
    }
    #expect(met == Set(Self.threaded.map(\.path)))
  }

  @Test("every room has tests of its own, and every folder is a target's")
  func tested() throws {
    let tests = Dictionary(
      uniqueKeysWithValues: targets.filter { $0.kind == .test }.map { ($0.name, $0.dependencies) })
    // What is C alone is tested through the room that has it.
    for room in targets where try room.isRoom && !room.files().isEmpty {
      let name = room.kind == .executable ? "CommandTests" : "\(room.name)Tests"
      #expect(tests[name]?.contains(room.name) == true, "\(name) do not test '\(room.name)'")
    }
    for top in ["Sources", "Tests"] {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: "\(SourceFile.root)/\(top)")
      let folders = Set(names.filter { !$0.hasPrefix(".") }.map { "\(top)/\($0)" })
      // Module maps of C libraries have no Swift.
      let strangers = try folders.subtracting(targets.map(\.folder)).filter {
        try !SourceFile.all(in: $0, ending: ".swift").isEmpty
      }
      #expect(strangers.isEmpty)
    }
  }

  @Test("imports and targets are read as they are written")
  func reading() {
    let text = """
      import A
        @testable import B
      @preconcurrency package import struct C.D
      // import E
      let important = "import F"
      """
    let imports = SourceFile(path: "", text: text).imports
    #expect(imports.map(\.module) == ["A", "B", "C"] && imports.map(\.line) == [1, 2, 3])
    let targets = Target.all(
      in: """
        targets: [
            .systemLibrary(name: "CZ"),
            .target(name: "A"),
            .target(
              name: "B",
              dependencies: ["CZ", .target(name: "CI", condition: .when(traits: ["I"])), "A"]),
            .testTarget(
              name: "C", dependencies: ["B", .product(name: "Y", package: "y")], path: "Tests/X",
              exclude: ["D"]),
        ]
        """)
    #expect(targets.map(\.name) == ["A", "B", "C"])
    #expect(targets.map(\.folder) == ["Sources/A", "Sources/B", "Tests/X"])
    #expect(targets.map(\.dependencies) == [[], ["CZ", "CI", "A"], ["B", "Y"]])
  }
}
