import Curation
import Encoding
import EncryptedScoring
import Foundation
import Tables

/// The scores of a model against an outcome, checked against a release: counts of rows by bin of
/// their score and by outcome.
///
/// A row has one score and one outcome, so that the whole table costs no more than one count. Bins
/// follow from the scorecard and the stand-in alone.
package struct ModelDesign: Sendable {
  package let analysis: Analysis
  /// The domain to ask with.
  package let domain: Domain
  package let formula: RowFormula
  /// Every variable that is read.
  package let variables: [Int]
  let bins: [Bin]

  /// One bin of scores, as the stand-in has it.
  struct Bin: Sendable {
    /// The mean of the sum of points, that of the intercept included.
    var sum: Double
    /// The mean of the predicted probability.
    var predicted: Double
    /// Most sums of the bin lie within this width.
    var width: Double
    /// The predicted probabilities that the bin holds.
    var range: ClosedRange<Double>
  }

  /// The number of bins, about as many rows of the stand-in in each: more would cost more noise
  /// than they tell.
  private static let mostBins = 20

  /// - Throws: ``AnalysisFault``.
  package init(_ analysis: Analysis, columns: Columns, standIn: StandIn) throws(AnalysisFault) {
    self.analysis = analysis
    guard let card = analysis.model?.card, let name = analysis.outcome else {
      throw .missingKey("model", kind: analysis.kind.rawValue)
    }
    try Self.check(card, analysis.kind)
    let conditions = Dictionary(analysis.conditions.map { ($0.column, $0) }) { first, _ in first }
    let outcomeAxis = try columns.axis(name, condition: conditions[name])
    let outcome = try outcomeAxis.event(analysis)
    // The card says what becomes of missing cells.
    let scored = Columns(
      schema: columns.schema, domain: columns.domain, unlearned: Array(columns.unlearned),
      missing: .category, fineness: columns.fineness)
    var (axes, terms): ([Axis], [[RowFormula.Factor]]) = ([], [])
    for column in card.columns {
      let points = try scored.points(of: column, condition: conditions[column.layout.name])
      axes.append(points.axis)
      terms += points.terms
    }
    let read = Set([name] + card.columns.map(\.layout.name))
    for condition in analysis.conditions where !read.contains(condition.column) {
      axes.append(try columns.filter(condition))
    }
    try Self.check(axes, outcomeAxis)
    domain = columns.domain.replacing(axes + [outcomeAxis])
    variables = Set((axes + [outcomeAxis]).map(\.variable)).sorted()
    let filters =
      [outcomeAxis.known]
      + axes.filter(\.leavesOut).map { axis in
        RowFormula.Filter(attribute: axis.variable, isKept: axis.groups.map { $0 != nil })
      }
    let whole = RowFormula(
      terms: terms, reading: .bins(edges: [], outcome: outcome), filters: filters)
    let edges = Self.edges(Self.rows(of: whole, domain, standIn).map(\.sum))
    formula = RowFormula(
      terms: terms, reading: .bins(edges: edges, outcome: outcome), filters: filters)
    bins = Self.bins(Self.rows(of: whole, domain, standIn), edges: edges, card)
  }

  /// Refuses models whose sum of points does not tell what the kind needs.
  private static func check(_ card: Scorecard, _ kind: Analysis.Kind) throws(AnalysisFault) {
    if kind == .calibration, card.link != .logistic {
      throw .wrongModel(kind: kind.rawValue, allowed: "probabilities (link `logistic`)")
    }
    if card.link == .square {
      throw .wrongModel(
        kind: kind.rawValue,
        allowed: "ordered as their points (link `logistic`, `identity` or `exponential`)")
    }
  }

  /// Refuses two codings of one variable.
  private static func check(_ axes: [Axis], _ outcome: Axis) throws(AnalysisFault) {
    for (place, axis) in axes.enumerated() {
      let isTwice = axes[..<place].contains {
        $0.variable == axis.variable && ($0.codec != axis.codec || $0.name == axis.name)
      }
      if isTwice || axis.variable == outcome.variable { throw .columnTwice(axis.name) }
    }
  }

  /// A row of the stand-in that is kept.
  package struct Row {
    /// The sum of points, without the intercept.
    var sum: Double
    let isEvent: Bool
    let weight: Double
  }

  static func rows(of formula: RowFormula, _ domain: Domain, _ standIn: StandIn) -> [Row] {
    let evaluation = standIn.evaluation(of: formula, domain: domain)
    return (0..<standIn.rows).filter(evaluation.isKept).map {
      Row(
        sum: evaluation.sum($0), isEvent: evaluation.outcome($0) > 0.5, weight: standIn.weight($0))
    }
  }

  private static func edges(_ sums: [Double]) -> [Double] {
    let sorted = sums.sorted()
    guard let least = sorted.first else { return [] }
    let quantiles = (1..<mostBins).map { sorted[sorted.count * $0 / mostBins] }
    return Set(quantiles.filter { $0 > least }).sorted()
  }

  private static func bins(
    _ rows: [Row], edges: [Double], _ card: Scorecard
  ) -> [Bin] {
    var sums = [[Double]](repeating: [], count: edges.count + 1)
    for row in rows { sums[edges.reduce(0) { $0 + ($1 <= row.sum ? 1 : 0) }].append(row.sum) }
    return sums.enumerated().map { place, own in
      let sorted = own.sorted().map { $0 + card.intercept }
      let count = Double(max(sorted.count, 1))
      let low = place > 0 ? card.link.score(of: edges[place - 1] + card.intercept) : 0
      let high = place < edges.count ? card.link.score(of: edges[place] + card.intercept) : 1
      guard let first = sorted.first, let last = sorted.last else {
        return Bin(sum: card.intercept, predicted: 0, width: 0, range: min(low, high)...high)
      }
      // Few rows of an end lie far out, and they do not move its mean by much.
      let (from, to) = (sorted[sorted.count / 50], sorted[sorted.count - 1 - sorted.count / 50])
      return Bin(
        sum: sorted.reduce(0, +) / count,
        predicted: sorted.reduce(0) { $0 + card.link.score(of: $1) } / count,
        width: place == 0 || place == edges.count ? to - from : last - first,
        range: min(low, high)...max(low, high))
    }
  }

  /// Returns the counts of some rows, `[bins, outcomes]`, in people of the real table.
  package func counts(_ standIn: StandIn) -> [Double] {
    let evaluation = standIn.evaluation(of: formula, domain: domain)
    var counts = [Double](repeating: 0, count: formula.count)
    var own = counts
    for row in 0..<standIn.rows {
      for place in own.indices { own[place] = 0 }
      evaluation.add(row, to: &own)
      let weight = standIn.weight(row)
      for place in own.indices { counts[place] += weight * own[place] }
    }
    return counts.map { $0 * standIn.scale }
  }
}

extension Axis {
  /// The filter that keeps rows with a known outcome, and those that a condition keeps.
  fileprivate var known: RowFormula.Filter {
    RowFormula.Filter(
      attribute: variable,
      isKept: groups.map { group in
        group.map { spans[$0] != nil || labels[$0] != "missing" } ?? false
      })
  }
}
