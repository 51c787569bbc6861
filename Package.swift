// swift-tools-version: 6.2
import PackageDescription

/// Faults that the neighbours' audit must catch are planted in a build of their own, which only `scripts/planted-faults.sh` makes.
let plantsFaults = Context.environment["UNDERSTUDY_PLANT_FAULTS"] == "1"

/// Tests run once for each time they are compiled, so they are not optimised, unless they measure: `scripts/bench.sh` says so.
let measures = Context.environment["UNDERSTUDY_OPTIMISE_TESTS"] == "1"

/// The program that goes into packages is to be small: code that does not wait for the processor is built for size.
/// `scripts/dist.sh` says so.
let isCompact = Context.environment["UNDERSTUDY_COMPACT"] == "1"
let compactFloors: Set = ["Publishing", "Demonstrations", "Doors"]

let strict: [SwiftSetting] =
  [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
  ] + (plantsFaults ? [.define("PLANTED_FAULTS")] : [])

/// One room of the house: a folder on a floor of `Sources/`. It imports only the rooms named here, which are on lower floors or
/// before it on its own (docs/ARCHITECTURE.md).
func room(_ name: String, on floor: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(floor)/\(name)",
    swiftSettings: strict
      + (isCompact && compactFloors.contains(floor) ? [.unsafeFlags(["-Osize"])] : []))
}

/// A folder of tests: of one room, or of the rooms of a floor.
func tests(
  of name: String, _ dependencies: [Target.Dependency], readsInPlace exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: strict + (measures ? [] : [.unsafeFlags(["-Onone"])]))
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let bigInt = Target.Dependency.product(name: "BigInt", package: "BigInt")

