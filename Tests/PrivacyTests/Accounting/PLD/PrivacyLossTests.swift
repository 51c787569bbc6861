import Foundation
import Privacy
import Testing

/// Against `accounting-reference.json`: never below what is exact, and close above it.
@Suite(.enabled(if: AccountingReference.isPresent, "accounting-reference.json is absent"))
struct PrivacyLossTests {
  /// The larger of both directions, on a grid of a 64th of the spread of one loss.
  private func epsilon(
    _ count: Int, _ delta: Double, spread: Double, both: Bool = false, _ losses: (Double) -> PrivacyLossDistribution
  ) throws -> Double {
    let spacing = spread / 64
    let made = losses(spacing)
    let directions = both ? [made, made.reversed] : [made]
    return try directions.map { losses in
      var accountant = PrivacyLossAccountant(spacing: spacing)
      accountant.compose(losses, count: count)
      return try #require(accountant.epsilon(delta: delta))
    }.reduce(0, max)
  }

  @Test func gaussians() throws {
    let reference = try AccountingReference.load()
    for row in reference.gaussian {
      let found = try epsilon(row.compositions, row.delta, spread: 1 / row.sigma) { .gaussian(noiseMultiplier: row.sigma, spacing: $0) }
      #expect(found >= row.exact * (1 - 1e-9) && found <= row.exact * 1.002, "\(row): \(found)")
    }
    for row in reference.gaussianPldCheck {
      let found = try epsilon(row.compositions, row.delta, spread: 1 / row.sigma) { .gaussian(noiseMultiplier: row.sigma, spacing: $0) }
      #expect(found >= row.pldLower && found <= row.pld * 1.002, "\(row): \(found)")
    }
    for row in reference.gaussianCalibration {
      let found = try epsilon(1, row.delta, spread: 1 / row.sigmaExact) { .gaussian(noiseMultiplier: row.sigmaExact, spacing: $0) }
      #expect(found >= row.epsilon * (1 - 1e-6) && found <= row.epsilon * 1.002, "\(row): \(found)")
    }
  }

  @Test func laplaces() throws {
    for row in try AccountingReference.load().laplace {
      let found = try epsilon(row.compositions, row.delta, spread: 1 / row.scale) { .laplace(scale: row.scale, spacing: $0) }
      #expect(found >= (row.exact ?? row.pldLower) * (1 - 1e-9), "\(row): \(found)")
      #expect(found <= max(row.pld, row.exact ?? 0) * 1.002 && found <= row.pure * (1 + 1e-9), "\(row): \(found)")
    }
  }

  @Test func discreteGaussians() throws {
    for row in try AccountingReference.load().discreteGaussian {
      // The losses are odd multiples of this: on a grid that divides it, nothing is rounded.
      let unit = row.sensitivity * row.sensitivity / (2 * row.sigma * row.sigma)
      let found = try epsilon(row.compositions, row.delta, spread: 64 * unit / (unit * row.sigma * 32).rounded(.up)) {
        .discreteGaussian(sigma: row.sigma, sensitivity: Int(row.sensitivity), spacing: $0)
      }
      // The reference's lower bounds are rounded themselves: at sigma 1, 10 times, delta 1e-9 it says 23.46173166, a plain convolution
      // 23.46173091.
      #expect(found >= (row.exact ?? (row.pldLower ?? 0) * (1 - 1e-7)) * (1 - 1e-9), "\(row): \(found)")
      #expect(found <= (row.pld ?? row.zcdpTight) * 1.003, "\(row): \(found)")
    }
  }

  @Test func discreteLaplaces() throws {
    for row in try AccountingReference.load().discreteLaplace {
      let found = try epsilon(row.compositions, row.delta, spread: row.a * row.sensitivity) {
        .discreteLaplace(a: row.a, sensitivity: Int(row.sensitivity), spacing: $0)
      }
      #expect(found <= row.pure * (1 + 1e-9) && abs(found / row.pld - 1) < 0.002, "\(row): \(found)")
    }
  }

  @Test func sampledGaussians() throws {
    for row in try AccountingReference.load().subsampledGaussian {
      let spread = row.q * expm1(1 / (row.sigma * row.sigma)).squareRoot()
      let found = try epsilon(row.steps, row.delta, spread: spread * 4, both: true) {
        .gaussian(noiseMultiplier: row.sigma, samplingRate: row.q, spacing: $0)
      }
      #expect(found >= max(row.pldLower, row.prvLower ?? 0), "\(row): \(found)")
      #expect(found <= row.pld * 1.001, "\(row): \(found)")
    }
  }

  @Test func anyMechanisms() throws {
    for row in try AccountingReference.load().optimalComposition {
      guard let pld = row.pld else { continue }
      let found = try epsilon(row.k, row.delta, spread: row.eps0) { .approximate(epsilon: row.eps0, delta: row.delta0, spacing: $0) }
      #expect(found >= pld * (1 - 0.002) && found <= pld * 1.002 && found <= row.basic * (1 + 1e-9), "\(row): \(found)")
    }
  }

  @Test func unlikeMechanisms() throws {
    for row in try AccountingReference.load().heterogeneous {
      guard let exact = row.exact else { continue }
      var accountant = PrivacyLossAccountant(spacing: 1.0 / 40 / 64)
      for sigma in [10.0, 20, 40] { accountant.compose(.gaussian(noiseMultiplier: sigma, spacing: accountant.spacing)) }
      let found = try #require(accountant.epsilon(delta: row.delta))
      #expect(found >= exact * (1 - 1e-9) && found <= exact * 1.003, "\(row): \(found)")
    }
  }
}
