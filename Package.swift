// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Dynamic checks for overlapping access find nothing in release that they do not find in the
/// tests' debug build, and took 5% of a run.
let swiftSettings: [SwiftSetting] = [
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

/// The rooms, from the bottom up; docs/ARCHITECTURE.md says what each promises.
///
/// An import that is not listed here fails a test, and most do not compile.
let package = Package(
  name: "scorebook",
  products: [
    .executable(name: "scorebook", targets: ["scorebook"])
  ],
  traits: [
    .default(enabledTraits: ["Explorer", "ISAL", "Postgres", "Primitives"]),
    .trait(
      name: "Explorer",
      description: "The local explorer's server, on SwiftNIO; without it there is no `explore`."),
    .trait(
      name: "ISAL",
      description: "Inflate with ISA-L (libisal-dev); without it zlib does, half as fast."),
    .trait(
      name: "Postgres",
      description:
        "Export into PostgreSQL by libpq (libpq-dev); without it there is no such export."),
    .trait(
      name: "Primitives",
      description: "Scan text and fetch memory by the processor's own means; without it Swift does."
    ),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl"])]),

    .systemLibrary(
      name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"]), .brew(["isa-l"])]),
    .systemLibrary(name: "CExchange"),
    .systemLibrary(
      name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite3"])]),

    .target(name: "CPrimitives"),
    .target(name: "Workers"),
    .target(name: "Notation"),
    .target(name: "Tables", dependencies: ["Notation", "Workers"]),
    .target(name: "Files", dependencies: ["CCrypto", "Notation", "Workers"]),
    .target(
      name: "EventLog",
      dependencies: [
        "CCrypto", .target(name: "CISAL", condition: .when(traits: ["ISAL"])), "CZlib", "Files",
        "Notation", "Workers",
      ]),
    .target(name: "Pages", dependencies: ["Files", "Notation"]),
    .target(name: "Vocabulary"),
    .target(
      name: "Definition",
      dependencies: ["Notation", "Vocabulary", .product(name: "Yams", package: "Yams")]),
    .target(name: "Describing", dependencies: ["Definition", "Notation", "Vocabulary"]),
    .target(name: "Intake", dependencies: ["Notation"]),
    .target(name: "Statistics"),
    .target(
      name: "Reading",
      dependencies: [
        .target(name: "CPrimitives", condition: .when(traits: ["Primitives"])), "Definition",
        "Notation",
      ]),
    .target(name: "Judging", dependencies: ["Definition", "Notation"]),
    .target(
      name: "Identity", dependencies: ["Definition", "Notation", "Reading", "Workers"]),
    .target(
      name: "Snapshots", dependencies: ["EventLog", "Files", "Notation", "Tables", "Workers"]),
    .target(
      name: "Engine",
      dependencies: [
        "Definition", "EventLog", "Files", "Identity", "Intake", "Judging", "Notation", "Reading",
        "Tables", "Workers",
      ]),
    .target(
      name: "Trials",
      dependencies: [
        "Definition", "Engine", "EventLog", "Files", "Identity", "Judging", "Notation", "Reading",
        "Snapshots", "Statistics", "Tables", "Workers",
      ]),
    .target(
      name: "Audit",
      dependencies: [
        "Definition", "Engine", "EventLog", "Files", "Identity", "Judging", "Notation", "Reading",
        "Snapshots", "Tables", "Workers",
      ]),
    .target(
      name: "Upkeep",
      dependencies: [
        "Definition", "Engine", "EventLog", "Files", "Identity", "Intake", "Notation", "Reading",
        "Snapshots", "Tables", "Workers",
      ]),
    .target(
      name: "Nightly",
      dependencies: [
        "Audit", "Definition", "Engine", "EventLog", "Files", "Identity", "Notation", "Reading",
        "Snapshots", "Upkeep", "Workers",
      ]),
    .target(
      name: "Report",
      dependencies: [
        "Audit", "Definition", "Describing", "Engine", "Files", "Identity", "Judging", "Notation",
        "Pages", "Reading", "Snapshots", "Tables", "Workers",
      ]),
    .target(name: "CExplorer", exclude: ["web"]),
    .target(
      name: "Explorer",
      dependencies: [
        "Audit", "CExplorer", "Definition", "Engine", "Files", "Judging", "Notation", "Pages",
        "Reading", "Snapshots", "Tables", "Trials", "Upkeep", "Workers",
      ]),
    .target(
      name: "Serving",
      dependencies: [
        "Workers",
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Explorer"])),
        .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Explorer"])),
        .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Explorer"])),
      ]),
    .target(
      name: "CRM",
      dependencies: [
        "Audit", "Definition", "Engine", "Files", "Nightly", "Notation", "Snapshots", "Tables",
        "Workers",
      ]),
    .target(
      name: "Exports",
      dependencies: [
        "Audit", "CExchange", .target(name: "CPostgres", condition: .when(traits: ["Postgres"])),
        "CSQLite", "CZlib", "Definition", "Engine", "Files", "Notation", "Snapshots", "Tables",
        "Workers",
      ]),
    .executableTarget(
      name: "scorebook",
      dependencies: [
        "Audit", "CRM", "Definition", "Describing", "Engine", "EventLog", "Explorer", "Exports",
        "Files", "Nightly", "Notation", "Pages", "Report", "Serving", "Snapshots", "Trials",
        "Upkeep",
        "Workers",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "samplebook",
      dependencies: [
        "EventLog", "Files", "Notation", "Workers",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(name: "Chance", path: "Tests/Chance"),
    .target(
      name: "Reference", dependencies: [.product(name: "Yams", package: "Yams")],
      path: "Tests/Reference"),
    .target(name: "TestFiles", dependencies: ["EventLog", "Files"], path: "Tests/TestFiles"),
    .target(
      name: "TestBooks",
      dependencies: [
        "Chance", "Definition", "Engine", "EventLog", "Files", "Nightly", "Notation", "Reading",
        "Upkeep",
      ],
      path: "Tests/TestBooks"),

    .testTarget(name: "TidyTests"),
    .testTarget(name: "ReferenceTests", dependencies: ["Reference"]),
    .testTarget(name: "WorkersTests", dependencies: ["Workers"]),
    .testTarget(name: "NotationTests", dependencies: ["Notation"]),
    .testTarget(name: "TablesTests", dependencies: ["Chance", "Tables"]),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestFiles"]),
    .testTarget(
      name: "EventLogTests",
      dependencies: ["Chance", "EventLog", "Files", "Notation", "TestFiles"]),
    .testTarget(name: "PagesTests", dependencies: ["Notation", "Pages"]),
    .testTarget(name: "VocabularyTests", dependencies: ["Vocabulary"]),
    .testTarget(name: "DefinitionTests", dependencies: ["Definition", "Notation"]),
    .testTarget(
      name: "DescribingTests",
      dependencies: ["Chance", "Definition", "Describing", "Notation", "Vocabulary"]),
    .testTarget(name: "IntakeTests", dependencies: ["Chance", "Intake"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Chance", "Statistics"]),
    .testTarget(
      name: "ReadingTests",
      dependencies: ["Chance", "Definition", "EventLog", "Notation", "Reading", "TestFiles"]),
    .testTarget(
      name: "JudgingTests", dependencies: ["Chance", "Definition", "Judging", "Notation"]),
    .testTarget(
      name: "IdentityTests",
      dependencies: ["Chance", "Definition", "Identity", "Notation", "Reading"]),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "Definition", "Engine", "EventLog", "Notation", "Reading", "Reference", "Tables",
        "TestBooks", "TestFiles", "Upkeep", "Workers",
      ]),
    .testTarget(
      name: "SnapshotsTests",
      dependencies: [
        "Definition", "Files", "Notation", "Reference", "Snapshots", "Tables", "TestBooks",
        "TestFiles",
      ]),
    .testTarget(
      name: "TrialsTests",
      dependencies: [
        "Chance", "Definition", "Engine", "Files", "Judging", "Notation", "Reference", "TestBooks",
        "Trials",
      ]),
    .testTarget(
      name: "AuditTests",
      dependencies: [
        "Audit", "Chance", "Definition", "Engine", "EventLog", "Files", "Judging", "Nightly",
        "Notation", "Reading", "Reference", "Tables", "TestBooks",
      ]),
    .testTarget(
      name: "UpkeepTests",
      dependencies: [
        "Chance", "Definition", "Engine", "EventLog", "Files", "Nightly", "Notation", "TestBooks",
        "TestFiles", "Upkeep",
      ]),
    .testTarget(
      name: "NightlyTests",
      dependencies: [
        "Audit", "Chance", "Definition", "Engine", "EventLog", "Files", "Nightly", "Notation",
        "Reading", "Reference", "Snapshots", "TestBooks", "TestFiles", "Trials", "Upkeep",
      ],
      exclude: ["Scenarios"]),
    .testTarget(
      name: "ReportTests",
      dependencies: [
        "Audit", "Definition", "Engine", "Files", "Nightly", "Notation", "Pages", "Reference",
        "Report", "Snapshots", "TestBooks",
      ]),
    .testTarget(
      name: "ExplorerTests",
      dependencies: ["Definition", "Engine", "Explorer", "Notation", "Trials"]),
    .testTarget(name: "ServingTests", dependencies: ["Serving"]),
    .testTarget(
      name: "ExportsTests",
      dependencies: ["CSQLite", "Definition", "Engine", "Exports", "Files", "Nightly", "TestBooks"]),
    .testTarget(
      name: "CRMTests", dependencies: ["CRM", "Chance", "Definition", "Engine", "TestBooks"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "EventLog", "Files", "Nightly", "Notation", "Snapshots", "Trials", "Upkeep", "samplebook",
        "scorebook",
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// Only where `make fuzz` asks for it, because libFuzzer comes with its flags.
if ProcessInfo.processInfo.environment["SCOREBOOK_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz", dependencies: ["Engine", "EventLog", "Definition", "Reading", "Intake"],
      path: "Tests/Fuzz", exclude: ["corpus"]))
}

for target in package.targets {
  if [.regular, .executable].contains(target.type) { target.swiftSettings = swiftSettings }
  if ["EventLog", "EventLogTests"].contains(target.name) {
    target.swiftSettings =
      (target.swiftSettings ?? []) + [.define("ISAL", .when(traits: ["ISAL"]))]
  }
  if ["Reading", "ReadingTests"].contains(target.name) {
    target.swiftSettings =
      (target.swiftSettings ?? []) + [.define("PRIMITIVES", .when(traits: ["Primitives"]))]
  }
  if ["Exports", "scorebook"].contains(target.name) {
    target.swiftSettings =
      (target.swiftSettings ?? []) + [.define("Postgres", .when(traits: ["Postgres"]))]
  }
  if ["Serving", "scorebook"].contains(target.name) {
    target.swiftSettings =
      (target.swiftSettings ?? []) + [.define("Explorer", .when(traits: ["Explorer"]))]
  }
}