let package = Package(
  name: "understudy",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Understudy", targets: ["Understudy"]),
    .executable(name: "understudy", targets: ["understudy-cli"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/attaswift/BigInt", exact: "6.0.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CZlib", path: "Sources/Basics/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CPCRE2", path: "Sources/Basics/CPCRE2", pkgConfig: "libpcre2-8",
      providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(
      name: "COpenBLAS", path: "Sources/Basics/COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-pthread-dev"]), .brew(["openblas"])]),
    .target(name: "VectorKernels", path: "Sources/Basics/VectorKernels"),
    .systemLibrary(
      name: "CReadStat", path: "Sources/Data/CReadStat",
      providers: [.apt(["libreadstat-dev"]), .brew(["readstat"])]),
    .systemLibrary(
      name: "CExpat", path: "Sources/Data/CExpat", pkgConfig: "expat",
      providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
    .target(name: "CADBC", path: "Sources/Data/CADBC"),
    .target(name: "PythonSymbols", path: "Sources/Data/PythonSymbols", exclude: ["exported.list"]),
    .target(
      name: "WordLists", dependencies: ["CZlib"], path: "Sources/Identifiers/WordLists",
      exclude: ["lists", "packed", "NOTICE.md"]),
    .target(name: "CodeLists", path: "Sources/Data/CodeLists", exclude: ["lists", "NOTICE.md"]),
    // Basics
    room("Basics", on: "Basics", [crypto]),

    // Data
    room("Tables", on: "Data", ["CodeLists"]),
    room("DelimitedText", on: "Data", ["CZlib", "Basics", "Tables"]),
    room("LinkedTables", on: "Data", ["Tables"]),
    room("SchemaFiles", on: "Data", ["Tables", "DelimitedText", "LinkedTables", yams]),
    room(
      "DataDictionaries", on: "Data",
      ["CExpat", "Basics", "Tables", "DelimitedText", "SchemaFiles"]),
    room("Encoding", on: "Data", ["Basics", "Tables"]),
    room("TableSources", on: "Data", ["Tables", "DelimitedText"]),
    room("DatabaseTables", on: "Data", ["CADBC", "Basics", "Tables", "TableSources"]),
    room("ParquetFiles", on: "Data", ["Tables"]),
    room(
      "CountedTables", on: "Data",
      ["Tables", "DelimitedText", "Encoding", "TableSources", "DatabaseTables"]),
    room("StatisticsFiles", on: "Data", ["CReadStat", "Tables", "TableSources"]),
    room("TrackFiles", on: "Data", ["Tables", "TableSources"]),
    room(
      "SourceWorkers", on: "Data",
      [
        "Basics", "Tables", "DelimitedText", "SchemaFiles", "TableSources", "DatabaseTables",
        "CountedTables", "StatisticsFiles", "TrackFiles",
      ]),

    // Privacy
    room("Accounting", on: "Privacy", ["VectorKernels", bigInt]),
    room("Mechanisms", on: "Privacy", ["Accounting", crypto, cryptoExtras, bigInt]),
    room("Ledger", on: "Privacy", ["Basics", "Tables", "Accounting", crypto, grdb]),
    room(
      "Curation", on: "Privacy",
      [
        "VectorKernels", "Basics", "Tables", "DelimitedText", "LinkedTables", "Encoding",
        "CountedTables", "Accounting", "Mechanisms", "Ledger", crypto, bigInt,
      ]),

    // Models
    room("GraphicalModels", on: "Models", ["VectorKernels", "Basics"]),
    room("NeuralNetworks", on: "Models", ["VectorKernels", "COpenBLAS", "Basics"]),
    room("LatticeEncryption", on: "Models", ["Mechanisms", crypto]),
    room(
      "EncryptedScoring", on: "Models",
      ["Basics", "Tables", "DelimitedText", "Mechanisms", "LatticeEncryption"]),
    room(
      "DomainLearning", on: "Models",
      ["Tables", "DelimitedText", "Encoding", "Accounting", "Ledger", "Curation"]),
    room(
      "Prediction", on: "Models",
      ["Tables", "Encoding", "Accounting", "Curation", "EncryptedScoring", "DomainLearning"]),
    room(
      "Synthesis", on: "Models", ["Tables", "Encoding", "Accounting", "Curation", "DomainLearning"]),
    room(
      "MarginalSynthesis", on: "Models",
      [
        "Tables", "Encoding", "Accounting", "Ledger", "Curation", "GraphicalModels",
        "DomainLearning", "Synthesis",
      ]),
    room(
      "Analyses", on: "Models",
      [
        "Basics", "Tables", "Encoding", "Accounting", "Curation", "GraphicalModels",
        "EncryptedScoring", "MarginalSynthesis", yams,
      ]),
    room(
      "LinkedSynthesis", on: "Models",
      [
        "Basics", "Tables", "LinkedTables", "Encoding", "Accounting", "Curation",
        "GraphicalModels", "DomainLearning", "Synthesis", "MarginalSynthesis",
      ]),
    room("HeatMaps", on: "Models", ["Basics", "Tables", "Encoding", "Accounting", "Curation"]),
    room(
      "Trips", on: "Models", ["Basics", "Tables", "Encoding", "Accounting", "Curation", "HeatMaps"]),
    room(
      "AdversarialSynthesis", on: "Models",
      [
        "VectorKernels", "Basics", "Encoding", "Accounting", "Ledger", "Curation",
        "GraphicalModels", "NeuralNetworks", "DomainLearning",
        "Synthesis", "MarginalSynthesis",
      ]),
    room(
      "Engines", on: "Models",
      ["GraphicalModels", "Synthesis", "MarginalSynthesis", "AdversarialSynthesis"]),

    // Identifiers
    room("Words", on: "Identifiers", ["WordLists", crypto]),
    room(
      "ColumnRoles", on: "Identifiers", ["Basics", "Tables", "SchemaFiles", "WordLists", "Words"]),
    room(
      "LinkFinding", on: "Identifiers", ["Tables", "LinkedTables", "SchemaFiles", "ColumnRoles"]),
    room(
      "Pseudonyms", on: "Identifiers",
      [
        "Basics", "Tables", "DelimitedText", "SchemaFiles", "WordLists", "Words", "ColumnRoles",
        crypto, cryptoExtras,
      ]),
    room(
      "ProseRedaction", on: "Identifiers",
      [
        "CPCRE2", "Tables", "DelimitedText", "WordLists", "Words", "ColumnRoles", "Pseudonyms",
        yams,
      ]),

    // Evidence
    room("Quality", on: "Evidence", ["Basics", "Tables"]),
    room("LinkedQuality", on: "Evidence", ["Basics", "Tables", "LinkedTables", "Quality"]),
    room("Attacks", on: "Evidence", ["VectorKernels", "Basics", "Tables", "Encoding", "Quality"]),
    room(
      "ModelAttacks", on: "Evidence",
      ["Tables", "DelimitedText", "EncryptedScoring", "Quality", "Attacks"]),
    room(
      "LinkedAttacks", on: "Evidence",
      ["Tables", "LinkedTables", "Quality", "LinkedQuality", "Attacks"]),
    room(
      "PlaceAttacks", on: "Evidence",
      [
        "Basics", "Tables", "DelimitedText", "Encoding", "Accounting", "Curation", "HeatMaps",
        "Attacks",
      ]),
    room(
      "Audits", on: "Evidence",
      [
        "VectorKernels", "Basics", "Tables", "Encoding", "Accounting", "Mechanisms", "Ledger",
        "Curation", "NeuralNetworks", "EncryptedScoring",
        "DomainLearning", "Synthesis", "MarginalSynthesis", "Analyses", "AdversarialSynthesis",
        "Engines", "Attacks",
      ]),
    room(
      "Policies", on: "Evidence",
      ["Basics", "Tables", "Encoding", "Ledger", "ColumnRoles", "Quality", "Attacks", yams]),

    // Publishing
    room(
      "Manifests", on: "Publishing",
      [
        "Basics", "Tables", "Encoding", "TableSources", "Accounting", "Ledger", "Curation",
        "Attacks", "Policies", crypto,
      ]),
    room(
      "Reports", on: "Publishing",
      [
        "Basics", "Tables", "Encoding", "Accounting", "Ledger", "Curation", "EncryptedScoring",
        "DomainLearning", "Prediction",
        "Quality", "Attacks", "PlaceAttacks", "Policies", "Manifests",
        mustache,
      ]),
    room(
      "Releases", on: "Publishing",
      [
        "CZlib", "Basics", "Tables", "DelimitedText", "SchemaFiles", "Encoding", "TableSources",
        "CountedTables", "ParquetFiles", "LinkedTables", "Accounting", "Mechanisms", "Ledger",
        "Curation",
        "GraphicalModels", "NeuralNetworks", "EncryptedScoring", "DomainLearning", "Prediction",
        "Synthesis", "MarginalSynthesis", "LinkedSynthesis", "Analyses", "HeatMaps", "Trips",
        "AdversarialSynthesis",
        "Engines", "ColumnRoles", "Pseudonyms", "ProseRedaction", "Quality", "Attacks",
        "PlaceAttacks",
        "Policies", "Manifests", "Reports", crypto,
      ]),

    // Demonstrations
    room(
      "Examples", on: "Demonstrations", ["Basics", "Tables", "LinkedTables", "WordLists"]),
    room(
      "Demonstrations", on: "Demonstrations",
      [
        "Basics", "Tables", "DelimitedText", "SchemaFiles", "Encoding", "Accounting", "Ledger",
        "Curation", "Synthesis", "HeatMaps", "Trips", "AdversarialSynthesis", "Quality",
        "Attacks", "PlaceAttacks", "Manifests", "Reports", "Releases", "Examples",
      ]),
    room(
      "ModelStories", on: "Demonstrations",
      [
        "Basics", "Tables", "Encoding", "Accounting", "Ledger", "Curation", "EncryptedScoring",
        "Prediction", "Analyses", "Quality", "Reports", "Examples",
      ]),

    // Doors
    room(
      "Understudy", on: "Doors",
      [
        "Basics", "Tables", "DelimitedText", "SchemaFiles", "DataDictionaries", "Encoding",
        "TableSources", "TrackFiles",
        "Accounting", "Mechanisms", "Ledger", "Curation",
        "GraphicalModels", "Synthesis", "LatticeEncryption", "EncryptedScoring", "Prediction",
        "MarginalSynthesis", "Analyses", "HeatMaps", "Trips", "AdversarialSynthesis",
        "LinkedTables", "LinkFinding", "LinkedQuality", "LinkedAttacks",
        "Engines", "Words", "ColumnRoles", "Pseudonyms", "ProseRedaction", "Quality", "Attacks",
        "ModelAttacks", "PlaceAttacks", "Policies", "Manifests", "Reports",
        "Releases",
      ]),
    room(
      "CommandLine", on: "Doors",
      [
        "Basics", "Tables", "DelimitedText", "LinkedTables", "SchemaFiles", "DataDictionaries",
        "TableSources", "DatabaseTables", "CountedTables",
        "SourceWorkers", "Accounting", "Ledger",
        "Curation", "Synthesis", "EncryptedScoring", "Prediction", "MarginalSynthesis", "Engines",
        "Analyses", "HeatMaps", "Trips", "Words", "ColumnRoles", "Pseudonyms", "ProseRedaction",
        "Quality", "LinkedQuality", "Attacks", "ModelAttacks", "PlaceAttacks", "Audits", "Policies",
        "Manifests", "Reports", "Releases", "Examples", "Demonstrations", "ModelStories",
        "Understudy", argumentParser,
      ]),
    .executableTarget(
      name: "understudy-cli", dependencies: ["PythonSymbols", "CommandLine"],
      path: "Sources/Doors/understudy-cli", swiftSettings: strict,
      linkerSettings: [
        // A driver that is loaded later finds the places of `PythonSymbols` in the program.
        .unsafeFlags(
          [
            "-Xlinker",
            "--dynamic-list=\(Context.packageDirectory)/Sources/Data/PythonSymbols/exported.list",
          ], .when(platforms: [.linux]))
      ]),

    // All tests start programs by these, which see to it that whatever is started ends.
    .target(name: "CTestPrograms", path: "Tests/Support/CTestPrograms"),
    .target(
      name: "TestPrograms", dependencies: ["CTestPrograms"], path: "Tests/Support/TestPrograms",
      swiftSettings: strict),
    .target(
      name: "TestConditions", path: "Tests/Support/TestConditions", swiftSettings: strict),

    tests(
      of: "AdversarialSynthesis",
      [
        "Basics", "Tables", "Encoding", "Accounting", "Ledger", "Curation", "GraphicalModels",
        "NeuralNetworks", "DomainLearning", "Prediction",
        "Synthesis", "MarginalSynthesis", "AdversarialSynthesis", "ModelStories",
      ]),
    tests(
      of: "Analyses",
      [
        "Basics", "Tables", "Encoding", "Accounting", "Ledger", "Curation", "GraphicalModels",
        "EncryptedScoring", "MarginalSynthesis", "Analyses",
      ]),
    tests(
      of: "Attacks",
      ["TestConditions", "Basics", "Tables", "DelimitedText", "Encoding", "Quality", "Attacks"]),
    tests(
      of: "Audits",
      [
        "TestConditions", "Tables", "SchemaFiles", "Encoding", "Accounting", "Mechanisms", "Ledger",
        "Curation",
        "NeuralNetworks", "Synthesis",
        "MarginalSynthesis", "AdversarialSynthesis", "Engines", "Attacks", "Audits",
      ]),
    tests(of: "Basics", ["Basics"]),
    tests(of: "DataDictionaries", ["Basics", "Tables", "SchemaFiles", "DataDictionaries"]),
    tests(
      of: "CommandLine",
      [
        "TestConditions", "TestPrograms", "Basics", "Tables", "SchemaFiles", "TableSources",
        "Ledger", "Prediction", "Synthesis",
        "MarginalSynthesis", "AdversarialSynthesis", "HeatMaps", "PlaceAttacks",
        "Quality", "Audits",
        "Policies", "Manifests", "Reports", "Releases", "Understudy", "CommandLine",
        "understudy-cli",
      ],
      resources: [.copy("Golden")]),
    tests(
      of: "Demonstrations",
      [
        "TestConditions", "Basics", "Tables", "Attacks", "PlaceAttacks", "HeatMaps", "Examples",
        "Demonstrations",
      ]),
    tests(
      of: "DomainLearning",
      ["Basics", "Tables", "Encoding", "Accounting", "Ledger", "Curation", "DomainLearning"]),
    tests(of: "Encoding", ["Basics", "Tables", "Encoding"]),
    tests(
      of: "EncryptedScoring",
      [
        "TestConditions", "Basics", "Tables", "DelimitedText", "Mechanisms", "LatticeEncryption",
        "EncryptedScoring",
      ]),
    tests(
      of: "ModelStories",
      ["TestConditions", "Basics", "DelimitedText", "Curation", "Examples", "ModelStories"]),
    tests(of: "Examples", ["Basics", "Tables", "LinkedTables", "SchemaFiles", "Examples"]),
    tests(of: "GraphicalModels", ["VectorKernels", "Basics", "GraphicalModels"]),
    tests(
      of: "HeatMaps",
      [
        "TestConditions", "Basics", "Tables", "Encoding", "Accounting", "Ledger", "Curation",
        "HeatMaps", "Trips", "Examples",
      ]),
    tests(
      of: "Identifiers",
      [
        "TestConditions", "Basics", "Tables", "DelimitedText", "SchemaFiles", "WordLists", "Words",
        "ColumnRoles", "Pseudonyms",
        "ProseRedaction", "Examples",
      ],
      resources: [.copy("Prose/Corpus")]),
    tests(of: "LatticeEncryption", ["Mechanisms", "LatticeEncryption", bigInt]),
    tests(
      of: "MarginalSynthesis",
      [
        "Basics", "Tables", "Encoding", "Accounting", "Ledger", "Curation", "GraphicalModels",
        "DomainLearning", "Synthesis",
        "MarginalSynthesis",
      ]),
    tests(of: "ModelAttacks", ["Basics", "EncryptedScoring", "ModelAttacks"]),
    tests(
      of: "PlaceAttacks",
      [
        "Basics", "Tables", "Encoding", "Accounting", "Ledger", "Curation", "HeatMaps", "Trips",
        "PlaceAttacks", "Examples",
      ]),
    tests(of: "NeuralNetworks", ["VectorKernels", "NeuralNetworks"]),
    tests(
      of: "Prediction",
      [
        "Basics", "Tables", "Encoding", "Accounting", "Ledger", "Curation", "EncryptedScoring",
        "Prediction",
      ]),
    tests(
      of: "Privacy",
      [
        "TestConditions", "TestPrograms", "VectorKernels", "Basics", "Tables", "DelimitedText",
        "Encoding",
        "Accounting", "Mechanisms", "Ledger", "Curation",
        grdb, bigInt,
      ]),
    tests(of: "Quality", ["TestConditions", "Tables", "Quality"]),
    tests(of: "Engines", ["Synthesis", "MarginalSynthesis", "AdversarialSynthesis", "Engines"]),
    tests(of: "Policies", ["Tables", "Attacks", "Policies"]),
    tests(of: "Reports", ["Tables", "Quality", "Attacks", "Policies", "Manifests", "Reports"]),
    tests(of: "Tables", ["TestConditions", "Basics", "Tables", "DelimitedText", "SchemaFiles"]),
    tests(
      of: "LinkedSynthesis",
      [
        "Basics", "Tables", "LinkedTables", "Encoding", "Accounting", "Ledger", "Curation",
        "LinkedSynthesis",
      ]),
    tests(of: "LinkedTables", ["Basics", "Tables", "LinkedTables", "SchemaFiles"]),
    tests(
      of: "LinkFinding",
      ["Tables", "LinkedTables", "SchemaFiles", "ColumnRoles", "LinkFinding", "Examples"]),
    tests(
      of: "LinkedQuality",
      ["Tables", "LinkedTables", "Attacks", "LinkedQuality", "LinkedAttacks", "Examples"]),
    tests(
      of: "Sources",
      [
        "TestPrograms", "Basics", "Tables", "DelimitedText", "SchemaFiles", "Encoding",
        "TableSources", "DatabaseTables", "CountedTables", "StatisticsFiles", "TrackFiles",
      ]),
    tests(of: "ParquetFiles", ["Tables", "ParquetFiles"]),
    tests(
      of: "EndToEnd",
      [
        "CZlib", "TestConditions", "TestPrograms", "Basics", "Tables", "DelimitedText",
        "SchemaFiles", "Encoding", "ParquetFiles", "TableSources", "CountedTables", "SourceWorkers",
        "Accounting", "Mechanisms", "Ledger", "Curation", "EncryptedScoring", "Prediction",
        "Synthesis", "MarginalSynthesis", "LinkedSynthesis", "AdversarialSynthesis", "Engines",
        "Analyses", "HeatMaps", "Trips", "ColumnRoles", "Pseudonyms", "Quality",
        "Attacks", "PlaceAttacks", "Audits", "Policies", "Manifests", "Reports", "Releases",
        "Examples", "Understudy", "understudy-cli", crypto,
      ],
      readsInPlace: ["Golden"]),
    .testTarget(name: "TidyTests", swiftSettings: strict),
  ]
)
