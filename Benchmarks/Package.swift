// swift-tools-version: 6.2
import PackageDescription

// Micro-benchmarks of the kernels. The rooms that hold them are links to the parent's folders and are compiled here as targets of this
// package, because what is timed has `package` access, which ends at a package's border. Nothing heavier than Yams comes along.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(url: "https://github.com/jpsim/Yams", exact: "6.2.2")],
  targets: [
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "VectorKernels"),
    .target(name: "Bandwidth"),
    .target(name: "Tables", dependencies: ["CZlib", .product(name: "Yams", package: "Yams")]),
    .target(name: "Encoding", dependencies: ["Tables"]),
    .target(name: "GraphicalModels", dependencies: ["VectorKernels"]),
    .executableTarget(
      name: "KernelBenchmarks", dependencies: ["VectorKernels", "Bandwidth", "Encoding", "GraphicalModels"],
      swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("MemberImportVisibility")]),
  ]
)
