import Basics
import Foundation
import Synchronization

/// The copies of pipes that this run has made: a pipe that is named twice is read once.
final class SpooledInputs: Sendable {
  static let shared = SpooledInputs()

  private let inputs = Mutex<[String: SpooledInput]>([:])

  /// The file to read for what a user named.
  func url(of path: String) throws -> URL {
    if let known = inputs.withLock({ $0[path] }) { return known.url }
    // A request to stop is heard while nothing comes through the pipe.
    let interruption = Interruption {}
    let input = try SpooledInput(path, check: interruption.check)
    inputs.withLock { $0[path] = input }
    return input.url
  }

  /// Removes all copies.
  func removeAll() { inputs.withLock { $0.removeAll() } }
}
