import Foundation

/// Statements about the tree in pages and comments.
enum DocumentRule {
  /// Paths in this tree that a page or a comment names but that do not exist.
  static func missingPaths(in file: SourceText, exists: (String) -> Bool) -> [Violation] {
    let isSwift = file.path.hasSuffix(".swift")
    let path = /(?:^|[^\w.\/-])((?:Sources|Tests|Benchmarks|scripts|docs)\/[\w\/.+-]*\w)/
    return file.lines.enumerated().flatMap { number, line in
      let said = isSwift ? (line.range(of: "//").map { line[$0.upperBound...] } ?? "") : line
      return said.matches(of: path).map { String($0.output.1) }.filter { !exists($0) }
        .map { Violation(path: file.path, line: number + 1, rule: "\($0) does not exist") }
    }
  }

  /// Faults in the pages of decisions, given in order of their names, and in their list.
  static func faults(ofDecisions pages: [SourceText], list: String) -> [String] {
    pages.enumerated().flatMap { place, page -> [String] in
      let name = URL(filePath: page.path).lastPathComponent
      guard page.lines.count > 2, let title = page.lines[0].wholeMatch(of: /# (\d{4}): (.+)/),
        let dated = page.lines[2].wholeMatch(of: /Date: (\d{4}-\d\d-\d\d)\. Status: (.+)\./)
      else {
        return ["\(page.path) does not begin with `# NUMBER: TITLE` and `Date: …. Status: ….`"]
      }
      var faults: [String] = []
      if Int(title.output.1) != place + 1 || !name.hasPrefix("\(title.output.1)-") {
        faults.append(
          "\(page.path) should be number \(place + 1), in name and title: there is no gap")
      }
      let row =
        "| [\(title.output.1)](\(name)) | \(title.output.2) | \(dated.output.1) | \(dated.output.2) |"
      if !list.contains(row) { faults.append("the list lacks the row \(row)") }
      return faults
    }
  }
}
