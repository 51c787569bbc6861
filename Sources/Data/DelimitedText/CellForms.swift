import Tables

/// A public way to classify the cells of a column. There are finitely many classes, and the class
/// of a cell depends only on its own bytes, so a histogram of classes changes by one cell if one
/// row is added (`docs/proofs/class-histogram.md`).
package enum CellForms: Sendable, Equatable {
  /// Missing, or one of ``CellKind``: the first look at a column.
  case kinds
  /// Missing tokens, then the number of digits after a number's point.
  case digits
  /// Missing tokens, then the words of truth values.
  case truthWords
  /// Missing tokens, then the patterns of dates and times; at most ``mostPatterns`` count per cell.
  case patterns
  /// Missing tokens alone.
  case tokens

  /// The most patterns that one cell counts for: the first that fit, in the order of
  /// ``TimeCandidate/all``.
  package static let mostPatterns = 4

  /// The most classes that one cell falls into.
  package var mostClasses: Int { self == .patterns ? Self.mostPatterns : 1 }

  /// Returns the number of classes, given the number of words that mean "missing".
  package func count(tokens: Int) -> Int {
    switch self {
    case .kinds: CellKind.allCases.count
    case .digits: tokens + Self.digitClasses
    case .truthWords: tokens + TruthWords.all.count * 2
    case .patterns: tokens + TimeCandidate.all.count
    case .tokens: tokens
    }
  }

  /// Whole numbers, numbers with 1 to 9 digits after the point, and numbers with an exponent.
  package static let digitClasses = ParsedNumber.maximumScale + 2
}

/// The kind of a cell at first sight.
package enum CellKind: Int, Sendable, CaseIterable {
  case missing
  /// A plainly written number: no needless leading zeros, no sign but a minus.
  case number
  /// A date or time in one of the patterns of ``TimeCandidate/all``.
  case time
  /// One of ``TruthWords``.
  case truthWord
  /// The form of an email address or of a UUID.
  case email, uuid
  /// Any other text shorter than ``proseLength`` bytes or with fewer than ``proseWords`` words.
  case label
  case prose

  package static let proseLength = 25
  package static let proseWords = 4
}

/// Two words that a truth value can be written with.
package struct TruthWords: Sendable {
  package let labels: BooleanLabels

  /// In small letters, capitalised, and in capitals; a single letter has no capitalised form.
  package static let all: [TruthWords] = [("false", "true"), ("no", "yes"), ("f", "t"), ("n", "y")]
    .flatMap { no, yes in
      let forms: [(String) -> String] = [
        { $0 }, { $0.prefix(1).uppercased() + $0.dropFirst() }, { $0.uppercased() },
      ]
      return (no.count == 1 ? [forms[0], forms[2]] : forms).map {
        TruthWords(labels: BooleanLabels(whenFalse: $0(no), whenTrue: $0(yes)))
      }
    }
}

/// Sorts cells by ``CellForms``. Pure: the same bytes fall into the same classes in every table.
package struct CellSorter: Sendable {
  private let tokens: MissingTokens
  private let words: [[UInt8]: Int]
  private let mark: UInt8

  /// - Parameter missingTokens: Whole cells that mean "missing", compared after trimming.
  package init(missingTokens: [String], decimalMark: DecimalMark = .point) {
    mark = decimalMark.byte
    tokens = MissingTokens(missingTokens)
    var words: [[UInt8]: Int] = [:]
    for (place, pair) in TruthWords.all.enumerated() {
      words[Array(pair.labels.whenFalse.utf8)] = 2 * place
      words[Array(pair.labels.whenTrue.utf8)] = 2 * place + 1
    }
    self.words = words
  }

  package var tokenCount: Int { tokens.tokens.count }

  package func isMissing(_ cell: UnsafeBufferPointer<UInt8>) -> Bool { tokens.match(cell) != nil }

  /// Returns the classes of a cell: at most ``CellForms/mostClasses``, each below
  /// ``CellForms/count(tokens:)``, no two the same.
  package func classes(of cell: UnsafeBufferPointer<UInt8>, by forms: CellForms) -> [Int] {
    if forms == .kinds { return [kind(of: cell).rawValue] }
    if let token = tokens.match(cell) { return [token] }
    let start = tokens.tokens.count
    switch forms {
    case .kinds, .tokens: return []
    case .digits:
      guard let number = ParsedNumber(cell, mark: mark) else { return [] }
      return [start + (number.writtenDigits ?? CellForms.digitClasses - 1)]
    case .truthWords: return words[Array(trimmed(cell))].map { [start + $0] } ?? []
    case .patterns:
      guard Self.mayBeTime(cell) else { return [] }
      var found: [Int] = []
      for (place, candidate) in TimeCandidate.all.enumerated()
      where candidate.pattern.parse(cell) != nil {
        found.append(start + place)
        if found.count == CellForms.mostPatterns { break }
      }
      return found
    }
  }

  private func kind(of cell: UnsafeBufferPointer<UInt8>) -> CellKind {
    if isMissing(cell) { return .missing }
    if ParsedNumber(cell, mark: mark) != nil { return .number }
    let text = trimmed(cell)
    if words[Array(text)] != nil { return .truthWord }
    if Self.mayBeTime(text), TimeCandidate.all.contains(where: { $0.pattern.parse(text) != nil }) {
      return .time
    }
    if LabelClassifier.isUUID(text) { return .uuid }
    if LabelClassifier.isEmail(text) { return .email }
    return text.count >= CellKind.proseLength
      && LabelClassifier.wordCount(text) >= CellKind.proseWords ? .prose : .label
  }

  /// Whether a cell is short enough and has enough digits for any pattern.
  private static func mayBeTime(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    (6...32).contains(trimmed(cell).count) && cell.count { decimalDigit($0) != nil } >= 3
  }
}
