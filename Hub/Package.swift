// swift-tools-version: 6.2
import PackageDescription

// The hub: a web application over the public interface of the parent. It is a package of its own so
// that the program `understudy` does not pay for a web server (docs/decisions/0043-hub.md).

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// One room of the hub: a folder of `Sources/`. It imports only the rooms named here, which stand
/// before it.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

let understudy = Target.Dependency.product(name: "Understudy", package: "understudy")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioFoundation = Target.Dependency.product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let hummingbirdTesting = Target.Dependency.product(
  name: "HummingbirdTesting", package: "hummingbird")

let package = Package(
  name: "Hub",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "understudy-hub", targets: ["understudy-hub"])],
  dependencies: [
    .package(name: "understudy", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-asn1.git", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates.git", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/swift-server/async-http-client.git", exact: "1.37.0"),
  ],
  targets: [
    room("HubRecords"),
    room("HubLog", [crypto, "HubRecords"]),
    room("HubRights", ["HubRecords", "HubLog"]),
    room("HubAccounts", [crypto, cryptoExtras]),
    room("HubStore", [crypto, grdb, "HubRecords", "HubLog", "HubRights", "HubAccounts"]),
    room("HubWork", [understudy, "HubRecords", "HubAccounts", "HubStore"]),
    room(
      "HubSignOn",
      [crypto, cryptoExtras, httpClient, nioCore, nioFoundation, nioHTTP, nioSSL, "HubAccounts"]),
    room("HubMail", [nioCore, nioPosix, nioSSL, "HubRecords", "HubRights", "HubStore"]),
    room("HubPages", [mustache, "HubRecords", "HubLog", "HubRights", "HubAccounts"]),
    room(
      "HubServer",
      [
        crypto, hummingbird, understudy, "HubRecords", "HubLog", "HubRights", "HubAccounts",
        "HubStore", "HubSignOn", "HubMail", "HubPages",
      ]),
    room("HubTransport", [hummingbirdCore, hummingbirdTLS, nioCore, nioSSL]),
    room("HubStart", [crypto, hummingbird, "HubAccounts", "HubPages", "HubServer"]),
    room("HubClient", [httpClient, nioCore, nioHTTP, nioSSL, "HubRecords"]),
    .executableTarget(
      name: "understudy-hub",
      dependencies: [
        argumentParser, crypto, hummingbird, hummingbirdCore, "HubClient", "HubRecords", "HubLog",
        "HubAccounts", "HubStore", "HubWork", "HubSignOn", "HubMail", "HubServer", "HubTransport",
        "HubStart",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "HubKillProbe", dependencies: ["HubStore", "HubWork"], path: "Tests/HubKillProbe",
      swiftSettings: strict),
    .testTarget(
      name: "HubTests",
      dependencies: [
        "HubKillProbe", "understudy-hub", crypto, grdb, hummingbird, hummingbirdTesting,
        hummingbirdTLS,
        hummingbirdCore, httpClient, nioCore, nioFoundation, nioHTTP, nioPosix, nioSSL,
        cryptoExtras,
        asn1, x509, understudy,
        "HubRecords", "HubLog", "HubSignOn", "HubMail", "HubTransport",
        "HubRights", "HubAccounts", "HubStore", "HubWork", "HubPages", "HubServer",
        "HubStart", "HubClient",
      ],
      // Tests run once for each time they are compiled, so they are not optimised.
      swiftSettings: strict + [.unsafeFlags(["-Onone"])]),
  ]
)
