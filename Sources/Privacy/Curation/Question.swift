import Accounting
import Encoding

/// A question put to the curator, in public terms only: its contents are the same for neighbouring
/// tables if the answers so far are the same.
package enum Question: Sendable, Equatable, Codable {
  /// How many rows are used.
  case rowCount
  /// How many rows fall into each of these runs of ticks, and how many are missing.
  case histogram(variable: String, cells: [ClosedRange<Int64>])
  /// How many rows are on this many of the fullest ticks in these runs.
  case crowding(variable: String, ticks: Int, cells: [ClosedRange<Int64>])
  /// Which ticks in these runs are frequent enough to be named.
  case frequentTicks(variable: String, cells: [ClosedRange<Int64>])
  /// How many rows in these runs lie on each of these public lattices, and on none.
  case grain(variable: String, lattices: [Lattice], cells: [ClosedRange<Int64>])
  /// Which labels are frequent enough to be named.
  case labels(variable: String)
  /// Which beginnings of this length are frequent enough to be named, among labels that were not.
  case labelPrefixes(variable: String, length: Int, named: Int)
  /// How many rows have each of these public labels, or one of these public groups of labels.
  case labelHistogram(variable: String, labels: Int, groups: Int)
  /// How the cells of this many columns fall into this many public classes.
  case cellClasses(columns: Int, classes: Int)
  /// How many different values these columns have, and how many rows are used.
  case distinctValues(columns: [String])
  /// How many rows there are for each combination of codes.
  case marginal(variables: [String])
  /// How many rows there are for each combination of codes or groups of codes, of which each
  /// variable has this many.
  case groupedMarginal(variables: [String], sizes: [Int])
  /// Which of these candidates is approximated worst.
  case worst(candidates: Int)
  /// How far a public table is from the rows, on average over this many marginals of this many
  /// columns each.
  case distance(marginals: Int, columns: Int)
  /// The sum over the units of a clipped vector of this many numbers.
  case clippedSum(coordinates: Int)
  /// The sum over the people of a clipped vector of this many numbers that their rows in linked
  /// tables give.
  case personSum(about: String, coordinates: Int)
  /// The sum over the units of their shares of heat in this many cells of a square.
  case heat(cellsASide: Int, cells: Int)
  /// The sum over the units of this many shares of one trait of their trips.
  case trips(trait: String, coordinates: Int)
  /// The sums of a network's gradients over random samples of the units, step after step.
  case gradients(steps: Int, coordinates: Int)

  /// The question in words, for the ledger.
  package var summary: String {
    switch self {
    case .rowCount: "number of rows"
    case .histogram(let variable, let cells): "histogram of \(variable) in \(cells.count) runs"
    case .crowding(let variable, let ticks, let cells):
      "rows on the \(ticks) fullest ticks of \(variable) in \(cells.count) runs"
    case .frequentTicks(let variable, let cells):
      "frequent ticks of \(variable) in \(cells.count) runs"
    case .grain(let variable, let lattices, let cells):
      "rows of \(variable) on \(lattices.count) lattices in \(cells.count) runs"
    case .labels(let variable): "frequent labels of \(variable)"
    case .labelPrefixes(let variable, let length, let named):
      "frequent first \(length) characters of \(variable) beside \(named) labels or beginnings"
    case .labelHistogram(let variable, let labels, let groups):
      "rows of \(variable) with \(labels) labels and in \(groups) groups of labels"
    case .cellClasses(let columns, let classes):
      "cells of \(columns) columns in \(classes) public classes"
    case .distinctValues(let columns):
      "different values of \(columns.joined(separator: ", ")), and the number of rows"
    case .marginal(let variables): "marginal of \(variables.joined(separator: ", "))"
    case .groupedMarginal(let variables, let sizes):
      "marginal of \(variables.joined(separator: ", ")) in \(sizes.map(String.init).joined(separator: " x ")) groups"
    case .worst(let candidates): "worst approximated of \(candidates) marginals"
    case .distance(let marginals, let columns):
      "mean distance of the drawn table over \(marginals) \(columns == 1 ? "columns" : "sets of \(columns) columns")"
    case .clippedSum(let coordinates): "sum of a clipped vector of \(coordinates) numbers"
    case .personSum(let about, let coordinates): "\(about), in \(coordinates) numbers a person"
    case .heat(let side, let cells): "heat of \(cells) cells of a square of \(side) x \(side)"
    case .trips(let trait, let coordinates): "\(trait) of trips in \(coordinates) numbers"
    case .gradients(let steps, let coordinates):
      "\(steps) sums of gradients of \(coordinates) parameters"
    }
  }
}

