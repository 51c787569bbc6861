import Foundation

/// A source file as the rules see it.
struct SourceText {
  /// From the root of the repository, with forward slashes.
  let path: String
  let lines: [Substring]
  /// The lines with the contents of comments and strings blanked out; code interpolated into
  /// strings stays.
  let code: [Substring]
  /// The lines with everything except the contents of strings blanked out.
  let literals: [Substring]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let separated = SourceMask.separate(text)
    code = separated.code.split(separator: "\n", omittingEmptySubsequences: false)
    literals = separated.literals.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The room or test target that the file belongs to: the folder on a floor of `Sources`, or below
  /// `Tests`.
  var target: String {
    path.split(separator: "/").dropFirst(isSource ? 2 : 1).first.map(String.init) ?? ""
  }

  var isSource: Bool { path.hasPrefix("Sources/") }

  func isUnder(_ folders: [String]) -> Bool { folders.contains { path.hasPrefix($0 + "/") } }

  /// A violation for every matching line, of `lines` or of `code`.
  ///
  /// A match contains one of `words`; lines without any are skipped quickly.
  func violations(
    of pattern: Regex<Substring>, holding words: [String], in lines: [Substring], rule: String
  ) -> [Violation] {
    let pattern = pattern.wordBoundaryKind(.simple)
    return lines.indices.filter { line in
      words.contains { lines[line].utf8.contains(run: $0.utf8) } && lines[line].contains(pattern)
    }.map { Violation(path: path, line: $0 + 1, rule: rule) }
  }
}

extension Substring.UTF8View {
  /// Whether the bytes of `run`, which is not empty, occur here consecutively.
  func contains(run: String.UTF8View) -> Bool {
    guard let first = run.first else { return false }
    var rest = self[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: run) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
