import Foundation
import HubStore
import HubWork

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Carries out one job of a hub and is killed at a point of it, as by `kill -9`; for tests.
@main enum KillProbe {
  static func main() async throws {
    let arguments = CommandLine.arguments
    let store = try HubStore(HubFolder(URL(filePath: arguments[1])))
    let point = Worker.Point(rawValue: arguments[2])
    let worker = try Worker(
      store, leaseSeconds: 1,
      reach: { reached in
        if reached == point { kill(getpid(), SIGKILL) }
      })
    try await worker.step()
  }
}
