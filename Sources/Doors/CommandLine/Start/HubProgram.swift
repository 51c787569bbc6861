import Foundation
import Understudy

/// The program `understudy-hub`, which shows pages; it is installed apart from this one.
enum HubProgram {
  private static let name = "understudy-hub"

  /// Goes on as `understudy-hub` with these arguments, in place of this process.
  /// - Parameter remedy: What to do if the program is not beside this one.
  /// - Throws: ``Failure`` in that case.
  static func go(on arguments: [String], else remedy: String) throws -> Never {
    let missing = Failure(
      "The program \(name), which shows pages in a browser, is not beside this one.",
      remedy: remedy)
    guard
      let path = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent(name).path,
      FileManager.default.isExecutableFile(atPath: path)
    else { throw missing }
    var words = ([name] + arguments).map { strdup($0) } + [nil]
    execv(path, &words)
    throw missing
  }
}
