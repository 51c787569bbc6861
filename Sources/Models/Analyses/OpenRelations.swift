import Basics
import Encoding
import Foundation
import GraphicalModels
import MarginalSynthesis

/// The relations between some variables that a release leaves open, as weights for the rows of its
/// stand-in.
///
/// AIM measures the pairs that its model gets most wrong, beyond the noise of measuring them. A
/// pair that it never chose is off by about that noise and that of the choice, in rows (the idea of
/// McKenna, Mullins, Sheldon, Miklau 2022, section 5, as a spread in place of their bound). A pair
/// that was measured in groups of codes is told between the groups; within them it may go on as
/// between them, or not at all. A pair that was not measured at all has in the model the relation
/// that follows from others: two causes of one outcome are correlated there, whether or not they
/// are among people. That relation, too, may be there or not.
///
/// A draw gives each row the weight exp Σ s z z over the open pairs: z are scores with mean 0 and
/// variance 1, and s = r / (1 − r²) for a correlation r that is added, as between two normal
/// numbers. Deviation: a variable's own distribution and the pairs that are known change a little,
/// in second order.
package struct OpenRelations {
  /// The pairs, as places among the variables.
  private let pairs: [Pair]
  private let variables: [Variable]

  private struct Pair {
    let first: Int
    let second: Int
    let gap: Gap
  }

  /// The part of a relation that is open.
  private enum Gap {
    /// All of it: a correlation with this standard deviation.
    case whole(Double)
    /// That within the groups of codes of either variable.
    case within(first: Bool, second: Bool)
  }

  private struct Variable {
    let index: Int
    /// The codes of values, which have an order; nil for labels.
    let ordered: Int?
    /// The coarse group of each code; nil if there are none.
    let groups: [Int]?
  }

  /// The largest standard deviation of a correlation with which conclusions still say something.
  static let mostOpen = 0.2
  /// The share of all pairs that a release must have measured: otherwise its budget was spent long
  /// before the strong relations were.
  private static let leastMeasured = 0.25
  /// The noise of the choice beside that of a measurement, in standard deviations of a cell. With
  /// it, the root mean square of the correlations that releases of nine tables left open was .2 to
  /// .9 of the spread that is stated here (1.6 on Adult, at .03).
  private static let choiceNoise = 8.0
  /// The mean absolute value of a standard normal number.
  private static let meanAbsolute = (2 / Double.pi).squareRoot()
  /// A model of this many cells could still take in a pair, in any release.
  private static let roomyCells = 300_000.0
  /// The part of the trend between groups that goes on within them, and the doubt about it:
  /// anything from none to more than all of it, since groups know less of a relation than values.
  private static let trend = (mean: 0.5, spread: 0.75)
  /// The part of the relation that only follows from others, and the doubt about it: anything from
  /// none to all of it.
  private static let implied = (mean: 0.5, spread: 0.5)
  /// The largest correlation that is added.
  private static let mostCorrelated = 0.9
  /// The largest logarithm of a row's weight.
  private static let mostTilt = 3.0

  /// Whether all pairs are known, code by code.
  package var isEmpty: Bool { pairs.isEmpty }

  /// - Returns: nil if some pair is open so far that nothing can be said.
  package init?(between indices: [Int], of evidence: Evidence) {
    let looks = Looks(evidence)
    let own = Set(indices).sorted()
    variables = own.map { index in
      let codec = evidence.domain.codecs[index]
      let ordered: Int? = if case .ordered(let codec) = codec { codec.bins.count } else { nil }
      return Variable(index: index, ordered: ordered, groups: looks.groups[index])
    }
    var pairs: [Pair] = []
    for second in own.indices {
      for first in 0..<second {
        guard let gap = looks.finest(own[first], own[second]) else {
          guard let spread = looks.spread(own[first], own[second]) else { return nil }
          pairs.append(Pair(first: first, second: second, gap: .whole(spread)))
          continue
        }
        guard gap.first || gap.second else { continue }
        pairs.append(
          Pair(
            first: first, second: second, gap: .within(first: gap.first, second: gap.second)))
      }
    }
    self.pairs = pairs
  }

  // MARK: Measured pairs

  /// The pairs that a release has measured, and in which codes.
  private struct Looks {
    let groups: [Int: [Int]]
    /// By pair of variables: whether either was looked at in groups.
    private var grouped: [Clique: (first: Bool, second: Bool)] = [:]
    private let evidence: Evidence
    private let coarse: [Int: Int]
    private let noise: Double?
    private let isTree: Bool

    init(_ evidence: Evidence) {
      self.evidence = evidence
      let count = evidence.domain.count
      var (groups, fine, coarse) = ([Int: [Int]](), [Int: Int](), [Int: Int]())
      for zeros in evidence.model.structuralZeros where zeros.clique.count == 2 {
        let (variable, attribute) = (zeros.clique.attributes[0], zeros.clique.attributes[1])
        guard variable < count, attribute >= count else { continue }
        let size = evidence.model.sizes[attribute]
        groups[variable] = (0..<evidence.model.sizes[variable]).map { code in
          (0..<size).first { zeros.isPossible[code * size + $0] } ?? 0
        }
        (fine[attribute], coarse[variable]) = (variable, attribute)
      }
      (self.groups, self.coarse) = (groups, coarse)
      let joint = evidence.measurements.filter { $0.clique.count > 1 }
      noise = joint.map { $0.variance[0] }.min()
      for look in joint {
        let attributes = look.clique.attributes
        for (place, second) in attributes.enumerated() {
          for first in attributes[..<place] {
            let (a, b) = (fine[first] ?? first, fine[second] ?? second)
            guard a != b else { continue }
            let isGrouped = (first >= count, second >= count)
            let new = a < b ? isGrouped : (isGrouped.1, isGrouped.0)
            let old = grouped[Clique([a, b])] ?? (true, true)
            grouped[Clique([a, b])] =
              (new.0 ? 1 : 0) + (new.1 ? 1 : 0) <= (old.0 ? 1 : 0) + (old.1 ? 1 : 0) ? new : old
          }
        }
      }
      isTree = joint.allSatisfy { $0.clique.count == 2 } && grouped.count < count
    }

    /// Returns whether each variable was looked at in groups only; nil if the pair never was.
    func finest(_ first: Int, _ second: Int) -> (first: Bool, second: Bool)? {
      grouped[Clique([first, second])]
    }

    /// Returns the standard deviation of the correlation of a pair that was not measured; nil if
    /// little is known about it: it may not have been chosen for want of budget or room, or because
    /// a tree was enough.
    func spread(_ first: Int, _ second: Int) -> Double? {
      let count = evidence.domain.count
      guard let noise, !isTree,
        Double(grouped.count) >= OpenRelations.leastMeasured * Double(count * (count - 1) / 2)
      else { return nil }
      let pair = Clique([coarse[first] ?? first, coarse[second] ?? second])
      let size = ModelSize(
        measured: evidence.measurements.map(\.clique),
        ruled: evidence.model.structuralZeros.map(\.clique) + evidence.model.base.map(\.clique),
        sizes: evidence.model.sizes,
        limit: OpenRelations.roomyCells)
      guard size.allows([pair]) == [true] else { return nil }
      let targets = evidence.domain.variables.indices.filter {
        evidence.domain.variables[$0].isTarget
      }
      // A pair of less weight is chosen later.
      let workload = Workload(count: count, targets: Set(targets))
      let own = Clique([first, second])
      let weight = workload.weight(of: own) / Workload(count: count).weight(of: own)
      let cells = Double(pair.cellCount(sizes: evidence.model.sizes))
      let rows =
        noise.squareRoot() * (OpenRelations.meanAbsolute * cells + OpenRelations.choiceNoise)
      let share = OpenRelations.meanAbsolute * OpenRelations.meanAbsolute
      let spread = rows / (share * max(evidence.model.total, 1)) / max(weight, 1e-9)
      return spread <= OpenRelations.mostOpen ? spread : nil
    }
  }

  // MARK: Draws

  /// Returns the stand-in with rows that weigh what one draw of the open relations gives them.
  package func drawn(_ standIn: StandIn, using generator: inout SamplingGenerator) -> StandIn {
    guard !isEmpty, standIn.rows > 0 else { return standIn }
    let columns = variables.map {
      standIn.column($0.index, codec: standIn.domain.codecs[$0.index])
    }
    var scores: [Scores] = []
    for (variable, column) in zip(variables, columns) {
      var counts = [Double](repeating: 0, count: standIn.domain.codecs[variable.index].size)
      for row in 0..<standIn.rows { counts[Int(column[row])] += 1 }
      scores.append(Scores(variable, counts, using: &generator))
    }
    var tilts = [Double](repeating: 0, count: standIn.rows)
    for pair in pairs {
      let (first, second) = (scores[pair.first], scores[pair.second])
      let (a, b) = (columns[pair.first], columns[pair.second])
      switch pair.gap {
      case .whole(let spread):
        let implied = tilts.indices.reduce(0.0) {
          $0 + first.own[Int(a[$1])] * second.own[Int(b[$1])]
        }
        let taken = Self.implied.mean + Self.implied.spread * generator.normal()
        let strength = Self.strength(
          spread * generator.normal() - taken * implied / Double(tilts.count))
        for row in tilts.indices {
          tilts[row] += strength * first.own[Int(a[row])] * second.own[Int(b[row])]
        }
      case .within(let isFirst, let isSecond):
        let (outer, other) = (
          isFirst ? first.grouped : first.own, isSecond ? second.grouped : second.own
        )
        let between =
          tilts.indices.reduce(0.0) { $0 + outer[Int(a[$1])] * other[Int(b[$1])] }
          / Double(tilts.count)
        let strength =
          Self.strength(between) * (Self.trend.mean + Self.trend.spread * generator.normal())
        for row in tilts.indices {
          let (i, j) = (Int(a[row]), Int(b[row]))
          tilts[row] += strength * (first.own[i] * second.own[j] - outer[i] * other[j])
        }
      }
    }
    let weights = tilts.map { exp(min(max($0, -Self.mostTilt), Self.mostTilt)) }
    let mean = weights.reduce(0, +) / Double(weights.count)
    return standIn.weighted(weights.map { $0 / mean })
  }

  /// Returns the logarithm of a row's weight for two scores of 1 that have this correlation.
  private static func strength(_ correlation: Double) -> Double {
    let bounded = min(max(correlation, -mostCorrelated), mostCorrelated)
    return bounded / (1 - bounded * bounded)
  }

  /// The scores of a variable's codes, with mean 0 and variance 1 in the rows.
  private struct Scores {
    let own: [Double]
    /// The mean score of each code's group.
    let grouped: [Double]

    /// Ordered codes have the normal scores of their ranks, and words and missing cells 0; labels
    /// have random ones. What was overlooked is a number of rows, which may all have one label, so
    /// that every label has the same share in the variance, and rare labels have large scores.
    /// - Parameter counts: of the codes.
    init(_ variable: Variable, _ counts: [Double], using generator: inout SamplingGenerator) {
      var scores = [Double](repeating: 0, count: counts.count)
      if let ordered = variable.ordered {
        let whole = max(counts[..<ordered].reduce(0, +), 1)
        var below = 0.0
        for code in 0..<ordered {
          let rank = (below + counts[code] / 2) / whole
          scores[code] = Distributions.normalQuantile(min(max(rank, 0.006), 0.994))
          below += counts[code]
        }
      } else {
        let whole = max(counts.reduce(0, +), 1)
        for code in scores.indices {
          let score = generator.normal()
          scores[code] = counts[code] > 0 ? score * (whole / counts[code]).squareRoot() : 0
        }
      }
      var (rows, sum, square) = (0.0, 0.0, 0.0)
      for (score, count) in zip(scores, counts) {
        rows += count
        sum += count * score
        square += count * score * score
      }
      let mean = sum / rows
      let spread = max(square / rows - mean * mean, 0).squareRoot()
      own = scores.map { spread > 1e-9 ? ($0 - mean) / spread : 0 }
      guard let groups = variable.groups else {
        grouped = own
        return
      }
      var sums = [Int: (score: Double, rows: Double)]()
      for (code, group) in groups.enumerated() {
        sums[group, default: (0, 0)].score += own[code] * counts[code]
        sums[group, default: (0, 0)].rows += counts[code]
      }
      grouped = groups.map { group in sums[group].map { $0.score / max($0.rows, 1) } ?? 0 }
    }
  }
}
