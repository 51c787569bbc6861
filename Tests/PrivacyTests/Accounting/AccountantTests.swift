import Accounting
import Foundation
import Mechanisms
import Testing

@Suite("Accountant")
struct AccountantTests {
  private static func relative(_ found: Double, _ expected: Double) -> Double {
    abs(found - expected) / expected
  }

  @Test(
    "Known answers: tight conversion of Gaussians",
    .enabled(if: AccountingReference.isPresent, "accounting-reference.json is absent"))
  func gaussianReference() throws {
    for row in try AccountingReference.load().gaussian {
      var accountant = Accountant()
      let sigmaSquared = try PositiveRational(exactly: row.sigma * row.sigma)
      for _ in 0..<row.compositions {
        accountant.charge(
          .discreteGaussian(
            question: "a count", sensitivity: try Sensitivity(1), sigmaSquared: sigmaSquared))
      }
      let epsilon = try accountant.epsilon(delta: Delta(row.delta)).value
      #expect(epsilon >= row.exact)
      #expect(
        Self.relative(epsilon, row.zcdpTight) < 1e-6, "sigma \(row.sigma) × \(row.compositions)")
      #expect(epsilon >= row.zcdpTight * (1 - 1e-12))
      #expect(accountant.spent.rho.value >= row.rho * (1 - 1e-15))
    }
  }

  @Test(
    "Known answers: conversions both ways",
    .enabled(if: AccountingReference.isPresent, "accounting-reference.json is absent"))
  func conversionReference() throws {
    let reference = try AccountingReference.load()
    for row in reference.zcdpToApproxDp {
      let epsilon = Accountant.epsilon(rho: try Rho(row.rho), delta: try Delta(row.delta)).value
      #expect(Self.relative(epsilon, row.epsilon) < 1e-6)
    }
    for row in reference.approxDpToZcdpBudget {
      let rho = Accountant.rho(epsilon: try Epsilon(row.epsilon), delta: try Delta(row.delta)).value
      #expect(Self.relative(rho, row.rho) < 1e-6)
      print("rho at epsilon \(row.epsilon), delta \(row.delta): \(rho)")
    }
    for row in reference.heterogeneous {
      guard let rho = row.rho, let expected = row.zcdpTight else { continue }
      let epsilon = Accountant.epsilon(rho: try Rho(rho), delta: try Delta(row.delta)).value
      #expect(Self.relative(epsilon, expected) < 1e-6)
    }
  }

  @Test(
    "Known answers: discrete mechanisms",
    .enabled(if: AccountingReference.isPresent, "accounting-reference.json is absent"))
  func discreteReference() throws {
    let reference = try AccountingReference.load()
    for row in reference.discreteGaussian {
      var accountant = Accountant()
      let sigmaSquared = try PositiveRational(exactly: row.sigma * row.sigma)
      let event = PrivacyEvent.discreteGaussian(
        question: "a count", sensitivity: try Sensitivity(row.sensitivity),
        sigmaSquared: sigmaSquared)
      for _ in 0..<row.compositions { accountant.charge(event) }
      let epsilon = try accountant.epsilon(delta: Delta(row.delta)).value
      if let exact = row.exact { #expect(epsilon >= exact) }
      #expect(Self.relative(epsilon, row.zcdpTight) < 1e-6)
    }
    for row in reference.discreteLaplace {
      // In these rows a is 1 / scale, and the pure epsilon is a * sensitivity * compositions.
      #expect(Self.relative(row.pure, row.a * row.sensitivity * Double(row.compositions)) < 1e-9)
      let scale = try PositiveRational(1) / PositiveRational(exactly: row.a)
      let event = PrivacyEvent.discreteLaplace(
        question: "a count", sensitivity: try Sensitivity(row.sensitivity), scale: scale)
      let epsilon = row.a * row.sensitivity
      #expect(Self.relative(event.cost.rho.value, epsilon * epsilon / 2) < 1e-12)
      #expect(event.cost.rho.value >= epsilon * epsilon / 2 * (1 - 1e-15))
    }
  }

  @Test("No rho is handed out whose epsilon exceeds the one asked for")
  func inverseIsPessimistic() throws {
    for exponent in stride(from: -4.0, through: 3.0, by: 0.37) {
      for delta in [1e-3, 1e-6, 1e-9, 1e-15, 1e-100] {
        let asked = try Epsilon(pow(10, exponent))
        let rho = Accountant.rho(epsilon: asked, delta: try Delta(delta))
        #expect(rho.value > 0)
        #expect(Accountant.epsilon(rho: rho, delta: try Delta(delta)) <= asked)
        let more = Accountant.epsilon(rho: try Rho(rho.value * (1 + 1e-8)), delta: try Delta(delta))
        #expect(more > asked)
      }
    }
  }

  @Test("Delta and epsilon are inverse to one another, and both monotone")
  func deltaAndEpsilonAgree() throws {
    var last = 0.0
    for rho in [1e-6, 1e-4, 0.01, 0.1, 1, 10, 200] {
      let epsilon = Accountant.epsilon(rho: try Rho(rho), delta: try Delta(1e-9))
      #expect(epsilon.value > last)
      last = epsilon.value
      let delta = Accountant.delta(rho: try Rho(rho), epsilon: epsilon).value
      #expect(abs(delta - 1e-9) < 1e-15)
    }
  }

  @Test(
    "The conversion lies below the simple bound rho + 2 sqrt(rho log(1/delta)) and meets brute force over alpha"
  )
  func bruteForceOracle() throws {
    for (rho, delta) in [(0.01, 1e-9), (0.5, 1e-5), (7.0, 1e-6)] {
      let epsilon = Accountant.epsilon(rho: try Rho(rho), delta: try Delta(delta)).value
      #expect(epsilon < rho + 2 * (rho * log(1 / delta)).squareRoot())
      let brute = stride(from: 1e-4, through: 12, by: 1e-5).map { step -> Double in
        let alpha = 1 + exp(step) - 1 + 1e-4
        return alpha * rho + log(1 - 1 / alpha) - (log(delta) + log(alpha)) / (alpha - 1)
      }.min()
      #expect(abs(epsilon - (brute ?? 0)) < 1e-7 * epsilon)
      #expect(epsilon <= (brute ?? 0) * (1 + 1e-9))
    }
  }

  @Test("Deltas of events are taken from the delta asked for, and refused when they use it up")
  func approximateEvents() throws {
    var accountant = Accountant()
    #expect(try accountant.epsilon(delta: .zero).value == 0)
    let sigmaSquared = try PositiveRational(100)
    let selection = try PartitionSelection(
      maximumRowsPerUnit: 1, sigmaSquared: sigmaSquared, delta: Delta(1e-10))
    accountant.charge(selection.event(question: "which diagnoses occur"))
    let epsilon = try accountant.epsilon(delta: Delta(1e-9))
    #expect(epsilon > Accountant.epsilon(rho: accountant.spent.rho, delta: try Delta(1e-9)))
    #expect(
      epsilon <= Accountant.epsilon(rho: accountant.spent.rho, delta: try Delta(9e-10 * (1 - 1e-9)))
    )
    #expect(throws: AccountingError.self) {
      try accountant.epsilon(delta: Delta(accountant.spent.delta.value))
    }
  }

  @Test("A hundred thousand charges of a tenth never add up to less than ten thousand")
  func sumsRoundUpwards() throws {
    let total = (0..<100_000).reduce(Rho.zero) { sum, _ in sum + Rho(checked: 0.1) }
    #expect(total.value >= 10_000)
    #expect(total.value < 10_000.001)
  }
}
