/// The terms of a model, and the target: how codes become coordinates of the parameters.
package struct Design: Sendable {
  package let terms: [DesignTerm]
  /// The first coordinate of each term.
  package let starts: [Int]
  /// The number of coordinates.
  package let count: Int
  /// The number of variables of the domain.
  let variables: Int
  /// The target's variable.
  let target: Int
  package let scale: TargetScale
  /// The noisy number of rows.
  let total: Double

  package init(
    terms: [DesignTerm], variables: Int, target: Int, scale: TargetScale, total: Double
  ) {
    self.terms = terms
    var next = 0
    starts = terms.map { term in
      defer { next += term.slotCount }
      return next
    }
    count = next
    (self.variables, self.target, self.scale, self.total) = (variables, target, scale, total)
  }

  /// The origin and the unit of each coordinate.
  var standards: [DesignTerm.Standard] { terms.flatMap(\.standards) }

  /// The length of a row's standardised numbers and of the 1 beside them: the root of its mean
  /// square, about. Rows with rare cells are longer.
  var rowLength: Double { Double(count + 1).squareRoot() }

  /// The noisy sum of squares of each coordinate.
  var weights: [Double] { terms.flatMap(\.weights) }

  /// The prior standard deviation of each coordinate, in the target's own unit: moderate effects. A
  /// number's coordinate spans three standard deviations of it.
  var priors: [Double] {
    terms.flatMap { term in
      (0..<term.slotCount).map { term.isNumber && $0 == 0 ? 3 * Self.prior : Self.prior }
    }
  }

  private static let prior = 0.35

  /// Returns the ridge of each coordinate: what the prior asks, more where noise of this variance
  /// on the sum of standardised gradients would drown the coordinate's rows.
  ///
  /// With curvature h, prior variance v and noise variance s, the estimate with ridge r has the
  /// mean squared error (r² v + s) / (h + r)², which r = s / (h v) makes least.
  func ridge(noise variance: Double) -> [Double] {
    zip(zip(weights, standards), priors).map { coordinate, prior in
      let curvature = max(coordinate.0, 1) * scale.slope
      let least = scale.variance / (prior * prior)
      let own = variance * coordinate.1.unit * coordinate.1.unit
      return max(own / (curvature * prior * prior), least)
    }
  }

  /// Returns the parameters moved so that the points of each column's bins or categories are 0 on
  /// average over the rows, and the shift of the intercept that makes up for it.
  func centred(_ parameters: [Double]) -> (parameters: [Double], shift: Double) {
    var (centred, shift) = (parameters, 0.0)
    for (term, start) in zip(terms, starts) where !term.isNumber {
      let mean = term.means.indices.reduce(0) { $0 + term.means[$1] * parameters[start + $1] }
      for slot in 0..<term.slotCount { centred[start + slot] -= mean }
      shift += mean
    }
    return (centred, shift)
  }

  /// The variance of the sum of points over rows whose columns are unrelated.
  func spread(of parameters: [Double]) -> Double {
    zip(terms, starts).reduce(0) { sum, pair in
      let (term, start) = pair
      let points = term.entries.map { parameters[start + $0.slot] * $0.value }
      let rows = max(term.rows, 1)
      let mean = zip(points, term.counts).reduce(0) { $0 + $1.0 * max($1.1, 0) } / rows
      return sum
        + zip(points, term.counts).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * max($1.1, 0) }
        / rows
    }
  }
}
