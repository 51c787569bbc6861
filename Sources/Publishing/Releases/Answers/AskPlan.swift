import Accounting
import Analyses
import Foundation
import Ledger
import Tables

/// A prediction of the answer to a question to the real table, from the release alone: free.
package struct AskPlan: Sendable, Codable {
  package let analysis: Analysis
  /// The analysis on the stand-in, without noise of its own.
  package let standIn: Findings
  /// The release's own answer; nil if its columns were not measured in one table.
  package let release: Findings?
  package let predictions: [Prediction]
  package let delta: Double
  /// A sentence: ask, at which price, or do not ask.
  package let advice: String

  /// The expected findings at a price.
  package struct Prediction: Sendable, Codable {
    package let epsilon: Double
    package let findings: Findings
    /// The largest share of noise in a number's variance.
    package let noiseShare: Double
    /// Numbers that would stay unknown.
    package let unknown: Int
  }

  private static let prices = [0.1, 0.3, 1.0, 3.0]
  /// A question is worth its price if noise is at most this part of the variance.
  private static let mostNoise = 0.5

  /// - Parameter epsilon: a price to predict beside the usual ones.
  /// - Throws: ``AnalysisFault``, ``ReleaseError``.
  package init(_ analysis: Analysis, release url: URL, epsilon: Epsilon?, delta: Delta) throws {
    let reader = try ReleaseReader(url)
    let inquiry = try reader.inquiry(analysis)
    let unitRows = reader.schema.unit.maximumRows
    self.analysis = analysis
    self.delta = delta.value
    standIn = inquiry.predicted(rho: .infinity, unitRows: unitRows)
    release = try? reader.evidence().measuredFindings(analysis)
    predictions = Set(Self.prices + [epsilon?.value].compactMap { $0 }).sorted().map { price in
      let rho = LedgerBalance.reservation(epsilon: price, delta: delta.value, eventDelta: 0)
      let findings = inquiry.predicted(rho: rho, unitRows: unitRows)
      return Prediction(
        epsilon: price, findings: findings,
        noiseShare: findings.numbers.compactMap(\.noiseShare).max() ?? 0,
        unknown: findings.numbers.count { !$0.isKnown })
    }
    advice = Self.advice(predictions, release: release)
  }

  private static func advice(_ predictions: [Prediction], release: Findings?) -> String {
    if let release, !release.numbers.isEmpty, release.numbers.allSatisfy(\.isKnown),
      let dearest = predictions.first(where: { $0.noiseShare <= mostNoise }) ?? predictions.last,
      isAsGood(release, as: dearest.findings)
    {
      return "Do not ask: the release alone knows this about as well."
    }
    if let cheapest = predictions.first(where: { $0.noiseShare <= mostNoise && $0.unknown == 0 }) {
      return
        "Ask at epsilon \(cheapest.epsilon): the noise would be \(Int((cheapest.noiseShare * 100).rounded())) % of the variance."
    }
    return
      "Do not ask at these prices: the noise would drown the answer. Ask a question of fewer numbers, or of larger groups."
  }

  /// Whether every interval of the release is at most a quarter wider.
  private static func isAsGood(_ release: Findings, as asked: Findings) -> Bool {
    release.numbers.count == asked.numbers.count
      && zip(release.numbers, asked.numbers).allSatisfy { own, other in
        guard let reach = own.reach, let expected = other.reach else {
          return own.isKnown && !other.isKnown
        }
        return reach <= 1.25 * expected
      }
  }
}
