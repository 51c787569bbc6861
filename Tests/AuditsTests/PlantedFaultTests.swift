import Accounting
import AdversarialSynthesis
import Attacks
import Audits
import Curation
import Encoding
import Engines
import Foundation
import Ledger
import MarginalSynthesis
import Mechanisms
import Synthesis
import Tables
import TestConditions
import Testing

/// The tests of the audits: each mistake is built in, goes through the same audit that the honest
/// build passes, and must be caught.
@Suite struct PlantedFaultTests {
  /// The share that ``HonestBuildTests`` gives each of its audits.
  private static let falseAlarm = 1e-6 / 19

  private static func effort(_ runs: Int) -> AuditEffort {
    AuditEffort(runs: runs, falseAlarm: falseAlarm)
  }

  /// Expects the audit to catch the fault, and prints the evidence.
  private func expectCaught(
    _ result: AuditResult, _ fault: String, by words: String = "The runs prove"
  ) {
    print(
      "planted: \(fault): claimed \(result.claimedEpsilon) at \(result.delta), at least \(result.empiricalEpsilon), \(result.runs) runs;",
      result.failures.joined(separator: " "))
    #expect(result.failures.contains { $0.contains(words) }, "\(fault): \(result)")
  }

  // MARK: Noise

  @Test func halfTheNoiseOfASampler() throws {
    let audit = SamplerAudits.discreteGaussian {
      try DiscreteGaussian(sigmaSquared: PositiveRational(1, 4)).sample(using: $0)
    }
    expectCaught(try audit.run(Self.effort(4_000)), "half the noise of the sampler")
  }

  /// Far less than half is missing: nine tenths of the noise remain.
  @Test func aTenthOfTheNoiseMissing() throws {
    let audit = SamplerAudits.discreteGaussian {
      try DiscreteGaussian(sigmaSquared: PositiveRational(81, 100)).sample(using: $0)
    }
    expectCaught(try audit.run(Self.effort(150_000)), "nine tenths of the noise")
  }

  /// Divides the noise of every count that a curator answers.
  private static func lessNoise(_ divisor: Int) -> PlantedFault {
    PlantedFault(alteration: {
      { _, exact, noisy in
        guard case .counts(let exact) = exact, case .counts(let noisy) = noisy else { return noisy }
        return .counts(zip(exact, noisy).map { $0 + ($1 - $0) / divisor })
      }
    })
  }

  @Test func halfTheNoiseOfAQuestion() throws {
    var subject = QuestionAudits.histogram
    subject.fault = Self.lessNoise(2)
    expectCaught(try subject.run(Self.effort(2_000)), "half the noise of a histogram")
  }

  @Test func aQuarterOfTheNoiseOfASynthesis() throws {
    var subject = SynthesizerAudits.transcript(.mst)
    subject.fault = Self.lessNoise(4)
    expectCaught(try subject.run(Self.effort(400)), "a quarter of the noise of all counts of mst")
  }

  /// The claim for a whole generator is loose: with half the noise, 2,000 runs prove nine tenths of
  /// the claim; with a quarter of it, more than the claim.
  @Test(.enabled(if: LongRun.isWanted, "takes more than 30 seconds"))
  func aQuarterOfTheNoiseOfAGenerator() throws {
    var subject = SynthesizerAudits.gem
    subject.fault = Self.lessNoise(4)
    expectCaught(try subject.run(Self.effort(2_000)), "a quarter of the noise of all counts of gem")
  }

  /// The claim for a whole synthesis is loose, so half the noise needs more runs.
  @Test(.enabled(if: LongRun.isWanted, "takes more than 30 seconds"), arguments: Engine.ofMarginals)
  func halfTheNoiseOfASynthesis(_ engine: Engine) throws {
    var subject = SynthesizerAudits.transcript(engine)
    subject.fault = Self.lessNoise(2)
    expectCaught(
      try subject.run(Self.effort(engine == .independent ? 100_000 : 8_000)),
      "half the noise of all counts of \(engine)")
  }

