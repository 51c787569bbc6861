/// The sums over the rows of one bin or one node.
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

  /// Twice the drop in loss from the best constant.
  var score: Double { hessian > 0 ? gradient * gradient / (hessian + 1e-15) : 0 }
}
