import AdversarialSynthesis
import Curation
import Encoding
import Foundation
import ModelStories
import NeuralNetworks
import Prediction
import Testing

/// Every gradient computation of the program. `Tests/TidyTests/OwnerDoor.swift` compares this list
/// with the sources, so a new one must be added here.
struct Examined: Sendable, CustomTestStringConvertible {
  /// How many codes each column has.
  typealias Sizes = [Int]

  let testDescription: String
  /// The computation over columns of these sizes, at these parameters, for up to `capacity` rows;
  /// `row` is the row whose units are at their kinks.
  let make:
    @Sendable (Sizes, CriticParameters, _ row: [UInt16], _ capacity: Int) -> any GradientComputation

  init<Computation: GradientComputation>(
    _ type: Computation.Type,
    make: @escaping @Sendable (Sizes, CriticParameters, [UInt16], Int) -> Computation
  ) {
    testDescription = "\(type)"
    self.make = make
  }

  static let all = [
    Examined(CriticGradients.self) { sizes, kind, row, capacity in
      let heads = ColumnHeads(sizes: sizes)
      return CriticGradients(
        heads: heads, width: 64, parameters: kind.make(heads: heads, width: 64, row: row),
        rowCapacity: capacity)
    },
    Examined(ResidualGradients.self) { sizes, _, row, capacity in
      let gradients = ResidualGradients(design(sizes), rowCapacity: capacity)
      gradients.move(to: parameters(sizes))
      return gradients
    },
    Examined(ScoreCounts.self) { sizes, _, row, capacity in
      // An edge at the sum of the row itself, so that a bit decides its bin.
      let points = parameters(sizes)
      let starts = sizes.indices.map { sizes[..<$0].reduce(0, +) }
      let sum = zip(starts, row).reduce(Float(0)) { $0 + Float(points[$1.0 + Int($1.1)]) }
      return ScoreCounts(
        design(sizes), fitted: FittedPoints(parameters: points, errors: []),
        edges: [-1, Double(sum), Double(sum) + 1],
        rowCapacity: capacity)
    },
    Examined(SoftmaxGradients.self) { sizes, _, _, capacity in
      let (pixels, people) = (sizes.count, sizes.last ?? 1)
      let gradients = SoftmaxGradients(
        pixels: pixels, people: people, personColumn: pixels - 1, rowCapacity: capacity)
      var weights = FaceWeights(pixels: pixels, people: people)
      for index in weights.values.indices { weights.values[index] = Float(sin(Double(index))) }
      gradients.move(to: weights)
      return gradients
    },
  ]

  /// A design that looks at every column, the last of which is the target too.
  private static func design(_ sizes: Sizes) -> Design {
    let terms = sizes.enumerated().map { index, size in
      DesignTerm(
        name: "c\(index)", variable: index, kind: .categories((0..<size).map { "\($0)" }),
        entries: (0..<size).map { .init(slot: $0, value: 1) }, missingSlot: nil, otherSlot: nil,
        slotCount: size, counts: [Double](repeating: 1, count: size))
    }
    let values = (0..<(sizes.last ?? 1)).map { $0 == 5 ? nil : Double($0 % 2) }
    do {
      return Design(
        terms: terms, variables: sizes.count, target: sizes.count - 1,
        scale: try TargetScale(
          .logistic, values: values, counts: values.map { _ in 1 }, target: "t"), total: 1)
    } catch { preconditionFailure("\(error)") }
  }

  private static func parameters(_ sizes: Sizes) -> [Double] {
    (0..<sizes.reduce(0, +)).map { sin(Double($0)) }
  }
}

/// The premise of the proof of noisy gradients: every row is computed by itself.
@Suite struct GradientComputationTests {
  /// As wide as Adult's; two codes each, so that every second element is a one; one column of one
  /// code.
  private static let tables: [[Int]] = [
    [Int](repeating: 20, count: 15), [Int](repeating: 2, count: 9), [1],
  ]

