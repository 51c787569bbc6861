import Foundation

/// A source file as the rules see it.
struct SourceText {
  /// From the root of the repository, with forward slashes.
  let path: String
  let lines: [Substring]
  /// The lines with the contents of comments and strings blanked out; code interpolated into strings stays.
  let code: [Substring]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    code = SourceMask.codeOnly(text).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The room or test target the file belongs to: the folder below `Sources` or `Tests`.
  var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  var isSource: Bool { path.hasPrefix("Sources/") }

  func isUnder(_ folders: [String]) -> Bool { folders.contains { path.hasPrefix($0 + "/") } }

  /// A violation for every line of code that matches, from `lines` or `code`.
  func violations(of pattern: Regex<Substring>, in lines: [Substring], rule: String) -> [Violation] {
    let pattern = pattern.wordBoundaryKind(.simple)
    return lines.indices.filter { lines[$0].contains(pattern) }.map { Violation(path: path, line: $0 + 1, rule: rule) }
  }
}
