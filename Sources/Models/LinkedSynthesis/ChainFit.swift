import Foundation

/// Fits the factors of a link so that each context's shares come out as they were measured, given
/// how contexts go together in drawn rows: iterative proportional fitting of the conditional
/// distribution of largest entropy. It reads paid answers and drawn rows alone.
package enum ChainFit {
  private static let rounds = 30
  private static let range = 0.02...50.0

  /// - Parameter combinations: how many drawn rows have each combination of the parents' codes.
  package static func fitted(_ link: ChainLink, to combinations: Combinations) -> ChainLink {
    guard !link.parents.isEmpty, !combinations.rows.isEmpty else { return link }
    var link = link
    let targets = consistent(link, combinations)
    let rows = combinations.rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    for _ in 0..<rounds {
      for place in link.parents.indices {
        fit(&link, place: place, to: targets[place], rows)
      }
    }
    return link
  }

  /// Makes the shares in each code of one context come out as they should.
  private static func fit(
    _ link: inout ChainLink, place: Int, to target: [Double],
    _ rows: [(key: [Int], value: Double)]
  ) {
    let own = link.base.count
    var expected = [Double](repeating: 0, count: target.count)
    var counts = [Double](repeating: 0, count: link.parents[place].size)
    for (codes, count) in rows {
      let start = codes[place] * own
      counts[codes[place]] += count
      for (group, share) in link.distribution(codes).enumerated() {
        expected[start + group] += count * share
      }
    }
    for code in counts.indices where counts[code] > 0 {
      let cells = code * own..<(code + 1) * own
      var factors = cells.map { cell in
        let factor = link.parents[place].factors[cell]
        return expected[cell] > 0 ? factor * counts[code] * target[cell] / expected[cell] : factor
      }
      // A product that is common to all groups changes no share.
      let usual = zip(factors, link.base).reduce(0) { $0 + $1.0 * $1.1 }
      if usual > 0 { factors = factors.map { $0 / usual } }
      for (cell, factor) in zip(cells, factors) {
        link.parents[place].factors[cell] = min(max(factor, range.lowerBound), range.upperBound)
      }
    }
  }

  /// Returns for each context its shares, changed so that no two contradict each other about all
  /// rows together, nor the count of the variable alone. Contradictions would never end the fit:
  /// one context takes away from another, until factors are as large as they may be.
  private static func consistent(_ link: ChainLink, _ combinations: Combinations) -> [[Double]] {
    let own = link.base.count
    let places = link.parents.indices
    let rows = places.map { combinations.rows.sums(at: $0, size: link.parents[$0].size) }
    let targets = places.map { place in
      raked(
        link.parents[place].shares, to: link.base,
        combinations.shortened.sums(at: place, size: link.parents[place].size))
    }
    var usual = [Double](repeating: 0, count: own)
    for place in places {
      for (cell, share) in targets[place].enumerated() {
        usual[cell % own] += rows[place][cell / own] * share
      }
    }
    let sum = usual.reduce(0, +)
    guard sum > 0 else { return targets }
    usual = usual.map { $0 / sum }
    return places.map { raked(targets[$0], to: usual, rows[$0]) }
  }

  /// Returns shares in each code of a context, of which each has a weight, changed by a factor for
  /// each group so that all codes together have the wanted shares.
  private static func raked(_ shares: [Double], to wanted: [Double], _ weights: [Double])
    -> [Double]
  {
    let (own, total) = (wanted.count, weights.reduce(0, +))
    var shares = shares
    for _ in 0..<rounds {
      for group in 0..<own {
        let expected = weights.indices.reduce(0) { $0 + weights[$1] * shares[$1 * own + group] }
        guard expected > 0 else { continue }
        let ratio = wanted[group] * total / expected
        for code in weights.indices { shares[code * own + group] *= ratio }
      }
      for code in weights.indices {
        let cells = code * own..<(code + 1) * own
        let sum = shares[cells].reduce(0, +)
        if sum > 0 { for cell in cells { shares[cell] /= sum } }
      }
    }
    return shares
  }
}

extension [[Int]: Double] {
  /// Returns the sum for each code at a place of the keys.
  fileprivate func sums(at place: Int, size: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: size)
    for (codes, value) in sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      sums[codes[place]] += value
    }
    return sums
  }
}

/// How often the codes of a link's parents occur together in drawn rows.
package struct Combinations {
  /// The rows with each combination.
  package var rows: [[Int]: Double] = [:]
  /// The same, with the rows of each person shortened as the curator shortens the counts of the
  /// link's own variable.
  package var shortened: [[Int]: Double] = [:]

  package init() {}
}

extension LinkedModel {
  private static let mostPeople = 20_000
  /// Fitted factors change which contexts go together, so rows are drawn and fitted again.
  private static let rounds = 3

  /// Returns the model with the factors of its chains fitted to rows drawn from it.
  func fitted(plan: LinkedPlan, people: Int, seed: UInt64) throws -> LinkedModel {
    var model = self
    for index in model.tables.indices {
      let links = model.tables[index].linksToFit
      for round in 0..<(links.isEmpty ? 1 : Self.rounds) {
        let sampler = LinkedSampler(plan: plan, model: model, seed: seed)
        // Pairs are rare, so that many people are drawn for them.
        let isPaired = model.tables[index].pairs != nil
        let drawn = try sampler.draw(
          people: isPaired ? Self.mostPeople : min(max(people, 1), Self.mostPeople),
          tables: index + 1)
        guard let drawing = sampler.drawing(of: model.tables[index], given: drawn) else { break }
        for place in links {
          let link = model.tables[index].chain[place]
          model.tables[index].chain[place] = ChainFit.fitted(
            link,
            to: drawing.combinations(
              of: link, people: sampler.people(of: model.tables[index].table, in: drawn)))
        }
        if round == 0 {
          model.tables[index] = sampler.fittedSets(of: model.tables[index], given: drawn)
        }
      }
    }
    return model
  }
}

extension TableModel {
  /// The places of the links that have contexts, but for that of a set, which is fitted apart.
  fileprivate var linksToFit: [Int] {
    chain.indices.filter { !chain[$0].parents.isEmpty && chain[$0].variable != returns?.variable }
  }
}
