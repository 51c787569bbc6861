/// The catalogue of the public module names only existing symbols, and shows only compiled code.
enum CatalogueRule {
  static let folder = "Sources/Doors/Understudy/Understudy.docc"

  /// Links to symbols that the module does not have.
  static func brokenLinks(in page: SourceText, surface: PublicSurface) -> [Violation] {
    page.lines.enumerated().flatMap { number, line in
      line.matches(of: /``([^`]+)``/).map { String($0.output.1) }
        .filter { $0 != "Understudy" && !surface.symbols.contains($0) }
        .map {
          Violation(path: page.path, line: number + 1, rule: "the module has no public \($0)")
        }
    }
  }

  /// Links to pages that the catalogue does not have.
  static func brokenReferences(in page: SourceText, names: Set<String>) -> [Violation] {
    page.lines.enumerated().flatMap { number, line in
      line.matches(of: /<doc:([\w-]+)>/).map { String($0.output.1) }.filter { !names.contains($0) }
        .map {
          Violation(path: page.path, line: number + 1, rule: "the catalogue has no page \($0)")
        }
    }
  }

  /// Blocks of code that do not occur verbatim in a snippet.
  static func uncompiledCode(in page: SourceText, snippets: [SourceText]) -> [Violation] {
    var violations: [Violation] = []
    var block: (start: Int, lines: [Substring])?
    for (number, line) in page.lines.enumerated() {
      if let (start, lines) = block, line.hasPrefix("```") {
        let text = lines.joined(separator: "\n")
        if !snippets.contains(where: { $0.lines.joined(separator: "\n").contains(text) }) {
          violations.append(
            Violation(path: page.path, line: start + 1, rule: "this code stands in no snippet"))
        }
        block = nil
      } else if line.hasPrefix("```swift") {
        block = (number, [])
      } else {
        block?.lines.append(line)
      }
    }
    return violations
  }
}

extension PublicSurface {
  /// The symbols as links name them: `Workbench/plan(_:)`.
  var symbols: Set<String> { Set(text.split(separator: "\n").compactMap(Self.symbol)) }

  private static func symbol(_ declaration: Substring) -> String? {
    let pattern =
      /^((?:\w+\.)*)(?:static |mutating )?(?:(?:func|var|let|case|struct|enum|protocol) (\w+)|(init))(?:<[^>]*>)?(.*)$/
    guard let match = declaration.wholeMatch(of: pattern) else { return nil }
    let path =
      match.output.1.split(separator: ".").map(String.init) + [
        String(match.output.2 ?? "init") + labels(in: match.output.4)
      ]
    return path.joined(separator: "/")
  }

  /// The labels of a list of parameters, in parentheses; empty if there is none.
  private static func labels(in text: Substring) -> String {
    guard text.first == "(" else { return "" }
    var (depth, parameters) = (0, [""])
    for character in text {
      if ")]".contains(character) { depth -= 1 }
      if depth == 0, character == ")" { break }
      if depth == 1, character == "," {
        parameters.append("")
      } else if depth >= 1 {
        parameters[parameters.count - 1].append(character)
      }
      if "([".contains(character) { depth += 1 }
    }
    let labels = parameters.filter { !$0.isEmpty }.map { parameter in
      let words = parameter.drop(while: \.isWhitespace)
      let first = words.prefix { !$0.isWhitespace && $0 != ":" }
      // A case may hold a type without a label.
      return words.contains(":") && first.first?.isUppercase == false ? "\(first):" : "_:"
    }
    return "(\(labels.joined()))"
  }
}
