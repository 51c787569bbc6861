import Accounting
import Curation
import DomainLearning
import Encoding
import Tables

/// What is known of a table below the root while its model is learned: its domain, and the codes of
/// its rows as attributes of the curator.
struct LearnedTable {
  let plan: TablePlan
  let domain: Domain
  /// The variables about which nothing was learned.
  let unlearned: Set<Int>
  let variables: [LearnedVariable]
  /// The length to which a person's counts in this table are clipped.
  let clip: Double
  /// The noisy number of people with a row.
  let people: Double

  /// The variable with the most labels, whose values make a set if the rows have no time.
  var main: LearnedVariable? {
    variables.filter { !$0.isOrdered }.max {
      ($0.drawn.count, $1.index) < ($1.drawn.count, $0.index)
    }
  }
}

/// A noisy count of the rows with each code.
struct NoisyRows {
  let values: [Double]
  let variance: Double
}

/// A variable with its groupings: those that are drawn, and the few that explain others.
struct LearnedVariable {
  let index: Int
  let name: String
  let isOrdered: Bool
  /// The noisy weight of each code, at least 0.
  let weights: [Double]
  /// The count of all rows by the groups that are drawn, if it was asked already.
  let counted: NoisyRows?
  let drawn: Grouping
  let coarse: Grouping
  /// The number of drawn groups that are in order; 0 if the values have none.
  let inOrder: Int
  /// The drawn group of missing cells, if the schema says that there are none.
  let neverMissing: Int?
  /// The curator's attributes of the groupings.
  let drawnAttribute: Int
  let coarseAttribute: Int

  private static let mostDrawn = 12
  private static let mostLabels = 4_000
  private static let mostCoarse = 4
  private static let mostCoarseLabels = 6

  /// - Parameters:
  ///   - isPartial: whether rows without a value are decided by their place, so that they are not
  ///     drawn.
  ///   - isComplete: whether the schema says that every row has a value.
  init(
    _ index: Int, of domain: Domain, weights: [Double], counted: NoisyRows? = nil, attribute: Int,
    isPartial: Bool, curator: PeopleCurator, isComplete: Bool = false
  ) {
    let (codec, variable) = (domain.codecs[index], domain.variables[index])
    (self.index, name, isOrdered) = (index, variable.name, variable.isOrdered)
    self.weights = weights
    switch codec {
    case .ordered(let ordered):
      let bins = ordered.bins.count
      drawn = .neighbours(weights, ordered: bins, most: Self.mostDrawn, leavesRest: isPartial)
      coarse = .neighbours(weights, ordered: bins, most: Self.mostCoarse, leavesRest: false)
      inOrder = (drawn.groups[0..<bins].max() ?? -1) + 1
    case .labels:
      drawn = .heaviest(weights, most: Self.mostLabels)
      coarse = .heaviest(weights, most: Self.mostCoarseLabels)
      inOrder = 0
    }
    let missing = isComplete ? codec.missingCode : nil
    neverMissing = missing.map { [groups = drawn.groups] in groups[$0] }
    self.counted = drawn.groups == Array(weights.indices) ? counted : nil
    drawnAttribute = curator.define(.grouped(attribute, drawn.groups))
    coarseAttribute = curator.define(.grouped(attribute, coarse.groups))
  }

  /// Returns groups of neighbouring drawn groups, at most `most` in order: as many as noise allows
  /// to tell apart by a context.
  func told(most: Int) -> Grouping {
    guard inOrder > most else { return Grouping(groups: Array(0..<drawn.count)) }
    var sums = [Double](repeating: 0, count: drawn.count)
    for (code, group) in drawn.groups.enumerated() where group >= 0 { sums[group] += weights[code] }
    return .neighbours(sums, ordered: inOrder, most: most, leavesRest: false)
  }
}

extension LearnedDomain {
  /// Returns the noisy number of rows with each code, at least 0.
  func weights(of attribute: Int) -> [Double] {
    let size = domain.sizes[attribute]
    var (sums, precisions) = (
      [Double](repeating: 0, count: size), [Double](repeating: 1e-12, count: size)
    )
    for look in oneWay where look.attribute == attribute && look.values.count == size {
      for code in 0..<size {
        sums[code] += look.values[code] / look.variances[code]
        precisions[code] += 1 / look.variances[code]
      }
    }
    let weights = zip(sums, precisions).map { max($0 / $1, 0) }
    return weights.contains { $0 > 0 } ? weights : [Double](repeating: 1, count: size)
  }
}
