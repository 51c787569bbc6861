import Foundation

/// How often two values are in the same set, and the factors by which one in a set makes another
/// more or less likely.
package struct PairModel: Sendable, Codable {
  /// The drawn groups that are paired.
  package var codes: [Int]
  /// Noisy counts of pairs: the upper triangle row by row with the diagonal.
  package var counts: [Double]
  /// The variance of the noise on each count.
  package var variance: Double
  /// The length to which the pairs of one person were shortened.
  package var clip: Double
  /// The factor of each value given each other, by place; row by row.
  package var factors: [Double]

  /// Returns the place of each drawn group; nil if it is not paired.
  func places(of groups: Int) -> [Int?] {
    var places = [Int?](repeating: nil, count: groups)
    for (place, code) in codes.enumerated() { places[code] = place }
    return places
  }

  /// Returns the place of a pair in the triangle.
  func cell(_ first: Int, _ second: Int) -> Int {
    let (low, high) = (min(first, second), max(first, second))
    return low * codes.count - low * (low - 1) / 2 + high - low
  }
}

/// Fits the factors of pairs so that drawn sets have as many of each pair as was measured, as far
/// as the noise lets know. It reads paid answers and drawn rows alone.
struct PairFit {
  /// The pairs that were measured, drawn towards those of sets without factors.
  private let wanted: [Double]

  private static let step = 0.3
  private static let range = 0.05...20.0

  /// - Parameter usual: the pairs of sets that were drawn without factors, counted as the curator
  ///   counts.
  init(_ model: PairModel, usual: [Double]) {
    let scaled = Self.scaled(usual, to: model)
    // How far pairs depart from the usual, in parts of it, beyond noise.
    var (square, weight) = (0.0, 0.0)
    for first in model.codes.indices {
      for second in first + 1..<max(model.codes.count, first + 1) {
        let cell = model.cell(first, second)
        let distance = model.counts[cell] - scaled[cell]
        square += distance * distance - model.variance
        weight += scaled[cell] * scaled[cell]
      }
    }
    let spread = weight > 0 ? max(square, 0) / weight : 0
    // How often each is alone is known better from the rows than from the pairs.
    let alone = Set(model.codes.indices.map { model.cell($0, $0) })
    wanted = scaled.indices.map { cell in
      let (usual, count) = (scaled[cell], model.counts[cell])
      if alone.contains(cell) { return usual }
      let signal = spread * usual * usual
      let share = signal > 0 ? signal / (signal + model.variance) : 0
      return max(usual + share * (count - usual), usual * Self.range.lowerBound)
    }
  }

  /// Returns counts of drawn sets on the scale of those that were measured.
  private static func scaled(_ counts: [Double], to model: PairModel) -> [Double] {
    let alone = model.codes.indices.map { model.cell($0, $0) }
    let drawn = alone.reduce(0) { $0 + counts[$1] }
    let measured = alone.reduce(0) { $0 + max(model.counts[$1], 0) }
    return counts.map { drawn > 0 ? $0 * measured / drawn : 0 }
  }

  /// Returns the model with factors nearer to what was measured.
  /// - Parameter drawn: the pairs of sets drawn with the model.
  func improved(_ model: PairModel, by drawn: [Double]) -> PairModel {
    let count = model.codes.count
    // Beside how often each is alone, which is fitted apart: both at once would correct it twice.
    let alone = (0..<count).map { place -> Double in
      let cell = model.cell(place, place)
      return wanted[cell] > 0 && drawn[cell] > 0 ? wanted[cell] / drawn[cell] : 0
    }
    let total = alone.reduce(0, +) / Double(max(alone.count { $0 > 0 }, 1))
    var model = model
    for first in 0..<count {
      for second in first + 1..<max(count, first + 1) {
        let cell = model.cell(first, second)
        let expected = total > 0 ? drawn[cell] * alone[first] * alone[second] / total : 0
        guard expected > 0, wanted[cell] > 0 else { continue }
        let factor =
          model.factors[first * count + second] * pow(wanted[cell] / expected, Self.step)
        let bounded = min(max(factor, Self.range.lowerBound), Self.range.upperBound)
        model.factors[first * count + second] = bounded
        model.factors[second * count + first] = bounded
      }
    }
    return model
  }
}

extension ChainDrawing {
  /// Counts the pairs of drawn sets as the curator counts them.
  func pairs(of model: PairModel, variable: Int) -> [Double] {
    guard let link = table.chain.first(where: { $0.variable == variable }) else { return [] }
    let places = model.places(of: link.base.count)
    var counts = [Double](repeating: 0, count: model.counts.count)
    for owner in 0..<max(rows.starts.count - 1, 0) {
      let present = Set(
        rows.codes[variable][rows.starts[owner]..<rows.starts[owner + 1]].compactMap {
          places[max(link.drawn.groups[Int($0)], 0)]
        }
      ).sorted()
      let length = Double(present.count * (present.count + 1) / 2).squareRoot()
      let part = length > model.clip ? model.clip / length : 1
      for (index, first) in present.enumerated() {
        for second in present[index...] { counts[model.cell(first, second)] += part }
      }
    }
    return counts
  }
}
