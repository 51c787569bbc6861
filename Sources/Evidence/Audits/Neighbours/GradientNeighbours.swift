import Accounting
import AdversarialSynthesis
import Curation
import Encoding
import Foundation
import NeuralNetworks
import Tables

/// Tests whether one more person changes other people's gradients, which no file of a release can
/// show.
///
/// Noise is calibrated for a clipped sum that one person moves by at most D, whatever parameters
/// earlier steps left behind (docs/proofs/noisy-gradient.md). An adversary therefore chooses the
/// parameters here: the biases put every hidden unit of the first layer at the kink of its
/// rectifier, between the values that the products give a row in different places of a batch, so
/// that the last bit decides the slope. Then a curator takes a step in which everybody takes part,
/// over a table, over the same table with one more person, and over that person alone. A probe sees
/// the exact sums. They are whole numbers and no chance is involved: the first two must differ by
/// the third, to the last step of the grid, and by at most D.
package struct GradientNeighbours {
  /// Makes the network's side of noisy gradients for the given columns and parameters.
  package typealias Maker = (_ heads: ColumnHeads, _ parameters: FloatBuffer, _ capacity: Int) ->
    any GradientComputation

  private let seed: UInt64
  private let make: Maker

  /// As wide as a typical table of people.
  private static let sizes = [Int](repeating: 20, count: 15)
  private static let heads = ColumnHeads(sizes: sizes)
  private static let width = 64
  /// The number of rows that training puts through the network at once.
  private static let capacity = 512
  /// The claimed length D, in steps of the grid.
  private static let sensitivity = 1 << 22
  /// The numbers of people in the smaller table, some more and some fewer than whole tiles of the
  /// usual kernels.
  private static let people = [505, 64, 511, 5, 440, 100, 1, 127, 503, 250]

  /// - Parameters:
  ///   - seed: determines codes and parameters.
  ///   - make: the program's critic, unless a test supplies another network.
  package init(seed: UInt64, make: @escaping Maker = GradientNeighbours.critic) {
    (self.seed, self.make) = (seed, make)
  }

  /// Returns the program's critic.
  package static func critic(_ heads: ColumnHeads, _ parameters: FloatBuffer, _ capacity: Int)
    -> any GradientComputation
  {
    CriticGradients(heads: heads, width: width, parameters: parameters, rowCapacity: capacity)
  }

  /// Examines the pair of tables with this number, counted from 1.
  /// - Throws: ``GradientError`` if the curator itself refuses the network.
  package func look(at number: Int) throws -> GradientPair {
    let count = Self.people[(number - 1) % Self.people.count]
    let edge = GradientEdge.allCases[(number - 1) % GradientEdge.allCases.count]
    var choices = Choices(seed: seed &* 1_000_003 &+ UInt64(number))
    func person() -> [UInt16] { Self.sizes.map { UInt16(choices.below($0)) } }
    // If all are alike, rows differ in place alone.
    let one = person()
    let people =
      edge == .none
      ? (0...count).map { _ in person() } : [[UInt16]](repeating: one, count: count + 1)
    let parameters = edge.parameters(
      heads: Self.heads, width: Self.width, row: one, rows: count, seed: seed &+ UInt64(number))
    func sum(_ people: ArraySlice<[UInt16]>) throws -> [Int] {
      try Self.sum(people, make(Self.heads, parameters, Self.capacity))
    }
    let (without, with, alone) = (
      try sum(people[..<count]), try sum(people[...]), try sum(people[count...])
    )
    let moved = zip(with, without).reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
      .squareRoot()
    return GradientPair(
      number: number, description: "\(count) people and one more, \(edge.rawValue)",
      moved: moved / Double(Self.sensitivity),
      disturbed: zip(zip(with, without), alone).count { $0.0 - $0.1 != $1 })
  }

  // MARK: The curator's step

  /// Returns the exact sum of everybody's clipped gradients, to which the curator adds its noise.
  private static func sum(_ people: ArraySlice<[UInt16]>, _ computation: any GradientComputation)
    throws -> [Int]
  {
    let blueprint = try Blueprint(schema: schema)
    let probe = SumProbe()
    let curator = Curator(
      audited: SensitiveTable(table: table(people)), blueprint: blueprint, budget: Purse(),
      probe: probe)
    let codec = Codec.labels(LabelCodec(labels: labels, otherLabel: nil, hasMissing: false))
    curator.adopt(Domain(variables: blueprint.variables, codecs: sizes.map { _ in codec }))
    let plan = NoisyGradientPlan(
      samplingRate: 1, steps: 1, coordinates: computation.blocks.reduce(0) { $0 + $1.count },
      sensitivity: sensitivity,
      tail: Delta(checked: 1e-12))
    var sum = [Float](repeating: 0, count: plan.coordinates)
    try curator.noisyGradients(plan, clip: 1, of: computation).step(into: &sum)
    return probe.sum
  }

  private static let labels = (0..<20).map { "code \($0)" }

  private static var schema: Schema {
    Schema(
      name: "people",
      columns: sizes.indices.map {
        ColumnSchema(name: "column \($0)", type: .category, categories: .declared(labels))
      })
  }

  private static func table(_ people: ArraySlice<[UInt16]>) -> Table {
    let dictionary = LabelDictionary(labels)
    return Table(
      columns: schema.columns.enumerated().map { place, column in
        column.filled(with: .labels(codes: people.map { Int32($0[place]) }, dictionary: dictionary))
      })
  }

  /// A probe that keeps the exact sum of a step.
  private final class SumProbe: CuratorProbe {
    private(set) var sum: [Int] = []

    func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer {
      if case .gradients = question, case .counts(let sums) = exact { sum = sums }
      return noisy
    }
  }
}

