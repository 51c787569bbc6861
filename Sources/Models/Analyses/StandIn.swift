import Basics
import Curation
import Encoding
import GraphicalModels
import Tables

/// Rows drawn from a release's model, as the curator would hold them: the public pilot of a
/// question to the real table.
package struct StandIn: Sendable {
  package let domain: Domain
  package let rows: Int
  /// The real people for each row of the stand-in, about.
  package let scale: Double
  private let codes: [[UInt16]]
  private let ticks: [Int: [Int64]]
  /// The weight of each row, 1 on average; nil if all weigh the same.
  private var weights: [Double]?

  /// The rows of a pilot: enough that its own sampling error hardly counts.
  package static let usualRows = 20_000

  /// Draws rows; the same ones at each call.
  package init(_ model: GraphicalModel, domain: Domain, rows: Int = usualRows, seed: UInt64 = 0xA5)
    throws
  {
    let codes = try ModelSampler.sample(model, rows: rows, seed: seed)
    self.init(
      codes: Array(codes.prefix(domain.count)), domain: domain, total: model.total, seed: seed)
  }

  /// - Parameter codes: one array for each variable.
  package init(codes: [[UInt16]], domain: Domain, total: Double, seed: UInt64) {
    self.domain = domain
    self.codes = codes
    rows = codes.first?.count ?? 0
    scale = total / Double(max(rows, 1))
    var ticks: [Int: [Int64]] = [:]
    for (variable, codec) in domain.codecs.enumerated() {
      guard case .ordered(let ordered) = codec else { continue }
      var generator = SamplingGenerator(seed: seed, stream: UInt64(variable) + 1)
      ticks[variable] = ordered.decode(codes[variable], using: &generator)
    }
    self.ticks = ticks
  }

  /// Returns the same rows with weights, 1 on average.
  func weighted(_ weights: [Double]) -> StandIn {
    precondition(weights.count == rows, "one weight a row")
    var standIn = self
    standIn.weights = weights
    return standIn
  }

  /// The weight of a row.
  package func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

  /// Returns the codes of a variable in the release's codec or another one.
  package func column(_ variable: Int, codec: Codec) -> CodeColumn {
    let own = domain.codecs[variable]
    if codec != own, let ticks = ticks[variable] { return codec.encode(.ticks(ticks)) }
    guard case .labels(let labels) = own, case .labels(let others) = codec else {
      return CodeColumn(codes[variable], size: own.size)
    }
    // Further labels stand behind the known ones, and no row of the release has them.
    let further = UInt16(others.labels.count - labels.labels.count)
    return CodeColumn(
      codes[variable].map { $0 < labels.labels.count ? $0 : $0 + further }, size: codec.size)
  }

  /// Returns the ticks of an ordered variable.
  package func ticks(of variable: Int) -> [Int64] { ticks[variable] ?? [] }

  /// Returns the share of rows in each group of an axis.
  package func shares(of axis: Axis) -> [Double] {
    let column = column(axis.variable, codec: axis.codec)
    var shares = [Double](repeating: 0, count: axis.count)
    for row in 0..<rows { if let group = axis.groups[column[row]] { shares[group] += 1 } }
    return shares.map { $0 / Double(max(rows, 1)) }
  }

  /// Returns the rows with a formula to evaluate on them.
  package func evaluation(of formula: RowFormula, domain: Domain) -> RowEvaluation {
    let columns = domain.codecs.enumerated().map { column($0.offset, codec: $0.element) }
    return RowEvaluation(formula, columns: columns, ticks: ticks)
  }

  /// Returns the table of some axes, in people of the real table.
  package func table(of axes: [Axis]) -> NoisyTable {
    let sizes = axes.map(\.groups.count)
    let columns = axes.map { column($0.variable, codec: $0.codec) }
    var counts: [Double]
    if let weights {
      counts = [Double](repeating: 0, count: sizes.reduce(1, *))
      for row in 0..<rows {
        counts[zip(columns, sizes).reduce(0) { $0 * $1.1 + Int($1.0[row]) }] += weights[row]
      }
    } else {
      counts = MarginalCounter.count(
        columns, attributes: Array(columns.indices), sizes: sizes, rows: rows
      ).map(Double.init)
    }
    return NoisyTable(
      axes, codes: counts.map { $0 * scale },
      noise: [Double](repeating: 0, count: counts.count))
  }
}
