/// Lines that break between words.
package enum Wrapping {
  /// Breaks each line of `text`. A continued line is indented by `indentation` blanks. Words are
  /// never cut.
  package static func wrap(_ text: String, width: Int, indentation: Int = 0) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { wrapLine($0, width: width, indentation: indentation) }.joined(separator: "\n")
  }

  private static func wrapLine(_ line: Substring, width: Int, indentation: Int) -> String {
    guard line.count > width else { return String(line) }
    let lead = String(line.prefix { $0 == " " })
    let margin = lead + String(repeating: " ", count: indentation)
    var lines: [String] = []
    var current = lead
    for word in line.split(separator: " ") {
      if current.count + word.count + 1 > width, current.contains(where: { $0 != " " }) {
        lines.append(current)
        current = margin
      }
      current += (current.isEmpty || current.last == " " ? "" : " ") + word
    }
    return (lines + [current]).joined(separator: "\n")
  }
}