  @Test func noNoiseAtAllIsSeenInOneRun() throws {
    var audit = CanaryAudit(engine: .aim, canaries: 2_000)
    audit.fault.alteration = {
      { _, exact, noisy in if case .counts = noisy { exact } else { noisy } }
    }
    expectCaught(try audit.run(Self.effort(2_000)), "no noise, one run")
  }

  /// Textbook noise in floating point: some answers can come from only one of two neighbours
  /// (Mironov 2012).
  @Test(arguments: ["Laplace", "Gaussian"]) func floatingPointNoise(_ law: String) throws {
    @Sendable func uniform(_ random: SecureRandom) -> Double {
      (Double(random.next() >> 11) + 0.5) * 0x1p-53
    }
    @Sendable func noise(_ random: SecureRandom) -> Double {
      if law == "Gaussian" {
        return (-2 * log(uniform(random))).squareRoot() * cos(2 * .pi * uniform(random))
      }
      return (random.next() & 1 == 0 ? 1 : -1) * log(uniform(random))
    }
    let audit = SamplerAudits.audit(
      "floating-point noise", "", claim: { (PrivacyClaim(epsilon: 1), PrivacyCost.zero) },
      observe: { isIn, random in
        [PrecisionAttack.isOffGrid((isIn ? 1 : 0) + noise(random), bits: 53) ? 1 : 0]
      })
    expectCaught(try audit.run(Self.effort(10_000)), "floating-point \(law)")
  }

  /// One draw serves two answers: each keeps its claim, but their difference has no noise.
  @Test func noiseUsedTwice() throws {
    var subject = QuestionAudits.several
    subject.fault.alteration = {
      var kept: [Int] = []
      return { _, exact, noisy in
        guard case .counts(let exact) = exact, case .counts(let noisy) = noisy else { return noisy }
        if kept.isEmpty { kept = zip(noisy, exact).map { $0 - $1 } }
        return .counts(exact.enumerated().map { $1 + kept[$0 % kept.count] })
      }
    }
    expectCaught(try subject.run(Self.effort(2_000)), "noise used twice")
  }

  @Test func aSeededGenerator() throws {
    var subject = QuestionAudits.histogram
    subject.fault.seed = 42
    expectCaught(try subject.run(Self.effort(400)), "a seeded generator")
    var whole = SynthesizerAudits.transcript(.independent)
    whole.fault.seed = 42
    expectCaught(try whole.run(Self.effort(400)), "a seeded generator in a synthesis")
  }

  // MARK: Sensitivity

  /// Noise for one row, although a person has two.
  @Test func rowsPerPersonForgotten() throws {
    var subject = QuestionAudits.rowCount
    subject.fault.alteration = {
      let random = SecureRandom()
      let noise = try? DiscreteGaussian.calibrated(
        sensitivity: Sensitivity(checked: 1), rho: Rho(checked: 0.5))
      return { _, exact, noisy in
        guard case .counts(let counts) = exact, let noise else { return noisy }
        return .counts(noise.noisy(counts: counts, using: random))
      }
    }
    expectCaught(
      try subject.run(Self.effort(2_000)), "sensitivity of one row for a person with two")
  }

  /// All five rows of the person are used, with noise for two.
  @Test func rowsPerPersonNotBounded() throws {
    var subject = QuestionAudits.rowCount
    subject.fault.alteration = {
      { _, exact, noisy in
        guard case .counts(let counts) = exact, case .counts(let values) = noisy else {
          return noisy
        }
        return .counts([values[0] + (counts[0] > Self.rowsWithout ? 3 : 0)])
      }
    }
    expectCaught(try subject.run(Self.effort(2_000)), "a person's rows not bounded")
  }

