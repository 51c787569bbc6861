import Foundation

/// The links between pages.
enum LinkRule {
  /// Links of a page to a file or a heading that is not there. Addresses of the network are not
  /// looked up.
  /// - Parameter text: The text of a file by its path from the root; empty for a folder and for a
  ///   file that is not a page, and nil if there is nothing at that path.
  static func brokenLinks(in page: SourceText, text: (String) -> String?) -> [Violation] {
    let link = /\]\(([^()\s]+)\)/
    return prose(of: page.lines).flatMap { number, line -> [Violation] in
      line.matches(of: link).map { String($0.output.1) }.filter { target in
        target.wholeMatch(of: /[a-z]+:.*/) == nil && !leads(target, from: page, text: text)
      }.map { Violation(path: page.path, line: number, rule: "the link \($0) leads nowhere") }
    }
  }

  private static func leads(_ target: String, from page: SourceText, text: (String) -> String?)
    -> Bool
  {
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0].isEmpty ? page.path : resolved(String(parts[0]), beside: page.path)
    guard let path, let found = text(path) else { return false }
    guard parts.count > 1 else { return true }
    return anchors(of: found).contains(String(parts[1]))
  }

  /// The path from the root that is meant by one beside a page; nil if it leads out of the tree.
  private static func resolved(_ target: String, beside page: String) -> String? {
    var parts = page.split(separator: "/").dropLast().map(String.init)
    for part in target.split(separator: "/").map(String.init) where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return parts.joined(separator: "/")
  }

  /// The anchors of a page's headings, as GitHub makes them (`scripts/docs/markup.py` likewise).
  static func anchors(of text: String) -> Set<String> {
    var taken: [String: Int] = [:]
    var anchors: Set<String> = []
    for (_, line) in prose(of: text.split(separator: "\n", omittingEmptySubsequences: false)) {
      guard let title = line.wholeMatch(of: /#{1,6} (.+)/)?.output.1 else { continue }
      let plain = title.replacing(/\[([^\]]*)\]\([^)]*\)/) { $0.output.1 }.lowercased()
        .replacing(/[^\w\- ]/, with: "").replacing(" ", with: "-")
      let number = taken[plain, default: 0]
      taken[plain] = number + 1
      anchors.insert(number > 0 ? "\(plain)-\(number)" : plain)
    }
    return anchors
  }

  /// The numbered lines outside of blocks of code. Headings keep their code, other lines lose it.
  private static func prose(of lines: [Substring]) -> [(Int, String)] {
    var isCode = false
    return lines.enumerated().compactMap { place, line in
      if line.hasPrefix("```") { isCode.toggle() }
      guard !isCode else { return nil }
      return (
        place + 1,
        line.hasPrefix("#") ? String(line) : String(line.replacing(/`[^`]*`/, with: "`"))
      )
    }
  }
}
