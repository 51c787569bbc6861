/// The weights of a scorecard, arranged so that one product of polynomials scores every record of
/// a block: w0 - w1 X^8191 - w2 X^8190 - …
///
/// If record k lies at the coefficients kd to kd + d - 1 of a block, coefficient kd of the product
/// is its score: the term of w_j pairs with coefficient kd + j only, and X^8192 = -1.
package struct WeightPolynomial: ~Copyable {
  /// The number of weights, which is the spacing d of the records.
  package let spacing: Int
  /// A constant that is added to each score.
  let intercept: Int64
  /// The weights, transformed.
  package let element: RingElement

  /// - Parameter weights: From 1 to 8,192 weights whose magnitudes sum to at most
  ///   ``LatticeParameters/largestWeightSum``.
  package init(_ weights: [Int64], intercept: Int64) {
    precondition(!weights.isEmpty && weights.count <= LatticeParameters.degree)
    precondition(weights.reduce(0) { $0 + abs($1) } <= LatticeParameters.largestWeightSum)
    precondition(abs(intercept) < LatticeParameters.scoreLimit)
    spacing = weights.count
    self.intercept = intercept
    var element = RingElement()
    for prime in 0...1 {
      let (ring, target) = (PrimeRing.both[prime], element.residues(prime))
      target[0] = ring.residue(weights[0])
      for place in 1..<weights.count {
        target[LatticeParameters.degree - place] = ring.residue(-weights[place])
      }
    }
    element.transform()
    self.element = element
  }
}
