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
    /// Some two columns were never measured together.
    case unknown
  }

  /// The number of refitted models behind an interval.
  static let draws = 20

  /// Draws conclusions from the release alone.
  /// - Throws: ``AnalysisFault``, or the model's errors.
  package func findings(_ analysis: Analysis) throws -> (findings: Findings, basis: Basis) {
    if analysis.kind.isRegression { return try regression(analysis) }
    if analysis.kind.judgesModel { return try judgement(analysis) }
    let columns = Columns(
      schema: schema, domain: domain, unlearned: unlearned, missing: analysis.missing, fineness: 0)
    let design = try TableDesign(analysis, columns: columns)
    if let table = measured(design.axes) {
      return (TableEvaluation(design, table: table).findings(), .measured)
    }
    guard isLinked(design.axes.map(\.variable)) else { return (unknown(of: design), .unknown) }
    var query = GraphicalModel.Expectations(of: model)
    guard table(design.axes, from: &query) != nil else { return (unknown(of: design), .unknown) }
    var results: [Findings] = []
    for drawn in try Draws(self).models(Self.draws) {
      var query = GraphicalModel.Expectations(of: drawn)
      if let table = table(design.axes, from: &query) {
        results.append(TableEvaluation(design, table: table).findings())
      }
    }
    return (Self.combined(results, level: analysis.level), .draws)
  }

  /// Returns the findings if a measured marginal holds all columns; nil if not.
  package func measuredFindings(_ analysis: Analysis) throws(AnalysisFault) -> Findings? {
    guard !analysis.kind.isRegression, !analysis.kind.judgesModel else { return nil }
    let columns = Columns(
      schema: schema, domain: domain, unlearned: unlearned, missing: analysis.missing, fineness: 0)
    let design = try TableDesign(analysis, columns: columns)
    return measured(design.axes).map { TableEvaluation(design, table: $0).findings() }
  }

  private func regression(_ analysis: Analysis) throws -> (findings: Findings, basis: Basis) {
    let columns = Columns(
      schema: schema, domain: domain, unlearned: unlearned, missing: analysis.missing, fineness: 1)
    let standIn = try StandIn(model, domain: domain)
    let design = try RegressionDesign(analysis, columns: columns, standIn: standIn)
    guard isLinked(design.axes.map(\.variable)) else {
      return (
        Self.unknown(Regression(design, standIn: standIn).predicted(rho: .infinity, unitRows: 1)),
        .unknown
      )
    }
    let results = try Draws(self).models(Self.draws).map { drawn in
      let own = try StandIn(drawn, domain: domain)
      return Regression(design, standIn: own).predicted(rho: .infinity, unitRows: 1)
    }
    return (Self.combined(results, level: analysis.level), .draws)
  }

  private func judgement(_ analysis: Analysis) throws -> (findings: Findings, basis: Basis) {
    let columns = Columns(
      schema: schema, domain: domain, unlearned: unlearned, missing: analysis.missing, fineness: 1)
    let standIn = try StandIn(model, domain: domain)
    let design = try ModelDesign(analysis, columns: columns, standIn: standIn)
    let evaluate = { (own: StandIn) in
      let pilot = ModelEvaluation.Pilot(design, own)
      return ModelEvaluation(design, counts: pilot.counts, noise: 0, pilot: pilot).findings()
    }
    guard isLinked(design.variables) else { return (Self.unknown(evaluate(standIn)), .unknown) }
    let results = try Draws(self).models(Self.draws).map { drawn in
      evaluate(try StandIn(drawn, domain: domain))
    }
    return (Self.combined(results, level: analysis.level), .draws)
  }

  /// Returns the same numbers, not known.
  private static func unknown(_ findings: Findings) -> Findings {
    Findings(
      measure: findings.measure,
      numbers: findings.numbers.map { Finding(unknown: $0.name, because: neverMeasured) })
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

  /// Returns the expected table of a model; nil if it is too large.
  private func table(_ axes: [Axis], from query: inout GraphicalModel.Expectations) -> NoisyTable? {
    let clique = Clique(axes.map(\.variable))
    guard axes.reduce(1.0, { $0 * Double(model.sizes[$1.variable]) }) <= 0x1p22,
      let counts = query.counts(of: clique)
    else { return nil }
    return Self.table(
      axes, values: counts, noise: [Double](repeating: 0, count: counts.count), sizes: model.sizes)
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

  /// Whether every two of the variables were measured together, code by code.
  private func isLinked(_ variables: [Int]) -> Bool {
    let own = Set(variables).sorted()
    return own.indices.allSatisfy { first in
      own[(first + 1)...].allSatisfy { second in
        measurements.contains { Clique([own[first], second]).isSubset(of: $0.clique) }
      }
    }
  }

  // MARK: Draws

  static let neverMeasured = "Not known: the release never measured these columns together."

  private func unknown(of design: TableDesign) -> Findings {
    let names = design.groupNames
    return Findings(
      measure: design.analysis.kind.rawValue,
      numbers: names.map { Finding(unknown: $0, because: Self.neverMeasured) })
  }

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
