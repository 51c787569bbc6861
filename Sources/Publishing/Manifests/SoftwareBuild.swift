import Basics
import Foundation

/// The build of the software that made a release.
package struct SoftwareBuild: Sendable, Codable, Equatable {
  /// SHA-256 of the program's file, in hexadecimal; empty if the system does not tell its location.
  package let executableSHA256: String
  /// `Linux`, `macOS`.
  package let system: String
  /// `x86_64`, `arm64`.
  package let architecture: String
  /// `release` or `debug`.
  package let configuration: String

  /// The build that is running.
  package static let current = SoftwareBuild(
    executableSHA256: Bundle.main.executableURL.flatMap { try? ContentDigest.sha256(of: $0) } ?? "",
    system: system,
    architecture: architecture, configuration: configuration)

  #if os(Linux)
    private static let system = "Linux"
  #elseif os(macOS)
    private static let system = "macOS"
  #else
    private static let system = "other"
  #endif

  #if arch(x86_64)
    private static let architecture = "x86_64"
  #elseif arch(arm64)
    private static let architecture = "arm64"
  #else
    private static let architecture = "other"
  #endif

  #if DEBUG
    private static let configuration = "debug"
  #else
    private static let configuration = "release"
  #endif
}
