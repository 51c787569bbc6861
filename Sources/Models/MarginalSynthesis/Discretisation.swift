/// How finely the models tell ordered values apart.
public enum Discretisation {
  /// The bins of an ordered variable, from about how many rows there are and the standard deviation of the noise on each count of its
  /// one-way histogram: finer bins need marginals with more cells, which drown in noise sooner. Both arguments are public.
  ///
  /// The rule and its constants were fixed on public tables (docs/decisions/0004-discretisation.md).
  public static func binCount(total: Double, sigma: Double) -> Int {
    let signal = max(total / max(sigma, 1e-9), 1)
    return Int(min(max(5 * signal.squareRoot().squareRoot(), 4), 48))
  }
}
