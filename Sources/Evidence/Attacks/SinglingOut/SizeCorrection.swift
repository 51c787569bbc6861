import Foundation

/// Estimates how many of the queries that single out in the control would do so in a control of the
/// original's size.
///
/// Queries single out differently in a larger table: rare conditions more often, frequent ones
/// less. Random samples of the original itself show how the number of successes depends on the
/// size. Its expectation follows exactly from how many rows each query matches (hypergeometric;
/// nothing is drawn). At the control's size, the original's samples may succeed more often than the
/// control: the excess is the leak. A sample holds each betrayed person with the chance n_control /
/// n_original, so the whole original has correspondingly more of it:
///
///   control at the original's size = A(n_original) − n_original / n_control · (A(n_control) − C),
///
/// with A(n) the original's expected successes in a sample of n and C the control's. Without a leak
/// it is A(n_original) in expectation.
///
/// Giomi et al. (2023) instead fit a curve F(n) = c [1 − (n w + 1)(1 − w)ⁿ] / (n + 1) to samples of
/// the control and extrapolate it to sizes where nothing was seen: at four times the control's
/// size, honest releases seem to leak (docs/decisions/0009-attacks.md).
struct SizeCorrection {
  let originalRows: Int
  let controlRows: Int
  /// Rows that each query matches, counted up to ``mostMatches``.
  let originalMatches: [Int]
  let controlMatches: [Int]

  /// Matches above which queries hardly ever single out in a sample.
  static let mostMatches = 256

  /// The control's expected successes at the original's size; a fraction, from 0 to all queries.
  var successes: Double {
    guard originalRows > controlRows else {
      return SizeCorrection.successes(controlMatches, in: originalRows, of: controlRows)
    }
    let atControlSize = SizeCorrection.successes(originalMatches, in: controlRows, of: originalRows)
    let own = Double(controlMatches.count { $0 == 1 })
    let all = Double(originalMatches.count { $0 == 1 })
    return min(max(all - scale * (atControlSize - own), 0), Double(controlMatches.count))
  }

  /// The factor by which the correction increases the uncertainty of the control's own count.
  var scale: Double { max(1, Double(originalRows) / Double(controlRows)) }

  /// Returns the expected number of queries that match exactly one row of a random sample.
  private static func successes(_ matches: [Int], in sample: Int, of rows: Int) -> Double {
    var byCount: [Int: Int] = [:]
    for match in matches where match > 0 { byCount[match, default: 0] += 1 }
    return byCount.sorted { $0.key < $1.key }.reduce(0) { $0 + Double($1.value) * single($1.key, in: sample, of: rows) }
  }

  /// Returns the chance that a sample holds exactly one of `matching` rows.
  private static func single(_ matching: Int, in sample: Int, of rows: Int) -> Double {
    let (all, drawn, hits) = (Double(rows), Double(sample), Double(matching))
    if drawn - 1 > all - hits { return 0 }
    func ways(_ n: Double, _ k: Double) -> Double { lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) }
    return hits * exp(ways(all - hits, drawn - 1) - ways(all, drawn))
  }
}
