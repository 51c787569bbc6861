/// The maximum lengths of lines, files and functions.
enum LengthRules {
  static let columns = 100
  /// Texts and patterns are not broken at the limit of code: a reader searches for them.
  static let columnsWithText = 140
  static let linesOfFile = 600
  static let linesOfFunction = 70

  static func violations(in file: SourceText) -> [Violation] {
    var found = file.lines.indices.compactMap { line -> Violation? in
      let isComment = file.lines[line].drop { $0 == " " }.hasPrefix("//")
      let hasText = !isComment && file.code[line] != file.lines[line]
      let limit = hasText ? columnsWithText : columns
      guard file.lines[line].utf8.count > limit, file.lines[line].count > limit else { return nil }
      return Violation(
        path: file.path, line: line + 1, rule: "a line has more than \(limit) columns")
    }
    if file.lines.count > linesOfFile + 1 {
      found.append(
        Violation(path: file.path, line: 0, rule: "the file has more than \(linesOfFile) lines"))
    }
    for function in functions(in: file) where function.count > linesOfFunction {
      let rule = "a function has \(function.count) lines, more than \(linesOfFunction)"
      found.append(Violation(path: file.path, line: function.lowerBound + 1, rule: rule))
    }
    return found
  }

  /// The lines, from 0, of every function, initialiser, subscript and computed property with a
  /// body.
  static func functions(in file: SourceText) -> [ClosedRange<Int>] {
    file.code.indices.compactMap { line in
      guard Declaration(file.code[line])?.mayHaveBody == true else { return nil }
      return lastLine(of: file.code, from: line).map { line...$0 }
    }
  }

  /// The last line of the body of the declaration that begins on a line; nil if it has no body.
  private static func lastLine(of code: [Substring], from start: Int) -> Int? {
    var parentheses = 0
    var braces = 0
    for line in start..<code.count {
      if line > start, braces == 0, parentheses == 0, Declaration(code[line]) != nil { return nil }
      for byte in code[line].utf8 {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["): parentheses += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): parentheses -= 1
        case UInt8(ascii: "{") where parentheses == 0: braces += 1
        case UInt8(ascii: "}") where parentheses == 0:
          braces -= 1
          if braces == 0 { return line }
          if braces < 0 { return nil }
        default: break
        }
      }
    }
    return nil
  }
}
