/// Noisy counts over the groups of some axes, with the variance of their noise: all that the
/// analyses of counts rest on.
///
/// Counts may be negative and are never clipped: a curve made of clipped counts is biased.
package struct NoisyTable: Sendable {
  /// The number of groups of each axis.
  package let shape: [Int]
  /// Row-major, the last axis fastest.
  package var values: [Double]
  /// The variance of the noise, and of the release's bins, on each value.
  package var noise: [Double]
  /// The covariances of the noise within each group of the first axes, if cells share it; else
  /// empty.
  package private(set) var covariances: [SymmetricMatrix] = []
  /// All people, also those whom no cell counts.
  package let people: Double

  /// - Parameter people: nil if the cells count everybody.
  package init(shape: [Int], values: [Double], noise: [Double], people: Double? = nil) {
    precondition(
      values.count == shape.reduce(1, *) && noise.count == values.count, "one value a cell")
    (self.shape, self.values, self.noise) = (shape, values, noise)
    self.people = people ?? values.reduce(0, +)
  }

  /// - Parameter covariances: of the noise, one matrix for as many values each, in their order.
  package init(shape: [Int], values: [Double], covariances: [SymmetricMatrix]) {
    let noise = covariances.flatMap { matrix in (0..<matrix.count).map { matrix[$0, $0] } }
    self.init(shape: shape, values: values, noise: noise)
    self.covariances = covariances
  }

  /// Returns the same table with other axes.
  package func reshaped(_ shape: [Int]) -> NoisyTable {
    var table = NoisyTable(shape: shape, values: values, noise: noise, people: people)
    table.covariances = covariances
    return table
  }

  /// Takes the groups of axes out of a table over all their codes.
  /// - Parameter sizes: the number of codes of each axis; `values` are over them.
  package init(_ axes: [Axis], codes values: [Double], noise: [Double]) {
    let shape = axes.map(\.count)
    let sizes = axes.map(\.groups.count)
    var (sums, variances) = (
      [Double](repeating: 0, count: shape.reduce(1, *)),
      [Double](repeating: 0, count: shape.reduce(1, *))
    )
    var code = [Int](repeating: 0, count: axes.count)
    for cell in values.indices {
      var rest = cell
      for axis in axes.indices.reversed() {
        code[axis] = rest % sizes[axis]
        rest /= sizes[axis]
      }
      var (target, share) = (0, 1.0)
      for (axis, code) in zip(axes, code) {
        guard let group = axis.groups[code] else {
          share = 0
          break
        }
        target = target * axis.count + group
        share *= axis.shares[code]
      }
      guard share > 0 else { continue }
      sums[target] += share * values[cell]
      // A bin that a condition cuts may hold its rows on either side.
      let doubt = share * (1 - share) * values[cell]
      variances[target] += share * share * noise[cell] + doubt * doubt / 3
    }
    self.init(shape: shape, values: sums, noise: variances, people: values.reduce(0, +))
  }

  /// A statistic with its derivative by every cell.
  package struct Statistic: Sendable {
    package var value: Double
    package var gradient: [Double]
  }

  /// The variance of a statistic.
  package struct Variance: Sendable {
    /// The change that another sample of as many people would make.
    package var sampling: Double
    package var noise: Double
    package var total: Double { sampling + noise }
    /// The part that is due to noise.
    package var noiseShare: Double { total > 0 ? noise / total : 0 }
  }

  /// Returns the variance of a statistic to first order, with the people as a sample of a larger
  /// population: counts vary as those of a multinomial distribution.
  package func variance(of statistic: Statistic) -> Variance {
    var (square, mean) = (0.0, 0.0)
    for cell in values.indices {
      let slope = statistic.gradient[cell]
      square += slope * slope * values[cell]
      mean += slope * values[cell]
    }
    return Variance(
      sampling: max(0, square - (people > 0 ? mean * mean / people : 0)),
      noise: noiseVariance(of: statistic.gradient))
  }

  /// Returns the variance of the noise on a weighted sum of the cells.
  private func noiseVariance(of weights: [Double]) -> Double {
    if covariances.isEmpty { return zip(weights, noise).reduce(0) { $0 + $1.0 * $1.0 * $1.1 } }
    var (variance, first) = (0.0, 0)
    for matrix in covariances {
      let own = Array(weights[first..<first + matrix.count])
      variance += zip(own, matrix.times(own)).reduce(0) { $0 + $1.0 * $1.1 }
      first += matrix.count
    }
    return variance
  }

  /// Returns the quotient of two weighted sums of the cells.
  package func ratio(_ numerator: [Double], over denominator: [Double]) -> Statistic {
    let (above, below) = (dot(numerator), dot(denominator))
    let value = above / below
    return Statistic(
      value: value, gradient: zip(numerator, denominator).map { ($0 - value * $1) / below })
  }

  /// Returns a statistic with a gradient by central differences, for a smooth function.
  package func differentiated(_ function: ([Double]) -> Double, over cells: some Sequence<Int>)
    -> Statistic
  {
    var (moved, gradient) = (values, [Double](repeating: 0, count: values.count))
    for cell in cells {
      let step = max(0.5, abs(values[cell]) * 1e-3)
      moved[cell] = values[cell] + step
      let above = function(moved)
      moved[cell] = values[cell] - step
      gradient[cell] = (above - function(moved)) / (2 * step)
      moved[cell] = values[cell]
    }
    return Statistic(value: function(values), gradient: gradient)
  }

  package func dot(_ weights: [Double]) -> Double {
    zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Returns 1 for the cells that `isIn` accepts by their groups, and 0 for the others.
  package func indicator(_ isIn: ([Int]) -> Bool) -> [Double] { weights { isIn($0) ? 1 : 0 } }

  /// Returns a weight for each cell, by its groups.
  package func weights(_ weight: ([Int]) -> Double) -> [Double] {
    var groups = [Int](repeating: 0, count: shape.count)
    return values.indices.map { cell in
      var rest = cell
      for axis in shape.indices.reversed() {
        groups[axis] = rest % shape[axis]
        rest /= shape[axis]
      }
      return weight(groups)
    }
  }

  /// Whether a group is clearly larger than its noise.
  package func isEnough(_ cells: [Double]) -> Bool {
    dot(cells) > max(4 * noiseVariance(of: cells).squareRoot(), 1)
  }

  /// Returns a share with the interval of the shares that it is compatible with: Wilson's, with the
  /// noise as a further variance.
  /// - Parameter reach: the number of standard errors on each side.
  package func share(_ name: String, _ part: [Double], of whole: [Double], reach: Double) -> Finding
  {
    guard isEnough(whole) else { return Finding(unknown: name, because: Finding.tooFew) }
    let statistic = ratio(part, over: whole)
    let variance = variance(of: statistic)
    let people = dot(whole)
    let square = reach * reach
    let (a, b) = (1 + square / people, -(2 * statistic.value + square / people))
    let c = statistic.value * statistic.value - square * variance.noise
    let root = max(0, b * b - 4 * a * c).squareRoot()
    let (low, high) = ((-b - root) / (2 * a), (-b + root) / (2 * a))
    return Finding(
      name, min(max(statistic.value, 0), 1), low: min(max(0, low), 1), high: min(max(0, high), 1),
      standardError: variance.total.squareRoot(), noiseShare: variance.noiseShare)
  }
}
