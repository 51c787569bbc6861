import NeuralNetworks

/// The source from which the critic learns about real rows.
package enum RealSide {
  /// Unprotected rows: the owner chose to train without a guarantee.
  case rows(TrainingRows)
  /// Sums of clipped gradients with noise from the curator.
  case noisy(any NoisyCriticism)
}

/// The real rows' part of the critic's gradient, as a private mechanism releases it.
package protocol NoisyCriticism: AnyObject {
  /// The norm to which the gradient of a unit is clipped.
  var clip: Float { get }
  /// Takes a step: adds the mean gradient of the real rows' losses at the critic's current
  /// parameters, with noise.
  func addGradient(to gradient: FloatBuffer)
}
