import Curation
import Foundation

/// The real table's information matrix beside the stand-in's, as far as a noisy sum tells.
///
/// With the stand-in's information A = C Cᵀ (Cholesky), the real one is C (1 + G) Cᵀ. A stand-in is
/// off where columns were never measured together and where noise hid their spread, so G is taken
/// for random before anything is asked: entries of variance τ² off the diagonal and 2 τ² on it,
/// which no change of basis alters. The noisy sum then moves G as far as it stands out from its
/// noise, and the rest is a doubt that intervals include: a step that starts an error V away, and
/// takes A for the real information, leaves G's share of it, whose covariance is
/// τ² (V + tr(A V) A⁻¹).
struct InformationCorrection {
  /// G; nil for none.
  private var relative: SymmetricMatrix?
  /// The variance of an entry of G off the diagonal that is still unknown.
  private let doubt: Double

  /// τ² before anything is asked: relations of .15 that a release does not know are common.
  private static let prior = 0.15 * 0.15
  /// The number of entries of G that weigh as much as the prior.
  private static let priorEntries = 10.0
  /// The real information is at least this part of the stand-in's in every direction.
  private static let least = 0.3

  /// The expectation before the real table is asked.
  /// - Parameter noise: the variance of the noise on an entry of the diagonal, relative to the
  ///   number of rows.
  init(expectedNoise noise: Double) {
    doubt = Self.rest(Self.prior, noise)
  }

  /// - Parameters:
  ///   - sums: of ``RowFormula/Reading/information(_:transform:)``, with C⁻¹ as the transform.
  ///   - expected: the mean vector of the stand-in's rows, clipped as those of the real table.
  ///   - count: the number of rows of the matrix.
  ///   - rows: the number of rows of the real table.
  init(_ sums: NoisySums, expected: [Double], count: Int, rows: Double) {
    let noise = sums.variance / (rows * rows)
    var found = SymmetricMatrix(count: count)
    var (place, square) = (0, 0.0)
    for first in 0..<count {
      for second in first..<count {
        let value = sums.values[place] / rows - expected[place]
        let entry = first == second ? value : value / 2.0.squareRoot()
        (found[first, second], found[second, first]) = (entry, entry)
        square += (first == second ? 1 : 2) * entry * entry
        place += 1
      }
    }
    // Entries weigh by how well they tell their own variance from that of the noise.
    let told = 2 * Self.prior / (2 * Self.prior + noise)
    let weight = Double(place) * told * told
    let own = (square / Double(place) - noise) / 2
    let spread = max(
      (Self.priorEntries * Self.prior + weight * own) / (Self.priorEntries + weight),
      Self.prior / 4)
    let trust = 2 * spread / (2 * spread + noise)
    for index in found.values.indices { found.values[index] *= trust }
    while !Self.isPossible(found) {
      for index in found.values.indices { found.values[index] *= 0.8 }
    }
    (relative, doubt) = (found, Self.rest(spread, noise))
  }

  private static func rest(_ spread: Double, _ noise: Double) -> Double {
    spread * noise / (2 * spread + noise)
  }

  /// Whether 1 + G is at least ``least`` in every direction.
  private static func isPossible(_ relative: SymmetricMatrix) -> Bool {
    var shifted = relative
    for index in 0..<relative.count { shifted[index, index] += 1 - least }
    return shifted.isPositiveDefinite
  }

  /// Returns the real information for the stand-in's, at any coefficients.
  func corrected(_ information: SymmetricMatrix) -> SymmetricMatrix {
    guard let relative else { return information }
    let factor = information.lowerFactor()
    var inner = relative
    for index in 0..<inner.count { inner[index, index] += 1 }
    return inner.transformed(by: factor)
  }

  /// Returns the covariance of the error that steps leave, beside that of sampling.
  /// - Parameters:
  ///   - information: at the end.
  ///   - moved: the whole way from the stand-in's coefficients, in place of their error.
  ///   - noises: the variance of the noise on each number, step by step.
  func covariance(
    information: SymmetricMatrix, inverse: SymmetricMatrix, moved: [Double], noises: [Double]
  ) -> SymmetricMatrix {
    let square = inverse.squared()
    var error = SymmetricMatrix(count: inverse.count)
    error.add(moved, weight: 1)
    for noise in noises {
      let trace = zip(information.values, error.values).reduce(0) { $0 + $1.0 * $1.1 }
      for index in error.values.indices {
        error.values[index] =
          noise * square.values[index] + doubt
          * (error.values[index] + trace * inverse.values[index])
      }
    }
    return error
  }
}
