import Accounting
import Foundation

/// The shares of the budget of linked tables, and the rules that follow from it. They were fixed on
/// simulated hospitals (docs/decisions/0036-linked-synthesis.md).
package enum LinkedBudget {
  /// The share of the bins of ordered columns below the root.
  package static let ordered = 0.1
  /// The share of naming labels below the root.
  package static let labels = 0.1
  /// The share of counting labels below the root.
  package static let labelCounts = 0.03
  /// The share of the lengths of people's counts.
  package static let lengths = 0.02
  /// The share of the pairs of values.
  package static let pairs = 0.06
  /// The share of the people's view.
  package static let people = 0.22
  /// The share of the chains; they get what else is left, too.
  package static let chains = 1 - ordered - labels - labelCounts - lengths - pairs - people

  /// The parts of naming the labels of a column: each round leaves out what was named before.
  static let labelRounds = [0.3, 0.7]
  /// How much more a column of values in sets gets than a column of events.
  static let setWeight = 3.0
  static let mostSketches = 10
  static let mostPairedCodes = 24

  /// Whether there are too few people for what they say of their trees: then fewer views are asked.
  /// About 3,000 at an epsilon of 1.
  package static func isThin(people: Double, rho: Rho) -> Bool {
    people < Double(fewPeople(rho: rho))
  }

  /// Returns the most contexts of a column: one more for each doubling of the people beyond the
  /// fewest that can tell of their trees. Few clear contexts say more than many faint ones.
  package static func mostContexts(people: Double, rho: Rho) -> Int {
    let doublings = log2(max(people, 1) / Double(fewPeople(rho: rho))).rounded()
    return 1 + Int(min(max(doublings, 0), 3))
  }

  /// Returns the number of people under which fewer views are asked.
  package static func fewPeople(rho: Rho) -> Int {
    Int((560 / (2 * rho.value).squareRoot()).rounded(.up))
  }
}
