import Accounting
import Foundation
import Testing

/// For every row of `accounting-reference.json`, the accountant's value is at least the exact
/// value, or the best lower bound in the row, and at most one hundredth above the exact value, or
/// the best upper bound.
@Suite(
  "All 330 rows of the accounting reference",
  .enabled(if: AccountingReference.isPresent, "accounting-reference.json is absent"))
struct ReferenceRowsTests {
  /// Rows by kind. Each test below covers all rows of its kinds.
  private static let rows = [
    "gaussian": 99, "gaussianPldCheck": 12, "gaussianCalibration": 18, "zcdpToApproxDp": 30,
    "approxDpToZcdpBudget": 21, "laplace": 39,
    "discreteGaussian": 39, "discreteLaplace": 24, "subsampledGaussian": 27,
    "optimalComposition": 12, "heterogeneous": 9,
  ]

  @Test func noKindIsLeftOut() throws {
    let file =
      try JSONSerialization.jsonObject(with: Data(contentsOf: AccountingReference.file))
      as? [String: Any]
    let found = (file ?? [:]).compactMapValues { ($0 as? [Any])?.count }
    #expect(found.values.reduce(0, +) == 330 && Self.rows.values.reduce(0, +) == 330)
    #expect(found.values.sorted() == Self.rows.values.sorted())
    let reference = try AccountingReference.load()
    let read = [
      "gaussian": reference.gaussian.count, "gaussianPldCheck": reference.gaussianPldCheck.count,
      "gaussianCalibration": reference.gaussianCalibration.count,
      "zcdpToApproxDp": reference.zcdpToApproxDp.count,
      "approxDpToZcdpBudget": reference.approxDpToZcdpBudget.count,
      "laplace": reference.laplace.count,
      "discreteGaussian": reference.discreteGaussian.count,
      "discreteLaplace": reference.discreteLaplace.count,
      "subsampledGaussian": reference.subsampledGaussian.count,
      "optimalComposition": reference.optimalComposition.count,
      "heterogeneous": reference.heterogeneous.count,
    ]
    #expect(read == Self.rows)
  }

  /// Expects `found` to be at least `lower` and at most one hundredth above `upper`.
  private func check(_ found: Double?, _ lower: Double, _ upper: Double, _ row: Any) {
    guard let found else {
      Issue.record("no value: \(row)")
      return
    }
    #expect(found >= lower * (1 - 1e-9) && found <= upper * 1.01, "\(row): \(found)")
  }

  // MARK: Gaussians, exactly

  @Test func gaussians() throws {
    let reference = try AccountingReference.load()
    for row in reference.gaussian {
      let found = GaussianCurve.epsilon(rho: try Rho(row.rho), delta: try Delta(row.delta)).value
      check(found, row.exact, row.exact, row)
      #expect(found <= row.exact * (1 + 1e-9) && found <= row.zcdpTight)
    }
    for row in reference.gaussianPldCheck {
      let rho = Double(row.compositions) / (2 * row.sigma * row.sigma)
      check(
        GaussianCurve.epsilon(rho: try Rho(rho), delta: try Delta(row.delta)).value, row.pldLower,
        row.pld, row)
    }
    for row in reference.gaussianCalibration {
      // The calibrated noise is sufficient, and hardly more.
      let rho = GaussianCurve.rho(epsilon: try Epsilon(row.epsilon), delta: try Delta(row.delta))
        .value
      check(1 / (2 * rho).squareRoot(), row.sigmaExact, row.sigmaExact, row)
    }
  }

  // MARK: Zero-concentration

  @Test func conversions() throws {
    let reference = try AccountingReference.load()
    for row in reference.zcdpToApproxDp {
      check(
        Accountant.epsilon(rho: try Rho(row.rho), delta: try Delta(row.delta)).value, row.epsilon,
        row.epsilon, row)
    }
    for row in reference.approxDpToZcdpBudget {
      // A budget errs downwards.
      let found = Accountant.rho(epsilon: try Epsilon(row.epsilon), delta: try Delta(row.delta))
        .value
      check(1 / found, 1 / row.rho, 1 / row.rho, row)
    }
  }

  // MARK: Losses on a grid

  /// The larger of both directions, on a grid of a 64th of the spread of one loss.
  private func epsilon(
    _ count: Int, _ delta: Double, spread: Double, both: Bool = false,
    _ losses: (Double) -> PrivacyLossDistribution
  ) throws -> Double? {
    let spacing = spread / 64
    let made = losses(spacing)
    let directions = both ? [made, made.reversed] : [made]
    let found = directions.map { losses in
      var accountant = PrivacyLossAccountant(spacing: spacing)
      accountant.compose(losses, count: count)
      return accountant.epsilon(delta: delta)
    }
    return found.contains { $0 == nil } ? nil : found.compactMap(\.self).max()
  }

  @Test func laplaces() throws {
    for row in try AccountingReference.load().laplace {
      let found = try epsilon(row.compositions, row.delta, spread: 1 / row.scale) {
        .laplace(scale: row.scale, spacing: $0)
      }
      check(found, row.exact ?? row.pldLower, row.exact ?? row.pld, row)
      #expect((found ?? .infinity) <= row.pure * (1 + 1e-9))
    }
  }

