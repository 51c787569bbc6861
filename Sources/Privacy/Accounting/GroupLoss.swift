/// The privacy loss of several people together in a release.
///
/// If one person costs a Gaussian mechanism of mean m, k people who join or leave the table
/// together cost one of mean k m (Dong, Roth and Su 2022, theorem 3): rho grows by k². See
/// `docs/proofs/accounting.md`.
package struct GroupLoss: Sendable {
  /// The group sizes reported.
  package static let sizes = [2, 5, 10]

  /// Returns the smallest figure at `delta` or, if rare events of the group use that up, at the
  /// smallest delta ten, a hundred … times as large.
  package static func point(people: Int, reserved: Rho, events: [PrivacyEvent], delta: Double)
    -> PrivacyCurve.Point?
  {
    let count = Double(people)
    let rho = (reserved.value * count * count).nextUp
    let leak = events.reduce(0) { $0.addingUpwards($1.leak(people: people)) }
    return point(rho: Rho(checked: rho), leak: leak, delta: delta)
  }

  /// - Parameter parts: The number of parts into which the remaining delta is split. The figure may
  ///   use one.
  static func point(rho: Rho, leak: Double, delta: Double, parts: Int = 1) -> PrivacyCurve.Point? {
    var delta = delta
    while delta < leak * 2 { delta *= 10 }
    guard delta < 1 else { return nil }
    let left = Delta(checked: OutwardSum.down(delta, -leak) / Double(parts))
    return PrivacyCurve.Point(
      epsilon: GaussianCurve.epsilon(rho: rho, delta: left).value, delta: delta)
  }
}

extension PrivacyEvent {
  /// Returns the event's delta for `people` who join or leave together.
  func leak(people: Int) -> Double {
    switch self {
    case .discreteGaussian, .discreteLaplace, .exponentialMechanism: return 0
    case .partitionSelection(_, let rows, let sigmaSquared, let threshold):
      // As one unit with all their rows.
      let (all, overflow) = max(rows, 1).multipliedReportingOverflow(by: people)
      guard !overflow else { return 1 }
      return LabelDisclosure.delta(
        maximumRowsPerUnit: all, sigmaSquared: sigmaSquared, threshold: threshold
      ).value
    case .noisyGradients:
      // Person by person: outcomes missed with one are seen with the next through a Gaussian
      // mechanism of one more mean.
      let cost = price(left: Rho(checked: .greatestFiniteMagnitude))
      let mean = GaussianCurve.mean(cost.rho)
      let quantile = NormalTail.quantile(below: cost.delta.value)
      return (0..<people).reduce(0) { sum, index in
        min(
          1,
          sum.addingUpwards(
            index == 0 ? cost.delta.value : NormalTail.above(quantile - Double(index) * mean)))
      }
    case .composed(_, let events):
      return min(1, events.reduce(0) { $0.addingUpwards($1.leak(people: people)) })
    }
  }
}
