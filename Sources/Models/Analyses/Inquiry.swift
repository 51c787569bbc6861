import Accounting
import Curation
import Encoding
import Foundation
import GraphicalModels
import Tables

/// An analysis put to the real table through its curator, with the release's stand-in as the pilot.
///
/// Everything about the question follows from the analysis, the schema and the release, so that
/// neither a refusal nor an error can depend on the rows.
package struct Inquiry {
  package let analysis: Analysis
  private let question: Form
  private let standIn: StandIn

  /// The form in which the curator is asked.
  private enum Form {
    case table(TableDesign, Domain)
    case means(MeanDesign)
    case curves(CurveDesign)
    case regression(Regression)
    case model(ModelDesign, ModelEvaluation.Pilot)
  }

  /// Bins into which ordered columns are divided at least: enough for a quantile, and for the
  /// people at risk along a curve.
  private static let fineness = (quantile: 96, curve: 32)

  /// Checks an analysis against a release.
  /// - Throws: ``AnalysisFault``.
  package init(
    _ analysis: Analysis, schema: Schema, domain: Domain, unlearned: [String], standIn: StandIn
  ) throws(AnalysisFault) {
    self.analysis = analysis
    self.standIn = standIn
    func columns(_ fineness: Int) -> Columns {
      Columns(
        schema: schema, domain: domain, unlearned: unlearned, missing: analysis.missing,
        fineness: fineness)
    }
    if analysis.kind.isRegression {
      question = .regression(
        Regression(
          try RegressionDesign(analysis, columns: columns(1), standIn: standIn), standIn: standIn))
      return
    }
    if analysis.kind.judgesModel {
      let design = try ModelDesign(analysis, columns: columns(1), standIn: standIn)
      question = .model(design, ModelEvaluation.Pilot(design, standIn))
      return
    }
    let fineness =
      analysis.kind == .quantile
      ? Self.fineness.quantile : analysis.kind.isSurvival ? Self.fineness.curve : 1
    let design = try TableDesign(analysis, columns: columns(fineness))
    if analysis.kind.isSurvival {
      question = .curves(
        CurveDesign(design, domain: domain.replacing(design.axes), standIn: standIn))
    } else if design.averages, let means = MeanDesign(design, columns: columns(1), standIn: standIn)
    {
      question = .means(means)
    } else {
      question = .table(design, domain.replacing(design.axes))
    }
  }

  /// Puts the question, within `rho`. The curator must be fresh.
  /// - Parameter check: called before each question to the curator; an error that it throws ends
  ///   the run, and what was charged before stays charged.
  package func ask(_ curator: Curator, rho: Rho, check: () throws -> Void = {}) throws -> Findings {
    switch question {
    case .table(let design, let domain):
      curator.adopt(domain)
      curator.group(design.axes.map(\.codeGroups))
      try check()
      let counts = try curator.marginal(of: design.axes.indices.map { domain.count + $0 }, rho: rho)
      return TableEvaluation(design, table: Self.kept(counts, of: design.axes)).findings()
    case .means(let design):
      curator.adopt(design.domain, keeping: [design.variable])
      try check()
      let sums = try curator.clippedSum(
        of: design.formula, clip: Double(curator.unitRows), rho: rho)
      return design.findings(sums, fallback: expected(design))
    case .curves(let design):
      curator.adopt(design.domain)
      try check()
      let sums = try curator.clippedSum(
        of: design.formula, clip: Double(curator.unitRows), rho: rho)
      return TableEvaluation(design.table, table: design.counts(sums)).findings()
    case .regression(let regression):
      curator.adopt(regression.design.domain, keeping: regression.design.ticked)
      return try regression.ask(curator, rho: rho, check: check)
    case .model(let design, let pilot):
      curator.adopt(design.domain, keeping: design.formula.ticked)
      try check()
      let sums = try curator.clippedSum(
        of: design.formula, clip: Double(curator.unitRows), rho: rho)
      return ModelEvaluation(design, counts: sums.values, noise: sums.variance, pilot: pilot)
        .findings()
    }
  }

  /// Returns the findings on the stand-in as if the real table were like it and had been asked at
  /// this cost; infinity for no noise.
  package func predicted(rho: Double, unitRows: Int) -> Findings {
    let variance = rho.isFinite ? Double(unitRows * unitRows) / (2 * rho) : 0
    switch question {
    case .table(let design, _):
      var table = standIn.table(of: design.axes)
      for cell in table.noise.indices { table.noise[cell] += variance }
      return TableEvaluation(design, table: table).findings()
    case .means(let design):
      let expected = expected(design)
      return design.findings(
        NoisySums(values: expected.values, variance: variance), fallback: expected)
    case .curves(let design):
      let pilot = standIn.table(of: design.table.axes)
      return TableEvaluation(
        design.table, table: design.with(noise: variance, pilot.values)
      ).findings()
    case .regression(let regression): return regression.predicted(rho: rho, unitRows: unitRows)
    case .model(let design, let pilot):
      return ModelEvaluation(design, counts: pilot.counts, noise: variance, pilot: pilot).findings()
    }
  }

  /// The numbers that the curator is asked for in one answer.
  package var coordinates: Int {
    switch question {
    case .table(let design, _): design.axes.reduce(1) { $0 * ($1.count + ($1.leavesOut ? 1 : 0)) }
    case .means(let design): design.formula.count
    case .curves(let design): design.formula.count
    case .regression(let regression): regression.pilot.count + 1
    case .model(let design, _): design.formula.count
    }
  }

  /// Drops the groups of rows that are left out.
  private static func kept(_ counts: NoisyCounts, of axes: [Axis]) -> NoisyTable {
    let whole = NoisyTable(
      shape: axes.map { $0.count + ($0.leavesOut ? 1 : 0) }, values: counts.values.map(Double.init),
      noise: [Double](repeating: counts.variance, count: counts.values.count))
    let inside = whole.indicator { groups in zip(groups, axes).allSatisfy { $0 < $1.count } }
    let cells = whole.values.indices.filter { inside[$0] == 1 }
    return NoisyTable(
      shape: axes.map(\.count), values: cells.map { whole.values[$0] },
      noise: cells.map { whole.noise[$0] }, people: whole.people)
  }

  /// Returns the stand-in's sums, in people of the real table.
  private func expected(_ design: MeanDesign) -> NoisySums {
    let evaluation = standIn.evaluation(of: design.formula, domain: design.domain)
    var sums = [Double](repeating: 0, count: design.formula.count)
    for row in 0..<standIn.rows { evaluation.add(row, to: &sums) }
    return NoisySums(values: sums.map { $0 * standIn.scale }, variance: 0)
  }
}

extension RegressionDesign {
  /// The variables whose ticks are read.
  var ticked: Set<Int> {
    formula(residual(at: [Double](repeating: 0, count: dimension))).ticked
  }
}
