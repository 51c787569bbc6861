import Releases

/// The errors of all pairs as a triangle of shades, with a row for each column but the first and a
/// character for each column before it.
struct PairTriangle {
  let lines: [String]
  let width: Int

  private static let longestName = 24

  init(_ pairs: [SynthesisPlan.Pair]) {
    var names: [String] = []
    var errors: [String: [String: Double]] = [:]
    for pair in pairs {
      for name in [pair.first, pair.second] where errors[name] == nil {
        names.append(name)
        errors[name] = [:]
      }
      errors[pair.first]?[pair.second] = pair.expectedError
      errors[pair.second]?[pair.first] = pair.expectedError
    }
    let short = names.map {
      $0.count > PairTriangle.longestName ? $0.prefix(PairTriangle.longestName - 1) + "…" : $0
    }
    let longest = short.map(\.count).max() ?? 0
    lines = names.indices.map { row in
      let shades = names[..<row].map { other in errors[names[row]]?[other].map(Blocks.shade) ?? " "
      }
      guard row > 0 else { return short[row] }
      return short[row] + String(repeating: " ", count: longest - short[row].count) + " "
        + shades.joined()
    }
    width = longest + names.count + 1
  }
}
