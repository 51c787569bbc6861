import Foundation

/// The declarations that other programs see.
struct PublicSurface {
  /// The list that must change together with the surface. With `UNDERSTUDY_RECORD_GOLDEN=1` it is
  /// recorded.
  static let list = "docs/public-surface.txt"
  static let mostLines = 150

  /// How many lines of the sources begin with `public`.
  let lines: Int
  /// Names and signatures with the types that hold them, sorted, one per line.
  let text: String
  /// The rooms that have a public declaration.
  let rooms: Set<String>

  init(_ files: [SourceText]) {
    var (lines, found, rooms) = (0, [String](), Set<String>())
    for file in files where file.isSource {
      // Most files have none and can be skipped quickly.
      guard file.code.contains(where: { $0.contains("public ") }) else { continue }
      let declared = Self.declarations(in: file)
      lines += file.code.count { $0.drop(while: \.isWhitespace).hasPrefix("public ") }
      found += declared
      if !declared.isEmpty { rooms.insert(file.target) }
    }
    (self.lines, self.rooms) = (lines, rooms)
    text = found.sorted().map { $0 + "\n" }.joined()
  }

  func recordIfAsked() throws {
    guard ProcessInfo.processInfo.environment["UNDERSTUDY_RECORD_GOLDEN"] == "1" else { return }
    try text.write(
      to: Repository.root.appending(path: Self.list), atomically: true, encoding: .utf8)
  }

  /// The public declarations of a file, and the cases of its public enumerations.
  static func declarations(in file: SourceText) -> [String] {
    var found: [String] = []
    /// The types and extensions that enclose the line, with their indentation.
    var around: [(indent: Int, name: String, isOpenEnum: Bool)] = []
    for (number, line) in file.code.enumerated() {
      let words = line.drop(while: \.isWhitespace)
      guard !words.isEmpty else { continue }
      let indent = line.count - words.count
      around.removeAll { $0.indent >= indent }
      let isCase = words.hasPrefix("case ") && around.last?.isOpenEnum == true
      if words.hasPrefix("public ") || isCase {
        found.append(
          (around.map(\.name) + [signature(from: number, in: file)]).joined(separator: "."))
      }
      let type =
        /^(?:public |package |private |fileprivate |final )*(?:struct|enum|class|actor|protocol|extension) ([\w.]+)/
      if let match = words.firstMatch(of: type) {
        around.append((indent, String(match.output.1), words.hasPrefix("public enum ")))
      }
    }
    return found
  }

  /// The declaration that begins on a line, without its body and on one line.
  private static func signature(from start: Int, in file: SourceText) -> String {
    var (text, depth) = ("", 0)
    for line in file.lines[start...] {
      let words = line.drop(while: \.isWhitespace)
      text += (text.isEmpty || text.hasSuffix("(") || words.hasPrefix(")") ? "" : " ") + words
      depth += words.count { $0 == "(" } - words.count { $0 == ")" }
      if depth <= 0 { break }
    }
    return withoutBody(text).replacing("public ", with: "").replacing("package(set) ", with: "")
      .trimmingCharacters(in: .whitespaces)
  }

  /// Cuts at the first brace outside parentheses, because a default value may hold braces too.
  private static func withoutBody(_ text: String) -> String {
    var depth = 0
    for place in text.indices {
      switch text[place] {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{" where depth == 0: return String(text[..<place])
      default: break
      }
    }
    return text
  }
}
