import Accounting
import Basics
import Foundation
import Mechanisms
import Testing

/// The figures for several people and for single columns, compared with the distributions of the
/// answers themselves.
@Suite struct LossFiguresTests {
  private static let delta = 1e-6

  private static func noise(_ sigmaSquared: Int, _ name: String = "counts") throws -> PrivacyEvent {
    .discreteGaussian(
      question: name, sensitivity: try Sensitivity(1),
      sigmaSquared: try PositiveRational(sigmaSquared))
  }

  private static func price(_ events: [PrivacyEvent]) -> Double {
    var filter = PrivacyFilter(
      limit: PrivacyCost(rho: Rho(checked: 1000), delta: Delta(checked: 1)))
    for event in events { _ = filter.charge(event) }
    return filter.spent.rho.value
  }

  /// The epsilon at ``delta`` of counts with discrete Gaussian noise that move by `shift` each,
  /// computed by convolving their losses.
  private static func exact(sigmaSquared: [Int], shift: Int) throws -> Double {
    // Losses are odd multiples of shift² / (2 sigma²). A grid that divides all of them rounds next
    // to nothing.
    var accountant = PrivacyLossAccountant(
      spacing: Double(shift * shift) / (2 * Double(sigmaSquared.max() ?? 1)) / 8)
    for sigmaSquared in sigmaSquared {
      accountant.compose(
        .discreteGaussian(
          sigma: Double(sigmaSquared).squareRoot(), sensitivity: shift, spacing: accountant.spacing)
      )
    }
    return try #require(accountant.epsilon(delta: delta))
  }

  // MARK: Several people

