import Tables

/// SplitMix64 (Steele, Lea, Flood 2014): repeatable, for tests only.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Column {
  /// A column of labels; nil is missing.
  init(labels texts: [String?], named name: String, type: ColumnType = .category) {
    var dictionary = LabelDictionary()
    var known: [String: Int32] = [:]
    let codes = texts.map { text -> Int32 in
      guard let text else { return Cells.missingCode }
      if let code = known[text] { return code }
      let code = dictionary.append(text)
      known[text] = code
      return code
    }
    self.init(name: name, type: type, cells: .labels(codes: codes, dictionary: dictionary))
  }

  init(integers: [Int64?], named name: String, type: ColumnType = .integer) {
    self.init(name: name, type: type, cells: .ticks(integers.map { $0 ?? Cells.missingTick }))
  }

  /// The cells of a column of labels without missing cells.
  var texts: [String] { (0..<count).map { row in cells.key(row).map { text(ofKey: $0) } ?? "" } }
}
