import Foundation

/// Statistics of ordered outcomes: quantiles, survival and trends.
extension TableEvaluation {
  // MARK: Quantiles

  func quantiles() -> [Finding] {
    let points = design.analysis.points.isEmpty ? [0.5] : design.analysis.points
    return design.groupNames.enumerated().flatMap { group, name in
      points.map { point in
        quantile(point, group, join(name, "quantile \(NumberFormatting.short(point))"))
      }
    }
  }

  /// Inverts the distribution function and the band around it (Woodruff 1952), noise included.
  private func quantile(_ share: Double, _ group: Int, _ name: String) -> Finding {
    let whole = cells(of: group)
    guard isEnough(whole) else { return Finding(unknown: name, because: Finding.tooFew) }
    let spans = design.axes[design.groupAxes].spans.map {
      $0 ?? Axis.Span(low: 0, high: 0, mean: 0)
    }
    var (function, low, high, noise) = ([0.0], [0.0], [0.0], 0.0)
    for bin in spans.indices {
      let statistic = table.ratio(cells(of: group) { $0 <= bin }, over: whole)
      let variance = table.variance(of: statistic)
      // The error matters where the function is near the share, so it is that of the share there.
      let sampling = max(variance.sampling, share * (1 - share) / table.dot(whole))
      let error = (bin == spans.count - 1 ? variance.noise : sampling + variance.noise).squareRoot()
      if abs(statistic.value - share) < 0.1 {
        noise = max(noise, variance.noise / (sampling + variance.noise))
      }
      function.append(bin == spans.count - 1 ? 1 : statistic.value)
      low.append(bin == spans.count - 1 ? 1 : statistic.value + reach * error)
      high.append(bin == spans.count - 1 ? 1 : statistic.value - reach * error)
    }
    let edges = CumulativeCurve.edges(of: spans)
    let value = CumulativeCurve(edges: edges, shares: function, spans: spans).value(at: share)
    let ends = (
      CumulativeCurve(edges: edges, shares: low, spans: spans).value(at: share),
      CumulativeCurve(edges: edges, shares: high, spans: spans).value(at: share)
    )
    var (lowest, highest) = (min(ends.0, value), max(ends.1, value))
    // People are not spread evenly over the outermost bins: tails thin out.
    if let first = spans.first, !first.isPoint, lowest < edges[1] {
      (lowest, highest) = (edges[0], max(highest, edges[1]))
    }
    if let last = spans.last, !last.isPoint, highest > edges[edges.count - 2] {
      (lowest, highest) = (min(lowest, edges[edges.count - 2]), edges[edges.count - 1])
    }
    return Finding(
      name, value, low: lowest, high: highest, standardError: (highest - lowest) / (2 * reach),
      noiseShare: noise)
  }

  // MARK: Trend

  /// The slope of the share over the values of the groups, weighted by their people (Cochran 1954,
  /// Armitage 1955).
  func trend() -> Findings {
    let values = design.axes[0].spans.map { $0?.mean ?? 0 }
    let (shape, counted) = (table.shape, design.counted ?? 0)
    func slope(_ cells: [Double]) -> Double {
      var (people, cases) = (
        [Double](repeating: 0, count: shape[0]), [Double](repeating: 0, count: shape[0])
      )
      let rest = cells.count / shape[0]
      for cell in cells.indices {
        people[cell / rest] += cells[cell]
        if cell % rest / (rest / shape[1]) == counted { cases[cell / rest] += cells[cell] }
      }
      let total = people.reduce(0, +)
      let middle = zip(people, values).reduce(0) { $0 + $1.0 * $1.1 } / total
      let above = zip(cases, values).reduce(0) { $0 + $1.0 * ($1.1 - middle) }
      return above / zip(people, values).reduce(0) { $0 + $1.0 * ($1.1 - middle) * ($1.1 - middle) }
    }
    let statistic = table.differentiated(slope, over: table.values.indices)
    let number = finding("share for each unit of \(design.axes[0].name)", statistic)
    let z = abs(statistic.value) / max(number.standardError ?? 1, .leastNormalMagnitude)
    return Findings(
      measure: "slope", numbers: [number],
      tests: [TestResult(name: "trend", statistic: z, pValue: 2 * (1 - Distributions.normal(z)))])
  }
}

/// A distribution function that is known at the edges of bins.
struct CumulativeCurve {
  private let edges: [Double]
  private let shares: [Double]
  private let spans: [Axis.Span]

  /// - Parameter shares: at the lower edge of the first bin and the upper edge of each; noise may
  ///   make them fall, and the mean of the nearest rising curves above and below is taken.
  init(edges: [Double], shares: [Double], spans: [Axis.Span]) {
    var (rising, falling) = (shares, shares)
    for index in shares.indices.dropFirst() {
      rising[index] = max(rising[index - 1], rising[index])
    }
    for index in shares.indices.dropLast().reversed() {
      falling[index] = min(falling[index + 1], falling[index])
    }
    self.shares = zip(rising, falling).map { ($0 + $1) / 2 }
    (self.edges, self.spans) = (edges, spans)
  }

  /// Returns the lower edge of the first bin and the upper edge of each. Bins that do not touch
  /// meet in the middle.
  static func edges(of spans: [Axis.Span]) -> [Double] {
    guard let first = spans.first, let last = spans.last else { return [] }
    return [first.low] + zip(spans, spans.dropFirst()).map { ($0.high + $1.low) / 2 } + [last.high]
  }

  /// Returns the value below which the given share lies; that of a bin that holds a single value is
  /// this value.
  func value(at share: Double) -> Double {
    guard let bin = spans.indices.first(where: { shares[$0 + 1] >= share }) else {
      return edges[edges.count - 1]
    }
    if spans[bin].isPoint { return spans[bin].low }
    let (low, high) = (shares[bin], shares[bin + 1])
    let place = high > low ? min(max((share - low) / (high - low), 0), 1) : 0
    return edges[bin] + place * (edges[bin + 1] - edges[bin])
  }
}

/// Numbers in the names of findings.
enum NumberFormatting {
  static func short(_ value: Double) -> String { String(format: "%g", value) }
}
