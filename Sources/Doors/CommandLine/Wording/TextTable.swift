/// Columns of text under headings.
package struct TextTable {
  package enum Alignment: Sendable { case left, right }

  private let headings: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  package init(_ columns: [(heading: String, alignment: Alignment)]) {
    headings = columns.map(\.heading)
    alignments = columns.map(\.alignment)
  }

  package mutating func add(_ cells: String...) { add(cells) }

  package mutating func add(_ cells: [String]) {
    precondition(cells.count == headings.count, "a row has one cell for each heading")
    rows.append(cells)
  }

  /// Returns the lines, headings first. The last column wraps if `width` is exceeded.
  package func lines(indentation: Int = 0, width: Int = 80, ink: Ink = Ink(isOn: false)) -> [String]
  {
    let widths = headings.indices.map { index in
      max(headings[index].count, rows.map { $0[index].count }.max() ?? 0)
    }
    let margin = String(repeating: " ", count: indentation)
    let before = indentation + widths.dropLast().reduce(0) { $0 + $1 + 2 }
    let head =
      headings.allSatisfy(\.isEmpty) ? [] : [margin + ink.bold(line(headings, widths: widths))]
    return head
      + rows.flatMap { row -> [String] in
        let room = max(24, width - before)
        guard alignments.last == .left, let last = row.last, last.count > room else {
          return [margin + line(row, widths: widths)]
        }
        let parts = Wrapping.wrap(last, width: room).split(separator: "\n").map(String.init)
        let first = margin + line(row.dropLast() + [parts[0]], widths: widths)
        return [first] + parts.dropFirst().map { String(repeating: " ", count: before) + $0 }
      }
  }

  private func line(_ cells: [String], widths: [Int]) -> String {
    let padded = cells.indices.map { index in
      let blanks = String(repeating: " ", count: max(0, widths[index] - cells[index].count))
      if alignments[index] == .right { return blanks + cells[index] }
      return index == cells.count - 1 ? cells[index] : cells[index] + blanks
    }
    var text = padded.joined(separator: "  ")
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
