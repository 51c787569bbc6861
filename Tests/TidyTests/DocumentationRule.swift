/// Every public declaration is documented, except those that the standard library's protocols
/// require and explain.
enum DocumentationRule {
  private static let witnesses = [
    "var description: String", "var debugDescription: String", "var errorDescription: String?",
    "static func == (", "static func < (",
    "func hash(into ", "func encode(to ", "init(from decoder",
  ]

  static func violations(in file: SourceText) -> [Violation] {
    guard file.isSource else { return [] }
    return file.code.indices.compactMap { line in
      guard let declaration = Declaration(file.code[line]), declaration.isPublic else { return nil }
      guard !["extension", "import", "case"].contains(declaration.keyword) else { return nil }
      guard !witnesses.contains(where: file.code[line].contains), !isDocumented(line, in: file)
      else { return nil }
      return Violation(
        path: file.path, line: line + 1, rule: "a public declaration has no documentation")
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
