/// Figures of merit of predictions.
package enum Scores {
  /// Returns the chance that a positive row is ranked above a negative one, ties counting half; 0.5
  /// if there is only one kind.
  package static func areaUnderCurve(_ scores: [Double], isPositive: [Bool]) -> Double {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var rankSum = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      let meanRank = Double(start + end + 1) / 2
      for index in start..<end where isPositive[order[index]] { rankSum += meanRank }
      start = end
    }
    let positives = Double(isPositive.count { $0 })
    let negatives = Double(isPositive.count) - positives
    guard positives > 0, negatives > 0 else { return 0.5 }
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives)
  }

  /// Returns one minus the ratio of squared error to variance; 0 if all targets are equal.
  package static func explainedVariance(_ predictions: [Double], _ targets: [Double]) -> Double {
    guard !targets.isEmpty else { return 0 }
    let mean = targets.reduce(0, +) / Double(targets.count)
    let variance = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = zip(predictions, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return variance > 0 ? 1 - error / variance : 0
  }
}
