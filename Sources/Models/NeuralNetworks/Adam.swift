import Foundation
import VectorKernels

/// The optimiser of Kingma and Ba (2015), over one flat vector of parameters.
package final class Adam: @unchecked Sendable {
  package struct Settings: Sendable, Equatable, Codable {
    package var rate: Float
    package var beta1: Float
    package var beta2: Float
    package var epsilon: Float

    package init(rate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
      (self.rate, self.beta1, self.beta2, self.epsilon) = (rate, beta1, beta2, epsilon)
    }
  }

  package var settings: Settings
  package private(set) var steps = 0
  /// The running means of the gradient and of its square.
  package let first: FloatBuffer
  package let second: FloatBuffer

  package init(count: Int, settings: Settings) {
    self.settings = settings
    first = FloatBuffer(count: count)
    second = FloatBuffer(count: count)
  }

  /// Continues from a checkpoint.
  package func resume(at steps: Int) { self.steps = steps }

  /// Takes one step against the gradient.
  package func step(_ parameters: FloatBuffer, gradient: FloatBuffer) {
    precondition(
      parameters.count == first.count && gradient.count == first.count,
      "a gradient of another network")
    steps += 1
    let correction1 = 1 - Float(pow(Double(settings.beta1), Double(steps)))
    let correction2 = 1 - Float(pow(Double(settings.beta2), Double(steps)))
    fk_adam(
      parameters.base, first.base, second.base, gradient.base, parameters.count, settings.rate,
      settings.beta1, settings.beta2, correction1,
      correction2, settings.epsilon)
  }
}
