import Attacks
import Foundation
import Testing

/// Lower bounds on epsilon from attacks.
@Suite struct BoundTests {
  @Test(.enabled(if: AuditReference.isPresent, AuditReference.absence))
  func oneRunAgreesWithTheReference() throws {
    let reference = try AuditReference.read()
    #expect(reference.oneRun.count > 30)
    for row in reference.oneRun {
      let bound = OneRunBound(canaries: row.m, guesses: row.r, correct: row.v)
      let epsilon = bound.epsilon(delta: row.delta, confidence: reference.confidence)
      #expect(abs(epsilon - row.epsLower) < 2e-6, "\(row): \(epsilon)")
      let probability = bound.probability(epsilon: 1, delta: row.delta)
      #expect(
        abs(probability - row.pValueAtEps1) <= 1e-8 * row.pValueAtEps1, "\(row): \(probability)")
    }
    for row in reference.maxOneRun {
      let ceiling = OneRunBound(canaries: row.r, guesses: row.r, correct: row.r).epsilon(
        confidence: reference.confidence)
      #expect(abs(ceiling - row.epsMax) < 2e-6, "\(row): \(ceiling)")
    }
  }

  @Test(.enabled(if: AuditReference.isPresent, AuditReference.absence))
  func manyRunAgreesWithTheReference() throws {
    let reference = try AuditReference.read()
    #expect(reference.manyRun.count > 10)
    for row in reference.manyRun {
      let bound = ManyRunBound(
        truePositives: row.tp, runsIn: row.nIn, falsePositives: row.fp, runsOut: row.nOut)
      let epsilon = bound.epsilon(delta: row.delta, confidence: reference.confidence)
      #expect(abs(epsilon - row.epsLower) < 2e-6, "\(row): \(epsilon)")
      let mu = bound.gaussianMu(confidence: reference.confidence)
      #expect(abs(mu - row.gdpMu) < 2e-6, "\(row): \(mu)")
      guard let expected = row.gdpEpsLower else { continue }
      let gaussian = GaussianPrivacy.epsilon(mu: mu, delta: row.delta)
      #expect(abs(gaussian - expected) < 1e-5 * max(1, expected), "\(row): \(gaussian)")
    }
  }

  /// All guesses right at delta 0: q^r = 0.05 solved by hand.
  @Test(arguments: [10, 100, 1000]) func allRightInClosedForm(_ guesses: Int) {
    let q = pow(0.05, 1 / Double(guesses))
    let bound = OneRunBound(canaries: guesses, guesses: guesses, correct: guesses)
    #expect(abs(bound.epsilon() - log(q / (1 - q))) < 1e-9)
  }

  @Test func nothingIsProvedWithoutRightGuesses() {
    #expect(OneRunBound(canaries: 10, guesses: 0, correct: 0).epsilon() == 0)
    #expect(OneRunBound(canaries: 10, guesses: 10, correct: 0).epsilon(delta: 1e-5) == 0)
    #expect(ManyRunBound(truePositives: 0, runsIn: 1, falsePositives: 0, runsOut: 1).epsilon() == 0)
    #expect(
      ManyRunBound(truePositives: 0, runsIn: 50, falsePositives: 50, runsOut: 50).gaussianMu() == 0)
  }

  /// A test that never errs on runs without the person proves the same as one that never errs on
  /// runs with the person.
  @Test func rolesAreSwapped() {
    let rare = ManyRunBound(truePositives: 100, runsIn: 1000, falsePositives: 0, runsOut: 1000)
    let swapped = ManyRunBound(
      truePositives: 1000, runsIn: 1000, falsePositives: 900, runsOut: 1000)
    #expect(rare.epsilon() > 3)
    #expect(abs(rare.epsilon() - swapped.epsilon()) < 1e-9)
  }

  @Test func moreConfidenceAndMoreDeltaProveLess() {
    let bound = OneRunBound(canaries: 1000, guesses: 200, correct: 160)
    #expect(bound.epsilon(confidence: 0.999) < bound.epsilon(confidence: 0.95))
    #expect(bound.epsilon(delta: 1e-3) < bound.epsilon(delta: 1e-5))
  }
}
