import Accounting
import Curation
import Encoding
import Foundation

/// The domain of a table in which all rows of a person count.
extension LearnedDomain {
  /// The share of a release's rho that learns the domain from one row of each person.
  package static let shareOfOneRow = 0.25
  private static let lengthShare = 0.01
  private static let rowsShare = 0.02
  private static let oneWayShare = 0.2
  /// The questions that a usual engine asks about each variable.
  private static let questions = 3.0

  /// Has the curator count all rows of everybody from now on, each person's counts shortened to a
  /// length that a noisy count of lengths gives, and returns the domain with each variable alone
  /// counted so. Rows of people with few rows weigh more in what was learned before.
  /// - Parameter rho: of the whole release.
  package func countingEveryRow(_ curator: Curator, rho: Rho) throws -> LearnedDomain {
    // Two columns, since one may never change for a person.
    let widest = domain.sizes.indices.sorted { (domain.sizes[$1], $0) < (domain.sizes[$0], $1) }
      .prefix(2)
    guard !widest.isEmpty else { return self }
    let lengths = try curator.lengths(
      of: widest.sorted(), classes: ClipLength.classes, rho: rho.share(Self.lengthShare))
    let numbers = try curator.lengths(
      of: [], classes: ClipLength.classes, rho: rho.share(Self.rowsShare))
    let rows = Self.rows(numbers)
    let best = ClipLength.ofShares(
      lengths.values.map(Double.init), variance: lengths.variance, rows: rows.value,
      codes: widest.reduce(1) { $0 * domain.sizes[$1] },
      rho: rho.share(
        (1 - Self.shareOfOneRow - Self.oneWayShare) / (Self.questions * Double(domain.count))))
    let clip = exp2(log2(best).rounded())
    curator.countEveryRow(
      shortenedTo: Int(clip), total: rows.value,
      lengthening: ClipLength.lengthening(
        lengths.values.map(Double.init), variance: lengths.variance, clip: clip))
    let share = rho.share(Self.oneWayShare / Double(domain.count))
    let oneWay = try domain.variables.indices.map {
      try OneWayMeasurement(of: $0, by: curator, rho: share, purpose: .oneWay)
    }
    return LearnedDomain(domain: domain, oneWay: oneWay, rowCount: rows, notes: notes)
  }

  /// Returns about the number of rows, from how many people have how many. Classes that noise alone
  /// explains count for nothing.
  private static func rows(_ numbers: NoisyCounts) -> NoisyCount {
    let spread = ClipLength.visible * numbers.variance.squareRoot()
    let people = numbers.values.map { Double($0) > spread ? Double($0) : 0 }
    let variance = people.indices.reduce(0) {
      people[$1] > 0 ? $0 + numbers.variance * pow(ClipLength.length($1), 2) : $0
    }
    return NoisyCount(
      value: max(ClipLength.total(people), 1), variance: max(variance, numbers.variance))
  }
}
