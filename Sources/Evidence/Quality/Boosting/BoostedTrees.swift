import Foundation

/// Gradient-boosted trees over histograms of binned features, for a yes-or-no or a number.
///
/// Follows scikit-learn 1.x's `HistGradientBoosting` with its defaults, itself after LightGBM (Ke
/// et al. 2017): 100 trees, learning rate 0.1, 31 leaves grown best first, 20 rows a leaf, 255
/// bins, no further regularisation. With more than 10,000 rows, a tenth is set aside, and growth
/// stops after 10 trees that do not help it. Deviations: bins are cut on all rows instead of a
/// sample of 200,000, and the tenth is taken by a hash of the row's number, so that a fit is the
/// same every time.
package struct BoostedTrees: Sendable {
  package enum Objective: Sendable {
    /// Targets of 0 and 1; the prediction is the log of the odds.
    case logLoss
    case squaredError
  }

  static let mostTrees = 100
  static let learningRate = 0.1
  static let rowsForEarlyStopping = 10_000
  static let patience = 10

  private let features: [FeatureBinner]
  private let baseline: Double
  private(set) var trees: [[TreeNode]] = []

  /// Fits `targets`, a number for each row of `columns`. `labelCounts` is the number of codes of
  /// each column of labels.
  package init(columns: [ColumnValues], labelCounts: [Int], targets: [Double], objective: Objective)
  {
    precondition(!targets.isEmpty && columns.allSatisfy { $0.count == targets.count })
    features = zip(columns, labelCounts).map { FeatureBinner($0, labelCount: $1) }
    let bins = zip(features, columns).map { $0.bins($1) }
    let validates = targets.count > BoostedTrees.rowsForEarlyStopping
    let isHeld = targets.indices.map { validates && RowHash.share($0, salt: 1) < 0.1 }
    let fitted = targets.indices.filter { !isHeld[$0] }
    let held = targets.indices.filter { isHeld[$0] }
    baseline = BoostedTrees.baseline(fitted.map { targets[$0] }, objective)
    guard !features.isEmpty else { return }

    let grower = TreeGrower(
      finder: SplitFinder(features: features), bins: bins, shrinkage: BoostedTrees.learningRate)
    var rows = fitted.map(Int32.init)
    var scores = [Double](repeating: baseline, count: targets.count)
    var gradients = [Float](repeating: 0, count: targets.count)
    var hessians = [Float](repeating: 1, count: targets.count)
    var losses = [BoostedTrees.loss(held, scores, targets, objective)]
    while trees.count < BoostedTrees.mostTrees {
      for row in fitted {
        (gradients[row], hessians[row]) = BoostedTrees.derivatives(
          scores[row], targets[row], objective)
      }
      let tree = grower.grow(rows: &rows, gradients: gradients, hessians: hessians, scores: &scores)
      guard tree.count > 1 else { break }
      trees.append(tree)
      for row in held { scores[row] += BoostedTrees.value(of: tree, row: row, bins: bins) }
      losses.append(BoostedTrees.loss(held, scores, targets, objective))
      if validates, BoostedTrees.hasStalled(losses) { break }
    }
  }

  /// Returns the log of the odds, or the number, for each row of `columns`.
  package func predict(_ columns: [ColumnValues], rowCount: Int) -> [Double] {
    let bins = zip(features, columns).map { $0.bins($1) }
    var scores = [Double](repeating: baseline, count: rowCount)
    for tree in trees {
      for row in 0..<rowCount { scores[row] += BoostedTrees.value(of: tree, row: row, bins: bins) }
    }
    return scores
  }

  private static func value(of tree: [TreeNode], row: Int, bins: [[UInt8]]) -> Double {
    var node = 0
    while let split = tree[node].split {
      node =
        split.left.contains(bins[split.feature][row]) ? tree[node].leftChild : tree[node].rightChild
    }
    return tree[node].value
  }

  private static func baseline(_ targets: [Double], _ objective: Objective) -> Double {
    let mean = targets.reduce(0, +) / Double(max(targets.count, 1))
    switch objective {
    case .squaredError: return mean
    case .logLoss:
      let clipped = min(max(mean, 1e-6), 1 - 1e-6)
      return log(clipped / (1 - clipped))
    }
  }

  private static func derivatives(_ score: Double, _ target: Double, _ objective: Objective) -> (
    Float, Float
  ) {
    switch objective {
    case .squaredError: return (Float(score - target), 1)
    case .logLoss:
      let probability = 1 / (1 + exp(-score))
      return (Float(probability - target), Float(probability * (1 - probability)))
    }
  }

  /// Returns the mean loss over `rows`; 0 if there are none.
  private static func loss(
    _ rows: [Int], _ scores: [Double], _ targets: [Double], _ objective: Objective
  ) -> Double {
    guard !rows.isEmpty else { return 0 }
    var sum = 0.0
    for row in rows {
      switch objective {
      case .squaredError: sum += (scores[row] - targets[row]) * (scores[row] - targets[row]) / 2
      case .logLoss:
        let score = scores[row]
        sum += max(score, 0) + log1p(exp(-abs(score))) - score * targets[row]
      }
    }
    return sum / Double(rows.count)
  }

  /// Whether none of the last ten trees is better than the one before them.
  private static func hasStalled(_ losses: [Double]) -> Bool {
    guard losses.count > patience else { return false }
    let reference = losses[losses.count - patience - 1] - 1e-7
    return !losses.suffix(patience).contains { $0 < reference }
  }
}
