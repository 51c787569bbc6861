/// Finds the split of a node that lowers the loss the most.
struct SplitFinder {
  struct Candidate {
    var gain = 0.0
    var split = TreeNode.Split(feature: 0, left: BinSet())
    var left = BinStatistics()
    var isFound = false
  }

  static let binsPerFeature = 256
  static let fewestRows = 20.0
  static let leastHessian = 1e-3
  /// Categories with less support than this (in rows, by hessian) do not move to the left of a
  /// split.
  static let categorySupport = 10.0

  let features: [FeatureBinner]

  /// Returns the best split. `histogram` is `[features][256]`, flat; `node` is its total.
  func best(_ histogram: [BinStatistics], node: BinStatistics) -> Candidate {
    var best = Candidate()
    for (index, feature) in features.enumerated() {
      let start = index * SplitFinder.binsPerFeature
      let bins = histogram[start..<start + SplitFinder.binsPerFeature]
      if feature.isCategorical {
        scanCategories(bins, feature: index, node: node, into: &best)
      } else {
        scanNumbers(bins, feature: index, node: node, into: &best)
      }
    }
    return best
  }

  private func consider(
    _ left: BinStatistics, node: BinStatistics, into best: inout Candidate,
    set: () -> TreeNode.Split
  ) {
    let right = node - left
    guard left.count >= SplitFinder.fewestRows, right.count >= SplitFinder.fewestRows,
      left.hessian >= SplitFinder.leastHessian, right.hessian >= SplitFinder.leastHessian
    else { return }
    let gain = left.score + right.score - node.score
    guard gain > best.gain, gain > 0 else { return }
    best = Candidate(gain: gain, split: set(), left: left, isFound: true)
  }

  /// Considers every threshold, with the missing rows on either side of it.
  private func scanNumbers(
    _ bins: ArraySlice<BinStatistics>, feature: Int, node: BinStatistics, into best: inout Candidate
  ) {
    let start = bins.startIndex
    let count = features[feature].binCount
    let missing = bins[start + Int(FeatureBinner.missingBin)]
    func split(upTo bin: Int, missingLeft: Bool) -> TreeNode.Split {
      var set = BinSet()
      for member in 0...max(bin, 0) where bin >= 0 { set.insert(UInt8(member)) }
      if missingLeft { set.insert(FeatureBinner.missingBin) }
      return TreeNode.Split(feature: feature, left: set)
    }
    var left = BinStatistics()
    for bin in 0..<count {
      left = left + bins[start + bin]
      // A missing value unknown at fitting goes to the side with more rows.
      if !features[feature].hasMissing {
        if bin == count - 1 { break }
        consider(left, node: node, into: &best) {
          split(upTo: bin, missingLeft: left.count > node.count - left.count)
        }
      } else {
        consider(left, node: node, into: &best) { split(upTo: bin, missingLeft: false) }
        consider(left + missing, node: node, into: &best) { split(upTo: bin, missingLeft: true) }
      }
    }
  }

  /// Considers categories in the order of their mean gradient, from both ends (Fisher 1958: the
  /// best of all subsets is one of these).
  private func scanCategories(
    _ bins: ArraySlice<BinStatistics>, feature: Int, node: BinStatistics, into best: inout Candidate
  ) {
    let start = bins.startIndex
    let support = node.count / max(node.hessian, 1e-300)
    var members = (0..<features[feature].binCount).map { UInt8($0) }
    if features[feature].hasMissing { members.append(FeatureBinner.missingBin) }
    func key(_ member: UInt8) -> Double {
      let bin = bins[start + Int(member)]
      return bin.gradient / (bin.hessian + SplitFinder.categorySupport)
    }
    let usable = members.filter {
      bins[start + Int($0)].hessian * support >= SplitFinder.categorySupport
    }
    .map { (key: key($0), bin: $0) }.sorted { ($0.key, $0.bin) < ($1.key, $1.bin) }.map(\.bin)
    guard usable.count > 1 else { return }
    let middle = (usable.count + 1) / 2
    for order in [usable, usable.reversed()] {
      var left = BinStatistics()
      for (index, member) in order.prefix(middle).enumerated() {
        left = left + bins[start + Int(member)]
        consider(left, node: node, into: &best) {
          var set = BinSet()
          for chosen in order.prefix(index + 1) { set.insert(chosen) }
          return TreeNode.Split(feature: feature, left: set)
        }
      }
    }
  }
}

/// The sums over the rows of one bin or one node.
struct BinStatistics: Sendable {
  var gradient = 0.0
  var hessian = 0.0
  var count = 0.0

  static func + (left: BinStatistics, right: BinStatistics) -> BinStatistics {
    BinStatistics(
      gradient: left.gradient + right.gradient, hessian: left.hessian + right.hessian,
      count: left.count + right.count)
  }

  static func - (left: BinStatistics, right: BinStatistics) -> BinStatistics {
    BinStatistics(
      gradient: left.gradient - right.gradient, hessian: left.hessian - right.hessian,
      count: left.count - right.count)
  }

  /// Twice the drop in loss from the best constant.
  var score: Double { hessian > 0 ? gradient * gradient / (hessian + 1e-15) : 0 }
}
