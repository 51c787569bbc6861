// swift-tools-version: 6.2
import PackageDescription

/// Faults that the neighbours' audit must catch are planted in a build of their own, which only `scripts/planted-faults.sh` makes.
let plantsFaults = Context.environment["UNDERSTUDY_PLANT_FAULTS"] == "1"

let strict: [SwiftSetting] =
  [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
  ] + (plantsFaults ? [.define("PLANTED_FAULTS")] : [])

/// One room of the house: a folder in `Sources/` that imports only the rooms named here (docs/ARCHITECTURE.md).
func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies, resources: resources,
    swiftSettings: strict)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
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
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-pthread-dev"]), .brew(["openblas"])]),
    .target(name: "VectorKernels"),
    .target(name: "WordLists", exclude: ["lists", "NOTICE.md"]),
    room("Basics"),
    room("Tables", ["Basics", "CZlib", yams]),
    room("Examples", ["Tables"]),
    room("Identifiers", ["Tables", "WordLists", "CPCRE2", crypto, cryptoExtras, yams]),
    room("Encoding", ["Tables"]),
    room("Privacy", ["Basics", "Tables", "Encoding", "VectorKernels", crypto, cryptoExtras, grdb, bigInt]),
    room("DomainLearning", ["Tables", "Encoding", "Privacy"]),
    room("GraphicalModels", ["VectorKernels"]),
    room("NeuralNetworks", ["Basics", "VectorKernels", "COpenBLAS"]),
    room("MarginalSynthesis", ["Tables", "Encoding", "Privacy", "DomainLearning", "GraphicalModels"]),
    room(
      "AdversarialSynthesis",
      ["VectorKernels", "Encoding", "Privacy", "DomainLearning", "GraphicalModels", "NeuralNetworks", "MarginalSynthesis"]),
    room("Quality", ["Tables", "Encoding"]),
    room("Attacks", ["VectorKernels", "Tables", "Encoding", "Quality"]),
    room(
      "Audits",
      [
        "VectorKernels", "Tables", "Encoding", "Privacy", "DomainLearning", "NeuralNetworks", "MarginalSynthesis", "AdversarialSynthesis",
        "Attacks",
      ]),
    room(
      "Releases",
      [
        "Basics", "Tables", "Identifiers", "Encoding", "Privacy", "DomainLearning", "GraphicalModels", "NeuralNetworks",
        "MarginalSynthesis",
        "AdversarialSynthesis", "Quality", "Attacks", crypto, mustache, yams,
      ]),
    room(
      "Demonstrations", ["Tables", "Examples", "Encoding", "Privacy", "MarginalSynthesis", "Quality", "Attacks", "Releases"]),
    room(
      "CommandLine",
      [
        "Basics", "Tables", "Examples", "Identifiers", "Privacy", "MarginalSynthesis", "AdversarialSynthesis", "Quality", "Attacks",
        "Audits",
        "Releases", "Demonstrations", argumentParser,
      ]),
    room(
      "Understudy",
      [
        "Tables", "Identifiers", "Encoding", "Privacy", "DomainLearning", "GraphicalModels", "MarginalSynthesis",
        "Quality", "Releases",
      ]),
    .executableTarget(
      name: "understudy-cli", dependencies: ["CommandLine"], path: "Sources/understudy-cli", swiftSettings: strict),

    // All tests start programs by these, which see to it that whatever is started ends.
    .target(name: "CTestPrograms", path: "Tests/Support/CTestPrograms"),
    .target(
      name: "TestPrograms", dependencies: ["CTestPrograms"], path: "Tests/Support/TestPrograms", swiftSettings: strict),

    tests(of: "Basics"),
    tests(of: "Tables"),
    tests(of: "Examples", ["Tables"]),
    tests(of: "Identifiers", ["Tables", "Examples"], resources: [.copy("Prose/Corpus")]),
    tests(of: "Encoding", ["Tables"]),
    tests(of: "Privacy", ["TestPrograms", "Tables", "Encoding", "VectorKernels", bigInt, grdb]),
    tests(of: "DomainLearning", ["Tables", "Encoding", "Privacy"]),
    tests(of: "GraphicalModels", ["VectorKernels"]),
    tests(of: "NeuralNetworks", ["VectorKernels"]),
    tests(of: "MarginalSynthesis", ["Tables", "Encoding", "Privacy", "DomainLearning", "GraphicalModels"]),
    tests(
      of: "AdversarialSynthesis",
      ["Tables", "Encoding", "Privacy", "DomainLearning", "GraphicalModels", "NeuralNetworks", "MarginalSynthesis", "VectorKernels"]),
    tests(of: "Quality", ["Tables", "Encoding"]),
    tests(of: "Attacks", ["VectorKernels", "Tables", "Encoding", "Quality"]),
    tests(
      of: "Audits", ["Tables", "Encoding", "Privacy", "NeuralNetworks", "MarginalSynthesis", "AdversarialSynthesis", "Attacks"]),
    tests(
      of: "Releases", ["AdversarialSynthesis", "MarginalSynthesis", "Tables", "Encoding", "Privacy", "Quality", "Attacks"]),
    tests(of: "Demonstrations", ["Tables", "Examples", "Attacks"]),
    tests(of: "CommandLine", ["TestPrograms", "MarginalSynthesis", "Audits", "Releases", "understudy-cli"], resources: [.copy("Golden")]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "TestPrograms", "Basics", "Tables", "Examples", "Identifiers", "Encoding", "Privacy", "MarginalSynthesis", "Quality", "Attacks",
        "Audits", "Releases", "Understudy", "understudy-cli", crypto,
      ],
      swiftSettings: strict),
    .testTarget(name: "TidyTests", swiftSettings: strict),
  ]
)
