import Encoding
import Foundation
import Tables

/// A vector of numbers for each row, in public terms, for sums over the rows.
///
/// A row that a filter leaves out has the vector zero. Without a ``residual``, the vector holds the
/// terms. With one, it holds each term times the residual: the score of a generalised linear model
/// with a canonical link (McCullagh and Nelder 1989, section 2.5) at the given coefficients.
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

  /// The outcome minus its predicted mean.
  package struct Residual: Sendable, Equatable {
    package var outcome: Factor
    package var mean: Mean
    /// One for each term.
    package var coefficients: [Double]
    /// Residuals beyond ±bound are moved there; above 0.
    package var bound: Double
    /// The factor of a last coordinate, the square of the residual.
    package var squareWeight: Double

    package init(
      outcome: Factor, mean: Mean, coefficients: [Double], bound: Double, squareWeight: Double
    ) {
      precondition(bound > 0 && bound.isFinite, "residuals are bounded")
      (self.outcome, self.mean, self.coefficients) = (outcome, mean, coefficients)
      (self.bound, self.squareWeight) = (bound, squareWeight)
    }
  }

  /// Each term is a product; an empty one is 1.
  package var terms: [[Factor]]
  package var residual: Residual?
  package var filters: [Filter]

  package init(terms: [[Factor]], residual: Residual? = nil, filters: [Filter] = []) {
    precondition(
      residual.map { $0.coefficients.count == terms.count } ?? true, "one coefficient a term")
    (self.terms, self.residual, self.filters) = (terms, residual, filters)
  }

  /// The length of a row's vector.
  package var count: Int { terms.count + (residual == nil ? 0 : 1) }
  /// The variables whose ticks are read.
  package var ticked: Set<Int> {
    let factors = terms.flatMap { $0 } + [residual?.outcome].compactMap { $0 }
    return Set(
      factors.compactMap { if case .tick(let variable, _, _, _) = $0 { variable } else { nil } })
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
    guard let residual = formula.residual else {
      for (index, term) in formula.terms.enumerated() { vector[index] += value(of: term, row) }
      return
    }
    let terms = terms(row)
    let rest = self.residual(residual, terms: terms, row)
    for index in terms.indices { vector[index] += terms[index] * rest }
    vector[terms.count] += residual.squareWeight * rest * rest
  }

  /// Returns the terms of a row, whether or not it is kept.
  package func terms(_ row: Int) -> [Double] { formula.terms.map { value(of: $0, row) } }

  /// Returns the outcome of a row.
  package func outcome(_ row: Int) -> Double {
    formula.residual.map { value(of: $0.outcome, row) } ?? 0
  }

  private func residual(_ residual: RowFormula.Residual, terms: [Double], _ row: Int) -> Double {
    let predictor = zip(terms, residual.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    let rest = value(of: residual.outcome, row) - residual.mean.value(predictor)
    return min(max(rest, -residual.bound), residual.bound)
  }

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
