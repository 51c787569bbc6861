import Tables

/// Decides from all rows whether labels are truth values, an identifier, prose or a category.
struct LabelClassifier {
  /// The smallest share and number of distinct cells for an identifier.
  private static let identifierShare = 0.95
  private static let identifierLeast = 20
  /// For prose: the fewest bytes and words per label, and the smallest share of distinct cells.
  private static let proseLength = 25.0
  private static let proseWords = 4.0
  private static let proseShare = 0.8
  private static let proseLeast = 10
  /// The number of labels examined for their shape.
  private static let sampleSize = 2000

  /// - Parameter seesFlags: Whether all pairs of ``FlagWords`` are truth values, or English ones
  ///   alone.
  static func classify(_ column: BuiltColumn, seesFlags: Bool = true) -> BuiltColumn {
    guard case .labels(let codes, let dictionary) = column.cells, case .category = column.type
    else { return column }
    if dictionary.count == 2,
      let labels = FlagWords.pair(dictionary.labels, onlyEnglish: !seesFlags)
    {
      return LabelBuilder.asBoolean(column, labels)
    }
    let present = codes.count { $0 >= 0 }
    guard dictionary.count >= proseLeast, present > 0 else { return column }
    var result = column
    let share = Double(dictionary.count) / Double(present)
    let shape = Shape(dictionary, sampleSize: sampleSize)
    if shape.meanLength >= proseLength && shape.meanWords >= proseWords && share >= proseShare {
      result.type = .text
    } else if dictionary.count >= identifierLeast
      && (share >= identifierShare || shape.areAddresses)
    {
      result.type = .identifier
    }
    return result
  }

  /// The shape of labels, from a sample spread over the dictionary.
  private struct Shape {
    var meanLength = 0.0
    var meanWords = 0.0
    /// Whether nearly all are UUIDs or email addresses, which name something even if they recur.
    var areAddresses = false

    init(_ dictionary: LabelDictionary, sampleSize: Int) {
      let step = max(dictionary.count / sampleSize, 1)
      var count = 0
      var length = 0
      var words = 0
      var addresses = 0
      for code in stride(from: 0, to: dictionary.count, by: step) {
        dictionary.withUTF8(code) { label in
          count += 1
          length += label.count
          words += LabelClassifier.wordCount(label)
          if LabelClassifier.isUUID(label) || LabelClassifier.isEmail(label) { addresses += 1 }
        }
      }
      meanLength = Double(length) / Double(max(count, 1))
      meanWords = Double(words) / Double(max(count, 1))
      areAddresses = Double(addresses) >= 0.95 * Double(count)
    }
  }

  static func wordCount(_ label: UnsafeBufferPointer<UInt8>) -> Int {
    var words = 0
    var isInWord = false
    for byte in label {
      let isSpace = byte <= UInt8(ascii: " ")
      if !isSpace && !isInWord { words += 1 }
      isInWord = !isSpace
    }
    return words
  }

  static func isUUID(_ label: UnsafeBufferPointer<UInt8>) -> Bool {
    guard label.count == 36 else { return false }
    return label.indices.allSatisfy { at in
      let byte = label[at]
      if [8, 13, 18, 23].contains(at) { return byte == UInt8(ascii: "-") }
      return decimalDigit(byte) != nil
        || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte & 0xdf)
    }
  }

  static func isEmail(_ label: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let at = label.firstIndex(of: UInt8(ascii: "@")), at > 0,
      !label.contains(UInt8(ascii: " "))
    else { return false }
    let domain = label[(at + 1)...]
    guard let point = domain.lastIndex(of: UInt8(ascii: ".")) else { return false }
    return point > domain.startIndex && point < domain.endIndex - 1
      && !domain.contains(UInt8(ascii: "@"))
  }
}

/// Pairs of words that tables write a flag or a sex with. A column that has only these two is known
/// to be one, and both words are then kept, whether few or many cells have them.
enum FlagWords {
  /// The pairs in small letters, the word for no first.
  private static let pairs: [(String, String)] = [
    ("false", "true"), ("f", "t"), ("no", "yes"), ("n", "y"), ("off", "on"), ("absent", "present"),
    ("negative", "positive"),
    ("neg", "pos"), ("alive", "dead"), ("0", "1"), ("female", "male"), ("f", "m"), ("woman", "man"),
    ("women", "men"), ("girl", "boy"),
    ("nein", "ja"), ("n", "j"), ("falsch", "wahr"), ("weiblich", "männlich"), ("w", "m"),
    ("frau", "mann"), ("negativ", "positiv"),
    ("non", "oui"), ("n", "o"), ("faux", "vrai"), ("femme", "homme"), ("féminin", "masculin"),
    ("f", "h"), ("négatif", "positif"),
    ("no", "sí"), ("no", "si"), ("n", "s"), ("falso", "verdadero"), ("mujer", "hombre"),
    ("femenino", "masculino"), ("m", "h"),
    ("negativo", "positivo"), ("no", "sì"), ("falso", "vero"), ("femmina", "maschio"),
    ("donna", "uomo"), ("femminile", "maschile"),
    ("nee", "ja"), ("onwaar", "waar"), ("vrouw", "man"), ("v", "m"), ("negatief", "positief"),
    ("não", "sim"), ("nao", "sim"),
    ("falso", "verdadeiro"), ("mulher", "homem"), ("feminino", "masculino"),
  ]

  private static let order: [Set<String>: (whenFalse: String, whenTrue: String)] = Dictionary(
    pairs.map { ([$0.0, $0.1], ($0.0, $0.1)) }, uniquingKeysWith: { first, _ in first })

  /// Returns the pair that two labels are, in any case, as they are written.
  /// - Parameter onlyEnglish: Whether only the English words for no and yes count.
  static func pair(_ labels: [String], onlyEnglish: Bool = false) -> BooleanLabels? {
    guard labels.count == 2, let found = order[Set(labels.map { $0.lowercased() })] else {
      return nil
    }
    if onlyEnglish, !pairs.prefix(4).contains(where: { $0 == found }) { return nil }
    let isInOrder = labels[0].lowercased() == found.whenFalse
    return BooleanLabels(whenFalse: labels[isInOrder ? 0 : 1], whenTrue: labels[isInOrder ? 1 : 0])
  }

  /// Returns the pair 0 and 1 if whole numbers have both of these and no others.
  static func numeric(_ ticks: [Int64]) -> BooleanLabels? {
    var (zeros, ones) = (false, false)
    for tick in ticks where tick != Cells.missingTick {
      guard tick == 0 || tick == 1 else { return nil }
      if tick == 0 { zeros = true } else { ones = true }
    }
    return zeros && ones ? BooleanLabels(whenFalse: "0", whenTrue: "1") : nil
  }
}
