import Foundation
import Quality
import Tables
import TestConditions
import Testing

/// Known answers of the neutral judge (`evaluate.py`, NumPy 2.4.6, pandas 3.1.1, scikit-learn
/// 1.9.1) on Adult: the first 30,000 rows are the original, the others the holdout, and the
/// synthetic tables are made from the original by the rules below.
@Suite(
  .enabled(
    if: SharedFolder.has("adult.csv"), "needs ../shared/data/adult.csv, or UNDERSTUDY_SHARED"),
  .serialized)
struct JudgeTests {
  static let originalRows = 30_000

  private func adult() throws -> (original: PlainTable, holdout: PlainTable) {
    let all = try PlainTable(contentsOf: SharedFolder.data("adult.csv"))
    return (
      all.selecting(Array(0..<Self.originalRows)),
      all.selecting(Array(Self.originalRows..<all.rowCount))
    )
  }

  /// Every column is rotated against the others.
  static func rotated(_ original: PlainTable) -> PlainTable {
    let count = original.rowCount
    return PlainTable(
      names: original.names,
      cells: original.cells.enumerated().map { place, column in
        (0..<count).map { column[($0 + 997 * place) % count] }
      })
  }

  /// Rows chosen again by a quadratic rule, with some cells shifted, some missing and some that do
  /// not occur in the original.
  static func resampled(_ original: PlainTable) -> PlainTable {
    let count = original.rowCount
    var result = original.selecting((0..<count).map { ($0 * $0 * 31 + 7 * $0) % count })
    for (place, name) in ["age", "workclass", "hours-per-week", "race", "capital-gain"].enumerated()
    {
      guard let column = result.names.firstIndex(of: name) else { continue }
      for row in 0..<count {
        if row % (place + 3) == 0 {
          result.cells[column][row] = result.cells[column][(row + 1) % count]
        }
        if row % 50 == place { result.cells[column][row] = "" }
        if row % 101 == place { result.cells[column][row] = "77777777" }
      }
    }
    return result
  }

  @Test func `figures agree with the judge on columns turned against each other`() throws {
    let (original, holdout) = try adult()
    let started = ContinuousClock.now
    let report = try QualityReport.measure(
      original: OwnerTable(original.table), synthetic: Self.rotated(original).table,
      holdout: OwnerTable(holdout.table),
      options: QualityOptions(target: "income"))
    print("compared \(original.rowCount) rows in \(started.duration(to: .now))")
    expect(
      report, oneWay: 0, twoWay: 0.0808, threeWay: 0.1814, unseen: 0, synthetic: nil,
      trained: 0.927, copies: 0)
  }

  @Test func `figures agree with the judge on disturbed rows`() throws {
    let (original, holdout) = try adult()
    let report = try QualityReport.measure(
      original: OwnerTable(original.table), synthetic: Self.resampled(original).table,
      holdout: OwnerTable(holdout.table),
      options: QualityOptions(target: "income"))
    expect(
      report, oneWay: 0.0231, twoWay: 0.0559, threeWay: 0.106, unseen: 0.0033, synthetic: 0.9033,
      trained: 0.927, copies: 0.41943)
    #expect(report.worstColumn?.name == "age")
    #expect(abs((report.worstColumn?.distance ?? 0) - 0.0472) < 5e-5)
  }

  @Test(
    .enabled(if: SharedFolder.has("support2/support2.csv"), "needs ../shared/data/support2"))
  func `the drawn marginals of a wide table are those of the judge`() throws {
    let all = try PlainTable(contentsOf: SharedFolder.data("support2/support2.csv"))
    let original = all.selecting(Array(0..<7000))
    let report = try QualityReport.measure(
      original: OwnerTable(original.table), synthetic: Self.rotated(original).table)
    #expect(abs(report.means.twoWay - 0.1174) < 5.1e-5)
    #expect(abs(report.means.threeWay - 0.3102) < 5.1e-5)
    #expect(report.means.threeWayMarginals == 1500)
  }

  /// From scikit-learn's `HistGradientBoostingRegressor` and `…Classifier` (one against the rest)
  /// with the judge's features.
  @Test func `trees agree with scikit-learn on numbers and on several classes`() throws {
    let (original, holdout) = try adult()
    let (train, disturbed, test) = (original.table, Self.resampled(original).table, holdout.table)
    let hours = try QualityReport.measure(
      original: OwnerTable(train), synthetic: disturbed, holdout: OwnerTable(test),
      options: QualityOptions(target: "hours-per-week"))
    #expect(hours.usefulness?.measure == .explainedVariance)
    #expect(
      abs((hours.usefulness?.trainedOnOriginal ?? 0) - 0.2827) < 0.01,
      "\(String(describing: hours.usefulness))")
    let kin = try QualityReport.measure(
      original: OwnerTable(train), synthetic: disturbed, holdout: OwnerTable(test),
      options: QualityOptions(target: "relationship"))
    #expect(kin.usefulness?.classes.count == 6)
    #expect(
      abs((kin.usefulness?.trainedOnOriginal ?? 0) - 0.9215) < 0.01,
      "\(String(describing: kin.usefulness))")
    #expect(
      abs((kin.usefulness?.trainedOnSynthetic ?? 0) - 0.8935) < 0.01,
      "\(String(describing: kin.usefulness))")
  }

  private func expect(
    _ report: QualityReport, oneWay: Double, twoWay: Double, threeWay: Double, unseen: Double,
    synthetic: Double?, trained: Double,
    copies: Double
  ) {
    let rounding = 5.1e-5
    #expect(abs(report.means.oneWay - oneWay) < rounding)
    #expect(abs(report.means.twoWay - twoWay) < rounding)
    #expect(abs(report.means.threeWay - threeWay) < rounding)
    #expect(report.means.threeWayMarginals == 455)
    #expect(abs(report.unseen - unseen) < rounding)
    #expect(abs(report.copies.ofOriginal - copies) < 1e-5)
    if let synthetic {
      #expect(
        abs((report.usefulness?.trainedOnSynthetic ?? 0) - synthetic) < 0.01,
        "\(String(describing: report.usefulness))")
    }
    #expect(
      abs((report.usefulness?.trainedOnOriginal ?? 0) - trained) < 0.01,
      "\(String(describing: report.usefulness))")
    print(report.means, report.usefulness as Any)
  }
}
