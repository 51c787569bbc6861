import NeuralNetworks

/// Where the critic learns what real rows look like.
package enum RealSide {
  /// From rows as they are: the owner chose to train without a guarantee.
  case rows(TrainingRows)
  /// From sums of clipped gradients with noise that the curator gives.
  case noisy(any NoisyCriticism)
}

/// The real rows' part of the critic's gradient, as a private mechanism gives it.
package protocol NoisyCriticism: AnyObject {
  /// To what length the gradient of a unit is clipped.
  var clip: Float { get }
  /// Takes a step: adds the mean gradient of the real rows' losses at the critic's current parameters, with noise.
  func addGradient(to gradient: FloatBuffer)
}
