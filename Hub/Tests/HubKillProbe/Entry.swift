import Foundation
import HubRights
import HubStore
import HubWork
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Does one step of a hub and is killed at a point of it, as by `kill -9`; for tests. It is a
/// program of its own, so that the hub's program has no such door.
///
///     HubKillProbe FOLDER POINT              one job, killed at a point of the worker
///     HubKillProbe FOLDER POINT NUMBER       one job, killed at a point of its transaction NUMBER
///     HubKillProbe FOLDER POINT NUMBER ID    rosa submits the request ID, as the pages do
@main enum KillProbe {
  static func main() async throws {
    let arguments = CommandLine.arguments
    let number = arguments.count > 3 ? Int(arguments[3]) : nil
    let transactions = Atomic<Int>(0)
    let point = HubStore.Point(rawValue: arguments[2])
    let store = try HubStore(
      HubFolder(URL(filePath: arguments[1])),
      reach: { reached in
        if reached == .begun { transactions.add(1, ordering: .relaxed) }
        if let number, reached == point, transactions.load(ordering: .relaxed) == number {
          kill(getpid(), SIGKILL)
        }
      })
    if arguments.count > 4 {
      let now = Int(Date().timeIntervalSince1970)
      _ = try store.perform(.submit(request: arguments[4]), by: "rosa", at: now)
      return
    }
    let workerPoint = number == nil ? Worker.Point(rawValue: arguments[2]) : nil
    let worker = try Worker(
      store, leaseSeconds: 1,
      reach: { reached in
        if reached == workerPoint { kill(getpid(), SIGKILL) }
      })
    try await worker.step()
  }
}
