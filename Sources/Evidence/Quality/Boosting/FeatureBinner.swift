/// Turns one feature's values into bins of 0 to 254; 255 is missing.
struct FeatureBinner: Sendable {
  static let mostBins = 255
  static let missingBin: UInt8 = 255

  private enum Rule: Sendable {
    /// The bin is the number of thresholds below the value.
    case thresholds([Double])
    /// The bin is the code, if the fitted table has it.
    case categories(known: [Bool])
  }

  private let rule: Rule
  let isCategorical: Bool
  /// Bins of present values; the missing bin is not counted.
  let binCount: Int
  let hasMissing: Bool

  /// Cuts the values of a fitting table at the midpoints of up to 255 distinct values, else at
  /// quantiles.
  ///
  /// Labels with at most `mostCategories` codes are categories; more are taken as numbers in the
  /// order of their codes.
  init(_ values: ColumnValues, labelCount: Int, mostCategories: Int = 200) {
    if case .labels(let codes) = values, labelCount <= mostCategories {
      var known = [Bool](repeating: false, count: labelCount)
      for code in codes where code >= 0 { known[Int(code)] = true }
      rule = .categories(known: known)
      isCategorical = true
      binCount = labelCount
      hasMissing = codes.contains(-1)
      return
    }
    let numbers = FeatureBinner.numbers(values)
    let present = numbers.filter(\.isFinite).sorted()
    let thresholds = FeatureBinner.thresholds(sorted: present)
    rule = .thresholds(thresholds)
    isCategorical = false
    binCount = thresholds.count + 1
    hasMissing = present.count < numbers.count
  }

  func bins(_ values: ColumnValues) -> [UInt8] {
    switch rule {
    case .categories(let known):
      guard case .labels(let codes) = values else {
        preconditionFailure("a feature of labels was given numbers")
      }
      return codes.map {
        $0 >= 0 && Int($0) < known.count && known[Int($0)] ? UInt8($0) : FeatureBinner.missingBin
      }
    case .thresholds(let thresholds):
      return FeatureBinner.numbers(values).map {
        $0.isFinite ? UInt8(CellMap.lowerBound(thresholds, $0)) : FeatureBinner.missingBin
      }
    }
  }

  private static func numbers(_ values: ColumnValues) -> [Double] {
    switch values {
    case .numbers(let numbers): numbers
    case .labels(let codes): codes.map { $0 < 0 ? .nan : Double($0) }
    }
  }

  /// Returns thresholds such that a value falls into the first bin whose threshold is not below it.
  private static func thresholds(sorted: [Double]) -> [Double] {
    var distinct: [Double] = []
    for value in sorted where distinct.last != value { distinct.append(value) }
    if distinct.count <= mostBins {
      return zip(distinct, distinct.dropFirst()).map { $0 + ($1 - $0) / 2 }
    }
    var thresholds: [Double] = []
    for part in 1..<mostBins {
      // The averaged inverse of the distribution function: halfway if the quantile falls between
      // two rows.
      let position = Double(sorted.count) * Double(part) / Double(mostBins)
      let index = Int(position.rounded(.up)) - 1
      let isBetween = position == position.rounded() && index + 1 < sorted.count
      let value = isBetween ? (sorted[index] + sorted[index + 1]) / 2 : sorted[index]
      if thresholds.last != value { thresholds.append(value) }
    }
    return thresholds
  }
}
