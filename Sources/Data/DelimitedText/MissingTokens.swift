import Tables

/// The whole cells that mean "missing", compared after trimming blanks.
struct MissingTokens: Sendable {
  package let tokens: [[UInt8]]
  private let longest: Int
  /// For each byte, whether a token starts with it.
  private let isFirst: [Bool]
  private let hasEmpty: Bool
  /// Whether a token might be read as a number, so that tokens must be compared before numbers.
  let looksNumeric: Bool

  init(_ tokens: [String]) {
    self.tokens = tokens.map { Array($0.utf8) }
    longest = self.tokens.map(\.count).max() ?? -1
    hasEmpty = self.tokens.contains(where: \.isEmpty)
    var isFirst = [Bool](repeating: false, count: 256)
    for token in self.tokens { if let first = token.first { isFirst[Int(first)] = true } }
    self.isFirst = isFirst
    looksNumeric = self.tokens.contains { token in
      token.withUnsafeBufferPointer { ParsedNumber($0) != nil }
    }
  }

  /// Returns the position in ``tokens`` of the token that the cell equals, or nil.
  @inline(__always)
  func match(_ cell: UnsafeBufferPointer<UInt8>) -> Int? {
    let count = cell.count
    if count > 0 {
      let first = cell[0]
      let hasBlank = isBlank(first) || isBlank(cell[count - 1])
      if !hasBlank && (count > longest || !isFirst[Int(first)]) { return nil }
    } else if !hasEmpty {
      return nil
    }
    return search(trimmed(cell))
  }

  private func search(_ cell: UnsafeBufferPointer<UInt8>) -> Int? {
    tokens.firstIndex { token in
      guard token.count == cell.count else { return false }
      for at in 0..<token.count where token[at] != cell[at] { return false }
      return true
    }
  }
}

/// The number of times each token was seen in a column.
struct MissingTally {
  package private(set) var counts: [Int]
  package let tokens: MissingTokens

  init(_ tokens: MissingTokens) {
    self.tokens = tokens
    counts = Array(repeating: 0, count: tokens.tokens.count)
  }

  /// Returns whether the cell is missing, and counts it if so.
  @inline(__always)
  mutating func matches(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let token = tokens.match(cell) else { return false }
    counts[token] += 1
    return true
  }

  /// The most frequent token; the first one if none was seen.
  var mostFrequent: String {
    guard let most = counts.max(), let token = counts.firstIndex(of: most) else { return "" }
    return String(decoding: tokens.tokens[token], as: UTF8.self)
  }

  var total: Int { counts.reduce(0, +) }
}
