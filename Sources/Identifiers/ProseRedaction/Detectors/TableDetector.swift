import Words

/// Detects cells of tables inside notes by their column headings: "Name | DOB | City" above lines
/// with as many cells.
struct TableDetector: ProseDetector {
  private static let mostLines = 2_000

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var lines = Lines(text.bytes)
    while let line = lines.next() {
      // A heading line has no digit and no colon.
      guard line.count > 2, !line.contains(where: { (48...58).contains(text.bytes[$0]) }) else {
        continue
      }
      for separator in Separator.allCases {
        let headings = separator.cells(of: line, in: text.bytes)
        guard headings.count > 1 else { continue }
        guard headings.allSatisfy({ isHeading($0, in: text) }) else { continue }
        let types = headings.map { type(of: $0, in: text) }
        guard types.contains(where: { $0 != nil }) else { continue }
        var rest = lines
        for _ in 0..<Self.mostLines {
          guard let row = rest.next() else { break }
          let cells = separator.cells(of: row, in: text.bytes)
          if cells.count != headings.count {
            if isRule(row, in: text) { continue }
            break
          }
          for (cell, type) in zip(cells, types) {
            guard let type, let range = value(cell, type, in: text) else { continue }
            found.append(
              ProseSpan(
                range: range, type: type, confidence: 0.84, reason: "under a heading of its type"))
          }
          lines = rest
        }
        break
      }
    }
  }

  /// Whether a line only draws the table.
  private func isRule(_ line: Range<Int>, in text: ScannedText) -> Bool {
    !line.isEmpty && line.allSatisfy { "-|=+: \t".utf8.contains(text.bytes[$0]) }
  }

  private func isHeading(_ cell: Range<Int>, in text: ScannedText) -> Bool {
    cell.count <= 40
      && !cell.contains {
        (48...57).contains(text.bytes[$0]) || text.bytes[$0] == UInt8(ascii: ":")
      }
  }

  private func type(of cell: Range<Int>, in text: ScannedText) -> IdentifierType? {
    let tokens = text.tokenIndex(from: cell.lowerBound)..<text.tokenIndex(from: cell.upperBound)
    guard (1...4).contains(tokens.count), let last = tokens.last else { return nil }
    if let label = text.labels(in: tokens).first(where: { $0.last == last })?.label {
      return label.type
    }
    return text.tokens[last].ends.contains(.role) ? .person : nil
  }

  /// Returns the value of a cell if it can be of the type.
  private func value(_ cell: Range<Int>, _ type: IdentifierType, in text: ScannedText) -> Range<
    Int
  >? {
    let tokens = text.tokenIndex(from: cell.lowerBound)..<text.tokenIndex(from: cell.upperBound)
    guard let first = tokens.first, let last = tokens.last else { return nil }
    let range = text.tokens[first].start..<text.tokens[last].end
    switch type {
    case .person:
      guard tokens.count <= 6, tokens.allSatisfy({ text.tokens[$0].kind == .word }),
        range.count > 1,
        !tokens.allSatisfy({ text.tokens[$0].flags.contains(.neverName) })
      else { return nil }
    case .location, .organization:
      guard tokens.count <= 6, text.tokens[first].kind == .word,
        text.phrase(at: first, having: .state) != last
      else { return nil }
    case .address: break
    default:
      guard range.count(where: { (48...57).contains(text.bytes[$0]) }) >= 4 else { return nil }
    }
    return range
  }

  private enum Separator: CaseIterable {
    case bar, tab, semicolon, spaces, comma

    /// Returns the cells of a line without surrounding spaces; one cell if the separator is absent.
    func cells(of line: Range<Int>, in bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
      guard line.count <= 4_096 else { return [] }
      var cells: [Range<Int>] = []
      var start = line.lowerBound
      var place = line.lowerBound
      while place < line.upperBound {
        let width = width(at: place, end: line.upperBound, in: bytes)
        guard width > 0 else {
          place += 1
          continue
        }
        cells.append(Self.trimmed(start..<place, in: bytes))
        place += width
        start = place
      }
      cells.append(Self.trimmed(start..<line.upperBound, in: bytes))
      // Bars at the ends of a line are not cells.
      if self == .bar, cells.first?.isEmpty == true { cells.removeFirst() }
      if self == .bar, cells.last?.isEmpty == true { cells.removeLast() }
      return cells
    }

    /// Returns the number of separator bytes at a position, or 0.
    private func width(at place: Int, end: Int, in bytes: UnsafeRawBufferPointer) -> Int {
      switch self {
      case .bar: return bytes[place] == UInt8(ascii: "|") ? 1 : 0
      case .tab: return bytes[place] == 9 ? 1 : 0
      case .semicolon: return bytes[place] == UInt8(ascii: ";") ? 1 : 0
      case .comma: return bytes[place] == UInt8(ascii: ",") ? 1 : 0
      case .spaces:
        var width = 0
        while place + width < end, bytes[place + width] == 32 { width += 1 }
        return width >= 2 ? width : 0
      }
    }

    private static func trimmed(_ range: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Range<Int>
    {
      var (start, end) = (range.lowerBound, range.upperBound)
      while start < end, bytes[start] == 32 || bytes[start] == 13 { start += 1 }
      while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 13 { end -= 1 }
      return start..<end
    }
  }
}

/// The lines of a text.
private struct Lines {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func next() -> Range<Int>? {
    guard place < bytes.count else { return nil }
    let start = place
    let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
    place = end + 1
    return start..<end
  }
}
