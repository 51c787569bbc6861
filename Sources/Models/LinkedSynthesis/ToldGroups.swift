import Foundation

/// Groups of the groups that a variable is drawn in, which contexts are asked to tell apart.
///
/// Few of them are enough for what a context says of an ordered variable, which is smooth, and each
/// costs noise; within one the variable keeps the shares that it has without the context.
struct ToldGroups {
  /// For each drawn group its place here.
  let groups: [Int]
  let count: Int
  /// The curator's attribute of these groups.
  let attribute: Int

  private static let spreads = 1.0

  /// Returns the sums over each group, of blocks with a number for each drawn group.
  func sums(_ values: [Double]) -> [Double] {
    guard count < groups.count else { return values }
    var sums = [Double](repeating: 0, count: values.count / groups.count * count)
    for (place, value) in values.enumerated() {
      sums[place / groups.count * count + groups[place % groups.count]] += value
    }
    return sums
  }

  /// Whether counts by a context differ from what is usual by more than noise explains.
  /// - Parameter base: the shares of the drawn groups, whatever the context.
  func says(_ counts: NoisyRows, base: [Double]) -> Bool {
    let usual = sums(base)
    let cells = Double(counts.values.count)
    let distance = stride(from: 0, to: counts.values.count, by: count).reduce(0.0) { sum, start in
      let block = counts.values[start..<start + count]
      let total = block.reduce(0, +)
      return sum
        + zip(block, usual).reduce(0) {
          let difference = $1.0 - $1.1 * total
          return $0 + difference * difference
        }
    }
    return distance > counts.variance * (cells + (2 * cells).squareRoot())
  }

  /// Returns the factors by which a context changes the shares of a variable. A factor is drawn
  /// towards 1 as far as the noise is large beside the count that is expected without the context:
  /// a product of faint ones would say much about nothing.
  func parent(_ context: Context, _ counts: NoisyRows, base: [Double]) -> ChainParent {
    let usual = sums(base)
    let refined = Conditionals.refined(
      prior: usual, counts: counts.values, variance: counts.variance, own: count)
    let spread = Self.spreads * counts.variance.squareRoot()
    let size = counts.values.count / count
    var (shares, factors): ([Double], [Double]) = ([], [])
    for code in 0..<size {
      let cells = code * count..<(code + 1) * count
      let total = max(counts.values[cells].reduce(0, +), 0)
      let found = zip(refined[cells], usual).map { share, usual in
        (share * total + spread) / (usual * total + spread)
      }
      let spelt = groups.map { found[$0] }
      let weights = zip(base, spelt).map { $0 * $1 }
      let sum = weights.reduce(0, +)
      factors += spelt
      shares += sum > 0 ? weights.map { $0 / sum } : base
    }
    return ChainParent(context: context, size: size, shares: shares, factors: factors)
  }
}
