import Accounting

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
  static let lengthSteps = 24
  static let mostSketches = 10
  static let mostPairedCodes = 24

  /// Whether there are too few people for what they say of their trees: then fewer views are asked.
  /// About 3,000 at an epsilon of 1.
  package static func isThin(people: Double, rho: Rho) -> Bool {
    people < Double(fewPeople(rho: rho))
  }

  /// Returns the number of people under which fewer views are asked.
  package static func fewPeople(rho: Rho) -> Int {
    Int((560 / (2 * rho.value).squareRoot()).rounded(.up))
  }

  /// Returns the length at which noise and the bias from shortened vectors balance, from how many
  /// people have each length (1, √2, 2, …).
  static func clip(_ lengths: [Double], variance: Double, codes: Int, rho: Rho) -> Double {
    let spread = 2 * variance.squareRoot()
    let people = lengths.map { $0 > spread ? $0 : 0 }
    func length(_ step: Int) -> Double { Double(1 << step).squareRoot() }
    let total = people.indices.reduce(0) { $0 + people[$1] * length($1) }
    guard total > 0 else { return 1 }
    let noise = max(leastCells, 8 * Double(codes)) / (2 * rho.value).squareRoot()
    let costs = people.indices.map { step -> Double in
      let lost = people.indices.reduce(0) { sum, other in
        sum + people[other] * max(length(other) - length(step), 0)
      }
      return lost + 0.4 * noise * length(step)
    }
    return length(costs.indices.min { costs[$0] < costs[$1] } ?? 0)
  }

  /// The fewest cells that the noise of a usual question falls on.
  private static let leastCells = 40.0
}
