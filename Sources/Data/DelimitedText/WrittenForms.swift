import Tables

/// Looks once more at columns of labels and whole numbers, whose cells together may say more than
/// each alone: numbers or times with signs around them and a few code words among them, dates
/// packed into whole numbers, flags.
enum WrittenForms {
  /// The smallest number of different values that a form needs to be more than chance.
  static let leastValues = 10

  /// Returns the column with the type that its cells as a whole suggest, and the pattern of its
  /// times if that was found here.
  static func settle(
    _ column: BuiltColumn, name: String, mark: DecimalMark, missing: MissingTokens
  ) -> (column: BuiltColumn, candidate: TimeCandidate?) {
    switch (column.cells, column.type) {
    case (.labels(let codes, let dictionary), .category):
      let labels = CountedLabels(codes, dictionary, missing: missing)
      if let found = numbers(labels, mark: mark) {
        return (found.built(from: column, codes: codes), nil)
      }
      if let (found, candidate) = times(labels) {
        return (found.built(from: column, codes: codes), candidate)
      }
    case (.ticks(let ticks), .integer):
      if let packed = PackedTimes(ticks, name: name) {
        return (packed.built(from: column, ticks: ticks), nil)
      }
      if let flag = FlagWords.numeric(ticks) {
        var flags = column
        flags.type = .boolean(flag)
        return (flags, nil)
      }
    default: break
    }
    return (column, nil)
  }

  // MARK: - Numbers

  private static func numbers(_ labels: CountedLabels, mark: DecimalMark) -> ValueColumn? {
    guard let found = NumberFormatFinder(labels, mark: mark).best else { return nil }
    let parsed = labels.map { found.format.read($0, fileMark: mark) }
    guard let words = CodeWords(labels, isValue: parsed.map { $0 != nil }) else { return nil }
    let numbers = parsed.compactMap(\.self)
    let isDecimal = numbers.contains(where: \.isDecimal)
    let scale = isDecimal ? max(1, numbers.map(\.scale).max() ?? 1) : 0
    let ticks = parsed.map { $0?.tick(digits: scale) }
    var format = found.format
    if !format.isPlain, isDecimal, format.mark == nil { format.mark = mark }
    if !isDecimal { format.mark = nil }
    return ValueColumn(
      type: isDecimal ? .decimal(fractionDigits: scale) : .integer, ticks: ticks, words: words,
      format: format,
      fewestDigits: isDecimal ? min(numbers.map { $0.writtenDigits ?? 0 }.min() ?? 0, scale) : 0)
  }

  // MARK: - Times

  /// The number of labels that choose the patterns to be tried on all.
  private static let sampleSize = 200

  private static func times(_ labels: CountedLabels) -> (ValueColumn, TimeCandidate)? {
    let sample = labels.mostFrequent(sampleSize) { TimeCandidate.mayBeTime($0) }
    guard sample.count >= leastValues else { return nil }
    let fitting = TimeCandidate.common(to: sample, least: 0.9)
    for candidate in fitting {
      let ticks = labels.map { TimeCandidate.mayBeTime($0) ? candidate.pattern.parse($0) : nil }
      guard let words = CodeWords(labels, isValue: ticks.map { $0 != nil }) else { continue }
      return (ValueColumn(type: candidate.type, ticks: ticks, words: words), candidate)
    }
    return nil
  }
}

/// The labels of a column with the number of cells that have them.
struct CountedLabels {
  let dictionary: LabelDictionary
  let counts: [Int]
  /// Whether each label is a word that means missing, in quotes that make it a text. Among numbers
  /// it can be neither a value nor a code word, since a schema has one meaning for it.
  let meansMissing: [Bool]

  init(_ codes: [Int32], _ dictionary: LabelDictionary, missing: MissingTokens) {
    self.dictionary = dictionary
    meansMissing = (0..<dictionary.count).map { label in
      dictionary.withUTF8(label) { missing.match($0) != nil }
    }
    var counts = [Int](repeating: 0, count: dictionary.count)
    for code in codes where code != Cells.missingCode { counts[Int(code)] += 1 }
    self.counts = counts
  }

  /// The number of cells that do not mean missing.
  var total: Int { counts.indices.reduce(0) { $0 + (meansMissing[$1] ? 0 : counts[$1]) } }

  func map<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> [Result] {
    (0..<dictionary.count).map { dictionary.withUTF8($0, body) }
  }

  /// Returns the most frequent labels that meet a condition, as bytes.
  func mostFrequent(_ most: Int, where condition: (UnsafeBufferPointer<UInt8>) -> Bool) -> [[UInt8]]
  {
    let fitting = (0..<dictionary.count).filter { dictionary.withUTF8($0, condition) }
    return fitting.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(most).map {
      dictionary.withUTF8($0) { Array($0) }
    }
  }
}

/// A column of labels read as values with code words among them.
private struct ValueColumn {
  var type: ColumnType
  /// The tick of each label; nil if it is not a value.
  var ticks: [Int64?]
  var words: CodeWords
  var format = NumberFormat.plain
  var fewestDigits = 0

  /// Returns the column with ticks for labels. Labels that are neither values nor code words count
  /// as missing.
  func built(from column: BuiltColumn, codes: [Int32]) -> BuiltColumn {
    var places = ticks.map { $0 ?? Cells.missingTick }
    for (index, label) in words.labels.enumerated() { places[label] = Cells.codeTick(index) }
    var built = column
    built.type = type
    built.cells = .ticks(
      codes.map { $0 == Cells.missingCode ? Cells.missingTick : places[Int($0)] })
    built.numberFormat = format
    built.minimumFractionDigits = fewestDigits
    built.codes = words.texts
    for (row, code) in codes.enumerated()
    where code != Cells.missingCode && places[Int(code)] == Cells.missingTick {
      built.unreadable.note(row: row + 1)
    }
    return built
  }
}
