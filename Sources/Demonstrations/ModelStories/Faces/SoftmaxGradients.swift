import Curation
import Foundation

/// Rows as gradients of a softmax regression (multinomial logistic): the shades of a picture around
/// grey, and a 1, times the error of each person's probability.
///
/// The first variables are the pixels. Every sum runs over the row's own codes in one fixed order,
/// and nothing of the row is kept.
package final class SoftmaxGradients: GradientComputation {
  package let blocks: [GradientBlock]
  package let rowCapacity: Int
  private let pixels: Int
  private let people: Int
  private let personColumn: Int
  private var weights: FaceWeights
  private var chances: [Float]

  /// - Parameter personColumn: the variable that says whose picture a row is.
  package init(pixels: Int, people: Int, personColumn: Int, rowCapacity: Int) {
    (self.pixels, self.people, self.rowCapacity) = (pixels, people, rowCapacity)
    self.personColumn = personColumn
    blocks = [GradientBlock(inputs: pixels, outputs: people, hasBias: true)]
    weights = FaceWeights(pixels: pixels, people: people)
    chances = [Float](repeating: 0, count: people)
  }

  /// Sets the weights of the next step.
  package func move(to weights: FaceWeights) { self.weights = weights }

  package func differentiate(_ codes: Span<UInt16>, rows: Int, into factors: GradientFactors) {
    guard let inputs = factors.inputs(0).baseAddress, let outputs = factors.outputs(0).baseAddress
    else { return }
    let stride = codes.count / rows
    for row in 0..<rows {
      let place = row * stride
      let (input, output) = (inputs + row * pixels, outputs + row * people)
      for pixel in 0..<pixels { input[pixel] = FaceWeights.value(codes[place + pixel]) }
      weights.chances(UnsafeBufferPointer(start: input, count: pixels), into: &chances)
      for person in 0..<people { output[person] = chances[person] }
      let person = Int(codes[place + personColumn])
      if person < people { output[person] -= 1 }
    }
    for person in chances.indices { chances[person] = 0 }
  }
}

/// The weights of a softmax regression on pictures: one picture of weights for each person.
package struct FaceWeights: Sendable {
  package let pixels: Int
  package let people: Int
  /// `[pixels and the bias, people]`.
  package var values: [Float]

  package init(pixels: Int, people: Int) {
    (self.pixels, self.people) = (pixels, people)
    values = [Float](repeating: 0, count: (pixels + 1) * people)
  }

  /// A shade as a number around 0.
  package static func value(_ shade: UInt16) -> Float { Float(shade) / 31 - 0.5 }

  /// Writes the probability of each person for a picture.
  func chances(_ picture: UnsafeBufferPointer<Float>, into chances: inout [Float]) {
    for person in 0..<people { chances[person] = values[pixels * people + person] }
    for pixel in 0..<pixels {
      let (value, start) = (picture[pixel], pixel * people)
      for person in 0..<people { chances[person] += value * values[start + person] }
    }
    var most = -Float.infinity
    for person in 0..<people { most = max(most, chances[person]) }
    var sum: Float = 0
    for person in 0..<people {
      chances[person] = expf(chances[person] - most)
      sum += chances[person]
    }
    for person in 0..<people { chances[person] /= sum }
  }

  package func chances(_ picture: [Float]) -> [Float] {
    var chances = [Float](repeating: 0, count: people)
    picture.withUnsafeBufferPointer { self.chances($0, into: &chances) }
    return chances
  }

  /// The person whom the model sees in a picture.
  func guess(_ picture: [Float]) -> Int? {
    let chances = chances(picture)
    return chances.indices.max { chances[$0] < chances[$1] }
  }
}
