import EncryptedScoring
import Foundation

/// Draws conclusions about the scores of a model from noisy counts by bin of score and outcome.
///
/// Statistics are functions of the counts, with intervals by the delta method. The difference that
/// the bins make to a statistic is known of the stand-in's rows: it is taken off, and counts as a
/// further error.
package struct ModelEvaluation {
  private let design: ModelDesign
  /// `[bins, outcomes]`, the event second.
  private let table: NoisyTable
  private let reach: Double
  private let pilot: Pilot

  /// The stand-in's counts and rows, the latter with all points.
  package struct Pilot {
    let counts: [Double]
    let rows: [ModelDesign.Row]

    package init(_ design: ModelDesign, _ standIn: StandIn) {
      counts = design.counts(standIn)
      let intercept = design.analysis.model?.card?.intercept ?? 0
      rows = ModelDesign.rows(of: design.formula, design.domain, standIn).map { row in
        var row = row
        row.sum += intercept
        return row
      }
    }
  }

  /// The largest part of a calibration's coefficient that may be noise: beyond it, the equation is
  /// too far from a straight line for its interval.
  private static let mostNoise = 0.4

  package init(_ design: ModelDesign, counts: [Double], noise: Double, pilot: Pilot) {
    (self.design, self.pilot) = (design, pilot)
    table = NoisyTable(
      shape: [design.bins.count, 2], values: counts,
      noise: [Double](repeating: noise, count: counts.count))
    reach = Distributions.reach(level: design.analysis.level)
  }

  package func findings() -> Findings {
    let isCurve = design.analysis.kind == .discrimination
    // The stand-in's counts decide too: those that noise alone lifts over the bar would be answered
    // with a bias.
    guard [table, expected].allSatisfy({ $0.isEnough(events) && $0.isEnough(others) }) else {
      let names = isCurve ? [Self.area] : [Self.difference, Self.intercept, Self.slope]
      return Findings(
        measure: measure,
        numbers: names.map { Finding(unknown: $0, because: Finding.tooFew) })
    }
    return Findings(
      measure: measure, numbers: isCurve ? [discrimination()] : calibration() + shares())
  }

  private var measure: String {
    design.analysis.kind == .discrimination ? "chance" : "observed against predicted"
  }

  private static let area = "area under the curve"
  private static let difference = "observed minus predicted share"
  private static let intercept = "calibration intercept"
  private static let slope = "calibration slope"

  /// The stand-in's counts with the same noise.
  private var expected: NoisyTable {
    NoisyTable(shape: table.shape, values: pilot.counts, noise: table.noise)
  }

  private var events: [Double] { table.indicator { $0[1] == 1 } }
  private var others: [Double] { table.indicator { $0[1] == 0 } }

  // MARK: Discrimination

  /// The chance that a row with the event has a higher score than one without, ties counting half,
  /// with an interval on the scale of its log odds.
  private func discrimination() -> Finding {
    var statistic = table.differentiated(Self.area(of:), over: table.values.indices)
    let hidden = Self.area(of: pilot.rows) - Self.area(of: pilot.counts)
    statistic.value = min(max(statistic.value + hidden, 1e-6), 1 - 1e-6)
    var variance = table.variance(of: statistic)
    variance.sampling += hidden * hidden
    let error = variance.total.squareRoot()
    let value = statistic.value
    let step = reach * error / (value * (1 - value))
    let odds = log(value / (1 - value))
    return Finding(
      Self.area, value, low: 1 / (1 + exp(step - odds)), high: 1 / (1 + exp(-step - odds)),
      standardError: error, noiseShare: variance.noiseShare)
  }

  private static func area(of counts: [Double]) -> Double {
    var (below, events, pairs) = (0.0, 0.0, 0.0)
    for bin in 0..<counts.count / 2 {
      pairs += counts[2 * bin + 1] * (below + counts[2 * bin] / 2)
      below += counts[2 * bin]
      events += counts[2 * bin + 1]
    }
    return below * events != 0 ? pairs / (below * events) : 0.5
  }

  private static func area(of rows: [ModelDesign.Row]) -> Double {
    var counts: [Double] = []
    var last: Double?
    for row in rows.sorted(by: { $0.sum < $1.sum }) {
      if row.sum != last { counts += [0, 0] }
      counts[counts.count - (row.isEvent ? 1 : 2)] += row.weight
      last = row.sum
    }
    return area(of: counts)
  }

  // MARK: Calibration

  /// The observed share beside the mean predicted one, and the logistic regression of the outcome
  /// on the sum of points (Cox 1958): 0, 0 and 1 for a model that is right.
  private func calibration() -> [Finding] {
    let bins = design.bins
    let fitted = Self.fit(table.values, bins.map(\.sum))
    guard fitted.isFound else {
      return [difference()]
        + [Self.intercept, Self.slope].map { Finding(unknown: $0, because: Finding.tooFew) }
    }
    let inBins = Self.fit(pilot.counts, bins.map(\.sum))
    let inRows = Self.fit(
      pilot.rows.flatMap { $0.isEvent ? [0, $0.weight] : [$0.weight, 0] }, pilot.rows.map(\.sum))
    let isKnown = inBins.isFound && inRows.isFound
    let hidden = isKnown ? zip(inRows.values, inBins.values).map { $0 - $1 } : [0, 0]
    return [difference()]
      + [Self.intercept, Self.slope].enumerated().map { place, name in
        var statistic = table.differentiated(
          { Self.fit($0, bins.map(\.sum)).values[place] }, over: table.values.indices)
        statistic.value += hidden[place]
        let doubt = doubt { sums in Self.fit(table.values, sums).values[place] }
        return finding(
          name, statistic, further: hidden[place] * hidden[place] + doubt, most: Self.mostNoise)
      }
  }

  private func difference() -> Finding {
    let bins = design.bins
    let predicted = table.weights { bins[$0[0]].predicted }
    let whole = [Double](repeating: 1, count: table.values.count)
    let excess = zip(events, predicted).map { $0 - $1 }
    let people = max(table.dot(whole), 1)
    // The mean of a bin follows its sums, by the slope of the link.
    let doubt = bins.enumerated().reduce(0.0) { sum, entry in
      let bin = entry.element
      let rows = table.values[2 * entry.offset] + table.values[2 * entry.offset + 1]
      let shift = rows / people * bin.predicted * (1 - bin.predicted) * shift(entry.offset)
      return sum + shift * shift
    }
    return finding(Self.difference, table.ratio(excess, over: whole), further: doubt)
  }

  /// Returns the change of a bin's mean sum if people's density is another one than the stand-in's
  /// by a half from one end of the bin to the other; by as much as it is, in the bins at the ends.
  private func shift(_ bin: Int) -> Double {
    let isEnd = bin == 0 || bin == design.bins.count - 1
    return design.bins[bin].width / (isEnd ? 12 : 24)
  }

  /// Returns the variance of a statistic because the mean sums of the bins are the stand-in's.
  private func doubt(_ statistic: ([Double]) -> Double) -> Double {
    var sums = design.bins.map(\.sum)
    let value = statistic(sums)
    return sums.indices.reduce(0.0) { total, bin in
      let own = sums[bin]
      sums[bin] = own + shift(bin)
      defer { sums[bin] = own }
      let change = statistic(sums) - value
      return total + change * change
    }
  }

  /// Solves the logistic regression of counts on the sums of their bins by Newton's method.
  /// - Parameter counts: without and with the event, for each sum.
  private static func fit(_ counts: [Double], _ sums: [Double]) -> (
    values: [Double], isFound: Bool
  ) {
    var (intercept, slope) = (0.0, 1.0)
    for _ in 0..<50 {
      var (score, tilt, a, b, c) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (bin, sum) in sums.enumerated() {
        let rows = counts[2 * bin] + counts[2 * bin + 1]
        let mean = 1 / (1 + exp(-intercept - slope * sum))
        let rest = counts[2 * bin + 1] - rows * mean
        let weight = rows * mean * (1 - mean)
        score += rest
        tilt += rest * sum
        a += weight
        b += weight * sum
        c += weight * sum * sum
      }
      let determinant = a * c - b * b
      guard a > 0, c > 0, determinant > 1e-9 * a * c else { break }
      let first = (c * score - b * tilt) / determinant
      let second = (a * tilt - b * score) / determinant
      intercept += min(max(first, -1), 1)
      slope += min(max(second, -1), 1)
      if abs(first) < 1e-9, abs(second) < 1e-9 { return ([intercept, slope], true) }
    }
    return ([intercept, slope], false)
  }

  // MARK: Shares

  /// The observed share of rows in at most ten ranges of predicted ones.
  private func shares() -> [Finding] {
    let bins = design.bins
    let together = bins.count > 10 ? 2 : 1
    return stride(from: 0, to: bins.count, by: together).map { first in
      let last = min(first + together, bins.count) - 1
      let (low, high) = (bins[first].range.lowerBound, bins[last].range.upperBound)
      let name = "share if predicted \(Self.text(low)) to \(Self.text(high))"
      return table.share(
        name, table.indicator { (first...last).contains($0[0]) && $0[1] == 1 },
        of: table.indicator { (first...last).contains($0[0]) }, reach: reach)
    }
  }

  private static func text(_ share: Double) -> String { String(format: "%.3g", share) }

  private func finding(
    _ name: String, _ statistic: NoisyTable.Statistic, further: Double, most: Double = .infinity
  ) -> Finding {
    var variance = table.variance(of: statistic)
    guard variance.noise.squareRoot() <= most else {
      return Finding(unknown: name, because: Finding.tooFew)
    }
    variance.sampling += further
    let error = variance.total.squareRoot()
    return Finding(
      name, statistic.value, low: statistic.value - reach * error,
      high: statistic.value + reach * error, standardError: error,
      noiseShare: variance.noiseShare)
  }
}
