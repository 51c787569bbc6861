import ArgumentParser
import Dispatch
import Foundation
import HubStore
import HubWork
import Synchronization

/// `understudy-hub work`: carries out what was approved.
struct Work: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Carries out approved requests: the only command that opens a table.",
    discussion: """
      Jobs of different data sets run beside each other, if several workers run. When the system \
      asks it to end (SIGTERM), a worker finishes the job at hand first.
      """)

  @OptionGroup var place: FolderOptions

  @Option(help: "The most jobs at once, each with the memory that its table needs.")
  var jobs = 1

  @Option(
    help: ArgumentHelp(
      "A folder whose tables may be opened. Repeatable; without it, all that this user can read.",
      valueName: "folder"))
  var sources: [String] = []

  @Flag(help: "End when nothing waits.")
  var once = false

  func validate() throws {
    guard (1...16).contains(jobs) else { throw ValidationError("--jobs: from 1 to 16") }
  }

  func run() async throws {
    let folder = try place.hubFolder()
    let allowed = sources.isEmpty ? nil : sources.map { URL(filePath: $0) }
    if once {
      let worker = try Worker(HubStore(folder), sources: allowed)
      while try await worker.step() {}
      return
    }
    let isEnding = EndRequest()
    let signals = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { isEnding.raise() }
      source.resume()
      return source
    }
    defer { for source in signals { source.cancel() } }
    ServiceManager.isReady()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<jobs {
        let worker = try Worker(HubStore(folder), sources: allowed)
        group.addTask { try await worker.run { isEnding.isUp } }
      }
      try await group.waitForAll()
    }
  }
}

/// A request to end, made once.
final class EndRequest: Sendable {
  private let state = Atomic<Bool>(false)
  var isUp: Bool { state.load(ordering: .acquiring) }
  func raise() { state.store(true, ordering: .releasing) }
}
