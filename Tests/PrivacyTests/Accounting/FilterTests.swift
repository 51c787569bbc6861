import Accounting
import Basics
import Foundation
import Ledger
import Testing

/// Adversaries that choose each question after seeing all previous answers, simulated by the
/// likelihood ratio of what they saw.
@Suite struct FilterTests {
  /// The log likelihood ratio of one answer, drawn under the first table.
  private static func gaussian(_ rho: Double, _ random: inout SplitMix64) -> Double {
    rho + (2 * rho).squareRoot() * random.normal()
  }

  /// A choice of this range whose loss lies in [top - range, top].
  private static func choice(_ range: Double, top: Double, _ random: inout SplitMix64) -> Double {
    let likely = exp(top) * (exp(-top) - exp(-range)) / -expm1(-range)
    return random.uniform() < likely ? top : top - range
  }

  private static let runs = 60_000
  /// The mean of numbers between 0 and 1 errs by more with probability 1e-8 (Hoeffding).
  private static let slack = (log(1e8) / (2 * Double(runs))).squareRoot()

  /// The mean over runs of the chance that a run exceeds `epsilon`: its hockey-stick divergence.
  private static func divergence(epsilon: Double, _ run: (inout SplitMix64) -> Double) -> Double {
    var random = SplitMix64(seed: 12)
    return (0..<runs).reduce(0) { sum, _ in sum + max(0, -expm1(epsilon - run(&random))) }
      / Double(runs)
  }

  @Test(
    "Whoever chooses noise and choices by what was seen stays within the budget",
    arguments: [0.02, 0.3, 1.5])
  func adaptive(_ epsilon: Double) throws {
    let delta = 0.1
    let budget = GaussianCurve.rho(epsilon: try Epsilon(epsilon), delta: try Delta(delta))
    let found = Self.divergence(epsilon: epsilon) { random in
      var (left, loss) = (budget.value, 0.0)
      while left > budget.value * 1e-3 {
        // Small steps near the limit and large ones far from it; the ends of the choice are placed
        // where they are most likely to pass it.
        let missing = epsilon - loss
        let size = min(left / 2, max(budget.value / 40, missing * missing / 8))
        let range = (8 * size).squareRoot()
        let price = DominatingGaussian.rho(range: range, left: Rho(checked: left)).value
        if price <= left, random.uniform() < 0.6 {
          loss += Self.choice(range, top: min(max(missing, 0.05 * range), 0.95 * range), &random)
          left -= price
        } else {
          loss += Self.gaussian(size, &random)
          left -= size
        }
        if loss > epsilon + 0.3 * (2 * left).squareRoot() { break }
      }
      return loss
    }
    #expect(found <= delta + Self.slack, "\(found)")
    #expect(found > delta / 4, "the adversary does not try: \(found)")
  }

  @Test("Where choices were priced by their variance alone, a last one would break the budget")
  func plantedPrice() throws {
    // The planted fault: a single choice, at the price of range²/8.
    let range = 0.5
    let rho = try Rho(range * range / 8)
    let claimed = GaussianCurve.delta(rho: rho, epsilon: try Epsilon(0)).value
    let found = Self.divergence(epsilon: 0) { Self.choice(range, top: range / 2, &$0) }
    #expect(found > claimed + Self.slack, "\(found) \(claimed)")
    let charged = DominatingGaussian.rho(range: range, left: rho)
    #expect(found <= GaussianCurve.delta(rho: charged, epsilon: try Epsilon(0)).value + Self.slack)
  }
}

