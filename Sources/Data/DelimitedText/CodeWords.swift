import Tables

/// The words among a column's values that are kept as values of their own, such as `N`, `.`,
/// `unknown` or `<0.1`.
///
/// A word that tables commonly use so is kept however often it occurs; any other only if many rows
/// share it. The rest, such as one odd cell among thousands of numbers, counts as missing.
struct CodeWords {
  /// The most words that are kept.
  private static let most = 12
  /// The share of cells that must be values, and the largest share that may be lost.
  private static let leastValues = 0.2
  private static let mostLost = 0.02
  /// The largest share of cells that are not common words and have a digit.
  private static let mostCodeLike = 0.005
  /// The fewest rows, and share of rows, of a word that is not a common one.
  private static let leastRows = 20
  private static let leastShare = 0.01

  /// The labels kept, as indices into the column's labels, most frequent first.
  private(set) var labels: [Int] = []
  private(set) var texts: [String] = []

  /// Returns nil if there are too few values, or too many other cells, for a column of values.
  init?(_ column: CountedLabels, isValue: [Bool]) {
    let values = isValue.count { $0 }
    let words = isValue.indices.filter { !isValue[$0] && !column.meansMissing[$0] }.sorted {
      (column.counts[$1], $0) < (column.counts[$0], $1)
    }
    let total = column.total
    let rows = isValue.indices.reduce(0) {
      $0 + (isValue[$1] && !column.meansMissing[$1] ? column.counts[$1] : 0)
    }
    guard values >= WrittenForms.leastValues, values >= 4 * words.count,
      Double(rows) >= Self.leastValues * Double(total)
    else {
      return nil
    }
    let isCommon = words.map { label in column.dictionary.withUTF8(label) { Self.isCommon($0) } }
    // Words with digits in them say that the numbers are codes too: 250.83 beside V57.
    let codes = zip(words, isCommon).filter { label, isCommon in
      !isCommon && column.dictionary.withUTF8(label) { $0.contains { decimalDigit($0) != nil } }
    }
    let codeRows = codes.reduce(0) { $0 + column.counts[$1.0] }
    guard codes.count <= 2, Double(codeRows) <= max(Self.mostCodeLike * Double(total), 1) else {
      return nil
    }
    for (label, isCommon) in zip(words, isCommon) where labels.count < Self.most {
      let isFrequent =
        column.counts[label] >= max(Self.leastRows, Int(Self.leastShare * Double(total)))
      guard isCommon || isFrequent else { continue }
      let text = column.dictionary.withUTF8(label) { String(decoding: trimmed($0), as: UTF8.self) }
      guard !text.isEmpty, !texts.contains(text) else { continue }
      labels.append(label)
      texts.append(text)
    }
    let kept = labels.reduce(rows) { $0 + column.counts[$1] }
    guard Double(total - kept) <= max(Self.mostLost * Double(total), 1) else { return nil }
  }

  /// Returns whether a word is one that tables commonly use for a value that is not a number: a
  /// single sign, a word for "not known" in some language, a number behind `<` or `>` or before
  /// `+`.
  static func isCommon(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = String(decoding: trimmed(cell), as: UTF8.self)
    if text.count == 1 || common.contains(text.lowercased()) { return true }
    if text.count <= 12, text.allSatisfy({ "-–—.*#_/?".contains($0) }) { return true }
    return isCensored(text) || isNoDate(text)
  }

  /// Whether a text is a date of zeros alone, as databases write a missing one: `0000-00-00`.
  private static func isNoDate(_ text: String) -> Bool {
    let digits = text.filter(\.isNumber)
    return (6...20).contains(digits.count) && digits.allSatisfy { $0 == "0" }
      && text.count > digits.count && text.allSatisfy { "0-./: T".contains($0) }
  }

  private static func isCensored(_ text: String) -> Bool {
    var number = text[...]
    if let first = number.first, "<>≤≥".contains(first) {
      number.removeFirst()
      if number.first == "=" { number.removeFirst() }
    } else if number.last == "+" {
      number.removeLast()
    } else {
      return false
    }
    let bytes = Array(number.utf8)
    return bytes.withUnsafeBufferPointer {
      ParsedNumber($0) != nil || ParsedNumber($0, mark: UInt8(ascii: ",")) != nil
    }
  }

  /// Words in small letters, of spreadsheets, statistics packages, laboratories and seven
  /// languages.
  private static let common: Set<String> = [
    "#n/a", "#n/a n/a", "#na", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!",
    "#error", "n/a", "na", "n.a.", "n.a", "nan", "nil", "none", "null", "<na>", "inf", "-inf",
    "+inf", "infinity", "-infinity", "nd", "n.d.", "n/d", "nr", "ns", "unk", "unknown",
    "unspecified", "undefined", "missing", "not available", "not applicable", "not known",
    "not done", "not reported", "not recorded", "refused", "dk", "don't know", "pending", "tbd",
    "tba", "error", "invalid", "blank", "(blank)", "empty", "suppressed", "(d)", "(s)", "(x)",
    "(z)", "(na)", "<lod", "<loq", "<lloq", ">uloq", "blq", "bql", "neg", "negative", "trace",
    "low", "high", "other", "various", "multiple", "unbekannt", "unbek.", "k.a.", "k. a.",
    "keine angabe", "fehlt", "entfällt", "nicht bekannt", "inconnu", "inconnue", "n.c.", "nc",
    "non connu", "manquant", "sans objet", "desconocido", "s/d", "sin dato", "no aplica",
    "no disponible", "sconosciuto", "non noto", "non disponibile", "onbekend", "n.v.t.", "nvt",
    "niet bekend", "desconhecido", "não informado", "ignorado",
  ]
}
