/// The weighted sum of several numbers that best tells two groups apart: Fisher 1936, with the
/// pooled covariance.
///
/// If the numbers are normal with the same covariance in both groups, the sum orders as the
/// likelihood ratio does, so noise that two answers share is removed from their difference.
struct LinearDiscriminant {
  private let weights: [Double]
  private let centre: [Double]

  /// - Precondition: both groups have members, and all members have equally many finite numbers.
  init(_ first: [[Double]], _ second: [[Double]]) {
    let (one, two) = (Self.mean(first), Self.mean(second))
    var covariance = [[Double]](
      repeating: [Double](repeating: 0, count: one.count), count: one.count)
    for (members, mean) in [(first, one), (second, two)] {
      for member in members {
        let difference = zip(member, mean).map { $0 - $1 }
        for row in difference.indices {
          for column in 0...row { covariance[row][column] += difference[row] * difference[column] }
        }
      }
    }
    // A direction without noise must not divide by zero: it gets a trillionth of the noise and
    // difference.
    let difference = zip(one, two).map { $0 - $1 }
    let largest =
      covariance.indices.map { covariance[$0][$0] + difference[$0] * difference[$0] }.max() ?? 0
    for index in covariance.indices {
      covariance[index][index] += largest * 1e-12 + .leastNormalMagnitude
    }
    centre = two
    weights = Self.solve(covariance, difference)
  }

  func score(_ numbers: [Double]) -> Double {
    var sum = 0.0
    for (index, weight) in weights.enumerated() { sum += weight * (numbers[index] - centre[index]) }
    return sum
  }

  private static func mean(_ members: [[Double]]) -> [Double] {
    var sums = [Double](repeating: 0, count: members[0].count)
    for member in members { for (index, number) in member.enumerated() { sums[index] += number } }
    return sums.map { $0 / Double(members.count) }
  }

  /// Solves for a symmetric, positive definite matrix given by its lower triangle (Cholesky).
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var lower = matrix
    for row in lower.indices {
      for column in 0...row {
        let sum = (0..<column).reduce(matrix[row][column]) {
          $0 - lower[row][$1] * lower[column][$1]
        }
        lower[row][column] =
          row == column ? max(sum, .leastNormalMagnitude).squareRoot() : sum / lower[column][column]
      }
    }
    var solution = right
    for row in lower.indices {
      solution[row] =
        (0..<row).reduce(solution[row]) { $0 - lower[row][$1] * solution[$1] } / lower[row][row]
    }
    for row in lower.indices.reversed() {
      solution[row] =
        (row + 1..<lower.count).reduce(solution[row]) { $0 - lower[$1][row] * solution[$1] }
        / lower[row][row]
    }
    return solution
  }
}
