import Foundation

/// Probabilities from noisy counts.
package enum Conditionals {
  /// Returns the distribution nearest to noisy counts: their projection onto the simplex of their
  /// sum (Duchi, Shalev-Shwartz, Singer and Chandra 2008, figure 1), so that the many counts that
  /// are noise alone become zero.
  package static func distribution(_ counts: [Double]) -> [Double] {
    let total = counts.reduce(0, +)
    guard total > 0 else {
      return [Double](repeating: 1 / Double(counts.count), count: counts.count)
    }
    let sorted = counts.sorted(by: >)
    var (sum, threshold) = (0.0, 0.0)
    for (index, value) in sorted.enumerated() {
      sum += value
      let candidate = (sum - total) / Double(index + 1)
      if value - candidate > 0 { threshold = candidate }
    }
    let kept = counts.map { max($0 - threshold, 0) }
    let rest = kept.reduce(0, +)
    return kept.map { $0 / rest }
  }

  /// Returns the distributions in each block of noisy counts, drawn towards the `prior` of the
  /// block as far as noise explains the distance (James and Stein 1961, the positive part).
  /// - Parameters:
  ///   - prior: a distribution for each group of `blocks` neighbouring blocks.
  ///   - variance: of the noise on each count.
  package static func refined(
    prior: [Double], counts: [Double], variance: Double, own: Int
  ) -> [Double] {
    let blocks = counts.count / own
    let share = blocks / (prior.count / own)
    var refined: [Double] = []
    refined.reserveCapacity(counts.count)
    for block in 0..<blocks {
      let start = block / share * own
      let before = Array(prior[start..<start + own])
      let values = Array(counts[block * own..<(block + 1) * own])
      refined += Self.refined(prior: before, counts: values, variance: variance)
    }
    return refined
  }

  private static func refined(prior: [Double], counts: [Double], variance: Double) -> [Double] {
    let (total, cells) = (counts.reduce(0, +), Double(counts.count))
    guard total > 1.5 * (cells * variance).squareRoot() else { return prior }
    let distance = zip(counts, prior).reduce(0) {
      let difference = $1.0 / total - $1.1
      return $0 + difference * difference
    }
    let noise = cells * variance / (total * total)
    let weight = distance > 0 ? max(0, 1 - noise / distance) : 0
    return distribution(
      zip(counts, prior).map { max(0, $1 + weight * ($0 / total - $1)) })
  }

  /// Returns the counts of a variable alone, from a measurement of it and from those by contexts,
  /// each of which tells it too. Shortened counts have totals of their own, so that shares are
  /// combined.
  static func margin(_ alone: NoisyRows, _ contexts: [NoisyRows]) -> NoisyRows {
    let own = alone.values.count
    let total = max(alone.values.reduce(0, +), 1)
    return contexts.reduce(alone) { known, context in
      let blocks = context.values.count / own
      var sums = [Double](repeating: 0, count: own)
      for (cell, value) in context.values.enumerated() { sums[cell % own] += value }
      let variance = context.variance * Double(blocks)
      let sum = sums.reduce(0, +)
      guard sum * sum > 4 * variance * Double(own) else { return known }
      let scale = total / sum
      return combined(
        known, NoisyRows(values: sums.map { $0 * scale }, variance: variance * scale * scale))
    }
  }

  /// Returns the combination of two measurements of the same counts.
  static func combined(_ first: NoisyRows, _ second: NoisyRows) -> NoisyRows {
    let (a, b) = (1 / first.variance, 1 / second.variance)
    return NoisyRows(
      values: zip(first.values, second.values).map { ($0 * a + $1 * b) / (a + b) },
      variance: 1 / (a + b))
  }
}

extension Grouping {
  /// Returns groups of neighbouring codes of about equal weight, with the codes from `single` on
  /// each in a group of its own; nil leaves them out.
  package static func neighbours(_ weights: [Double], ordered: Int, most: Int, leavesRest: Bool)
    -> Grouping
  {
    let total = weights[0..<ordered].reduce(0) { $0 + max($1, 0) }
    var groups: [Int] = []
    var (sum, group, isEmpty) = (0.0, 0, true)
    for code in 0..<ordered {
      let weight = max(weights[code], 0)
      // A code that is nearer to the next group's middle begins that group.
      let target = total * Double(group + 1) / Double(most)
      if !isEmpty, group < most - 1, sum + weight / 2 > target {
        group += 1
        isEmpty = true
      }
      groups.append(group)
      sum += weight
      isEmpty = false
    }
    for code in ordered..<max(weights.count, ordered) {
      groups.append(leavesRest ? -1 : (ordered == 0 ? code : group + 1 + code - ordered))
    }
    return Grouping(groups: groups)
  }

  /// Returns a group for each of the heaviest codes, and one for all others.
  package static func heaviest(_ weights: [Double], most: Int) -> Grouping {
    guard weights.count > most else { return Grouping(groups: Array(weights.indices)) }
    let order = weights.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
    var groups = [Int](repeating: most - 1, count: weights.count)
    for (group, code) in order.prefix(most - 1).enumerated() { groups[code] = group }
    return Grouping(groups: groups)
  }
}