extension Question {
  /// Returns the variables counted together and the number of codes or groups of each; nil if the
  /// question is another.
  /// - Parameter sizes: The number of codes of each variable, by name.
  package func marginal(sizes: [String: Int]) -> (variables: [String], sizes: [Int])? {
    if case .groupedMarginal(let variables, let sizes) = self { return (variables, sizes) }
    guard case .marginal(let variables) = self else { return nil }
    return (variables, variables.map { sizes[$0] ?? 1 })
  }
}

/// An answer of the curator.
package enum Answer: Sendable, Equatable, Codable {
  case counts([Int])
  case labels(DiscoveredLabels)
  case ticks(DiscoveredTicks)
  case choice(Int)
  /// Exact scores of candidates; only ever seen by tests.
  case scores([Double])
}

/// A label and its noisy count.
package struct LabelCount: Sendable, Equatable, Codable {
  /// The label as written in the cells.
  package let label: String
  /// Its noisy count, in rows.
  package let count: Int

  /// Creates a label with its noisy count, in rows.
  package init(label: String, count: Int) {
    self.label = label
    self.count = count
  }
}

/// The results of label discovery for a variable.
package struct DiscoveredLabels: Sendable, Equatable, Codable {
  /// The labels, most frequent first.
  package let labels: [LabelCount]
  /// The noisy number of missing cells.
  package let missing: Int
  /// The variance of the noise on each count.
  package let variance: Double

  /// - Parameter variance: the variance of the noise on each count, in rows squared.
  package init(labels: [LabelCount], missing: Int, variance: Double) {
    self.labels = labels
    self.missing = missing
    self.variance = variance
  }
}

/// A tick that many rows share, and roughly how many.
package struct TickCount: Sendable, Equatable, Codable {
  /// The tick.
  package let tick: Int64
  /// Its noisy count, in rows.
  package let count: Int

  /// Creates a tick with its noisy count, in rows.
  package init(tick: Int64, count: Int) {
    self.tick = tick
    self.count = count
  }
}

/// The frequent ticks of an ordered variable.
package struct DiscoveredTicks: Sendable, Equatable, Codable {
  /// The ticks, ascending.
  package let ticks: [TickCount]
  /// The variance of the noise on each count, in rows squared.
  package let variance: Double

  /// - Parameter variance: the variance of the noise on each count, in rows squared.
  package init(ticks: [TickCount], variance: Double) {
    self.ticks = ticks
    self.variance = variance
  }
}

/// Watches, and may replace, the answers of a curator, for tests of the curator itself. A curator
/// with a probe is not private.
package protocol CuratorProbe: AnyObject {
  func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer
}

extension Question {
  /// Returns how the answer's distribution moves if one unit has other values of the variables
  /// `changed`.
  ///
  /// A row falls into one cell of a table of counts, so changed values move it from one cell to
  /// another. The choice of the worst-approximated marginal may always change, as some candidates
  /// hold the variables.
  package func effect(of changed: Set<String>) -> CellEffect {
    switch self {
    case .rowCount: .none
    case .histogram(let variable, _), .crowding(let variable, _, _),
      .frequentTicks(let variable, _), .grain(let variable, _, _),
      .labels(let variable), .labelPrefixes(let variable, _, _),
      .labelHistogram(let variable, _, _):
      changed.contains(variable) ? .moved : .none
    case .marginal(let variables), .groupedMarginal(let variables, _):
      variables.contains(where: changed.contains) ? .moved : .none
    case .worst: .moved
    // A sum over cells of distances: a row that moves changes two terms, so the sum moves as if two
    // people had come or gone.
    case .distance, .gradients, .clippedSum, .personSum, .heat, .trips: .replaced
    // Questions of a look before a release. Any change counts as the old person leaving and the new
    // one arriving.
    case .cellClasses, .distinctValues: .replaced
    }
  }
}

/// The purposes on which budget is spent.
package enum Purpose: String, Sendable, Codable, CaseIterable {
  /// Finding bounds, bins and categories.
  case domain
  /// The distribution of each variable alone.
  case oneWay = "one-way"
  /// Choosing the next measurement.
  case selection
  case measurement
  /// The steps by which a network learns.
  case training
  /// The distance of the finished table from the rows, for the policy's floors.
  case judgement
}

/// A question, the privacy event that answered it, and its purpose.
package struct RecordedEvent: Sendable, Equatable, Codable {
  /// The question, in public terms.
  package let question: Question
  /// The mechanism that answered it, with its parameters.
  package let event: PrivacyEvent
  /// The purpose of the answer.
  package let purpose: Purpose
}

/// Counts with noise of known variance.
package struct NoisyCounts: Sendable, Equatable {
  /// One count per cell, in rows, with the last attribute's code varying fastest. A count may be
  /// negative.
  package let values: [Int]
  /// The variance of the noise on each value.
  package let variance: Double

  /// - Parameter variance: the variance of the noise on each value, in rows squared.
  package init(values: [Int], variance: Double) {
    self.values = values
    self.variance = variance
  }
}
