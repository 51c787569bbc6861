/// The scale of the noise on gradient sums, in steps of their grid.
package enum GradientNoise {
  package static let sigmaBits = 24
  /// The standard deviation: 2^24.
  package static let sigma = 1 << sigmaBits
  /// The distances by which one privacy unit may move a sum: a noise multiplier between 0.25 and
  /// 4096.
  package static let sensitivities = (sigma / 4096)...(4 * sigma)
}
