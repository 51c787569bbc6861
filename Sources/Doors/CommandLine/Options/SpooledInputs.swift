import Basics
import Foundation
import Synchronization

/// The copies of pipes that this run has made. A pipe that is named twice is read once.
final class SpooledInputs: Sendable {
  static let shared = SpooledInputs()

  private let inputs = Mutex<[String: SpooledInput]>([:])

  /// Returns the file to read for a path that the user gave.
  func url(of path: String) throws -> URL {
    if let known = inputs.withLock({ $0[path] }) { return known.url }
    // A request to stop is noticed while nothing comes through the pipe.
    let interruption = Interruption {}
    let input = try SpooledInput(path, check: interruption.check)
    inputs.withLock { $0[path] = input }
    return input.url
  }

  /// Returns the user's name for the file at `url`; nil if it is not a copy of a pipe.
  func name(of url: URL) -> String? { names.first { $0.copy == url.path }?.name }

  /// Returns a text with the users' names in place of the paths of pipe copies: the paths help
  /// nobody.
  func renaming(_ text: String) -> String {
    names.reduce(text) { text, names in text.replacing(names.copy, with: names.name) }
  }

  private var names: [(copy: String, name: String)] {
    inputs.withLock { inputs in
      inputs.compactMap { path, input in
        guard input.isCopy else { return nil }
        return (input.url.path, ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].contains(path) ? "standard input" : path)
      }
    }
  }

  /// Removes all copies.
  func removeAll() { inputs.withLock { $0.removeAll() } }
}
