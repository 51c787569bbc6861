import Encoding
import Foundation
import Tables

/// A vector of numbers for each row, in public terms, for sums over the rows.
///
/// A row that a filter leaves out has the vector zero. The vector of any other row follows from its
/// terms, and from nothing else of the table, as ``Reading`` says.
package struct RowFormula: Sendable, Equatable {
  /// A number that is read off one row.
  package enum Factor: Sendable, Equatable {
    /// The weight of an attribute's code.
    case code(attribute: Int, weights: [Double])
    /// (tick − centre) / scale of an ordered variable, once the tick is moved into the range; 0 for
    /// missing cells and code words.
    case tick(variable: Int, range: ClosedRange<Int64>, centre: Double, scale: Double)
  }

  /// The codes of an attribute that a row must have to count.
  package struct Filter: Sendable, Equatable {
    package let attribute: Int
    /// Whether a row counts, by code.
    package let isKept: [Bool]

    package init(attribute: Int, isKept: [Bool]) {
      (self.attribute, self.isKept) = (attribute, isKept)
    }
  }

  /// The mean of an outcome as a function of the linear predictor.
  package enum Mean: String, Sendable, Codable {
    case identity
    case logistic
    case exponential

    /// Returns the mean for a linear predictor.
    package func value(_ predictor: Double) -> Double {
      switch self {
      case .identity: predictor
      case .logistic: 1 / (1 + exp(-predictor))
      case .exponential: exp(min(predictor, 40))
      }
    }

    /// Returns the derivative of the mean, which is the variance of the outcome up to a factor.
    package func slope(_ predictor: Double) -> Double {
      switch self {
      case .identity: 1
      case .logistic: value(predictor) * (1 - value(predictor))
      case .exponential: value(predictor)
      }
    }
  }

  /// The follow-up of a row in periods, each with a hazard of its own: a piecewise exponential
  /// model, whose score is that of a Poisson regression of events on person-periods (Holford 1980).
  package struct Periods: Sendable, Equatable {
    /// The variable whose tick is the length of the follow-up.
    package var variable: Int
    /// Ticks beyond it are moved into it.
    package var range: ClosedRange<Int64>
    /// The ends of all periods but the last, in ticks; ascending.
    package var cuts: [Double]
    /// The ticks of one unit of exposure.
    package var unit: Double

    package init(variable: Int, range: ClosedRange<Int64>, cuts: [Double], unit: Double) {
      precondition(unit > 0 && unit.isFinite, "exposure has a unit")
      (self.variable, self.range, self.cuts, self.unit) = (variable, range, cuts, unit)
    }

    package var count: Int { cuts.count + 1 }

    /// Returns the exposure of a follow-up in a period.
    func exposure(_ time: Double, in period: Int) -> Double {
      let start = period == 0 ? 0 : cuts[period - 1]
      let end = period < cuts.count ? cuts[period] : .infinity
      return max(0, min(time, end) - start) / unit
    }

    /// Returns the period in which a follow-up ends.
    func last(_ time: Double) -> Int { cuts.reduce(0) { $0 + ($1 < time ? 1 : 0) } }
  }

  /// The outcome minus its predicted mean.
  package struct Residual: Sendable, Equatable {
    package var outcome: Factor
    package var mean: Mean
    /// One for each period, then one for each term.
    package var coefficients: [Double]
    /// Residuals beyond ±bound are moved there; above 0.
    package var bound: Double
    /// The factor of a last coordinate, the square of the residual.
    package var squareWeight: Double
    /// The periods in which the outcome is an event; nil if it is known at once.
    package var periods: Periods?

    package init(
      outcome: Factor, mean: Mean, coefficients: [Double], bound: Double, squareWeight: Double,
      periods: Periods? = nil
    ) {
      precondition(bound > 0 && bound.isFinite, "residuals are bounded")
      (self.outcome, self.mean, self.coefficients) = (outcome, mean, coefficients)
      (self.bound, self.squareWeight, self.periods) = (bound, squareWeight, periods)
    }
  }

  /// The numbers that a row's terms become.
  package enum Reading: Sendable, Equatable {
    /// The terms themselves.
    case terms
    /// Each term times the residual: the score of a generalised linear model with a canonical link
    /// (McCullagh and Nelder 1989, section 2.5). The indicators of the periods come first, and the
    /// weighted square of the residual last.
    case score(Residual)
    /// The same model's information, w z zᵀ with z = `transform` · terms and w the variance of the
    /// outcome: the upper triangle, row by row, with entries off the diagonal times √2, so that the
    /// vector is as long as the matrix.
    case information(Residual, transform: [[Double]])
    /// A single 1, in the place of the row's bin and outcome, the outcome fastest. The bin is the
    /// number of ascending edges that the sum of the terms reaches.
    case bins(edges: [Double], outcome: Factor)
    /// The vector of the cell of a table in which the row lies; there are no terms.
    case cells(CellVectors)

    /// The model behind a score or an information matrix.
    var residual: Residual? {
      switch self {
      case .score(let residual), .information(let residual, _): residual
      case .terms, .bins, .cells: nil
      }
    }
  }

  /// Each term is a product; an empty one is 1.
  package var terms: [[Factor]]
  package var reading: Reading
  package var filters: [Filter]

  package init(terms: [[Factor]], reading: Reading = .terms, filters: [Filter] = []) {
    precondition(
      reading.residual.map { $0.coefficients.count == terms.count + ($0.periods?.count ?? 0) }
        ?? true, "one coefficient a period and a term")
    (self.terms, self.reading, self.filters) = (terms, reading, filters)
  }

  /// The length of a row's vector.
  package var count: Int {
    switch reading {
    case .terms: terms.count
    case .score(let residual): residual.coefficients.count + 1
    case .information(_, let transform): transform.count * (transform.count + 1) / 2
    case .bins(let edges, _): 2 * (edges.count + 1)
    case .cells(let cells): cells.length
    }
  }

  /// The variables whose ticks are read.
  package var ticked: Set<Int> {
    var factors = terms.flatMap { $0 }
    if let outcome { factors.append(outcome) }
    let variables = factors.compactMap {
      if case .tick(let variable, _, _, _) = $0 { variable } else { nil }
    }
    return Set(variables + [reading.residual?.periods?.variable].compactMap { $0 })
  }

  /// The factor that reads the outcome.
  var outcome: Factor? {
    if case .bins(_, let outcome) = reading { outcome } else { reading.residual?.outcome }
  }
}

