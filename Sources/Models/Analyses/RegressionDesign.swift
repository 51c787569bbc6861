import Curation
import Encoding
import Foundation
import Tables

/// A generalised linear model with a canonical link, checked against a release, in standardised
/// terms. A Cox model is one of events in a few periods, each with a hazard of its own.
package struct RegressionDesign: Sendable {
  package let analysis: Analysis
  /// The domain to ask with.
  package let domain: Domain
  package let mean: RowFormula.Mean
  /// The first term is the intercept, unless there are periods.
  let terms: [Term]
  /// The periods of a Cox model, whose coefficients come before those of the terms.
  let periods: RowFormula.Periods?
  let outcome: RowFormula.Factor
  let filters: [RowFormula.Filter]
  /// Every axis, for the variables that are read.
  package let axes: [Axis]
  /// The unit of the outcome: its value is `centre + scale` times the standardised one.
  private let outcomeUnit: Unit

  /// A coefficient, and the change to the unit that people read.
  struct Term: Sendable {
    let name: String
    let factors: [RowFormula.Factor]
    let unit: Unit
    /// The standardised difference that people read a coefficient of: 1, or that from a label to
    /// the reference.
    var contrast = 1.0
  }

  /// The value of a column is `centre + scale` times a standardised number.
  struct Unit: Sendable {
    var centre = 0.0
    var scale = 1.0
  }

  /// - Throws: ``AnalysisFault``.
  package init(_ analysis: Analysis, columns: Columns, standIn: StandIn) throws(AnalysisFault) {
    self.analysis = analysis
    mean =
      analysis.kind == .linear ? .identity : analysis.kind == .logistic ? .logistic : .exponential
    let conditions = Dictionary(analysis.conditions.map { ($0.column, $0) }) { first, _ in first }
    func axis(_ name: String) throws(AnalysisFault) -> Axis {
      try columns.axis(name, condition: conditions[name])
    }
    let isCox = analysis.kind == .cox
    var axes = [try axis((isCox ? analysis.event : analysis.outcome) ?? "")]
    if isCox { axes.append(try axis(analysis.time ?? "")) }
    let outcomes = axes.count
    var terms = isCox ? [] : [Term(name: "intercept", factors: [], unit: Unit())]
    for term in analysis.terms {
      let own = try axis(term)
      axes.append(own)
      terms += try Self.terms(own, analysis, columns, standIn)
    }
    for condition in analysis.conditions where !analysis.roles.contains(condition.column) {
      axes.append(try columns.filter(condition))
    }
    guard terms.count <= AnalysisFault.mostTerms else {
      throw .tooManyTerms(terms.count, most: AnalysisFault.mostTerms)
    }
    if let twice = Dictionary(grouping: axes, by: \.variable).values.first(where: { $0.count > 1 })
    {
      throw .columnTwice(twice[1].name)
    }
    (self.axes, self.terms) = (axes, terms)
    domain = columns.domain.replacing(axes)
    filters = axes.enumerated().compactMap { index, axis in
      // A missing outcome says nothing, whatever is done with missing predictors.
      let isKept = axis.groups.map { group in
        group.map {
          index >= outcomes || axis.spans[$0] != nil || axis.labels[$0] != "missing"
        } ?? false
      }
      return isKept.allSatisfy { $0 }
        ? nil : RowFormula.Filter(attribute: axis.variable, isKept: isKept)
    }
    (outcome, outcomeUnit) = try Self.outcome(axes[0], analysis, columns, standIn)
    periods = isCox ? try Self.periods(axes[1], outcome, domain, columns.schema, standIn) : nil
  }

  /// The number of coefficients.
  var dimension: Int { (periods?.count ?? 0) + terms.count }

  private static func outcome(
    _ axis: Axis, _ analysis: Analysis, _ columns: Columns, _ standIn: StandIn
  ) throws(AnalysisFault) -> (RowFormula.Factor, Unit) {
    guard analysis.kind == .logistic || analysis.kind == .cox else {
      guard
        let (factor, unit) = number(
          axis, columns, standIn, isStandardised: analysis.kind == .linear)
      else {
        throw .wrongColumn(axis.name, allowed: "a column of numbers")
      }
      return (factor, unit)
    }
    return (try axis.event(analysis), Unit())
  }

  /// The least spread by which the indicator of a rare label is divided: its rows would have scores
  /// that are much longer than others.
  private static let leastSpread = 0.25

  /// Returns one term for numbers, and one for each label but the reference. All are standardised
  /// by the stand-in's rows: centred, so that scores are shorter and noise on the intercept reaches
  /// no other, and scaled, so that a step's noise falls on all alike.
  private static func terms(
    _ axis: Axis, _ analysis: Analysis, _ columns: Columns, _ standIn: StandIn
  ) throws(AnalysisFault) -> [Term] {
    let shares = standIn.shares(of: axis)
    func indicator(_ group: Int) -> Term {
      let share = shares[group]
      let spread = max((share * (1 - share)).squareRoot(), leastSpread)
      return Term(
        name: "\(axis.name)=\(axis.labels[group])",
        factors: [
          .code(
            attribute: axis.variable,
            weights: axis.groups.map { (($0 == group ? 1 : 0) - share) / spread })
        ],
        unit: Unit(centre: share, scale: spread), contrast: 1 / spread)
    }
    let isBoolean =
      if case .boolean? = columns.schema.column(named: axis.name)?.type { true } else { false }
    if !isBoolean, let (factor, unit) = number(axis, columns, standIn, isStandardised: true) {
      let others = axis.spans.indices.filter { axis.spans[$0] == nil }
      return [Term(name: axis.name, factors: [factor], unit: unit)] + others.map(indicator)
    }
    var reference = 0
    if let label = analysis.references[axis.name] {
      guard let group = axis.labels.firstIndex(of: label) else {
        throw .unknownLabel(label, of: axis.name, known: axis.labels)
      }
      reference = group
    }
    return axis.labels.indices.filter { $0 != reference }.map(indicator)
  }

  /// Returns the factor that reads a number, with its mean and spread in the stand-in as unit; nil
  /// for labels.
  private static func number(
    _ axis: Axis, _ columns: Columns, _ standIn: StandIn, isStandardised: Bool
  ) -> (RowFormula.Factor, Unit)? {
    guard let column = columns.schema.column(named: axis.name),
      let scale = NumericScale(column.type),
      case .ordered(let codec) = axis.codec,
      let first = codec.bins.first, let last = codec.bins.last
    else { return nil }
    let range = first.range.lowerBound...last.range.upperBound
    let values = standIn.ticks(of: axis.variable).filter(Cells.isValue).map {
      scale.value(min(max($0, range.lowerBound), range.upperBound))
    }
    var unit = Unit()
    if isStandardised, values.count > 1 {
      unit.centre = values.reduce(0, +) / Double(values.count)
      let square = values.reduce(0) { $0 + ($1 - unit.centre) * ($1 - unit.centre) }
      unit.scale = max((square / Double(values.count)).squareRoot(), abs(unit.centre) * 1e-9, 1e-12)
    }
    if let factor = scale.factor {
      return (
        .tick(
          variable: axis.variable, range: range, centre: unit.centre / factor,
          scale: unit.scale / factor), unit
      )
    }
    let weights = axis.groups.map { group in
      group.flatMap { axis.spans[$0] }.map { ($0.mean - unit.centre) / unit.scale } ?? 0
    }
    return (.code(attribute: axis.variable, weights: weights), unit)
  }

  /// Returns the outcome minus its mean at some coefficients.
  func residual(
    at coefficients: [Double], bound: Double = .greatestFiniteMagnitude, squareWeight: Double = 0
  ) -> RowFormula.Residual {
    RowFormula.Residual(
      outcome: outcome, mean: mean, coefficients: coefficients, bound: bound,
      squareWeight: squareWeight, periods: periods)
  }

  /// Returns the scores.
  func formula(_ residual: RowFormula.Residual) -> RowFormula {
    RowFormula(terms: terms.map(\.factors), reading: .score(residual), filters: filters)
  }

  /// Returns the information matrix.
  func formula(_ residual: RowFormula.Residual, transform: [[Double]]) -> RowFormula {
    RowFormula(
      terms: terms.map(\.factors), reading: .information(residual, transform: transform),
      filters: filters)
  }

  /// The standardised difference that each coefficient is read of.
  var contrasts: [Double] {
    [Double](repeating: 1, count: dimension - terms.count) + terms.map(\.contrast)
  }

  /// Returns the coefficients of the terms in the units of the columns, with their covariance.
  func inUnits(_ coefficients: [Double], _ covariance: SymmetricMatrix) -> (
    values: [Double], covariance: SymmetricMatrix
  ) {
    let scale = mean == .identity ? outcomeUnit.scale : 1
    let centre = mean == .identity ? outcomeUnit.centre : 0
    let first = dimension - terms.count
    let rows = terms.indices.map { row in
      (0..<dimension).map { place -> Double in
        let column = place - first
        if row == column { return scale / terms[row].unit.scale }
        return row == 0 && periods == nil
          ? -scale * terms[column].unit.centre / terms[column].unit.scale : 0
      }
    }
    let values = rows.enumerated().map { row, weights in
      zip(weights, coefficients).reduce(row == 0 ? centre : 0) { $0 + $1.0 * $1.1 }
    }
    return (values, covariance.transformed(by: rows))
  }

  /// The unit of the coefficients.
  package var measure: String {
    switch mean {
    case .identity: "coefficient"
    case .logistic: "log odds ratio"
    case .exponential: periods == nil ? "log rate ratio" : "log hazard ratio"
    }
  }
}

extension Axis {
  /// Returns the factor that is 1 for the label that counts: the named one, or the second of two.
  func event(_ analysis: Analysis) throws(AnalysisFault) -> RowFormula.Factor {
    let counted: Int
    if let value = analysis.value {
      guard let group = labels.firstIndex(of: value) else {
        throw .unknownLabel(value, of: name, known: labels)
      }
      counted = group
    } else {
      guard count == 2 else { throw .missingKey("value", kind: analysis.kind.rawValue) }
      counted = 1
    }
    return .code(attribute: variable, weights: groups.map { $0 == counted ? 1 : 0 })
  }
}
