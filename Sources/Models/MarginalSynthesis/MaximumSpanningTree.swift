import Accounting
import Curation
import GraphicalModels
import Ledger
import Synthesis

/// The tree of the strongest pairs (MST: McKenna, Miklau, Sheldon 2021, algorithm 1, from its
/// second step on).
///
/// Deviations: the domain is learned rather than given, so the one-way marginals come from the
/// search for it; edges are chosen by the exponential mechanism under zCDP; 30 % of the given
/// budget chooses and 70 % measures.
struct MaximumSpanningTree {
  let context: FitContext

  static let selectionShare = 0.3

  func fit() throws -> MarginalFit {
    let count = context.sizes.count
    let independent = try context.fit(context.oneWay, step: report(0))
    guard count > 1 else { return MarginalFit(model: independent, measurements: context.oneWay) }
    let edges = try chooseEdges(independent, count: count)
    let rho = context.rho.share(
      (1 - MaximumSpanningTree.selectionShare) / Double(max(edges.count, 1)))
    var measurements = context.oneWay
    for (index, edge) in edges.enumerated() {
      try report(
        MaximumSpanningTree.selectionShare + (1 - MaximumSpanningTree.selectionShare)
          * Double(index) / Double(edges.count))()
      measurements.append(try context.measure(edge, rho: rho))
    }
    return try context.lastFit(measurements, from: independent, step: report(1))
  }

  /// Returns a function that tells this share of progress, and ends the work on request.
  private func report(_ share: Double) -> () throws -> Void {
    { try context.progress(SynthesisProgress(phase: .fitting, fraction: share, detail: "pairs")) }
  }

  private func chooseEdges(_ independent: GraphicalModel, count: Int) throws -> [Clique] {
    let all = Workload.combinations(count, 2).map { Clique($0) }
    let pairs = all.filter { $0.cellCount(sizes: context.sizes) <= context.modelCells }
    let rho = context.rho.share(MaximumSpanningTree.selectionShare / Double(count - 1))
    let step = { (share: Double) in try report(MaximumSpanningTree.selectionShare * share)() }
    // The model that pairs are compared with never changes, so they are compared once.
    var contest = try CandidateScores(context: context, model: independent)
      .contest(of: pairs, among: all, weight: { _ in 1 }, penalty: 0, step: { try step($0 / 2) })
    var joined = JoinedVariables(count: count)
    var edges: [Clique] = []
    while !contest.isEmpty {
      try step(0.5 + 0.5 * Double(edges.count) / Double(count))
      let chosen = try context.curator.worst(in: &contest, rho: rho) { $0.map { _ in true } }
      edges.append(Clique(chosen))
      joined.join(chosen)
      contest.remove { joined.areJoined($0) }
    }
    return edges
  }
}
