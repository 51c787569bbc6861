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

  /// What a user calls the file at `url`; nil if it is no copy of a pipe.
  func name(of url: URL) -> String? { names.first { $0.copy == url.path }?.name }

  /// A text in which copies of pipes are called what their users call them: where the copies lie helps nobody.
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
