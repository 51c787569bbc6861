import Accounting
import BigInt
import Foundation
import Mechanisms
import Testing

@Suite struct FlooredGaussianTests {
  private func draws(_ count: Int, using random: SecureRandom) -> [Int] {
    var sums = [Double](repeating: 0, count: count)
    sums.withUnsafeMutableBufferPointer { FlooredGaussian.add(to: $0, using: random) }
    return sums.map { Int($0) }
  }

  /// The probability of floor(Z) in [from, to) under the normal distribution.
  private func probability(_ from: Int, _ to: Int) -> Double {
    func below(_ value: Int) -> Double {
      0.5 * erfc(-Double(value) / Double(GradientNoise.sigma) / 2.0.squareRoot())
    }
    return below(to) - below(from)
  }

  /// The columns of the table add up, exactly, to the step function that they are made from.
  @Test func tableHoldsItsWeights() {
    let table = HalfNormalTable.shared
    let full = BigInt(1) << 128
    var sums = [BigInt](repeating: 0, count: table.own.count)
    for column in table.own.indices {
      sums[column] += BigInt(table.own[column])
      sums[Int(table.other[column])] += full - BigInt(table.own[column])
    }
    let weights = HalfNormalTable.weights()
    for (step, sum) in sums.enumerated() {
      #expect(sum == (step < weights.count ? BigInt(weights[step]) : 0), "step \(step)")
    }
    #expect(weights.reduce(0, +) == BigUInt(1) << 138)
    let total = (0..<HalfNormalTable.steps).reduce(0.0) { $0 + exp(-Double($1 * $1) / 8192) }
    for step in 0..<HalfNormalTable.steps {
      let expected = exp(-Double(step * step) / 8192) / total
      let found = Double(weights[step] >> 10) * 0x1p-128
      #expect(abs(found - expected) < 1e-14 * expected + 0x1p-127)
      let least = exp(-Double(2 * step + 1) / 8192)
      #expect(abs(Double(table.surelyKept[step]) * 0x1p-32 - least) < 0x1p-31)
      #expect(Double(table.surelyKept[step]) * 0x1p-32 <= least)
    }
  }

  /// Coarse cells over the whole range, and the halves of the table's steps, which depend on
  /// rejection.
  @Test func followsTheNormalLaw() {
    let draws = draws(4_000_000, using: SecureRandom())
    let cell = GradientNoise.sigma / 50
    func place(_ value: Int, _ width: Int) -> Int {
      Int((Double(value) / Double(width)).rounded(.down))
    }
    let coarse = ChiSquared.test(draws.map { place($0, cell) }, range: -400...399) {
      probability($0 * cell, ($0 + 1) * cell)
    }
    #expect(coarse.probability > ChiSquared.falseAlarm, "\(coarse)")
    // Which half of a step, for all steps between 1 and 4 standard deviations together.
    let half = 1 << 17
    let sizes = draws.map { $0 < 0 ? ~$0 : $0 }.filter { (1 << 24..<1 << 26).contains($0) }
    func weight(_ place: Int) -> Double {
      (64..<256).reduce(0.0) {
        $0 + probability(2 * $1 * half + place * half, 2 * $1 * half + (place + 1) * half)
      }
    }
    let halves = ChiSquared.test(sizes.map { $0 >> 17 & 1 }, range: 0...1, weight: weight)
    #expect(halves.probability > ChiSquared.falseAlarm, "\(halves)")
    // Without the rejection both halves are equally likely, and this test detects that.
    let flat = ChiSquared.test(sizes.indices.map { $0 & 1 }, range: 0...1, weight: weight)
    #expect(flat.probability < ChiSquared.falseAlarm, "\(flat)")
    let lowBits = ChiSquared.test(draws.map { $0 & 255 }, range: 0...255) { _ in 1 }
    #expect(lowBits.probability > ChiSquared.falseAlarm, "\(lowBits)")
  }

  @Test func addsToWhatIsThere() {
    var sums = [1000.0, -5, 1e9]
    sums.withUnsafeMutableBufferPointer {
      FlooredGaussian.add(to: $0, using: SecureRandom(testing: 7))
    }
    let alone = draws(3, using: SecureRandom(testing: 7))
    #expect(sums == [1000 + Double(alone[0]), -5 + Double(alone[1]), 1e9 + Double(alone[2])])
    #expect(draws(100, using: SecureRandom()) != draws(100, using: SecureRandom()))
  }

  /// The exact comparison agrees with the quick one whenever the quick one is sure.
  @Test func exactComparisonAgreesWithTheQuickOne() {
    let random = SecureRandom(testing: 3)
    for _ in 0..<2000 {
      let step = Int(random.next() % 832)
      let place = random.next() >> 11
      let t = Double(place) * 0x1p-53
      let density = exp(-t * (Double(step) + t / 2) * 0x1p-12)
      for offset in [-1e-6, 1e-6] where density + offset < 1 {
        let kept = UInt64((density + offset) * 0x1p32)
        guard kept < 1 << 32, abs(Double(kept) * 0x1p-32 - density) > 1e-8 else { continue }
        let low = random.next()
        #expect(
          FlooredGaussian.isKeptExactly(step: step, place: place, UInt32(kept), low, random)
            == (offset < 0))
      }
    }
  }

  @Test func speed() {
    _ = draws(10, using: SecureRandom())
    var sums = [Double](repeating: 0, count: 1_000_000)
    let random = SecureRandom()
    let (time, _) = ProcessorClock.nanoseconds(per: 4_000_000) {
      for _ in 0..<4 {
        sums.withUnsafeMutableBufferPointer { FlooredGaussian.add(to: $0, using: random) }
      }
    }
    print("floored Gaussian: \(time) ns a draw")
    #expect(time < 200)
  }
}
