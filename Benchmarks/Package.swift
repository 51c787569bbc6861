// swift-tools-version: 6.2
import PackageDescription

// Micro-benchmarks of the kernels. Their rooms are links to the parent's folders and are compiled
// here as targets of this package, because the timed functions have `package` access, which ends at
// a package's border. The heaviest dependency is swift-crypto.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2")],
  targets: [
    .target(name: "VectorKernels"),
    .target(name: "Bandwidth"),
    .target(name: "Basics", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
    .target(name: "Tables"),
    .target(name: "Encoding", dependencies: ["Basics", "Tables"]),
    .target(name: "GraphicalModels", dependencies: ["VectorKernels", "Basics"]),
    .executableTarget(
      name: "KernelBenchmarks",
      dependencies: ["VectorKernels", "Bandwidth", "Basics", "Encoding", "GraphicalModels"],
      swiftSettings: [
        .treatAllWarnings(as: .error), .enableUpcomingFeature("MemberImportVisibility"),
      ]),
  ]
)