/// The effect of one more person on a clipped sum of gradients.
package struct GradientPair: Sendable, Codable {
  package let number: Int
  /// The pair in words.
  package let description: String
  /// The length by which the sum moved, as a share of the claimed length.
  package let moved: Double
  /// The number of coordinates that moved by anything but that person's own gradient.
  package let disturbed: Int

  package var isRefuted: Bool { moved > 1 || disturbed > 0 }
}

/// The places at which the adversary puts the hidden units of the first layer.
private enum GradientEdge: String, CaseIterable {
  case middle = "hidden units between the values that their places give"
  case low = "hidden units at the smallest value that a place gives"
  case high = "hidden units at the largest value that a place gives"
  case none = "parameters of the start"

  /// Returns parameters for the critic.
  ///
  /// - Parameters:
  ///   - row: the codes that everybody has.
  ///   - rows: the length of the batch.
  func parameters(heads: ColumnHeads, width: Int, row: [UInt16], rows: Int, seed: UInt64)
    -> FloatBuffer
  {
    let critic = Architecture.critic(heads: heads, width: width)
    let parameters = FloatBuffer(count: critic.parameterCount)
    var noise = NoiseStream(key: seed)
    critic.initialise(parameters.base, using: &noise)
    if self != .none, let first = critic.layers.first {
      place(first, of: parameters, heads: heads, row: row, rows: rows)
    }
    return parameters
  }

  /// Sets each bias to minus a value that the products of people's rows give. These products are
  /// under test.
  private func place(
    _ first: any Layer, of parameters: FloatBuffer, heads: ColumnHeads, row: [UInt16], rows: Int
  ) {
    let pass = NetworkPass(Chain([first]), capacity: rows, products: .ofRealRows)
    for place in 0..<rows {
      for (column, code) in row.enumerated() {
        pass.input.base[place * heads.width + Int(heads.starts[column]) + Int(code)] = 1
      }
    }
    pass.forward(rows: rows, parameters: parameters)
    let width = first.outputWidth
    for unit in 0..<width {
      let values = (0..<rows).map { pass.output.base[$0 * width + unit] }
      let (least, largest) = (values.min() ?? 0, values.max() ?? 0)
      let value =
        switch self {
        case .low: least
        case .high: largest
        case .middle, .none: (least + largest) / 2
        }
      // The biases follow the weights and start at zero.
      parameters.base[first.parameterCount - width + unit] = -value
    }
  }
}
