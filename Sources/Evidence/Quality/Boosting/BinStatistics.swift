/// What the rows of one bin, or one node, add up to.
struct BinStatistics: Sendable {
  var gradient = 0.0
  var hessian = 0.0
  var count = 0.0

  static func + (left: BinStatistics, right: BinStatistics) -> BinStatistics {
    BinStatistics(gradient: left.gradient + right.gradient, hessian: left.hessian + right.hessian, count: left.count + right.count)
  }

  static func - (left: BinStatistics, right: BinStatistics) -> BinStatistics {
    BinStatistics(gradient: left.gradient - right.gradient, hessian: left.hessian - right.hessian, count: left.count - right.count)
  }

  /// The drop in loss that the best constant brings, doubled.
  var score: Double { hessian > 0 ? gradient * gradient / (hessian + 1e-15) : 0 }
}