  @Test func discreteGaussians() throws {
    for row in try AccountingReference.load().discreteGaussian {
      // The losses are odd multiples of this unit: on a grid that divides it, nothing is rounded.
      let unit = row.sensitivity * row.sensitivity / (2 * row.sigma * row.sigma)
      let found = try epsilon(
        row.compositions, row.delta, spread: 64 * unit / (unit * row.sigma * 32).rounded(.up)
      ) {
        .discreteGaussian(sigma: row.sigma, sensitivity: Int(row.sensitivity), spacing: $0)
      }
      // The reference's lower bounds are themselves rounded: at sigma 1, 10 compositions and delta
      // 1e-9 it gives 23.46173166, and a plain convolution 23.46173091. If it gives no bounds, its
      // zero-concentrated value is an upper bound, and the Gaussian's own value a lower one except
      // for the lattice.
      let gaussian = GaussianCurve.epsilon(
        rho: try Rho(Double(row.compositions) * unit), delta: try Delta(row.delta)
      ).value
      check(
        found, row.exact ?? row.pldLower.map { $0 * (1 - 1e-7) } ?? gaussian * 0.999,
        row.exact ?? row.pld ?? gaussian, row)
      #expect((found ?? .infinity) <= row.zcdpTight)
    }
  }

  @Test func discreteLaplaces() throws {
    for row in try AccountingReference.load().discreteLaplace {
      let found = try epsilon(row.compositions, row.delta, spread: row.a * row.sensitivity) {
        .discreteLaplace(a: row.a, sensitivity: Int(row.sensitivity), spacing: $0)
      }
      // The reference rounds losses up by at most 1e-4 per composition, so its value is an upper
      // bound.
      check(found, row.pld - 1e-4 * Double(row.compositions), row.pld, row)
      #expect((found ?? .infinity) <= row.pure * (1 + 1e-9))
    }
  }

  @Test func sampledGaussians() throws {
    for row in try AccountingReference.load().subsampledGaussian {
      let spread = row.q * expm1(1 / (row.sigma * row.sigma)).squareRoot()
      let found = try epsilon(row.steps, row.delta, spread: spread * 4, both: true) {
        .gaussian(noiseMultiplier: row.sigma, samplingRate: row.q, spacing: $0)
      }
      check(found, max(row.pldLower, row.prvLower ?? 0), row.pld, row)
      #expect((found ?? .infinity) <= row.rdp)
    }
  }

  @Test func anyMechanisms() throws {
    for row in try AccountingReference.load().optimalComposition {
      let found = try epsilon(row.k, row.delta, spread: row.eps0) {
        .approximate(epsilon: row.eps0, delta: row.delta0, spacing: $0)
      }
      guard let pld = row.pld else {
        // The deltas of the parts alone exceed the requested one, so no epsilon is enough.
        #expect(found == nil && 1 - pow(1 - row.delta0, Double(row.k)) > row.delta)
        continue
      }
      check(found, pld * (1 - 1e-3), pld, row)
      #expect((found ?? .infinity) <= row.basic * (1 + 1e-9))
    }
  }

  // MARK: Different mechanisms together

  /// Gaussians of several widths, once by their rho (the row gives its conversion) and once
  /// exactly; and Gaussians with choices.
  @Test func mixtures() throws {
    for row in try AccountingReference.load().heterogeneous {
      let delta = try Delta(row.delta)
      if let exact = row.exact {
        let rho = [10.0, 20, 40].reduce(0) { $0 + 1 / (2 * $1 * $1) }
        check(GaussianCurve.epsilon(rho: try Rho(rho), delta: delta).value, exact, exact, row)
        continue
      }
      let (rho, zeroConcentrated) = (try Rho(try #require(row.rho)), try #require(row.zcdpTight))
      check(
        Accountant.epsilon(rho: rho, delta: delta).value, zeroConcentrated, zeroConcentrated, row)
      guard row.what.hasPrefix("10 x gaussian") else { continue }
      // The row has no exact value. The value for the worst choices, which see the Gaussians first,
      // comes from a separate program: the recursion of `choices` in numpy, with 200 places per
      // interval and none of them widened, which cannot exceed the exact value.
      let exact = try #require([1e-5: 1.2905926, 1e-6: 1.4553158, 1e-9: 1.8415469][row.delta])
      var accountant = PrivacyLossAccountant(spacing: 0.2 / 400)
      accountant.compose(.gaussian(noiseMultiplier: 20, spacing: accountant.spacing), count: 10)
      accountant.compose(.choices(range: 0.2, count: 9))
      check(accountant.epsilon(delta: row.delta), exact, exact, row)
      let filtered = try budget(delta: delta)
      #expect(
        filtered >= exact && filtered <= exact * 1.08 && filtered <= zeroConcentrated, "\(filtered)"
      )
    }
  }

  /// The epsilon of the smallest budget that holds ten Gaussians of sigma 20 and nine choices of
  /// range 0.2, in turn. After the last choice only one Gaussian remains, the least possible.
  private func budget(delta: Delta) throws -> Double {
    let noise = PrivacyEvent.discreteGaussian(
      question: "a count", sensitivity: try Sensitivity(1), sigmaSquared: try PositiveRational(400))
    let choice = PrivacyEvent.exponentialMechanism(
      question: "a choice", candidates: 9, sensitivity: try Sensitivity(1),
      epsilon: try Epsilon(0.2))
    func holds(_ rho: Double) -> Bool {
      var filter = PrivacyFilter(limit: PrivacyCost(rho: Rho(checked: rho)))
      return (0..<19).allSatisfy { filter.charge($0 % 2 == 1 ? choice : noise) != nil }
    }
    var (low, high) = (0.05, 0.1)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    return GaussianCurve.epsilon(rho: try Rho(high), delta: delta).value
  }
}
