import Foundation
import GraphicalModels

/// The whole joint distribution, cell by cell: the slow oracle for everything.
struct BruteForce {
  let sizes: [Int]
  let probabilities: [Double]
  let logPartition: Double

  init(sizes: [Int], parameters: [ParameterTable], zeros: [StructuralZeros] = []) {
    self.sizes = sizes
    let cells = sizes.reduce(1, *)
    let logs: [Double] = (0..<cells).map { cell in
      let codes = BruteForce.codes(cell, sizes: sizes)
      var sum = 0.0
      for table in parameters {
        sum += table.values[BruteForce.cell(codes, clique: table.clique, sizes: sizes)]
      }
      for zero in zeros
      where !zero.isPossible[BruteForce.cell(codes, clique: zero.clique, sizes: sizes)] {
        sum = -.infinity
      }
      return sum
    }
    let largest = logs.max()!
    guard largest > -.infinity else {
      probabilities = logs.map { _ in 0 }
      logPartition = -.infinity
      return
    }
    let sum = logs.reduce(0) { $0 + exp($1 - largest) }
    logPartition = largest + log(sum)
    probabilities = logs.map { exp($0 - largest) / sum }
  }

  static func codes(_ cell: Int, sizes: [Int]) -> [Int] {
    var rest = cell
    var codes = [Int](repeating: 0, count: sizes.count)
    for attribute in sizes.indices.reversed() {
      codes[attribute] = rest % sizes[attribute]
      rest /= sizes[attribute]
    }
    return codes
  }

  static func cell(_ codes: [Int], clique: Clique, sizes: [Int]) -> Int {
    clique.attributes.reduce(0) { $0 * sizes[$1] + codes[$1] }
  }

  func marginal(_ clique: Clique) -> [Double] {
    var result = [Double](repeating: 0, count: clique.cellCount(sizes: sizes))
    for (cell, probability) in probabilities.enumerated() {
      result[BruteForce.cell(BruteForce.codes(cell, sizes: sizes), clique: clique, sizes: sizes)] +=
        probability
    }
    return result
  }
}

extension Lottery {
  /// A small random model: up to seven attributes of one to four cells, and some cliques, including
  /// repeated and nested ones.
  mutating func smallModel(spread: Double) -> (sizes: [Int], parameters: [ParameterTable]) {
    let sizes = (0..<1 + below(7)).map { _ in 1 + below(4) }
    var seen = Set<Clique>()
    let cliques = (0..<below(8)).map { _ in
      Clique(clique(of: 1 + below(3), attributes: sizes.count))
    }.filter { seen.insert($0).inserted }
    return (
      sizes,
      cliques.map { clique in
        ParameterTable(
          clique: clique,
          values: (0..<clique.cellCount(sizes: sizes)).map { _ in spread * gaussian() })
      }
    )
  }
}

func isClose(_ a: Double, _ b: Double, relative: Double, absolute: Double) -> Bool {
  abs(a - b) <= relative * abs(b) + absolute
}
