import Basics
import Encoding
import GraphicalModels
import MarginalSynthesis
import Tables

/// The parts of a release from which conclusions can be drawn at no cost: the model, and the noisy
/// marginals that it was fitted to.
package struct Evidence: Sendable {
  package let schema: Schema
  package let domain: Domain
  package let unlearned: [String]
  package let model: GraphicalModel
  package let measurements: [Measurement]

  package init(
    schema: Schema, domain: Domain, unlearned: [String], model: GraphicalModel,
    measurements: [Measurement]
  ) {
    (self.schema, self.domain, self.unlearned) = (schema, domain, unlearned)
    (self.model, self.measurements) = (model, measurements)
  }

  /// The grounds of an estimate.
  package enum Basis: String, Sendable, Codable {
    /// A noisy marginal that was measured holds all columns.
    case measured
    /// Every two columns were measured together, and the spread of refitted models is the error.
    case draws
    /// Some two columns were measured in groups of codes or not at all, and the spread includes the
    /// relations that the release can have missed.
    case open
    /// Some two columns were never measured together, and may go together strongly.
    case unknown
  }

  /// The number of refitted models behind an interval.
  static let draws = 20
  /// The rows of each.
  private static let rows = 10_000
  private static let mostCells = 0x1p22
  private static let seed: UInt64 = 0x0E11

  /// An analysis that is ready to be read off stand-ins.
  private struct Reading {
    /// The variables whose relations it rests on.
    let variables: [Int]
    /// Whether the table of its columns is small enough.
    var isReadable = true
    let findings: (StandIn) -> Findings
    /// The measure and the names of its numbers.
    let outline: () -> (measure: String, names: [String])

    /// The same numbers, not known.
    var unknown: Findings {
      let (measure, names) = outline()
      return Findings(
        measure: measure,
        numbers: names.map { Finding(unknown: $0, because: Evidence.neverMeasured) })
    }
  }

  /// Draws conclusions from the release alone.
  /// - Parameter drawn: ``standIns()``, if they are there already.
  /// - Throws: ``AnalysisFault``, or the model's errors.
  package func findings(_ analysis: Analysis, from drawn: [StandIn]? = nil) throws
    -> (findings: Findings, basis: Basis)
  {
    if let findings = try measuredFindings(analysis) { return (findings, .measured) }
    let reading = try reading(analysis)
    guard reading.isReadable, let open = OpenRelations(between: reading.variables, of: self) else {
      return (reading.unknown, .unknown)
    }
    let results = try (drawn ?? standIns()).enumerated().map { index, standIn in
      var generator = SamplingGenerator(seed: Self.seed, stream: UInt64(index) + 1)
      return reading.findings(open.drawn(standIn, using: &generator))
    }
    return (Self.combined(results, level: analysis.level), open.isEmpty ? .draws : .open)
  }

  /// Stand-ins of models that might have been learned instead.
  package func standIns() throws -> [StandIn] {
    let draws = try Draws(self)
    return try Concurrently.map(Self.draws) {
      try StandIn(draws.model($0), domain: domain, rows: Self.rows)
    }
  }

  private func reading(_ analysis: Analysis) throws -> Reading {
    if analysis.kind.isRegression || analysis.kind.judgesModel { return try fitted(analysis) }
    let design = try TableDesign(analysis, columns: columns(analysis, fineness: 0))
    let cells = design.axes.reduce(1.0) { $0 * Double(model.sizes[$1.variable]) }
    return Reading(
      variables: design.axes.map(\.variable), isReadable: cells <= Self.mostCells
    ) {
      TableEvaluation(design, table: $0.table(of: design.axes)).findings()
    } outline: {
      (analysis.kind.rawValue, design.groupNames)
    }
  }

  private func fitted(_ analysis: Analysis) throws -> Reading {
    let standIn = try StandIn(model, domain: domain, rows: Self.rows)
    let columns = columns(analysis, fineness: 1)
    func reading(of variables: [Int], _ findings: @escaping (StandIn) -> Findings) -> Reading {
      Reading(variables: variables, findings: findings) {
        let own = findings(standIn)
        return (own.measure, own.numbers.map(\.name))
      }
    }
    if analysis.kind.judgesModel {
      let design = try ModelDesign(analysis, columns: columns, standIn: standIn)
      return reading(of: design.variables) { own in
        let pilot = ModelEvaluation.Pilot(design, own)
        return ModelEvaluation(design, counts: pilot.counts, noise: 0, pilot: pilot).findings()
      }
    }
    let design = try RegressionDesign(analysis, columns: columns, standIn: standIn)
    let pilot = Regression(design, standIn: standIn).pilot
    return reading(of: design.axes.map(\.variable)) {
      Regression(design, standIn: $0, near: pilot).predicted(rho: .infinity, unitRows: 1)
    }
  }

  private func columns(_ analysis: Analysis, fineness: Int) -> Columns {
    Columns(
      schema: schema, domain: domain, unlearned: unlearned, missing: analysis.missing,
      fineness: fineness)
  }

  /// Returns the findings if a measured marginal holds all columns; nil if not.
  package func measuredFindings(_ analysis: Analysis) throws(AnalysisFault) -> Findings? {
    guard !analysis.kind.isRegression, !analysis.kind.judgesModel else { return nil }
    let design = try TableDesign(analysis, columns: columns(analysis, fineness: 0))
    return measured(design.axes).map { TableEvaluation(design, table: $0).findings() }
  }

  // MARK: Measured marginals

  /// Returns the table of some axes from the marginals that hold all their variables; nil if there
  /// are none. Several are combined, weighted by their precision.
  package func measured(_ axes: [Axis]) -> NoisyTable? {
    let variables = axes.map(\.variable)
    let clique = Clique(variables)
    let looks = measurements.filter { clique.isSubset(of: $0.clique) && $0.countsAllRows }
    guard !looks.isEmpty else { return nil }
    let cells = clique.cellCount(sizes: model.sizes)
    var (values, weights) = (
      [Double](repeating: 0, count: cells), [Double](repeating: 0, count: cells)
    )
    for look in looks {
      let (sums, variances) = look.summed(onto: clique, sizes: model.sizes)
      for cell in 0..<cells {
        weights[cell] += 1 / variances[cell]
        values[cell] += sums[cell] / variances[cell]
      }
    }
    for cell in 0..<cells { values[cell] /= weights[cell] }
    return Self.table(axes, values: values, noise: weights.map { 1 / $0 }, sizes: model.sizes)
  }

  /// Brings a marginal, over ascending variables, into the order of the axes.
  private static func table(_ axes: [Axis], values: [Double], noise: [Double], sizes: [Int])
    -> NoisyTable
  {
    let ascending = axes.map(\.variable).sorted()
    var strides = [Int: Int]()
    var stride = 1
    for variable in ascending.reversed() {
      strides[variable] = stride
      stride *= sizes[variable]
    }
    var (ordered, variances) = (values, noise)
    for cell in values.indices {
      var (rest, place) = (cell, 0)
      for axis in axes.reversed() {
        place += rest % sizes[axis.variable] * (strides[axis.variable] ?? 0)
        rest /= sizes[axis.variable]
      }
      (ordered[cell], variances[cell]) = (values[place], noise[place])
    }
    return NoisyTable(axes, codes: ordered, noise: variances)
  }

  // MARK: Draws

  static let neverMeasured = "Not known: the release never measured these columns together."

  /// Combines the results of draws: the mean, and a variance of (1 + 1/m) times their spread, in
  /// which sampling and noise are both contained (Räisä, Jälkö, Kaski, Honkela 2023, section 3.3;
  /// Raghunathan, Reiter, Rubin 2003, with the variance within copies left out, because a model's
  /// expectations have none).
  static func combined(_ results: [Findings], level: Double) -> Findings {
    guard let first = results.first else { return Findings(measure: "") }
    let count = Double(results.count)
    let reach = Distributions.reach(level: level, degrees: max(count - 1, 1))
    let numbers = first.numbers.indices.map { index -> Finding in
      let values = results.compactMap {
        index < $0.numbers.count ? $0.numbers[index].estimate : nil
      }
      guard values.count == results.count else {
        return Finding(unknown: first.numbers[index].name, because: Finding.tooFew)
      }
      let mean = values.reduce(0, +) / count
      let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(count - 1, 1)
      let error = (spread * (1 + 1 / count)).squareRoot()
      let sampling = results[0].numbers[index].standardError ?? 0
      let share = spread > 0 ? max(0, 1 - sampling * sampling / (error * error)) : 0
      return Finding(
        first.numbers[index].name, mean, low: mean - reach * error, high: mean + reach * error,
        standardError: error, noiseShare: share)
    }
    return Findings(measure: first.measure, numbers: numbers)
  }
}

extension Measurement {
  /// Returns the sums over a clique that this one holds, and their variances, row-major.
  func summed(onto clique: Clique, sizes: [Int]) -> (values: [Double], variances: [Double]) {
    let cells = clique.cellCount(sizes: sizes)
    var (sums, variances) = (
      [Double](repeating: 0, count: cells), [Double](repeating: 0, count: cells)
    )
    var steps = [Int](repeating: 0, count: self.clique.count)
    var stride = 1
    for (place, attribute) in self.clique.attributes.enumerated().reversed()
    where clique.attributes.contains(attribute) {
      steps[place] = stride
      stride *= sizes[attribute]
    }
    for cell in values.indices {
      var (rest, target) = (cell, 0)
      for (place, attribute) in self.clique.attributes.enumerated().reversed() {
        target += rest % sizes[attribute] * steps[place]
        rest /= sizes[attribute]
      }
      sums[target] += values[cell]
      variances[target] += variance[cell]
    }
    return (sums, variances)
  }
}
