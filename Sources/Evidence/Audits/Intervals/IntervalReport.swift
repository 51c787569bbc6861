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
    /// The sum over answers of the squared error, in stated standard errors.
    package var squaredError = 0.0
    /// The same of the standard errors that the plan predicts.
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
        guard error > 0 else { continue }
        squaredError += (estimate - value) * (estimate - value) / (error * error)
        if let predicted, index < predicted.numbers.count,
          let own = predicted.numbers[index].standardError
        {
          predictedSquare += own * own / (error * error)
          predictions += 1
        }
      }
    }

    mutating func add(_ other: Tally) {
      covered += other.covered
      answered += other.answered
      all += other.all
      squaredError += other.squaredError
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
    /// The standard error that intervals state, divided by the error that answers have.
    package let statedError: Double
    /// The standard error that the plan predicts, divided by the stated one; nil without a plan.
    package let predictedError: Double?
    /// The requirement that is not met; nil if all are.
    package let failure: String?

    package var coverage: Double { answered > 0 ? Double(covered) / Double(answered) : 0 }
  }

  package let tables: Int
  package let lines: [Line]
  /// The share of all numbers that releases of 10,000 people at ε = 1 answer; nil if not everything
  /// was asked of them.
  package let answeredByReleases: Double?

  /// The share that they must answer.
  private static let leastAnswered = 0.6
  private static let largest = IntervalAudit.Cell(rows: 10_000, epsilon: 1)

  package init(tallies: [Key: Tally], tables: Int) {
    self.tables = tables
    let free = tallies.filter { $0.key.way == .estimate && $0.key.cell == Self.largest }.values
    answeredByReleases =
      free.count == IntervalAudit.analyses.count
      ? Double(free.reduce(0) { $0 + $1.answered })
        / Double(max(free.reduce(0) { $0 + $1.all }, 1)) : nil
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

  /// Whether all intervals cover as they promise, and releases answer enough.
  package var isPassed: Bool {
    lines.allSatisfy { $0.failure == nil } && (answeredByReleases ?? 1) >= Self.leastAnswered
  }

  private static func line(_ way: Way, _ name: String, _ cell: IntervalAudit.Cell?, _ tally: Tally)
    -> Line
  {
    Line(
      way: way, analysis: name, cell: cell, covered: tally.covered, answered: tally.answered,
      all: tally.all,
      statedError: stated(tally),
      predictedError: tally.predictions > 0
        ? (tally.predictedSquare / Double(tally.predictions)).squareRoot() : nil,
      failure: failure(way, cell, tally))
  }

  private static func stated(_ tally: Tally) -> Double {
    tally.squaredError > 0 ? (Double(tally.answered) / tally.squaredError).squareRoot() : 1
  }

  /// The most that intervals of `ask` may cover, unless they are hardly wider than they need be.
  private static let mostCoverage = 0.97
  private static let mostWidth = 1.15
  /// Numbers of one table move together: about three of them count as one.
  private static let together = 3.0

  /// Compares a coverage with its bars, with three standard errors of a count of as many intervals.
  private static func failure(_ way: Way, _ cell: IntervalAudit.Cell?, _ tally: Tally) -> String? {
    guard tally.answered > 0 else { return nil }
    let bar = way == .ask && cell != nil ? 0.91 : 0.93
    let counted = Double(tally.answered) / together
    let slack = 3 * (0.95 * 0.05 / counted).squareRoot()
    let coverage = Double(tally.covered) / Double(tally.answered)
    if coverage < bar - slack { return "covers less than \(Int(bar * 100)) %" }
    let isWide = stated(tally) > mostWidth * (1 + 3 / (2 * counted).squareRoot())
    return way == .ask && cell == nil && coverage > mostCoverage + slack && isWide
      ? "wider than needed" : nil
  }
}
