import ArgumentParser
import Foundation
import HubStore
import HubWork

/// `understudy-hub work`: carries out what was approved.
struct Work: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Carries out approved requests: the only command that opens a table.")

  @OptionGroup var place: FolderOptions

  @Flag(help: "End when nothing waits.")
  var once = false

  func run() async throws {
    let worker = try Worker(HubStore(place.hubFolder()))
    guard once else { return try await worker.run() }
    while try await worker.step() {}
  }
}
