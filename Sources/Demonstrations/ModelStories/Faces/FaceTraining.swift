import Accounting
import Curation
import Encoding
import Ledger
import Tables

/// Trains a softmax regression on pictures of people, with and without a guarantee for each
/// picture.
struct FaceTraining {
  let pictures: [[UInt8]]
  let people: [Int]
  let count: Int
  let shades: Int

  private static let steps = 300
  private static let privateSteps = 100
  /// Per picture, for gradients that are means over pictures.
  private static let rate: Float = 0.2
  private static let privateRate: Float = 0.02
  /// Gradients are clipped to this length; those of one picture are up to about six long.
  private static let clip = 4.0

  private var pixels: Int { pictures.first?.count ?? 0 }

  /// Full steps of plain descent.
  func plain() -> FaceWeights {
    var weights = FaceWeights(pixels: pixels, people: count)
    let inputs = pictures.map { $0.map { FaceWeights.value(UInt16($0)) } }
    for _ in 0..<Self.steps {
      var sum = [Float](repeating: 0, count: weights.values.count)
      for (input, person) in zip(inputs, people) {
        var errors = weights.chances(input)
        errors[person] -= 1
        for (pixel, value) in (input + [1]).enumerated() {
          for other in errors.indices { sum[pixel * count + other] += value * errors[other] }
        }
      }
      weights.descend(along: sum, rate: Self.rate / Float(pictures.count))
    }
    return weights
  }

  /// Noisy sums of clipped gradients.
  func privately(epsilon: Double, delta: Double) throws -> FaceWeights {
    var weights = FaceWeights(pixels: pixels, people: count)
    let delta = try Delta(delta)
    let training = delta.share(0.1)
    let rho = LedgerBalance.reservation(
      epsilon: epsilon, delta: delta.value, eventDelta: training.value)
    let plan = try NoisyGradientPlan.calibrated(
      samplingRate: 1, steps: Self.privateSteps, coordinates: weights.values.count,
      rho: Rho(checked: rho * (1 - 1e-6)), delta: training)
    let computation = SoftmaxGradients(
      pixels: pixels, people: count, personColumn: pixels, rowCapacity: min(pictures.count, 512))
    let run = try curator().noisyGradients(plan, clip: Self.clip, of: computation)
    var sum = [Float](repeating: 0, count: plan.coordinates)
    for _ in 0..<plan.steps {
      computation.move(to: weights)
      run.step(into: &sum)
      weights.descend(along: sum, rate: Self.privateRate / Float(pictures.count))
    }
    return weights
  }

  /// The pictures as rows: a column for each pixel, and one for the person.
  private func curator() throws -> Curator {
    let tops = [Int](repeating: shades - 1, count: pixels) + [count - 1]
    let columns = tops.enumerated().map { index, top in
      ColumnSchema(
        name: index < pixels ? "p\(index)" : "person", type: .integer,
        bounds: .declared(0...Int64(top)))
    }
    let table = Table(
      columns: columns.enumerated().map { index, column in
        column.filled(
          with: .ticks(
            index < pixels
              ? pictures.map { Int64($0[index]) } : people.map(Int64.init)))
      })
    let blueprint = try Blueprint(schema: Schema(name: "faces", columns: columns))
    let curator = Curator(
      SensitiveTable(table: table), blueprint: blueprint, budget: StoryBudget())
    curator.adopt(
      Domain(
        variables: blueprint.variables,
        codecs: tops.map { top in
          .ordered(
            OrderedCodec(
              bins: (0...Int64(top)).map { .init(shape: [.init(low: $0, high: $0, weight: 1)]) },
              hasMissing: false))
        }))
    return curator
  }
}

extension FaceWeights {
  fileprivate mutating func descend(along sum: [Float], rate: Float) {
    for index in values.indices { values[index] -= rate * sum[index] }
  }
}
