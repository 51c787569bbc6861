import Accounting
import Attacks
import Foundation
import Mechanisms
import TestConditions
import Testing

/// The measured leak through the last bits of answers, for other libraries and for this one.
@Suite struct PrecisionAttackTests {
  struct Reference: Decodable {
    struct Measured: Decodable {
      let mechanism: String
      let in0: [String: Double]
      let in1: [String: Double]
      let verdict: String
    }
    struct Samples: Decodable {
      let diffprivlib: Int
      let opendp: Int
    }
    let samples: Samples
    let measured: [Measured]

    static let url = SharedFolder.data("precision-attack-reference.json")

    static var isPresent: Bool { FileManager.default.fileExists(atPath: url.path) }
    static let absence: Comment =
      "the shared reference is not beside the checkout: say where in UNDERSTUDY_SHARED"

    static func read() throws -> Reference {
      try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    }
  }

  /// Given the measured shares, our bound agrees with the reference on each mechanism: a breach if
  /// it proves more than epsilon 1.
  @Test(.enabled(if: Reference.isPresent, Reference.absence)) func measuredBreachesAreFound() throws
  {
    let reference = try Reference.read()
    #expect(reference.measured.count >= 5)
    for row in reference.measured {
      let runs =
        row.mechanism.hasPrefix("opendp") ? reference.samples.opendp : reference.samples.diffprivlib
      let epsilons = try row.in0.map { bits, share in
        let other = try #require(row.in1[bits])
        return ManyRunBound(
          truePositives: Int((share * Double(runs)).rounded()), runsIn: runs,
          falsePositives: Int((other * Double(runs)).rounded()),
          runsOut: runs
        ).epsilon(delta: row.mechanism.contains("Gaussian") ? 1e-5 : 0, confidence: 1 - 1e-6)
      }
      #expect(
        (epsilons.max() ?? 0 > 1) == (row.verdict == "breach"), "\(row.mechanism): \(epsilons)")
    }
  }

  /// Each of our answers is a whole number for either neighbour, and every whole number near both
  /// can come from both.
  @Test func ourAnswersLieOnOneGridThatNeighboursShare() throws {
    let random = SecureRandom()
    let gaussian = try DiscreteGaussian(sigmaSquared: PositiveRational(1))
    let laplace = try DiscreteLaplace(scale: PositiveRational(1))
    for sample in [gaussian.sample, laplace.sample] {
      let reached = [0, 1].map { count in
        Set((0..<50_000).map { _ in Double(count + sample(random)) })
      }
      for answers in reached {
        #expect(!answers.contains { PrecisionAttack.isOffGrid($0, bits: 0) })
      }
      // Each of these has a probability of at least 0.004 under both, so 50,000 draws miss it with
      // probability below 1e-80.
      #expect(
        reached[0].isSuperset(of: [-2, -1, 0, 1, 2]) && reached[1].isSuperset(of: [-1, 0, 1, 2, 3]))
      #expect(
        reached[0].isSuperset(of: [-1, 0, 1, 2]) && reached[1].isSuperset(of: [-1, 0, 1, 2]))
    }
  }

  /// The attack can succeed: textbook noise in floating point reaches answers from zero that it
  /// never reaches from one.
  @Test func textbookNoiseIsBroken() {
    let random = SecureRandom()
    func laplace() -> Double {
      let uniform = (Double(random.next() >> 11) + 0.5) * 0x1p-53
      return (random.next() & 1 == 0 ? 1 : -1) * log(uniform)
    }
    let shares = [0.0, 1.0].map { count in
      Double((0..<20_000).count { _ in PrecisionAttack.isOffGrid(count + laplace(), bits: 53) })
        / 20_000
    }
    print(
      "precision attack on textbook Laplace noise, off the grid of 2^-53: \(shares[0]) of answers to 0, \(shares[1]) of answers to 1"
    )
    #expect(shares[0] > 0.1 && shares[1] < shares[0] / 10)
  }
}
