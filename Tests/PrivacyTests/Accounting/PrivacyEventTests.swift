import Accounting
import BigInt
import Foundation
import Mechanisms
import Testing

@Suite("Privacy events and quantities")
struct PrivacyEventTests {
  @Test("Each event costs what its theorem says")
  func costs() throws {
    let gaussian = PrivacyEvent.discreteGaussian(
      question: "rows by sex", sensitivity: try Sensitivity(3),
      sigmaSquared: try PositiveRational(9, 2))
    #expect(gaussian.cost == PrivacyCost(rho: try Rho(1)))
    let laplace = PrivacyEvent.discreteLaplace(
      question: "rows", sensitivity: try Sensitivity(1), scale: try PositiveRational(2))
    #expect(laplace.cost == PrivacyCost(rho: try Rho(0.125)))
    let choice = PrivacyEvent.exponentialMechanism(
      question: "worst pair", candidates: 10, sensitivity: try Sensitivity(1),
      epsilon: try Epsilon(2))
    #expect(choice.cost == PrivacyCost(rho: try Rho(0.5)))
    let both = PrivacyEvent.composed(question: "round 1", events: [gaussian, choice])
    #expect(both.cost == PrivacyCost(rho: try Rho(1.5)))
    #expect(both.question == "round 1")
    let selection = PrivacyEvent.partitionSelection(
      question: "codes", maximumRowsPerUnit: 2, sigmaSquared: try PositiveRational(8), threshold: 30
    )
    #expect(selection.cost.rho == (try Rho(0.25)))
    #expect(selection.cost.delta.value > 0 && selection.cost.delta.value < 1e-15)
  }

  @Test("Events read back as written, and an unknown one is refused")
  func coding() throws {
    let event = PrivacyEvent.composed(
      question: "all",
      events: [
        .discreteGaussian(
          question: "a", sensitivity: try Sensitivity(1), sigmaSquared: try PositiveRational(1, 3)),
        .exponentialMechanism(
          question: "b", candidates: 4, sensitivity: try Sensitivity(0.1), epsilon: try Epsilon(0.3)
        ),
        .partitionSelection(
          question: "c", maximumRowsPerUnit: 5, sigmaSquared: try PositiveRational(7), threshold: 40
        ),
      ])
    let written = try JSONEncoder().encode(event)
    let read = try JSONDecoder().decode(PrivacyEvent.self, from: written)
    #expect(read == event)
    #expect(read.cost == event.cost)
    for bad in [
      #"{"telepathy":{"question":"a"}}"#,
      #"{"discreteGaussian":{"question":"a","sensitivity":-1,"sigmaSquared":"1/1"}}"#,
      #"{"discreteGaussian":{"question":"a","sensitivity":1,"sigmaSquared":"0/1"}}"#,
      #"{"discreteGaussian":{"question":"a","sensitivity":1,"sigmaSquared":"-1/-1"}}"#,
      #"{"discreteGaussian":{"question":"a","sensitivity":1,"sigmaSquared":"1"}}"#,
    ] {
      #expect(throws: (any Error).self) {
        try JSONDecoder().decode(PrivacyEvent.self, from: Data(bad.utf8))
      }
    }
  }

  @Test("An absurd event costs more than any grant, and stops nothing")
  func absurdCost() throws {
    let absurd = PrivacyEvent.discreteGaussian(
      question: "q", sensitivity: try Sensitivity(1e200),
      sigmaSquared: try PositiveRational(exactly: 1e-200))
    var accountant = Accountant()
    accountant.charge(.composed(question: "twice", events: [absurd, absurd]))
    #expect(accountant.spent.rho.value == .greatestFiniteMagnitude)
    #expect(try accountant.epsilon(delta: Delta(1e-9)).value > 1e300)
  }

  @Test(
    "Quantities refuse what they cannot be",
    arguments: [-1, -Double.leastNonzeroMagnitude, .infinity, .nan])
  func refusals(value: Double) throws {
    #expect(throws: AccountingError.self) { try Epsilon(value) }
    #expect(throws: AccountingError.self) { try Delta(value) }
    #expect(throws: AccountingError.self) { try Rho(value) }
    #expect(throws: AccountingError.self) { try Sensitivity(value) }
    #expect(throws: AccountingError.self) { try Delta(1.5) }
    #expect(
      "\(AccountingError.outOfRange(quantity: "delta", found: 1.5, maximum: 1))".contains(
        "at most 1.0. Found 1.5."))
  }

  @Test("A fraction holds a double exactly and rounds upwards to the nearest one above")
  func rationals() throws {
    let random = SecureRandom(testing: 3)
    for _ in 0..<2000 {
      let value = Double(bitPattern: random.next() & 0x7FFF_FFFF_FFFF_FFFF)
      guard value.isNormal else { continue }
      let exact = try PositiveRational(exactly: value)
      #expect(exact.roundedUp == value)
      let above = try PositiveRational(
        exact.numerator * (BigUInt(1) << 80) + 1, exact.denominator << 80)
      if value < 1e300 { #expect(above.roundedUp == value.nextUp) }
    }
    // 1/3 rounds to the double below it.
    #expect(try PositiveRational(1, 3).roundedUp == (1.0 / 3).nextUp)
    #expect(try PositiveRational(2, 4) == PositiveRational(1, 2))
    #expect(try PositiveRational(exactly: 0.75).description == "3/4")
    #expect(throws: AccountingError.self) { try PositiveRational(0, 1) }
    #expect(throws: AccountingError.self) { try PositiveRational(exactly: .infinity) }
  }
}
