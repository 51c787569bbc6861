import Curation
import GraphicalModels
import Ledger

/// The tree of the strongest pairs (MST: McKenna, Miklau, Sheldon 2021, algorithm 1, from its
/// second step on).
///
/// Deviations: the domain is learned rather than given, so the one-way marginals come from the
/// search for it; edges are chosen by the exponential mechanism under zCDP; 30 % of the given
/// budget chooses and 70 % measures.
struct MaximumSpanningTree {
  let context: FitContext

  static let selectionShare = 0.3

  func fit() throws -> GraphicalModel {
    let count = context.sizes.count
    let independent = try context.fit(context.oneWay)
    guard count > 1 else { return independent }
    let edges = try chooseEdges(independent, count: count)
    let rho = context.rho.share((1 - MaximumSpanningTree.selectionShare) / Double(max(edges.count, 1)))
    var measurements = context.oneWay
    for (index, edge) in edges.enumerated() {
      try context.progress(SynthesisProgress(phase: .fitting, fraction: Double(index) / Double(edges.count), detail: "pairs"))
      measurements.append(try context.measure(edge, rho: rho))
    }
    return try context.fit(measurements, from: independent, isLast: true)
  }

  private func chooseEdges(_ independent: GraphicalModel, count: Int) throws -> [Clique] {
    let pairs = Workload.combinations(count, 2).map { Clique($0) }
      .filter { $0.cellCount(sizes: context.sizes) <= context.options.modelCells }
    let expected = try independent.marginals(of: pairs)
    let candidates = zip(pairs, expected).map {
      MarginalCandidate(attributes: $0.attributes, weight: 1, penalty: 0, expected: $1)
    }
    let rho = context.rho.share(MaximumSpanningTree.selectionShare / Double(count - 1))
    var joined = JoinedVariables(count: count)
    var edges: [Clique] = []
    while true {
      let open = candidates.filter { !joined.areJoined($0.attributes) }
      guard !open.isEmpty else { return edges }
      let chosen = open[try context.curator.worst(of: open, rho: rho)].attributes
      edges.append(Clique(chosen))
      joined.join(chosen)
    }
  }
}
