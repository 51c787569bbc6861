import Accounting
import Foundation
import Mechanisms
import Testing

@Suite("Exponential mechanism")
struct ExponentialMechanismTests {
  @Test(
    "Chooses as often as exp(epsilon score / (2 sensitivity)) says",
    arguments: [(0.0, 1.0), (1, 1), (3, 2), (0.1, 0.01)])
  func law(epsilon: Double, sensitivity: Double) throws {
    let random = SecureRandom()
    let scores = [0, 1.5, -2.25, 1.5, 4, -100, 3.125].map { $0 * sensitivity }
    let draws = try (0..<60_000).map { _ in
      try ExponentialMechanism.select(
        scores: scores, sensitivity: Sensitivity(sensitivity), epsilon: Epsilon(epsilon),
        using: random)
    }
    // The grid adds at most 2^-19 to the sensitivity, far less than these draws can detect.
    let outcome = ChiSquared.test(draws, range: 0...6) {
      exp(epsilon * (scores[$0] - scores[4]) / (2 * sensitivity))
    }
    #expect(outcome.probability > ChiSquared.falseAlarm, "\(outcome)")
  }

  @Test("Neighbouring scores stay neighbours on the grid")
  func gridSensitivity() throws {
    let random = SecureRandom(testing: 4)
    for sensitivity in [1.0, 0.3, 7.77, 1e-12, 1e9] {
      let grid = ExponentialMechanism.Grid(sensitivity: try Sensitivity(sensitivity))
      #expect(grid.sensitivity <= 1 << 21 + 2)
      #expect(Double(grid.sensitivity) * grid.spacing <= sensitivity * (1 + 0x1p-18))
      for _ in 0..<2000 {
        let score = (Double(random.next() >> 11) * 0x1p-53 - 0.5) * sensitivity * 1000
        let error = sensitivity * 0x1p-22
        let moved = abs(grid.step(of: score - error) - grid.step(of: score + sensitivity + error))
        #expect(moved <= Int64(grid.sensitivity))
      }
      #expect(grid.step(of: .greatestFiniteMagnitude) == 1 << 61)
      #expect(grid.step(of: -.greatestFiniteMagnitude) == -(1 << 61))
    }
  }

  @Test("The best wins when the budget is large; ties are even")
  func extremes() throws {
    let random = SecureRandom()
    for _ in 0..<100 {
      let chosen = try ExponentialMechanism.select(
        scores: [1, 9, 3], sensitivity: Sensitivity(1), epsilon: Epsilon(1000), using: random)
      #expect(chosen == 1)
    }
    #expect(
      try ExponentialMechanism.select(
        scores: [5], sensitivity: Sensitivity(1), epsilon: Epsilon(1), using: random) == 0)
  }

  @Test("What is not a score is refused")
  func refusals() throws {
    let random = SecureRandom()
    func select(_ scores: [Double], sensitivity: Double = 1) throws -> Int {
      try ExponentialMechanism.select(
        scores: scores, sensitivity: Sensitivity(sensitivity), epsilon: Epsilon(1), using: random)
    }
    #expect(throws: MechanismError.noCandidates) { try select([]) }
    #expect(throws: MechanismError.scoreNotFinite(candidate: 1)) { try select([0, .nan]) }
    #expect(throws: MechanismError.scoreNotFinite(candidate: 0)) { try select([-.infinity, 0]) }
    #expect(throws: MechanismError.nothingToProtect) { try select([1], sensitivity: 0) }
  }

  @Test("Speed with 20,000 candidates, one of them far ahead, printed")
  func speed() throws {
    let random = SecureRandom()
    var scores = [Double](repeating: 0, count: 20_000)
    scores[12_345] = 1e6
    let (nanoseconds, chosen) = try ProcessorClock.nanoseconds(per: 20) {
      try (0..<20).map { _ in
        try ExponentialMechanism.select(
          scores: scores, sensitivity: Sensitivity(1), epsilon: Epsilon(1), using: random)
      }
    }
    #expect(chosen.allSatisfy { $0 == 12_345 })
    print("exponential mechanism, 20,000 candidates: \(nanoseconds / 1e6) ms")
  }
}
