import Examples

/// A regression tree that is grown until every leaf holds one dose (Breiman et al. 1984, without
/// pruning): the plainest model that knows its members by heart.
package struct GrownTree: DoseModel {
  private enum Node {
    case leaf(Double)
    /// Below the cut is the next node, from it on the named one.
    case split(feature: Int, cut: Double, above: Int)
  }

  private let features: DosingFeatures
  private var nodes: [Node] = []

  package init(_ patients: [DosingPatient]) {
    features = DosingFeatures(patients)
    let rows = patients.map(features.numbers)
    grow(Array(patients.indices), rows, patients.map(\.root))
  }

  package func roots(of patient: DosingPatient) -> [Double] {
    (0..<Genotypes.count).map {
      root(features.numbers(Genotypes.patient(patient, with: $0)))
    }
  }

  private func root(_ numbers: [Double]) -> Double {
    var place = 0
    while true {
      switch nodes[place] {
      case .leaf(let value): return value
      case .split(let feature, let cut, let above):
        place = numbers[feature] < cut ? place + 1 : above
      }
    }
  }

  private mutating func grow(_ members: [Int], _ rows: [[Double]], _ targets: [Double]) {
    guard let split = bestSplit(members, rows, targets) else {
      let sum = members.reduce(0) { $0 + targets[$1] }
      nodes.append(.leaf(sum / Double(members.count)))
      return
    }
    let place = nodes.count
    nodes.append(.leaf(0))
    grow(members.filter { rows[$0][split.feature] < split.cut }, rows, targets)
    nodes[place] = .split(feature: split.feature, cut: split.cut, above: nodes.count)
    grow(members.filter { rows[$0][split.feature] >= split.cut }, rows, targets)
  }

  /// Returns the split with the least squared error; nil if the members are alike, or have one
  /// dose.
  private func bestSplit(_ members: [Int], _ rows: [[Double]], _ targets: [Double]) -> (
    feature: Int, cut: Double
  )? {
    guard let first = members.first, members.contains(where: { targets[$0] != targets[first] })
    else { return nil }
    let total = members.reduce(0) { $0 + targets[$1] }
    var best: (feature: Int, cut: Double)?
    var most = -1.0
    for feature in 0..<DosingFeatures.count {
      let order = members.map { (value: rows[$0][feature], target: targets[$0]) }
        .sorted { $0.value < $1.value }
      var below = 0.0
      for place in 1..<order.count {
        below += order[place - 1].target
        guard order[place].value > order[place - 1].value else { continue }
        let (few, rest) = (Double(place), Double(order.count - place))
        // The error falls by as much as this sum grows.
        let sum = below * below / few + (total - below) * (total - below) / rest
        if sum > most {
          (most, best) = (sum, (feature, (order[place].value + order[place - 1].value) / 2))
        }
      }
    }
    return best
  }
}
