import Tables

/// Pairs of words that tables write a flag or a sex with. A column that has only these two is known to
/// be one, and both words are then kept, whether few or many cells have them.
enum FlagWords {
  /// The pairs in small letters, the word for no first.
  private static let pairs: [(String, String)] = [
    ("false", "true"), ("f", "t"), ("no", "yes"), ("n", "y"), ("off", "on"), ("absent", "present"), ("negative", "positive"),
    ("neg", "pos"), ("alive", "dead"), ("0", "1"), ("female", "male"), ("f", "m"), ("woman", "man"), ("women", "men"), ("girl", "boy"),
    ("nein", "ja"), ("n", "j"), ("falsch", "wahr"), ("weiblich", "männlich"), ("w", "m"), ("frau", "mann"), ("negativ", "positiv"),
    ("non", "oui"), ("n", "o"), ("faux", "vrai"), ("femme", "homme"), ("féminin", "masculin"), ("f", "h"), ("négatif", "positif"),
    ("no", "sí"), ("no", "si"), ("n", "s"), ("falso", "verdadero"), ("mujer", "hombre"), ("femenino", "masculino"), ("m", "h"),
    ("negativo", "positivo"), ("no", "sì"), ("falso", "vero"), ("femmina", "maschio"), ("donna", "uomo"), ("femminile", "maschile"),
    ("nee", "ja"), ("onwaar", "waar"), ("vrouw", "man"), ("v", "m"), ("negatief", "positief"), ("não", "sim"), ("nao", "sim"),
    ("falso", "verdadeiro"), ("mulher", "homem"), ("feminino", "masculino"),
  ]

  private static let order: [Set<String>: (whenFalse: String, whenTrue: String)] = Dictionary(
    pairs.map { ([$0.0, $0.1], ($0.0, $0.1)) }, uniquingKeysWith: { first, _ in first })

  /// Returns the pair that two labels are, in any case, as they are written.
  /// - Parameter onlyEnglish: Whether only the English words for no and yes count.
  static func pair(_ labels: [String], onlyEnglish: Bool = false) -> BooleanLabels? {
    guard labels.count == 2, let found = order[Set(labels.map { $0.lowercased() })] else { return nil }
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
