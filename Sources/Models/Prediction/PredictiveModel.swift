import EncryptedScoring
import Foundation

/// A trained model: points for each column, what is known about their errors, and about the
/// model's. All of it was paid for, so that it may travel.
package struct PredictiveModel: Sendable, Equatable, Codable {
  /// The way in which points were found.
  package enum Method: String, Sendable, Codable {
    case gradients
    case pairs
  }

  package let target: String
  /// The label that counts as yes; nil for a number.
  package let event: String?
  package let form: PredictionTask.Form
  package let family: PredictionFamily
  package let link: Link
  package let method: Method
  package let intercept: Double
  package let columns: [ColumnPoints]
  package let leftOut: [LeftOutColumn]
  /// The noisy number of rows.
  package let rows: Int
  package let assessment: ScoreAssessment

  /// The model as a scorecard, which states the whole formula.
  /// - Throws: ``ScorecardFault`` if its scores would not fit.
  package func scorecard() throws(ScorecardFault) -> Scorecard {
    try Scorecard(
      name: target, link: link, intercept: intercept, columns: columns.map(\.scored))
  }
}

/// The points of one column.
package struct ColumnPoints: Sendable, Equatable, Codable {
  /// The cells that a number of points is for.
  package enum Cells: Sendable, Equatable, Codable {
    /// Numbers from one edge up to another; nil for no end.
    case bin(from: Double?, to: Double?)
    case category(String)
    /// Each unit of a number that is moved into this range.
    case unit(minimum: Double, maximum: Double)
    case missing
    /// Cells that fit no other line.
    case other
  }

  package struct Line: Sendable, Equatable, Codable {
    package let cells: Cells
    package let points: Double
    /// The standard error of the points: of the sample and of the noise. Nil if nothing was learned
    /// about these cells, which then have the points of the average row.
    package let error: Double?
    /// The noisy share of rows; nil for a number's unit, or if nothing was learned.
    package let share: Double?
  }

  package let name: String
  package let lines: [Line]
  /// The texts of missing cells.
  let missingTexts: [String]

  /// The column of a scorecard.
  package var scored: ScoredColumn {
    func points(_ isMeant: (Cells) -> Bool) -> [Double] {
      lines.filter { isMeant($0.cells) }.map(\.points)
    }
    let missing = points { $0 == .missing }.first
    let other = points { $0 == .other }.first
    switch lines.first?.cells {
    case .bin:
      let edges = lines.compactMap { if case .bin(let from?, _) = $0.cells { from } else { nil } }
      return ScoredColumn(
        name: name, shape: .bins(edges: edges),
        points: points { if case .bin = $0 { true } else { false } }, otherwise: missing ?? other)
    case .unit(let minimum, let maximum):
      return ScoredColumn(
        name: name, shape: .number(minimum: minimum, maximum: maximum), points: [lines[0].points],
        otherwise: missing ?? other)
    case .category, .missing, .other, nil:
      let named = lines.compactMap { line -> (String, Double)? in
        if case .category(let text) = line.cells { (text, line.points) } else { nil }
      }
      let known = Set(named.map(\.0))
      let texts = missing == nil ? [] : missingTexts.filter { !known.contains($0) }
      return ScoredColumn(
        name: name, shape: .categories(named.map(\.0) + texts),
        points: named.map(\.1) + texts.map { _ in missing ?? 0 }, otherwise: other)
    }
  }
}

extension ColumnPoints {
  /// - Parameters:
  ///   - points: of each slot of the term.
  ///   - errors: in the same order.
  init(_ term: DesignTerm, points: [Double], errors: [Double]) {
    name = term.name
    missingTexts = term.missingTexts
    let rows = max(term.rows, 1)
    var shares = [Double](repeating: 0, count: term.slotCount)
    for (entry, count) in zip(term.entries, term.counts) {
      shares[entry.slot] += max(count, 0) / rows
    }
    func line(_ cells: Cells, _ slot: Int) -> Line {
      Line(cells: cells, points: points[slot], error: errors[slot], share: shares[slot])
    }
    var lines: [Line]
    switch term.kind {
    case .bins(let edges):
      lines = (0...edges.count).map { bin in
        line(
          .bin(from: bin > 0 ? edges[bin - 1] : nil, to: bin < edges.count ? edges[bin] : nil), bin)
      }
    case .categories(let texts): lines = texts.enumerated().map { line(.category($1), $0) }
    case .number(let centre, let reach):
      // No further than the numbers that were trained on.
      let values = term.entries.filter { $0.slot == 0 }.map { centre + $0.value * reach }
      let (low, high) = (values.min() ?? centre, values.max() ?? centre)
      lines = [
        Line(
          cells: low < high
            ? .unit(minimum: low, maximum: high)
            : .unit(minimum: centre - reach, maximum: centre + reach),
          points: points[0] / reach, error: errors[0] / reach, share: nil)
      ]
    }
    if let slot = term.missingSlot { lines.append(line(.missing, slot)) }
    // A number's points are counted from 0 on, those of other cells from the average row.
    let average =
      if case .number(let centre, let reach) = term.kind { points[0] / reach * centre } else { 0.0 }
    if term.isNumber, let slot = term.missingSlot {
      lines[lines.count - 1] = Line(
        cells: .missing, points: points[slot] + average, error: errors[slot], share: shares[slot])
    }
    if let slot = term.otherSlot {
      lines.append(line(.other, slot))
    } else {
      lines.append(Line(cells: .other, points: average, error: nil, share: nil))
    }
    self.lines = lines
  }
}
