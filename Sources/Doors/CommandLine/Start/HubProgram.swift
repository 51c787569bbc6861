import Foundation
import Understudy

/// The program `understudy-hub`, which shows pages; it is installed apart from this one.
enum HubProgram {
  private static let name = "understudy-hub"

  /// Goes on as `understudy-hub` with these arguments, in place of this process.
  /// - Throws: ``Failure`` if the program is not beside this one.
  static func go(on arguments: [String]) throws -> Never {
    let missing = Failure(
      "The program \(name), which shows pages in a browser, is not beside this one.",
      remedy:
        "Put it there (docs/hub.md says how it is built), or leave --page out to be asked in the terminal."
    )
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
