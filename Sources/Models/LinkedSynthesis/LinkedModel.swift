import Encoding
import MarginalSynthesis

/// The model of linked tables: one of the people, and for each table below a chain that draws its
/// rows one after the other. Everything in it is public or paid for.
package struct LinkedModel: Sendable, Codable {
  package var person: PersonModel
  /// The tables below the root, each behind its owner.
  package var tables: [TableModel]
}

/// The model of the root's rows with what it says of their trees.
package struct PersonModel: Sendable, Codable {
  package var domain: Domain
  package var fit: MarginalFit
  /// The groups of each variable's codes as they explain rows below.
  package var coarse: [Grouping]
  /// The variables about which nothing was learned: their cells are empty.
  package var unlearned: [Int]
}

/// Groups of the codes of a variable; -1 for codes that are in none.
package struct Grouping: Sendable, Codable, Equatable {
  package var groups: [Int]
  package var count: Int

  package init(groups: [Int]) {
    self.groups = groups
    count = (groups.max() ?? 0) + 1
  }
}

/// The model of the rows of a table, given the rows that they belong to.
package struct TableModel: Sendable, Codable {
  /// The place of the table among those of the schema.
  package var table: Int
  package var domain: Domain
  /// The groups of each variable's codes as they explain others, in the order of the domain.
  package var coarse: [Grouping]
  /// The variables in the order in which they are drawn.
  package var chain: [ChainLink]
  /// How values come back from one event to the next, if the rows are sets of values.
  package var returns: ReturnModel?
  /// How values of a set go together, if they do.
  package var pairs: PairModel?
  /// The noisy number of rows, and the longest vector of a person's counts, for reports.
  package var rows: Double
  /// The variables about which nothing was learned: their cells are empty.
  package var unlearned: [Int]
  package var clip: Double
}

/// One variable of a chain: its distribution given a few codes that are known when it is drawn, as
/// a product of a factor for each of them.
package struct ChainLink: Sendable, Codable {
  package var variable: Int
  /// The groups that are drawn.
  package var drawn: Grouping
  /// The weight of each code within its group.
  package var weights: [Double]
  /// The probability of each group, whatever else is known.
  package var base: [Double]
  package var parents: [ChainParent]

  package init(
    variable: Int, drawn: Grouping, weights: [Double], base: [Double], parents: [ChainParent]
  ) {
    (self.variable, self.drawn, self.weights) = (variable, drawn, weights)
    (self.base, self.parents) = (base, parents)
  }
}

/// What a context says of a variable.
package struct ChainParent: Sendable, Codable {
  package var context: Context
  /// The number of codes of the context.
  package var size: Int
  /// The probability of each group given each code; the group varies fastest.
  package var shares: [Double]
  /// The factor of each group given each code.
  package var factors: [Double]

  package init(context: Context, size: Int, shares: [Double], factors: [Double]) {
    (self.context, self.size, self.shares, self.factors) = (context, size, shares, factors)
  }
}

extension Domain {
  /// Returns the group of values that have no name of their own; nil if all have.
  func unnamedGroup(of variable: Int, in drawn: Grouping) -> Int? {
    guard case .labels(let codec) = codecs[variable], codec.otherLabel != nil else { return nil }
    return drawn.groups[codec.labels.count + codec.groups.count]
  }
}

extension ChainLink {
  /// Returns the probability of each group given a code of each parent.
  package func distribution(_ codes: [Int]) -> [Double] {
    var values = base
    for (parent, code) in zip(parents, codes) {
      let start = code * base.count
      for group in values.indices { values[group] *= parent.factors[start + group] }
    }
    let sum = values.reduce(0, +)
    return sum > 0 ? values.map { $0 / sum } : base
  }
}

/// Something that is known when a row is drawn.
package enum Context: Sendable, Codable, Hashable {
  /// A variable of the row itself that is drawn before.
  case own(Int)
  /// A variable of the row before; the last code stands for a first row.
  case previous(Int)
  /// The place among the rows of the owner, up to ``mostPositions``.
  case position
  /// Whether a value is of a first event, new, or was there before.
  case novelty
  /// A variable of a row above: 1 is the owner, 2 the owner's owner.
  case above(Int, variable: Int)

  package static let mostPositions = 3
}

/// The chances that a value which a person's events had before is in the next event too.
package struct ReturnModel: Sendable, Codable {
  /// The variable whose values are a set.
  package var variable: Int
  /// For each code: the chance if the event before had it.
  package var afterLast: [Double]
  /// For each code: the chance if only earlier events had it.
  package var afterEarlier: [Double]
  /// The share of rows whose value another row of the same owner has.
  package var repeats: Double
}