/// An adversary who grants more if the answers make it worthwhile.
@Suite struct OdometerTests {
  /// The average amount by which the loss exceeds the sum of the grants, as a hockey-stick
  /// divergence, and the mean of the sum of their deltas.
  ///
  /// - Parameters:
  ///   - further: each later grant's epsilon, as a share of all before it, and its delta.
  ///   - allowed: the rho that these grants allow together, each made after the answers to the one
  ///     before.
  private static func adversary(
    first: (epsilon: Double, delta: Double), further: (epsilon: Double, delta: Double), times: Int,
    allowed: ([(epsilon: Double, delta: Double)]) throws -> Double
  ) rethrows -> (passed: Double, delta: Double) {
    var grants = [first]
    var budgets = [try allowed(grants)]
    for _ in 0..<times {
      grants.append((further.epsilon * grants.reduce(0) { $0 + $1.epsilon }, further.delta))
      budgets.append(try allowed(grants))
    }
    var random = SplitMix64(seed: 99)
    var (passed, delta) = (0.0, 0.0)
    for _ in 0..<runs {
      var (loss, epsilon, granted, spent) = (0.0, 0.0, 0.0, 0.0)
      for (grant, budget) in zip(grants, budgets) {
        (epsilon, granted) = (epsilon + grant.epsilon, granted + grant.delta)
        let more = max(0, budget - spent)
        loss += more + (2 * more).squareRoot() * random.normal()
        spent = max(spent, budget)
        if loss > epsilon { break }
      }
      passed += max(0, -expm1(epsilon - loss)) / Double(runs)
      delta += granted / Double(runs)
    }
    return (passed, delta)
  }

  private static let runs = 60_000
  /// Hoeffding, at 1e-8.
  private static let slack = (log(1e8) / (2 * Double(runs))).squareRoot()

  /// The rho that a ledger allows if every grant follows answers.
  private static func ledger(_ grants: [(epsilon: Double, delta: Double)]) -> Double {
    var balance = LedgerBalance()
    for grant in grants {
      balance.grant(epsilon: grant.epsilon, delta: grant.delta)
      balance.answer()
    }
    return balance.largestRho(delta: 0)
  }

  @Test(
    "The printed statement holds for grants after answers",
    arguments: [
      (0.1, 0.05, 0.3, 0.0), (0.1, 0.05, 0.3, 0.002), (0.5, 0.05, 0.2, 0.01), (1.0, 0.1, 0.1, 0.1),
    ])
  func statement(_ epsilon: Double, _ delta: Double, _ growth: Double, _ further: Double) {
    let found = Self.adversary(
      first: (epsilon, delta), further: (growth, further), times: 25, allowed: Self.ledger)
    #expect(found.passed <= found.delta + Self.slack, "\(found)")
    #expect(found.passed > 0)
  }

  @Test("It would not if the sum of all grants were converted as one, by either conversion")
  func plantedSums() throws {
    let planted: [(Epsilon, Delta) -> Rho] = [GaussianCurve.rho, Accountant.rho]
    for convert in planted {
      let found = try Self.adversary(first: (0.1, 0.05), further: (0.3, 0), times: 30) { grants in
        let sum = grants.reduce((0.0, 0.0)) { ($0.0 + $1.epsilon, $0.1 + $1.delta) }
        return convert(try Epsilon(sum.0), try Delta(sum.1)).value
      }
      #expect(found.passed > found.delta + Self.slack, "\(found)")
    }
  }

  @Test("Grants before the first answer are one budget, later ones add what they allow alone")
  func parts() {
    func allowed(_ body: (inout LedgerBalance) -> Void) -> Double {
      var balance = LedgerBalance()
      body(&balance)
      return balance.largestRho(delta: 0)
    }
    let one = allowed { $0.grant(epsilon: 1, delta: 1e-9) }
    let two = allowed { $0.grant(epsilon: 2, delta: 2e-9) }
    #expect(allowed { for _ in 0..<2 { $0.grant(epsilon: 1, delta: 1e-9) } } == two)
    let after = allowed {
      for _ in 0..<2 {
        $0.grant(epsilon: 1, delta: 1e-9)
        $0.answer()
      }
    }
    #expect(after == 2 * one && after < two / 1.5)
    // Grants made together after an answer form a single part.
    #expect(
      allowed { balance in
        balance.grant(epsilon: 1, delta: 1e-9)
        balance.answer()
        for _ in 0..<2 { balance.grant(epsilon: 1, delta: 1e-9) }
      } == OutwardSum.down(one, two))
  }
}
