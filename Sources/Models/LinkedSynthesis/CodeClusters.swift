/// Values that go together in the same people, found in noisy counts of pairs.
package enum CodeClusters {
  /// Returns sets of places of codes that occur together more often than such pairs usually do.
  ///
  /// Clusters are merged by average linkage, the strongest link first, while the link stands out of
  /// the noise. What is usual is the median of the ratios of observed to independent counts, which
  /// people with many rows raise for all pairs alike.
  /// - Parameters:
  ///   - triangle: the counts of pairs, row by row with the diagonal.
  ///   - people: the number of people.
  package static func find(_ triangle: [Double], count: Int, variance: Double, people: Double)
    -> [[Int]]
  {
    func pair(_ first: Int, _ second: Int) -> Double {
      triangle[first * count - first * (first - 1) / 2 + second - first]
    }
    let alone = (0..<count).map { max(pair($0, $0), 1) }
    var ratios: [Double] = []
    for first in 0..<count {
      for second in first + 1..<max(count, first + 1) {
        let independent = alone[first] * alone[second] / people
        if independent * independent > variance { ratios.append(pair(first, second) / independent) }
      }
    }
    ratios.sort()
    let usual = ratios.isEmpty ? 1 : max(ratios[ratios.count / 2], 0.2)
    var links = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for first in 0..<count {
      for second in first + 1..<max(count, first + 1) {
        let independent = usual * alone[first] * alone[second] / people
        let spread = (independent + variance).squareRoot()
        links[first][second] = (pair(first, second) - independent) / spread
        links[second][first] = links[first][second]
      }
    }
    return merged(links)
  }

  /// The least average link, in standard deviations.
  private static let leastLink = 2.5
  private static let mostClusters = 5

  private static func merged(_ links: [[Double]]) -> [[Int]] {
    var clusters = links.indices.map { [$0] }
    func link(_ one: [Int], _ other: [Int]) -> Double {
      one.reduce(0) { sum, a in sum + other.reduce(0) { $0 + links[a][$1] } }
        / Double(one.count * other.count)
    }
    while clusters.count > 1 {
      var best = (link: leastLink, first: -1, second: -1)
      for first in clusters.indices {
        for second in first + 1..<max(clusters.count, first + 1) {
          let strength = link(clusters[first], clusters[second])
          if strength > best.link { best = (strength, first, second) }
        }
      }
      guard best.first >= 0 else { break }
      clusters[best.first] += clusters[best.second]
      clusters.remove(at: best.second)
    }
    return Array(
      clusters.filter { $0.count > 1 }.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
        .prefix(mostClusters))
  }
}
