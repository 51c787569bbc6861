import Understudy

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

extension Section {
  /// The promise of a plan, as a pair.
  static func guarantee(epsilon: Double, delta: Double, rho: Double) -> (String, String) {
    (
      "Guarantee",
      "epsilon \(Numbers.short(epsilon)), delta \(Numbers.short(delta)) (rho \(Numbers.short(rho)))"
    )
  }

  /// The promise of what was made, as a pair.
  static func guarantee(epsilon: Double, delta: Double, isPrivate: Bool) -> (String, String) {
    (
      "Guarantee",
      isPrivate
        ? "epsilon \(Numbers.short(epsilon)), delta \(Numbers.short(delta))"
        : "none: a seed was used"
    )
  }

  /// The weaknesses that a promise would have, if there are any.
  mutating func hazards(_ hazards: [String], title: String = "Hazards") {
    guard !hazards.isEmpty else { return }
    heading(title)
    list(hazards)
  }

  /// The notices below something that was made: its hazards, and the owner's messages.
  mutating func notices(hazards: [String], ownerMessages: [String]) {
    self.hazards(hazards, title: "Hazards, said in the manifest and the report")
    self.ownerMessages(ownerMessages)
  }

  mutating func ownerMessages(_ messages: [String]) {
    guard !messages.isEmpty else { return }
    heading("For the owner")
    list(messages)
  }
}
