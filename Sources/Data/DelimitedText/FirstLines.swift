import Tables

/// The lines before the rows: which belong to no row, and whether the next line holds names.
///
/// Spreadsheets and portals put titles, export dates, comments and `sep=;` above the names, or
/// leave the names out. Taken for names, such lines are published unsearched; taken for rows, they
/// count as people. All of this is detected from the first lines of a file whose schema does not
/// state it (``TableFormat/skippedLines``, ``TableFormat/hasHeader``), and reported as a
/// ``ReadNote``.
struct FirstLines {
  /// Lines before the names or the first row.
  var skipped = 0
  /// The delimiter given by a line `sep=;`.
  package var delimiter: UInt8?
  package var notes: [ReadNote] = []

  /// The number of lines to look at.
  private static let most = 20

  /// Finds leading `sep=…` lines and comments, which show themselves that they are not rows.
  ///
  /// A comment begins with # or //, and is followed by a line that does not. A line of names may
  /// also begin with #: the last one holds names if it has as many cells as the line below it.
  init(_ sample: FileSample) {
    var lines = sample.lines(limit: Self.most + 1)[...]
    if let first = lines.first, let byte = Self.separator(first) {
      (skipped, delimiter) = (1, byte)
      notes.append(.separatorLine)
      lines = lines.dropFirst()
    }
    let comments = lines.prefix { Self.isComment($0) }
    guard let last = comments.last,
      let next = lines.dropFirst(comments.count).first(where: { !$0.isEmpty })
    else { return }
    let holdsNames = FileLayout.delimiters.contains { byte in
      let cells = last.count { $0 == byte }
      return cells > 0 && cells == next.count { $0 == byte }
    }
    let count = comments.count - (holdsNames ? 1 : 0)
    skipped += count
    if count > 0 { notes.append(.commentLines(count: count)) }
  }

  /// Returns the delimiter of a line `sep=;`, with or without quotation marks.
  private static func separator(_ line: [UInt8]) -> UInt8? {
    let text = line.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\r") }
    guard text.count == 5, String(decoding: text.prefix(4), as: UTF8.self).lowercased() == "sep="
    else { return nil }
    return text[4]
  }

  private static func isComment(_ line: [UInt8]) -> Bool {
    line.first == UInt8(ascii: "#") || line.starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")])
  }

  /// Looks for a title: leading rows with few filled cells, above a row that is filled from end to
  /// end and could hold names.
  ///
  /// - Parameter sample: The sample without the lines already skipped.
  mutating func lookForTitle(_ sample: FileSample, delimiter: UInt8, missing: MissingTokens) {
    let rows = sample.rows(delimiter: delimiter, limit: FileLayout.sampleRows)
    let width = Self.usualWidth(rows)
    guard width > 1 else { return }
    let lines = sample.lines(limit: Self.most)
    var above: [[FileSample.Cell]] = []
    for (place, line) in lines.enumerated() {
      guard let cells = sample.cells(of: line, delimiter: delimiter) else { return }
      let filled = cells.count { !$0.isBlank }
      guard filled == width, cells.count == width else {
        if filled > 0 && cells.count == width && cells.last?.isBlank == false { return }
        above.append(cells)
        continue
      }
      guard place > 0, cells.allSatisfy({ FileLayout.kind($0.bytes, missing) == .word }) else {
        return
      }
      let areSparse = above.allSatisfy { $0.count { !$0.isBlank } * 2 <= width }
      let rest = rows.drop { row in row.map(\.bytes) != cells.map(\.bytes) }
      guard areSparse || HeaderEvidence(Array(rest), missing: missing).isAboveValues else { return }
      skipped += place
      notes.append(.titleLines(count: place))
      return
    }
  }

  /// Returns the number of cells that most rows have.
  private static func usualWidth(_ rows: [[FileSample.Cell]]) -> Int {
    var counts: [Int: Int] = [:]
    for row in rows { counts[row.count, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }
}

/// The evidence of the first line's cells, compared with those below them.
struct HeaderEvidence {
  /// Whether a word stands above a column of only numbers and times.
  private(set) var isAboveValues = false
  /// Whether a number or time stands above such a column.
  private(set) var hasValue = false
  /// Columns whose first cell is filled.
  private(set) var filled = 0
  /// Columns of words whose first cell recurs below, or has the form of nearly all of them, such as
  /// `AB-12345`.
  private(set) var likeData = 0
  /// Columns of words of one form, with digits in it, that the first cell does not have.
  private(set) var unlikeData = 0
  /// Whether the second line alone holds words above numbers: units, or the names again.
  private(set) var secondLineIsWords = false

  /// The fewest rows by which a column can be judged for its forms.
  private static let fewestRows = 5

  init(_ rows: [[FileSample.Cell]], missing: MissingTokens) {
    guard let first = rows.first, rows.count > 1 else { return }
    for (column, cell) in first.enumerated() {
      let below = rows.dropFirst().filter { $0.count > column }.map { $0[column] }
      let kinds = below.map { FileLayout.kind($0.bytes, missing) }
      let known = kinds.filter { $0 != .missing }
      let areValues = !known.isEmpty && known.allSatisfy { $0 == .value }
      let kind = FileLayout.kind(cell.bytes, missing)
      if kind != .missing { filled += 1 }
      switch kind {
      case .word where areValues: isAboveValues = true
      case .value where areValues: hasValue = true
      case .word: judge(cell, below: zip(below, kinds).filter { $0.1 == .word }.map(\.0))
      default: break
      }
      if kinds.first == .word, kinds.count > Self.fewestRows,
        known.dropFirst().allSatisfy({ $0 == .value })
      {
        secondLineIsWords = true
      }
    }
  }

  private mutating func judge(_ cell: FileSample.Cell, below: [FileSample.Cell]) {
    guard below.count >= Self.fewestRows else { return }
    if below.contains(where: { $0.bytes == cell.bytes }) {
      likeData += 1
      return
    }
    var forms: [[UInt8]: Int] = [:]
    for other in below { forms[other.form, default: 0] += 1 }
    guard let usual = forms.max(by: { $0.value < $1.value }), usual.key.contains(UInt8(ascii: "9")),
      usual.value * 10 >= below.count * 9
    else { return }
    if cell.form == usual.key { likeData += 1 } else { unlikeData += 1 }
  }
}

extension FileSample.Cell {
  var isBlank: Bool {
    bytes.allSatisfy {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r")
    }
  }

  /// The cell with digits as 9 and letters as a, each run once, and everything else as it is.
  var form: [UInt8] {
    var form: [UInt8] = []
    for byte in bytes {
      let mark: UInt8 =
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(ascii: "9")
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
          UInt8(ascii: "a")
        default: byte
        }
      if form.last != mark { form.append(mark) }
    }
    return form
  }
}
