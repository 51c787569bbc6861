import Analyses
import Foundation

/// The coverage of intervals, by the way in which they were obtained, analysis, size and price.
package struct IntervalReport: Sendable, Codable {
  /// The source of an answer.
  package enum Way: String, Sendable, Codable, CaseIterable {
    /// The release alone.
    case estimate
    /// The real table.
    case ask
  }

  package struct Key: Sendable, Hashable {
    let way: Way
    let analysis: String
    let cell: IntervalAudit.Cell

    package init(way: Way, analysis: String, cell: IntervalAudit.Cell) {
      (self.way, self.analysis, self.cell) = (way, analysis, cell)
    }
  }

  /// Counts of numbers.
  package struct Tally: Sendable {
    package var covered = 0
    package var answered = 0
    package var all = 0
    /// The sum over answers of the squared error, and of the squared standard error.
    var squaredError = 0.0
    var expectedSquare = 0.0
    var predictedSquare = 0.0
    var predictions = 0

    package init() {}

    /// - Parameter findings: nil if the release has no answer.
    init(_ findings: Findings?, truth: [String: Double], predicted: Findings?) {
      all = truth.count
      for (index, number) in (findings?.numbers ?? []).enumerated() {
        guard let estimate = number.estimate, let low = number.low, let high = number.high,
          let error = number.standardError,
          let value = truth[number.name]
        else { continue }
        answered += 1
        if low <= value, value <= high { covered += 1 }
        squaredError += (estimate - value) * (estimate - value)
        expectedSquare += error * error
        if let predicted, index < predicted.numbers.count,
          let own = predicted.numbers[index].standardError
        {
          predictedSquare += own * own
          predictions += 1
        }
      }
    }

    mutating func add(_ other: Tally) {
      covered += other.covered
      answered += other.answered
      all += other.all
      squaredError += other.squaredError
      expectedSquare += other.expectedSquare
      predictedSquare += other.predictedSquare
      predictions += other.predictions
    }
  }

  /// The result of one analysis in one cell, or in all cells together.
  package struct Line: Sendable, Codable {
    package let way: Way
    package let analysis: String
    /// Nil for all cells together.
    package let cell: IntervalAudit.Cell?
    package let covered: Int
    package let answered: Int
    package let all: Int
    /// The mean standard error that intervals state, divided by the error that answers have.
    package let statedError: Double
    /// The error that the plan predicts, divided by the stated one; nil without a plan.
    package let predictedError: Double?
    /// The requirement that is not met; nil if all are.
    package let failure: String?

    package var coverage: Double { answered > 0 ? Double(covered) / Double(answered) : 0 }
  }

  package let tables: Int
  package let lines: [Line]

  package init(tallies: [Key: Tally], tables: Int) {
    self.tables = tables
    var lines: [Line] = []
    for way in Way.allCases {
      for (name, _) in IntervalAudit.analyses
      where tallies.keys.contains(where: { $0.analysis == name }) {
        var pooled = Tally()
        for cell in IntervalAudit.cells {
          let tally = tallies[Key(way: way, analysis: name, cell: cell)] ?? Tally()
          pooled.add(tally)
          lines.append(Self.line(way, name, cell, tally))
        }
        lines.append(Self.line(way, name, nil, pooled))
      }
    }
    self.lines = lines
  }

  /// Whether all intervals cover as they promise.
  package var isPassed: Bool { lines.allSatisfy { $0.failure == nil } }

  private static func line(_ way: Way, _ name: String, _ cell: IntervalAudit.Cell?, _ tally: Tally)
    -> Line
  {
    Line(
      way: way, analysis: name, cell: cell, covered: tally.covered, answered: tally.answered,
      all: tally.all,
      statedError: tally.squaredError > 0
        ? (tally.expectedSquare / tally.squaredError).squareRoot() : 1,
      predictedError: tally.predictions > 0 && tally.expectedSquare > 0
        ? (tally.predictedSquare / tally.expectedSquare).squareRoot() : nil,
      failure: failure(way, cell, tally))
  }

  /// Compares a coverage with its bar, less three standard errors of a count of as many intervals.
  private static func failure(_ way: Way, _ cell: IntervalAudit.Cell?, _ tally: Tally) -> String? {
    guard tally.answered > 0 else { return nil }
    let bar = way == .ask && cell != nil ? 0.91 : 0.93
    // Numbers of one table move together: about three of them count as one.
    let slack = 3 * (0.95 * 0.05 * 3 / Double(tally.answered)).squareRoot()
    let coverage = Double(tally.covered) / Double(tally.answered)
    return coverage < bar - slack ? "covers less than \(Int(bar * 100)) %" : nil
  }
}
