import Foundation
import HubPages

/// Pictures of invented numbers with as much noise as a plan expects: what a column and a pair of
/// columns could look like at a price. No row of anybody is behind them.
package enum Rehearsal {
  /// The shares of an invented column.
  package static let column: [Double] = normalised([3, 6, 11, 16, 19, 17, 12, 8, 5, 3])

  /// The shares of an invented pair: most rows are near the diagonal.
  package static let pair: [Double] = normalised(
    (0..<side * side).map { exp(-pow(Double($0 / side - $0 % side), 2) / 2.2) })
  static let side = 7

  /// Adds noise to shares, such that this share of the rows is in the wrong cell.
  ///
  /// As in a release, every cell gets noise of one size, none is left below zero, and the whole is
  /// scaled to one. The noise is the same for all prices, so that pictures differ by its size.
  /// - Parameter error: The total variation distance, 0 to 1. If noise alone is nearer than that,
  ///   what comes out is noise alone.
  package static func noisy(_ shares: [Double], error: Double) -> [Double] {
    let noise = noise(shares.count)
    func result(_ size: Double) -> [Double] {
      normalised(zip(shares, noise).map { max(0, $0 + size * $1) })
    }
    var (low, high) = (0.0, 1e4)
    for _ in 0..<80 {
      let size = (low + high) / 2
      if distance(shares, result(size)) < error { low = size } else { high = size }
    }
    return result(low)
  }

  package static func distance(_ one: [Double], _ other: [Double]) -> Double {
    zip(one, other).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }

  private static func normalised(_ weights: [Double]) -> [Double] {
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// Numbers that look like noise, always the same: sums of twelve numbers from 0 to 1, less 6.
  private static func noise(_ count: Int) -> [Double] {
    var state: UInt64 = 24
    return (0..<count).map { _ in
      (0..<12).reduce(-6.0) { sum, _ in
        state = (state &* 1_103_515_245 &+ 12_345) % 2_147_483_648
        return sum + Double(state) / 2_147_483_648
      }
    }
  }

  // MARK: Pictures

  /// The invented table itself, and the same at each price.
  package static func sketches(_ plans: [Reply.Plan], chosen: Double?) -> [Sketch] {
    let original = Sketch(
      "Before noise", text: "Invented: nobody is in it.",
      [
        bars(column, label: "Bars of an invented column", text: "A column: an invented one."),
        squares(
          pair, label: "Squares of two invented columns that go together",
          text: "A pair: two invented columns that go together."),
      ])
    return [original]
      + plans.map { plan in
        Sketch(
          "ε \(number(plan.epsilon))", isMain: plan.epsilon == chosen,
          text: "A guess is right \(plan.guess) of the time at most.",
          [
            bars(
              noisy(column, error: plan.columnError),
              label: "The same bars at epsilon \(number(plan.epsilon))",
              text: "A column: \(wrong(plan.columnError)) in the wrong bar."),
            squares(
              noisy(pair, error: plan.pairError),
              label: "The same squares at epsilon \(number(plan.epsilon))",
              text: "A pair: \(wrong(plan.pairError)) in the wrong square."),
          ])
      }
  }

  static func number(_ value: Double) -> String { String(format: "%.4g", value) }

  /// A share of the rows in words, such as `7 of 100 rows are`.
  package static func wrong(_ error: Double) -> String {
    let count = Int((100 * min(1, error)).rounded())
    switch count {
    case 0: return "fewer than 1 of 100 rows are"
    case 1: return "1 of 100 rows is"
    case 100...: return "nearly all rows are"
    default: return "\(count) of 100 rows are"
    }
  }

  private static let size = 140

  private static func bars(_ shares: [Double], label: String, text: String) -> Sketch.Part {
    let width = Double(size) / Double(shares.count)
    let most = (column.max() ?? 1) * 1.5
    func mark(_ kind: Sketch.Mark.Kind, _ index: Int, _ share: Double) -> Sketch.Mark {
      let height = 80 * min(1, share / most)
      return Sketch.Mark(
        kind, x: Double(index) * width + 1, y: 82 - height, width: width - 2, height: height)
    }
    return Sketch.Part(
      label: label, text: text, width: size, height: 84,
      shares.indices.map { mark(.bar, $0, shares[$0]) }
        + column.indices.map { mark(.outline, $0, column[$0]) })
  }

  private static func squares(_ shares: [Double], label: String, text: String) -> Sketch.Part {
    let width = Double(size) / Double(side)
    let most = (pair.max() ?? 1) * 1.3
    return Sketch.Part(
      label: label, text: text, width: size, height: size,
      shares.indices.map { index in
        Sketch.Mark(
          .cell, x: Double(index % side) * width + 0.5, y: Double(index / side) * width + 0.5,
          width: width - 1, height: width - 1,
          shade: 0.06 + 0.94 * min(1, shares[index] / most))
      })
  }
}
