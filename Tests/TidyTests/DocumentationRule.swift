/// Every public declaration says what it does.
enum DocumentationRule {
  static func violations(in file: SourceText) -> [Violation] {
    guard file.isSource else { return [] }
    return file.code.indices.compactMap { line in
      guard let declaration = Declaration(file.code[line]), declaration.isPublic else { return nil }
      guard !["extension", "import", "case"].contains(declaration.keyword), !isDocumented(line, in: file) else { return nil }
      return Violation(path: file.path, line: line + 1, rule: "a public declaration has no documentation")
    }
  }

  private static func isDocumented(_ line: Int, in file: SourceText) -> Bool {
    var above = line - 1
    while above >= 0 {
      let text = file.lines[above].drop(while: \.isWhitespace)
      if text.hasPrefix("///") || text.hasSuffix("*/") { return true }
      guard text.hasPrefix("@") else { return false }
      above -= 1
    }
    return false
  }
}