  @Test(arguments: Examined.all, CriticParameters.allCases)
  func aRowHasTheFactorsThatItHasAlone(_ examined: Examined, _ kind: CriticParameters) {
    for sizes in Self.tables {
      let codes = RowsAlone.codes(sizes: sizes, count: 130, seed: 8)
      let found = RowsAlone(examined.make(sizes, kind, codes[0], 130), codes: codes).compare(
        lengths: 1...130)
      #expect(found == RowsAlone.Count(rows: 130 * 131 / 2, changed: 0), "\(sizes)")
    }
  }

  /// Batches as long as those in training.
  @Test(arguments: Examined.all) func longBatchesToo(_ examined: Examined) {
    let sizes = Self.tables[0]
    let codes = RowsAlone.codes(sizes: sizes, count: 511, seed: 9)
    let found = RowsAlone(examined.make(sizes, .edge, codes[0], 512), codes: codes).compare(
      lengths: 440...512)
    #expect(found.changed == 0)
  }

  /// The test of the test: each of these mistakes is caught.
  @Test(arguments: PlantedComputation.Fault.allCases) func aMistakeIsCaught(
    _ fault: PlantedComputation.Fault
  ) {
    let sizes = Self.tables[0]
    let heads = ColumnHeads(sizes: sizes)
    let codes = RowsAlone.codes(sizes: sizes, count: 130, seed: 8)
    let parameters = CriticParameters.edge.make(heads: heads, width: 64, row: codes[0])
    let planted = PlantedComputation(
      fault, heads: heads, width: 64, parameters: parameters, rowCapacity: 130)
    let found = RowsAlone(planted, codes: codes).compare(lengths: 1...130)
    print("planted: \(fault.rawValue): \(found.changed) of \(found.rows) rows change")
    #expect(found.changed > 0 || fault == .library && !LibraryProducts.differ())
  }

  // MARK: The purpose

  /// All persons have the same codes, and the public parameters put the hidden units at their
  /// kinks: one more person moves the clipped sum by that person's gradient, at most D. With the
  /// library's products it moved by 6 D.
  @Test func onePersonMoreMovesTheSumByD() {
    let sizes = Self.tables[0]
    let heads = ColumnHeads(sizes: sizes)
    let row = RowsAlone.codes(sizes: sizes, count: 1, seed: 8)[0]
    let parameters = CriticParameters.edge.make(heads: heads, width: 64, row: row)
    let honest = CriticGradients(heads: heads, width: 64, parameters: parameters, rowCapacity: 512)
    let planted = PlantedComputation(
      .length, heads: heads, width: 64, parameters: parameters, rowCapacity: 512)
    for persons in [1, 5, 64, 100, 503, 504, 511] {
      let moved = Self.move(honest, row: row, persons: persons)
      #expect(moved > 0 && moved <= 1, "\(persons)")
    }
    #expect(Self.move(planted, row: row, persons: 503) > 5)
  }

  private static let sensitivity = 1 << 23

  /// The length of the change of the sum by one more person, in units of D.
  private static func move(_ computation: any GradientComputation, row: [UInt16], persons: Int)
    -> Double
  {
    func sum(_ persons: Int) -> [Double] {
      let factors = GradientFactors(blocks: computation.blocks, rowCapacity: 512)
      let codes = (0..<persons).flatMap { _ in row }
      computation.differentiate(codes.span, rows: persons, into: factors)
      var clipped = ClippedSum(
        blocks: computation.blocks, rowCapacity: 512, sensitivity: sensitivity, clip: 1, unitRows: 1
      )
      var sums = [Double](repeating: 0, count: computation.blocks.reduce(0) { $0 + $1.count })
      sums.withUnsafeMutableBufferPointer {
        clipped.add(factors, rows: persons, units: (0..<persons).map { $0..<$0 + 1 }, to: $0)
      }
      return sums
    }
    let squares = zip(sum(persons + 1), sum(persons)).reduce(0.0) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    }
    return squares.squareRoot() / Double(sensitivity)
  }
}
