import Foundation

/// The commands of the guides, each of which a test runs.
enum GuideRule {
  /// A file that runs commands of a page: those that begin so.
  struct Walk {
    let pages: [String]
    let beginnings: [String]
    let file: String
  }

  static let walks = [
    Walk(
      pages: [
        "README.md", "docs/steward.md", "docs/linked-tables.md", "docs/privacy-officer.md",
        "docs/researcher.md", "docs/models.md", "docs/encrypted-scoring.md",
      ],
      beginnings: ["understudy ", "make "], file: "python/tests/test_guides.py"),
    Walk(
      pages: ["docs/command-line.md", "docs/sources.md"], beginnings: ["understudy "],
      file: "python/tests/test_reference.py"),
    Walk(
      pages: ["docs/hub.md"], beginnings: ["understudy-hub ", "understudy ", "export "],
      file: "python/tests/test_hub_guide.py"),
    Walk(
      pages: ["README.md"],
      beginnings: [
        "apt install ./understudy_", "apt install ./understudy-hub_", "pip install", "tar xzf",
      ], file: "scripts/test-dist.sh"),
    Walk(
      pages: ["docs/hub.md"],
      beginnings: [
        "apt install", "systemctl enable", "sudo install", "sudo sh scripts/hub/postinst",
      ],
      file: "scripts/test-dist.sh"),
    Walk(
      pages: ["docs/hub.md"],
      beginnings: ["swift build --package-path Hub -c release --product understudy-hub"],
      file: "scripts/test-hub-api.sh"),
  ]

  /// Commands that no test runs, and why: the page, their beginning, the reason.
  static let exceptions = [
    ("CONTRIBUTING.md", "make ", "they are the tests themselves, or take an hour"),
    ("CONTRIBUTING.md", "scripts/test-python.sh", "it is one of the tests"),
    ("docs/why-privacy.md", "", "they take nine minutes: make why-privacy"),
  ]

  /// The commands in blocks without a language, each with its line. A block whose first line is not
  /// a command shows a file.
  static func commands(in page: SourceText) -> [(line: Int, command: String)] {
    var found: [(line: Int, command: String)] = []
    var block: [(line: Int, command: String)] = []
    var isOpen = false
    var isOther = false
    var start: (line: Int, command: String)?
    for (index, line) in page.lines.enumerated() {
      if line.hasPrefix("```") {
        if isOpen, let first = block.first, isCommand(first.command) { found += block }
        isOpen.toggle()
        (block, isOther, start) = ([], isOpen && line.count > 3, nil)
        continue
      }
      guard isOpen, !isOther, !line.allSatisfy(\.isWhitespace) else { continue }
      let words = line.trimmingCharacters(in: .whitespaces)
      let whole = start.map { ($0.line, "\($0.command) \(words)") } ?? (index + 1, words)
      if words.hasSuffix("\\") {
        start = (whole.0, String(whole.1.dropLast()).trimmingCharacters(in: .whitespaces))
      } else {
        block.append((whole.0, whole.1))
        start = nil
      }
    }
    return found
  }

  private static func isCommand(_ line: String) -> Bool {
    line.wholeMatch(of: /[a-z][a-z\/.-]* .*[^{]/) != nil
  }

  /// Commands within a sentence that name a file or an option. Words in capitals stand for what the
  /// reader puts there, so that such a command is a form; a command with one option alone is a name
  /// of that option.
  static func inlineCommands(in page: SourceText) -> [String] {
    let text = page.lines.joined(separator: "\n").replacing(/```[^`]*```/, with: "")
    return text.matches(of: /`((?:understudy|understudy-hub) [^`]+)`/).map { match in
      match.output.1.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }.filter {
      $0.contains(#/ -|\.[a-z]|>/#) && !$0.contains(#/ [A-Z][A-Z0-9]*( |$)/#)
        && $0.wholeMatch(of: #/[a-z-]+( [a-z]+)+ --[a-z-]+/#) == nil
    }
  }

  /// Commands of a page that nothing runs.
  /// - Parameters:
  ///   - others: Commands of other pages, which are run there.
  ///   - text: The text of a file.
  static func unwalked(
    in page: SourceText, walks: [Walk], exceptions: [(String, String, String)],
    others: [String] = [], text: (String) throws -> String
  ) rethrows -> [Violation] {
    let own = walks.filter { $0.pages.contains(page.path) }
    let excepted = exceptions.filter { $0.0 == page.path }.map(\.1)
    let beginnings = own.flatMap(\.beginnings) + excepted
    let commands = commands(in: page)
    var violations = commands.filter { found in
      !beginnings.contains { found.command.hasPrefix($0) }
    }.map {
      Violation(path: page.path, line: $0.line, rule: "no test runs the command: \($0.command)")
    }
    // Python joins texts that stand beside each other.
    let texts = try walks.map { try text($0.file).replacing(/"\s+"/, with: "") }
    for command in inlineCommands(in: page)
    where !(others + commands.map(\.command)).contains(where: { $0.hasPrefix(command) })
      && !texts.contains(where: { $0.contains(command) })
    {
      violations.append(
        Violation(path: page.path, line: 0, rule: "no test runs the command: \(command)"))
    }
    return violations
  }
}