  @Test(
    "For several people: not below what their counts tell, and hardly above",
    arguments: GroupLoss.sizes)
  func groups(_ people: Int) throws {
    let sizes = [400, 900, 900, 1600, 2500]
    let events = try sizes.map { try Self.noise($0) }
    let reserved = Rho(checked: Self.price(events))
    let point = try #require(
      GroupLoss.point(people: people, reserved: reserved, events: events, delta: Self.delta))
    // All of them are in the same cell of each table.
    let exact = try Self.exact(sigmaSquared: sizes, shift: people)
    #expect(point.delta == Self.delta)
    #expect(
      point.epsilon >= exact * (1 - 1e-6) && point.epsilon <= exact * 1.01,
      "\(people): \(point.epsilon), exactly \(exact)")
    // The planted fault: an epsilon that grows in proportion to the number of people.
    let one = GaussianCurve.epsilon(rho: reserved, delta: try Delta(Self.delta)).value
    #expect(Double(people) * one < exact, "the test can tell")
  }

  @Test(
    "Labels that only a group has are shown with at most the leak that is reckoned",
    arguments: GroupLoss.sizes, [1, 3])
  func groupLeaks(_ people: Int, _ rows: Int) throws {
    let selection = try PartitionSelection(
      maximumRowsPerUnit: rows, sigmaSquared: PositiveRational(100), delta: Delta(1e-8))
    let event = selection.event(question: "labels")
    // The probability of showing a label with this many rows, by the discrete distribution.
    let weights = (-500...500).map { exp(-Double($0 * $0) / 200) }
    let total = weights.reduce(0, +)
    func shown(_ count: Int) -> Double {
      weights.indices.reduce(0) { $1 - 500 + count > selection.threshold ? $0 + weights[$1] : $0 }
        / total
    }
    let all = people * rows
    var worst = 0.0
    for count in 1...all {
      worst = max(worst, 1 - pow(1 - shown(count), Double(all / count)) * (1 - shown(all % count)))
    }
    let point = try #require(
      GroupLoss.point(people: people, reserved: Rho(1e-9), events: [event], delta: 1e-9))
    // A part of delta equal to the leak is set aside, and the same amount is left.
    #expect(point.delta >= 2 * worst && point.delta < 100 * max(worst, 1e-9), "\(point) \(worst)")
  }

  // MARK: One column

  @Test(
    "For a column: not below what an exchange of entries shows, and within the price of splitting delta"
  )
  func columns() throws {
    let sizes = [400, 900, 900, 1600, 2500]
    let events = try sizes.map { try Self.noise($0) }
    let reserved = Rho(checked: Self.price(events))
    let losses = CellLoss(events: events, reserved: reserved)
    for part in 0...5 {
      // The first tables include the column.
      let effects = events.indices.map { $0 < part ? CellEffect.moved : .none }
      let point = try #require(losses.point(effects: effects, delta: Self.delta))
      guard part > 0 else {
        #expect(point.epsilon == 0 && point.delta == 0)
        continue
      }
      // A row leaves one cell and enters another, so two counts move by one.
      let exact = try Self.exact(sigmaSquared: sizes.prefix(part).flatMap { [$0, $0] }, shift: 1)
      #expect(point.delta == Self.delta)
      #expect(
        point.epsilon >= exact * (1 - 1e-6) && point.epsilon <= exact * 1.35,
        "\(part): \(point.epsilon), exactly \(exact)")
      let asIfItLeft = GaussianCurve.epsilon(
        rho: Rho(checked: Self.price(Array(events.prefix(part)))), delta: try Delta(Self.delta)
      ).value
      #expect(asIfItLeft < exact, "the test can tell")
    }
    // Never above the epsilon for a change of everything.
    let all = try #require(losses.point(effects: events.map { _ in .replaced }, delta: Self.delta))
    #expect(
      all.epsilon <= GaussianCurve.epsilon(
        rho: Rho(checked: 4 * reserved.value), delta: try Delta(Self.delta)
      ).value * (1 + 1e-12))
  }

  @Test("Choices in which a column may take part tell twice their range of it")
  func choices() throws {
    let choice = PrivacyEvent.exponentialMechanism(
      question: "a choice", candidates: 5, sensitivity: try Sensitivity(1),
      epsilon: try Epsilon(0.1))
    let events = [PrivacyEvent](repeating: choice, count: 9)
    let losses = CellLoss(events: events, reserved: Rho(checked: 2 * Self.price(events)))
    let point = try #require(losses.point(effects: events.map { _ in .moved }, delta: Self.delta))
    var accountant = PrivacyLossAccountant(spacing: 0.2 / 400)
    accountant.compose(.choices(range: 0.2, count: 9))
    let exact = try #require(accountant.epsilon(delta: Self.delta))
    #expect(
      point.epsilon >= exact && point.epsilon < exact * 1.4, "\(point.epsilon), at worst \(exact)")
  }

  /// An adversary stops as soon as the answers exceed the published level. The level holds because
  /// delta is split; a sum that ends at a moment of the adversary's choice would not hold
  /// (docs/proofs/accounting.md).
  @Test("What was asked, reckoned after the fact, holds for someone who stops when it suits")
  func levels() throws {
    let delta = 0.2
    let event = try Self.noise(40)
    let rho = Self.price([event])
    let reserved = PrivacyCost(rho: Rho(checked: 40 * rho * (1 + 1e-9)))
    // The published epsilon after each number of questions.
    let published = (1...40).map { count -> Double in
      let losses = CellLoss(
        events: [PrivacyEvent](repeating: event, count: count), reserved: reserved.rho)
      return losses.point(effects: [CellEffect](repeating: .moved, count: count), delta: delta)?
        .epsilon ?? .infinity
    }
    var random = SplitMix64(seed: 5)
    let runs = 40_000
    var passed = 0.0
    for _ in 0..<runs {
      var (loss, end) = (0.0, 0.0)
      for count in 1...40 {
        // A change of the column costs twice the rho; the loss is drawn under the first table.
        loss += 2 * rho + (4 * rho).squareRoot() * random.normal()
        end = published[count - 1]
        if loss > end { break }
      }
      passed += max(0, -expm1(end - loss)) / Double(runs)
    }
    #expect(passed <= delta + (log(1e8) / (2 * Double(runs))).squareRoot(), "\(passed)")
  }
}
