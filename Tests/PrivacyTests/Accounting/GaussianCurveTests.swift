import Accounting
import Basics
import Foundation
import Testing

@Suite struct GaussianCurveTests {
  /// From mpmath 1.3.0 with 60 digits: mean, epsilon, delta.
  private static let known: [(Double, Double, Double)] = [
    (1e-06, 1e-06, 8.3315512245425392e-8), (1e-06, 8e-06, 7.5502926130556314e-23),
    (0.001, 0.01, 7.5120257223582012e-28),
    (0.1785, 1, 5.2300066398025598e-10), (0.1785, 0, 0.071116770363578195),
    (0.4999, 3, 3.3746139435237762e-10),
    (0.5001, 3, 3.4273992240477917e-10), (1, 0.5, 0.23842170813487663),
    (2, 20, 2.016028801306039e-20),
    (3, 0.1, 0.85958637921502285), (12, 10, 0.99999978947710097), (12, 100, 0.0079946722986068856),
    (40, 500, 0.99999999999996061),
    (0.05, 1.5, 1.726887670237942e-200), (0.001, 0.037, 1.5740512394510446e-304),
  ]

  @Test("Known answers of 60 digits, never below", arguments: Self.known)
  func knownAnswers(_ mean: Double, _ epsilon: Double, _ exact: Double) throws {
    let found = GaussianCurve.delta(rho: try Rho(mean * mean / 2), epsilon: try Epsilon(epsilon))
      .value
    // rho is half the square of the mean. Rounding it moves delta by about 1e-16 times the slope of
    // delta.
    #expect(
      found >= exact && found <= exact * (1 + 1e-9) + 1e-307,
      "\(mean) \(epsilon): \(found) \(exact)")
  }

  @Test("Epsilon, delta and rho are each other's inverse, on the side of more loss")
  func inverses() throws {
    for exponent in stride(from: -4.0, through: 2.0, by: 0.47) {
      for delta in [0.3, 1e-3, 1e-6, 1e-9, 1e-15, 1e-100] {
        let (asked, at) = (try Epsilon(pow(10, exponent)), try Delta(delta))
        let rho = GaussianCurve.rho(epsilon: asked, delta: at)
        #expect(rho.value > 0 && GaussianCurve.allows(rho: rho, epsilon: asked, delta: at))
        #expect(
          !GaussianCurve.allows(
            rho: Rho(checked: rho.value * (1 + 1e-8)), epsilon: asked, delta: at))
        let back = GaussianCurve.epsilon(rho: rho, delta: at).value
        #expect(abs(back - asked.value) < 1e-8 * asked.value, "\(asked) \(delta): \(back)")
        #expect(GaussianCurve.delta(rho: rho, epsilon: Epsilon(checked: back)) <= at)
        // A Gaussian mechanism is zero-concentrated; the bound for that class is higher.
        #expect(Accountant.epsilon(rho: rho, delta: at) > asked)
      }
    }
    #expect(GaussianCurve.rho(epsilon: try Epsilon(1), delta: .zero) == .zero)
    #expect(GaussianCurve.epsilon(rho: .zero, delta: .zero).value == 0)
  }

  @Test("The curve falls with epsilon and rises with rho")
  func monotone() throws {
    for rho in [1e-8, 1e-3, 0.1, 1, 50] {
      var last = 1.0
      for step in 0..<60 {
        let epsilon = Double(step) * (2 * rho).squareRoot() / 6
        let delta = GaussianCurve.delta(rho: try Rho(rho), epsilon: try Epsilon(epsilon))
        #expect(delta.value <= last)
        #expect(
          GaussianCurve.delta(rho: try Rho(rho * 1.001), epsilon: try Epsilon(epsilon)) >= delta)
        last = delta.value
      }
    }
  }
}

@Suite struct ExactSumTests {
  @Test("Sums of doubles of all sizes, against whole numbers of any size")
  func sums() {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<300 {
      var (sum, exact) = (ExactSum(), 0.0 as Wide)
      for _ in 0..<20 {
        let value =
          Double(Int64(bitPattern: generator.next()) >> 20)
          * exp2(Double(Int(generator.next() % 60)) - 30)
        sum.add(value)
        exact.add(value)
      }
      let (down, up) = (sum.roundedDown, sum.roundedUp)
      #expect(
        exact.compare(down) >= 0 && exact.compare(up) <= 0 && (down == up || down.nextUp == up))
      #expect(sum.isNegative == (exact.compare(0) < 0))
    }
  }

  @Test("What is taken off again leaves nothing")
  func cancels() {
    var sum = ExactSum()
    for value in [0.1, 1e300, 1e-300, 0.3] { sum.add(value) }
    for value in [1e300, 0.1, 0.3, 1e-300] { sum.add(-value) }
    #expect(sum.sign == nil && sum.roundedUp == 0 && sum.roundedDown == 0)
    var third = ExactSum()
    third.add(1)
    third.add(1e-30)
    #expect(third.roundedDown == 1 && third.roundedUp == 1.0.nextUp && !third.isNegative)
  }

  /// A fixed-point sum of multiples of 2^-40 below 2^127.
  private struct Wide: ExpressibleByFloatLiteral {
    private var units: Int128 = 0
    init(floatLiteral value: Double) {}
    mutating func add(_ value: Double) { units += Int128(value * 0x1p40) }
    /// Negative, zero or positive if this sum is below, at or above `value`.
    func compare(_ value: Double) -> Int {
      let other = value * 0x1p40
      let whole = Int128(other.rounded(.down))
      return units > whole ? 1 : units < whole || other > other.rounded(.down) ? -1 : 0
    }
  }
}
