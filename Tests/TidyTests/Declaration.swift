/// A line of code that begins a declaration.
struct Declaration {
  let keyword: String
  let isPublic: Bool
  /// Whether the braces that follow may hold statements.
  let mayHaveBody: Bool

  private static let keywords: Set<String> = [
    "func", "init", "deinit", "subscript", "var", "let", "struct", "enum", "class", "actor",
    "protocol", "typealias",
    "associatedtype", "extension", "import", "case", "macro",
  ]

  private static let modifiers: Set<String> = [
    "public", "open", "package", "internal", "fileprivate", "private", "static", "class", "final",
    "override", "required",
    "convenience", "mutating", "nonmutating", "consuming", "borrowing", "nonisolated", "indirect",
    "lazy", "weak", "prefix",
    "postfix", "infix", "isolated", "unowned", "distributed",
  ]

  /// Reads attributes, modifiers and the keyword; nil if the line begins with anything else.
  init?(_ code: Substring) {
    var rest = code[...]
    var seen: Set<String> = []
    while true {
      rest = rest.drop(while: \.isWhitespace)
      let isAttribute = rest.first == "@"
      let word = String(
        (isAttribute ? rest.dropFirst() : rest).prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      guard !word.isEmpty else { return nil }
      rest = rest.dropFirst(word.count + (isAttribute ? 1 : 0))
      // `class` is a modifier before a member, and a keyword before a name.
      let isMember =
        word == "class"
        && Self.keywords.contains(
          String(rest.drop(while: \.isWhitespace).prefix(while: \.isLetter)))
      if Self.keywords.contains(word), !isAttribute, !isMember {
        guard let next = rest.first, !".:,)".contains(next) else { return nil }
        keyword = word
        break
      }
      guard isAttribute || Self.modifiers.contains(word) else { return nil }
      seen.insert(word)
      if rest.first == "(" { rest = rest.drop { $0 != ")" }.dropFirst() }
    }
    isPublic = seen.contains("public") || seen.contains("open")
    let isComputed = keyword == "var" && code.hasSuffix("{")
    mayHaveBody = ["func", "init", "deinit", "subscript"].contains(keyword) || isComputed
  }
}
