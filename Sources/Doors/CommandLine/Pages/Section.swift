/// A page in parts: headings, lines and pairs of name and value.
struct Section {
  private(set) var lines: [String] = []
  let terminal: Terminal

  private var ink: Ink { terminal.outputInk }

  init(terminal: Terminal) { self.terminal = terminal }

  var text: String { lines.joined(separator: "\n") }

  /// Adds a heading, after a blank line unless it is the first.
  mutating func heading(_ text: String) {
    if !lines.isEmpty { lines.append("") }
    lines.append(ink.bold(text))
  }

  mutating func line(_ text: String, indentation: Int = 2) {
    let margin = String(repeating: " ", count: indentation)
    lines += Wrapping.wrap(margin + text, width: terminal.width).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }

  /// Adds items one below the other, each after a dash.
  mutating func list(_ items: [String]) {
    for item in items {
      lines += Wrapping.wrap("  - " + item, width: terminal.width, indentation: 2).split(
        separator: "\n"
      ).map(String.init)
    }
  }

  mutating func pairs(_ pairs: [(String, String)]) {
    var table = TextTable([("", .left), ("", .left)])
    for (name, value) in pairs { table.add(name, value) }
    self.table(table)
  }

  mutating func table(_ table: TextTable) {
    lines += table.lines(indentation: 2, width: terminal.width, ink: ink)
  }
}
