/// The resolution at which the models tell ordered values apart.
package enum Discretisation {
  /// Returns the number of bins of an ordered variable, from the approximate row count and the
  /// standard deviation of the noise on its one-way counts: finer bins need marginals with more
  /// cells, which drown in noise sooner. Both arguments are public.
  ///
  /// The rule and its constants were fixed on public tables
  /// (docs/decisions/0004-discretisation.md).
  package static func binCount(total: Double, sigma: Double) -> Int {
    let signal = max(total / max(sigma, 1e-9), 1)
    return Int(min(max(5 * signal.squareRoot().squareRoot(), 4), 48))
  }
}
