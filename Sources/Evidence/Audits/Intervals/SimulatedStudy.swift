import Basics
import Encoding
import EncryptedScoring
import Foundation
import Tables

/// An invented study with known relations, from which tables of any size are drawn: people with an
/// age, a weight, habits, a diagnosis, costs, and a follow-up that ends with an event or without.
enum SimulatedStudy {
  static let schema = Schema(
    name: "simulated study", approximateRows: 10_000,
    columns: [
      ColumnSchema(name: "age", type: .integer, bounds: .declared(18...90)),
      ColumnSchema(name: "sex", type: .category, categories: .declared(["F", "M"])),
      ColumnSchema(name: "smoker", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
      ColumnSchema(
        name: "centre", type: .category, categories: .declared(["Ashby", "Corby", "Derby"])),
      ColumnSchema(name: "bmi", type: .decimal(fractionDigits: 1), bounds: .declared(150...450)),
      ColumnSchema(name: "cost", type: .integer, bounds: .declared(0...2000)),
      ColumnSchema(name: "ill", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
      ColumnSchema(name: "visits", type: .integer, bounds: .declared(0...15)),
      ColumnSchema(name: "months", type: .integer, bounds: .declared(0...60)),
      ColumnSchema(name: "died", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
    ])

  static var blueprint: Blueprint {
    do { return try Blueprint(schema: schema) } catch {
      preconditionFailure("the schema of the simulated study is sound")
    }
  }

  /// A model of illness that is near the truth, and not right.
  static func card() throws -> Scorecard {
    try Scorecard(
      name: "illness", link: .logistic, intercept: -3.2,
      columns: [
        ScoredColumn(
          name: "age", shape: .bins(edges: [40, 55, 70]), points: [-0.7, -0.2, 0.3, 0.8]),
        ScoredColumn(
          name: "bmi", shape: .number(minimum: 15, maximum: 45), points: [0.05]),
        ScoredColumn(name: "smoker", shape: .categories(["no", "yes"]), points: [0, 0.6]),
      ])
  }

  /// One bin for each value, so that nothing is lost.
  static var wholeDomain: Domain {
    let codecs = schema.columns.map { column -> Codec in
      if case .declared(let labels) = column.categories {
        return .labels(LabelCodec(labels: labels, otherLabel: nil, hasMissing: false))
      }
      let range: ClosedRange<Int64> =
        if case .declared(let bounds) = column.bounds { bounds } else { 0...1 }
      let bins = range.map {
        OrderedCodec.Bin(shape: [OrderedCodec.Piece(low: $0, high: $0, weight: 1)])
      }
      return .ordered(OrderedCodec(bins: bins, hasMissing: false))
    }
    return Domain(variables: blueprint.variables, codecs: codecs)
  }

  /// Returns codes in ``wholeDomain``, one array for each column.
  static func codes(rows: Int, seed: UInt64) -> [[UInt16]] {
    var generator = SamplingGenerator(seed: seed, stream: 77)
    var columns = [[UInt16]](repeating: [], count: schema.columns.count)
    for index in columns.indices { columns[index].reserveCapacity(rows) }
    for _ in 0..<rows {
      for (index, code) in person(&generator).enumerated() { columns[index].append(UInt16(code)) }
    }
    return columns
  }

  /// Returns the table of some codes.
  static func table(_ codes: [[UInt16]]) -> Table {
    var generator = SamplingGenerator(seed: 0)
    let columns = zip(schema.columns, zip(wholeDomain.codecs, codes)).map { column, pair in
      column.filled(with: pair.0.decode(pair.1, using: &generator))
    }
    return Table(columns: columns)
  }

  private static func person(_ generator: inout SamplingGenerator) -> [Int] {
    func chance(_ predictor: Double) -> Bool { generator.unit() < 1 / (1 + exp(-predictor)) }
    func spread() -> Double {
      var sum = -3.0
      for _ in 0..<6 { sum += generator.unit() }
      return sum * 2.0.squareRoot()
    }
    func flag(_ isTrue: Bool, _ weight: Double) -> Double { isTrue ? weight : 0 }
    let age = bounded(54 + 15 * spread(), 18...90).rounded()
    let late = age - 54
    let isMan = generator.unit() < 0.47
    let smokes = chance(-1.2 + flag(isMan, 0.4) - 0.01 * late)
    let place = generator.unit()
    let centre = place < 0.5 ? 0 : place < 0.8 ? 1 : 2
    let bmi = bounded(27 + 0.03 * late + flag(isMan, 0.6) + 4.5 * spread(), 15...45)
    let heavy = bmi - 27
    let isIll = chance(-2 + 0.03 * late + 0.06 * heavy + flag(smokes, 0.7))
    let mean = 600 + 5 * late + 12 * heavy + flag(smokes, 60) + flag(isIll, 150)
    let cost = bounded(mean + 180 * spread(), 0...2000)
    let visits = count(mean: exp(0.7 + 0.008 * late + flag(isIll, 0.5)), &generator)
    let hazard = exp(-4.4 + 0.03 * late + flag(isIll, 0.8) + flag(isMan, 0.2))
    let death = -log(1 - generator.unit()) / hazard
    let end = 12 + 48 * generator.unit()
    let months = min(death, end, 60)
    return [
      Int(age) - 18, isMan ? 1 : 0, smokes ? 1 : 0, centre, Int((bmi * 10).rounded()) - 150,
      Int(cost.rounded()), isIll ? 1 : 0, visits,
      Int(months.rounded(.up)), death <= min(end, 60) ? 1 : 0,
    ]
  }

  private static func bounded(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    min(max(value, range.lowerBound), range.upperBound)
  }

  /// Returns a draw of Poisson's distribution, at most 15.
  private static func count(mean: Double, _ generator: inout SamplingGenerator) -> Int {
    var (count, term) = (0, exp(-mean))
    var rest = generator.unit()
    while rest > term, count < 15 {
      rest -= term
      count += 1
      term *= mean / Double(count)
    }
    return count
  }
}
