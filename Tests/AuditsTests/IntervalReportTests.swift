import Audits
import Testing

/// The audit of intervals passes honest coverage, and fails intervals that are too narrow: all of
/// them, or those of one size and price.
@Suite struct IntervalReportTests {
  /// - Parameter width: the stated errors, as a multiple of the real ones.
  private func report(width: Double = 1, covering share: (IntervalAudit.Cell) -> Double)
    -> IntervalReport
  {
    var tallies: [IntervalReport.Key: IntervalReport.Tally] = [:]
    for cell in IntervalAudit.cells {
      var tally = IntervalReport.Tally()
      (tally.all, tally.answered, tally.covered) = (1_000, 1_000, Int(1_000 * share(cell)))
      tally.squaredError = 1_000 / (width * width)
      tallies[IntervalReport.Key(way: .ask, analysis: "mean", cell: cell)] = tally
    }
    return IntervalReport(tallies: tallies, tables: 500)
  }

  @Test func narrowIntervalsAreFound() {
    #expect(report { _ in 0.95 }.isPassed)
    #expect(!report { _ in 0.85 }.isPassed)
    #expect(!report { $0.rows == 1_000 && $0.epsilon == 1 ? 0.8 : 0.96 }.isPassed)
  }

  @Test func wideIntervalsAreFound() {
    #expect(!report(width: 1.5) { _ in 0.999 }.isPassed)
    #expect(report(width: 1.1) { _ in 0.999 }.isPassed)
    #expect(report(width: 1.5) { _ in 0.96 }.isPassed)
  }

  /// A small run from the tables to the verdict: every analysis is asked, and shares are known from
  /// the release.
  @Test func aRunAsksEverything() throws {
    let report = try IntervalAudit(tables: 2, cells: [IntervalAudit.cells[1]]).run { _ in }
    for line in report.lines
    where line.cell?.rows == 1_000 && line.cell?.epsilon == 1 && line.way == .ask {
      #expect(line.all > 0, "\(line.analysis)")
    }
    let shares = try #require(
      report.lines.first { $0.way == .estimate && $0.analysis == "histogram" && $0.cell == nil })
    #expect(shares.answered == 3)
    #expect(report.answeredByReleases == nil)
  }
}
