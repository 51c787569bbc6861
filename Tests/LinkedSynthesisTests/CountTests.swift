import LinkedSynthesis
import Testing

/// The rows that a drawn person has below.
@Suite struct CountTests {
  @Test func aFarBinOfNoiseIsNoCrowd() {
    let usual = (0..<400).map { $0 % 5 }
    #expect(LinkedSampler.bounded(usual + [100_000, 65_536]) == usual + [80, 80])
  }

  @Test func manyRowsOfManyPeopleStay() {
    let many = (0..<400).map { 50 * ($0 % 40) }
    #expect(LinkedSampler.bounded(many) == many)
    #expect(LinkedSampler.bounded([0, 0, 3, 20]) == [0, 0, 3, 20])
    #expect(LinkedSampler.bounded([]).isEmpty)
  }
}
