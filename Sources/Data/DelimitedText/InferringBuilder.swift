import Tables

/// Guesses a column's kind from the first block that has a cell in it, then hands the cells to the
/// builder of that kind.
///
/// If a later cell does not fit, the column is read again as the next kind that fits: a number or a
/// time becomes labels, and a time first tries the other patterns that the sample allows.
struct InferringBuilder: ColumnBuilder {
  /// Kinds still to be tried; the last, labels, accepts anything.
  package enum Kind {
    case number
    /// Numbers of very different size, if a plain number cannot hold them all.
    case scientific
    case time(TimeCandidate)
    case labels
  }

  /// The number of cells that a guess is based on.
  private static let sampleSize = 1000

  private let setting: BuilderSetting
  private var kinds: [Kind]?
  private var inner: (any ColumnBuilder)?
  private var tally: MissingTally
  private var missingRows = 0
  /// Whether a quoted missing token came before any other cell. It is text if the column turns out
  /// to be labels, which must then be read again.
  private var sawQuotedToken = false

  init(_ setting: BuilderSetting) {
    self.setting = setting
    tally = MissingTally(setting.missingTokens)
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    if inner != nil { return inner?.append(block, column: column) ?? true }
    let kinds = self.kinds ?? guess(block, column)
    guard !kinds.isEmpty else {
      missingRows += block.rowCount
      return true
    }
    if sawQuotedToken && missingRows > 0, case .labels = kinds[0] {
      self.kinds = [.labels, .labels]
      return false
    }
    self.kinds = kinds
    var builder = setting.builder(of: kinds[0], missingRows: missingRows, tally: tally)
    let isFitting = builder.append(block, column: column)
    inner = builder
    return isFitting
  }

  mutating func finish() -> BuiltColumn? {
    if inner != nil { return inner?.finish() }
    if sawQuotedToken {
      kinds = [.labels, .labels]
      return nil
    }
    var builder = LabelBuilder(
      quotedTokensAreText: setting.quotedTokensAreText, missingTokens: setting.missingTokens,
      expectedRows: missingRows)
    builder.appendMissing(missingRows, tally: tally)
    return builder.finish()
  }

  /// The time pattern used for reading.
  var timeCandidate: TimeCandidate? {
    guard case .time(let candidate) = kinds?.first else { return nil }
    return candidate
  }

  /// Whether there is a kind left to try after the one that failed.
  var canRetry: Bool { kinds.map { $0.count > 1 } ?? false }

  /// Drops the kind that failed. The column must be read again from the start.
  mutating func retry() {
    kinds?.removeFirst()
    inner = nil
    missingRows = 0
    tally = MissingTally(setting.missingTokens)
  }

  /// Returns the kinds that fit all cells of the block's sample; none if all are missing, which are
  /// then counted.
  private mutating func guess(_ block: RowBlock, _ column: Int) -> [Kind] {
    var blockTally = tally
    var sample: [UnsafeBufferPointer<UInt8>] = []
    for row in 0..<block.rowCount where sample.count < InferringBuilder.sampleSize {
      let span = block.span(row: row, column: column)
      let cell = block.bytes(span)
      if !blockTally.matches(cell) {
        sample.append(cell)
      } else if span.isQuoted && setting.quotedTokensAreText {
        sawQuotedToken = true
      }
    }
    if sample.isEmpty {
      tally = blockTally
      return []
    }
    if sample.allSatisfy({ ParsedNumber($0, mark: setting.decimalMark.byte) != nil }) {
      return [.number, .scientific, .labels]
    }
    if sample.contains(where: Self.hasExponent),
      sample.allSatisfy({ ScientificBuilder.reads($0, mark: setting.decimalMark.byte) })
    {
      return [.scientific, .labels]
    }
    guard TimeCandidate.mayBeTime(sample[0]) else { return [.labels] }
    var candidates = TimeCandidate.all + TimeCandidate.rarer(like: sample)
    for cell in sample where !candidates.isEmpty {
      candidates.removeAll { $0.pattern.parse(cell) == nil }
    }
    return candidates.map { .time($0) } + [.labels]
  }

  private static func hasExponent(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    cell.contains(UInt8(ascii: "e")) || cell.contains(UInt8(ascii: "E"))
  }
}

/// Settings that all builders of a file without a schema share.
struct BuilderSetting {
  package let missingTokens: MissingTokens
  let quotedTokensAreText: Bool
  let decimalMark: DecimalMark
  let expectedRows: Int

  func builder(of kind: InferringBuilder.Kind, missingRows: Int, tally: MissingTally)
    -> any ColumnBuilder
  {
    func started(_ builder: some KindBuilder) -> any ColumnBuilder {
      var builder = builder
      builder.appendMissing(missingRows, tally: tally)
      return builder
    }
    return switch kind {
    case .number:
      started(
        NumberBuilder(missingTokens: missingTokens, mark: decimalMark, expectedRows: expectedRows))
    case .scientific:
      started(
        ScientificBuilder(
          missingTokens: missingTokens, mark: decimalMark, expectedRows: expectedRows))
    case .time(let candidate):
      started(
        TimeBuilder(
          type: candidate.type, pattern: candidate.pattern, missingTokens: missingTokens,
          expectedRows: expectedRows))
    case .labels:
      started(
        LabelBuilder(
          quotedTokensAreText: quotedTokensAreText, missingTokens: missingTokens,
          expectedRows: expectedRows))
    }
  }
}