  /// The number of rows used of the table without the person.
  private static let rowsWithout: Int = {
    let column = QuestionAudits.rowCount.without.columns[0]
    guard case .ticks(let who) = column.cells else { return 0 }
    return Dictionary(grouping: who) { $0 }.reduce(0) { $0 + min($1.value.count, 2) }
  }()

  /// With half as many runs the bound was 1.00 to 1.22 times the claim, too close for a test that
  /// must not fail by chance.
  @Test(.enabled(if: LongRun.isWanted, "takes more than 30 seconds"))
  func aChoiceAtTwiceItsEpsilon() throws {
    var subject = QuestionAudits.worst
    subject.fault.alteration = {
      let random = SecureRandom()
      return { _, exact, noisy in
        guard case .scores(let scores) = exact,
          let choice = try? ExponentialMechanism.select(
            scores: scores, sensitivity: Sensitivity(checked: 2), epsilon: Epsilon(checked: 2),
            using: random)
        else { return noisy }
        return .choice(choice)
      }
    }
    expectCaught(try subject.run(Self.effort(48_000)), "a choice at twice its epsilon")
  }

  /// The threshold for labels is one standard deviation too low.
  @Test func aThresholdTooLow() throws {
    let selection = try PartitionSelection(
      maximumRowsPerUnit: 2, sigmaSquared: PositiveRational(100), delta: Delta(checked: 0.05))
    let audit = SamplerAudits.audit(
      "threshold", "",
      claim: {
        (
          PrivacyClaim(epsilon: 0, delta: selection.event(question: "labels").cost.delta.value),
          .zero
        )
      },
      observe: { isIn, random in
        [isIn && 2 + selection.noise.sample(using: random) > selection.threshold - 10 ? 1 : 0]
      })
    expectCaught(try audit.run(Self.effort(4_000)), "a threshold too low")
  }

  // MARK: Questions and charges

  /// Skips every third charge.
  private final class Forgetful: BudgetSession {
    private let purse: Purse
    private var count = 0

    init(_ purse: Purse) { self.purse = purse }

    func charge(_ event: PrivacyEvent) {
      count += 1
      if count % 3 != 0 { purse.charge(event) }
    }
  }

  @Test(arguments: [Engine.aim, .mst, .independent]) func aForgottenCharge(_ engine: Engine) throws
  {
    var subject = SynthesizerAudits.transcript(engine)
    subject.fault.budget = { Forgetful($0) }
    expectCaught(
      try subject.run(Self.effort(20)), "a forgotten charge in \(engine)", by: "without a charge")
    var canaries = CanaryAudit(engine: engine, canaries: 200)
    canaries.fault.budget = { Forgetful($0) }
    expectCaught(
      try canaries.run(Self.effort(200)), "a forgotten charge in \(engine), one run",
      by: "without a charge")
  }

  /// The bounds of a column are its smallest and largest value.
  @Test(arguments: [Engine.aim, .mst, .independent]) func boundsFromTheData(_ engine: Engine) throws
  {
    var subject = SynthesizerAudits.transcript(engine)
    let honest = try subject.blueprint(subject.with).schema
    subject.blueprint = { table in
      var schema = honest
      if case .ticks(let incomes) = table.columns[2].cells, let low = incomes.min(),
        let high = incomes.max()
      {
        schema.columns[2].bounds = .declared(low...high)
      }
      return try Blueprint(schema: schema)
    }
    let result = try subject.run(Self.effort(200))
    expectCaught(result, "bounds from the data in \(engine)", by: "depended on the rows")
    expectCaught(result, "bounds from the data in \(engine)")
  }

  /// More is asked than the budget allows.
  @Test func overspending() throws {
    var subject = QuestionAudits.rowCount
    let ask = subject.ask
    subject.ask = {
      try ask($0)
      try ask($0)
    }
    expectCaught(
      try subject.run(Self.effort(20)), "the same question twice", by: "charged more than")
  }
}
