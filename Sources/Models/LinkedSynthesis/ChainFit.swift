import Foundation

/// Fits the factors of a link so that each context's shares come out as they were measured, given
/// how contexts go together in what is drawn: iterative proportional fitting of the conditional
/// distribution of largest entropy. It reads paid answers and drawn rows alone.
enum ChainFit {
  private static let rounds = 30
  private static let range = 0.02...50.0

  /// - Parameter combinations: how many drawn rows have each combination of the parents' codes.
  static func fitted(_ link: ChainLink, to combinations: [[Int]: Double]) -> ChainLink {
    guard link.parents.count > 1, !combinations.isEmpty else { return link }
    var link = link
    let own = link.base.count
    let rows = combinations.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    for _ in 0..<rounds {
      for place in link.parents.indices {
        var expected = [Double](repeating: 0, count: link.parents[place].shares.count)
        var counts = [Double](repeating: 0, count: link.parents[place].size)
        for (codes, count) in rows {
          let start = codes[place] * own
          counts[codes[place]] += count
          for (group, share) in link.distribution(codes).enumerated() {
            expected[start + group] += count * share
          }
        }
        for cell in expected.indices where expected[cell] > 0 {
          let wanted = counts[cell / own] * link.parents[place].shares[cell]
          let factor = link.parents[place].factors[cell] * wanted / expected[cell]
          link.parents[place].factors[cell] = min(
            max(factor, range.lowerBound), range.upperBound)
        }
      }
    }
    return link
  }
}

extension LinkedModel {
  private static let mostPeople = 20_000
  /// Fitted factors change which contexts go together, so rows are drawn and fitted again.
  private static let rounds = 3

  /// Returns the model with the factors of its chains fitted to rows drawn from it.
  func fitted(plan: LinkedPlan, people: Int, seed: UInt64) throws -> LinkedModel {
    var model = self
    for index in model.tables.indices {
      let overlapping = model.tables[index].overlappingLinks
      for round in 0..<(overlapping.isEmpty ? 1 : Self.rounds) {
        let sampler = LinkedSampler(plan: plan, model: model, seed: seed)
        // Pairs are rare, so that many people are drawn for them.
        let isPaired = model.tables[index].pairs != nil
        let drawn = try sampler.draw(
          people: isPaired ? Self.mostPeople : min(max(people, 1), Self.mostPeople),
          tables: index + 1)
        guard let drawing = sampler.drawing(of: model.tables[index], given: drawn) else { break }
        for place in overlapping {
          let link = model.tables[index].chain[place]
          model.tables[index].chain[place] = ChainFit.fitted(
            link, to: drawing.combinations(of: link))
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
  /// The places of the links whose contexts overlap, but for that of a set, which is fitted apart.
  fileprivate var overlappingLinks: [Int] {
    chain.indices.filter { chain[$0].parents.count > 1 && chain[$0].variable != returns?.variable }
  }
}