/// Rows, and a formula to evaluate on each of them by itself.
package struct RowEvaluation {
  private let formula: RowFormula
  private let columns: [CodeColumn]
  private let ticks: [Int: [Int64]]

  /// - Parameters:
  ///   - columns: the codes of each attribute.
  ///   - ticks: the ticks of the variables that the formula reads.
  package init(_ formula: RowFormula, columns: [CodeColumn], ticks: [Int: [Int64]]) {
    precondition(
      formula.ticked.allSatisfy { ticks[$0] != nil }, "ticks of every variable that is read")
    (self.formula, self.columns, self.ticks) = (formula, columns, ticks)
  }

  /// Whether the filters keep a row.
  package func isKept(_ row: Int) -> Bool {
    formula.filters.allSatisfy { $0.isKept[columns[$0.attribute][row]] }
  }

  /// Adds the row's vector to `vector`.
  package func add(_ row: Int, to vector: inout [Double]) {
    guard isKept(row) else { return }
    switch formula.reading {
    case .terms:
      for (index, term) in formula.terms.enumerated() { vector[index] += value(of: term, row) }
    case .score(let residual):
      forEachPart(row) { part in
        let rest = part.residual(residual)
        for index in part.terms.indices { vector[index] += part.terms[index] * rest }
        vector[part.terms.count] += residual.squareWeight * rest * rest
      }
    case .information(let residual, let transform):
      forEachPart(row) { part in
        Self.add(part.terms, weight: part.slope(residual), through: transform, to: &vector)
      }
    case .bins(let edges, let outcome):
      let sum = formula.terms.reduce(0) { $0 + value(of: $1, row) }
      let bin = edges.reduce(0) { $0 + ($1 <= sum ? 1 : 0) }
      vector[2 * bin + (value(of: outcome, row) > 0.5 ? 1 : 0)] += 1
    case .cells(let cells):
      guard let own = cells.vector(of: row, columns) else { return }
      for (place, value) in own.values.enumerated() { vector[own.first + place] += value }
    }
  }

  private static func add(
    _ terms: [Double], weight: Double, through transform: [[Double]], to vector: inout [Double]
  ) {
    let moved = transform.map { zip($0, terms).reduce(0) { $0 + $1.0 * $1.1 } }
    var place = 0
    for first in moved.indices {
      for second in first..<moved.count {
        vector[place] +=
          weight * moved[first] * moved[second] * (first == second ? 1 : 2.0.squareRoot())
        place += 1
      }
    }
  }

  /// A row, or its follow-up in one period, which has one mean.
  package struct Part {
    /// The indicators of the periods, if there are any, then the terms.
    package var terms: [Double]
    package var outcome: Double
    /// The factor of the mean.
    package var exposure: Double

    /// Returns the outcome minus its mean, within the bound.
    package func residual(_ residual: RowFormula.Residual) -> Double {
      let rest = outcome - exposure * residual.mean.value(predictor(residual))
      return min(max(rest, -residual.bound), residual.bound)
    }

    /// Returns the variance of the outcome, up to a factor.
    package func slope(_ residual: RowFormula.Residual) -> Double {
      exposure * residual.mean.slope(predictor(residual))
    }

    private func predictor(_ residual: RowFormula.Residual) -> Double {
      zip(terms, residual.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// Passes on the parts of a row, whether or not it is kept; none if the formula has no outcome.
  package func forEachPart(_ row: Int, _ body: (Part) -> Void) {
    guard let outcome = formula.outcome else { return }
    let own = formula.terms.map { value(of: $0, row) }
    guard let periods = formula.reading.residual?.periods else {
      return body(Part(terms: own, outcome: value(of: outcome, row), exposure: 1))
    }
    let tick = ticks[periods.variable]?[row] ?? Cells.missingTick
    guard Cells.isValue(tick) else { return }
    let time = max(Double(min(max(tick, periods.range.lowerBound), periods.range.upperBound)), 0)
    let last = periods.last(time)
    var part = Part(
      terms: [Double](repeating: 0, count: periods.count) + own, outcome: 0, exposure: 0)
    for period in 0...last {
      part.terms[period] = 1
      part.exposure = periods.exposure(time, in: period)
      part.outcome = period == last ? value(of: outcome, row) : 0
      body(part)
      part.terms[period] = 0
    }
  }

  /// Returns the sum of the terms of a row, whether or not it is kept.
  package func sum(_ row: Int) -> Double { formula.terms.reduce(0) { $0 + value(of: $1, row) } }

  /// Returns the outcome of a row; 0 if the formula has none.
  package func outcome(_ row: Int) -> Double { formula.outcome.map { value(of: $0, row) } ?? 0 }

  private func value(of term: [RowFormula.Factor], _ row: Int) -> Double {
    term.reduce(1) { $0 * value(of: $1, row) }
  }

  private func value(of factor: RowFormula.Factor, _ row: Int) -> Double {
    switch factor {
    case .code(let attribute, let weights): return weights[columns[attribute][row]]
    case .tick(let variable, let range, let centre, let scale):
      guard let tick = ticks[variable]?[row], Cells.isValue(tick) else { return 0 }
      return (Double(min(max(tick, range.lowerBound), range.upperBound)) - centre) / scale
    }
  }
}
