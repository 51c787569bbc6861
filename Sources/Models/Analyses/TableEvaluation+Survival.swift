import Foundation

/// Curves and tests of the time to an event, from counts by group, time and event.
///
/// One person is one cell, so that a whole curve costs no more than one count. People who leave
/// within a bin count as at risk for half of it (the actuarial estimate of Cutler and Ederer 1958).
extension TableEvaluation {
  func survival() -> [Finding] {
    design.groupNames.enumerated().flatMap { group, name in
      points.map { point in
        curve(group, join(name, "time \(NumberFormatting.short(point))"), at: point)
      }
    }
  }

  private var spans: [Axis.Span] { design.axes[design.groupAxes].spans.compactMap { $0 } }

  /// The times at which curves are read.
  private var points: [Double] {
    if !design.analysis.points.isEmpty { return design.analysis.points }
    let spans = spans
    return (1...4).map { spans[(spans.count - 1) * $0 / 5].high }
  }

  /// Returns the derivatives of what the analysis asks for by the cells of each group, in units of
  /// its sampling error: those of the hazards up to each point, or that of the ratio of hazards.
  func curveStatistics() -> [[[Double]]] {
    let statistics: [NoisyTable.Statistic] =
      design.analysis.kind == .logRank
      ? [ratio(1 - design.reference, through: table.shape[1] - 1)]
      : (0..<groups).flatMap { group in points.compactMap { hazard(group, at: $0)?.statistic } }
    let scaled = statistics.map { statistic in
      let error = table.variance(of: statistic).sampling.squareRoot()
      return statistic.gradient.map { error > 0 ? $0 / error : 0 }
    }
    let cells = table.values.count / groups
    return (0..<groups).map { group in
      scaled.map { Array($0[group * cells..<(group + 1) * cells]) }
    }
  }

  /// Returns −log of the survival of a group at a time, and the last bin before it; nil if no bin
  /// ends before it.
  private func hazard(_ group: Int, at point: Double) -> (
    statistic: NoisyTable.Statistic, last: Int
  )? {
    let spans = spans
    guard let last = spans.lastIndex(where: { $0.high <= point }) else { return nil }
    let next =
      last + 1 < spans.count && point > spans[last].high
      ? (point - spans[last].high) / (spans[last + 1].high - spans[last].high) : 0
    let own = table.values.indices.filter { cellGroup($0) == group }
    let statistic = table.differentiated(
      { self.cumulativeHazard($0, group, through: last, next: next) }, over: own)
    return (statistic, last)
  }

  private func curve(_ group: Int, _ name: String, at point: Double) -> Finding {
    guard let (statistic, last) = hazard(group, at: point) else {
      return Finding(name, 1, low: 1, high: 1, standardError: 0, noiseShare: 0)
    }
    let risk = table.indicator { $0[0] == group && $0[1] >= last }
    guard isEnough(risk) else { return Finding(unknown: name, because: Finding.tooFew) }
    let variance = table.variance(of: statistic)
    let error = variance.total.squareRoot()
    let value = exp(-statistic.value)
    // On the scale of the logarithm of the hazard, the interval stays between 0 and 1.
    guard statistic.value > 0, value < 1 - 1e-9 else {
      return Finding(
        name, min(value, 1), low: exp(-reach * error), high: 1, standardError: error,
        noiseShare: part(of: variance))
    }
    let factor = exp(reach * error / statistic.value)
    return Finding(
      name, value, low: pow(value, factor), high: pow(value, 1 / factor),
      standardError: value * error, noiseShare: part(of: variance))
  }

  private func cellGroup(_ cell: Int) -> Int { cell / (table.values.count / table.shape[0]) }

  /// Returns −log of the survival at the end of a bin, and a share of the next bin's.
  private func cumulativeHazard(_ cells: [Double], _ group: Int, through last: Int, next: Double)
    -> Double
  {
    let (events, others) = counts(cells, group)
    var left = zip(events, others).reduce(0) { $0 + $1.0 + $1.1 }
    var hazard = 0.0
    for bin in events.indices where bin <= last + (next > 0 ? 1 : 0) {
      let atRisk = left - others[bin] * missed(bin)
      let share = atRisk > 0 ? min(max(events[bin] / atRisk, -0.99), 0.99) : 0
      hazard -= log(1 - share) * (bin > last ? next : 1)
      left -= events[bin] + others[bin]
    }
    return hazard
  }

  /// Returns the part of a bin for which people who leave in it are not at risk: half of it, or
  /// none if the bin is one value, because those who leave at a time are at risk until then.
  private func missed(_ bin: Int) -> Double {
    design.axes[design.groupAxes].spans[bin]?.isPoint == true ? 0 : 0.5
  }

  /// Returns the events and the other ends of follow-up of a group in each bin.
  private func counts(_ cells: [Double], _ group: Int) -> (events: [Double], others: [Double]) {
    let (times, kinds) = (table.shape[1], table.shape[2])
    var (events, others) = (
      [Double](repeating: 0, count: times), [Double](repeating: 0, count: times)
    )
    let start = group * times * kinds
    for time in 0..<times {
      for kind in 0..<kinds {
        let count = cells[start + time * kinds + kind]
        if kind == design.counted { events[time] += count } else { others[time] += count }
      }
    }
    return (events, others)
  }

  /// Returns the last bin before which the people at risk stand out from their noise in both
  /// groups. Beyond it the quotients of noisy counts would be biased.
  private func lastAudible() -> Int {
    let risks = (0..<2).map { group in
      (0..<table.shape[1]).prefix { bin in
        isEnough(table.indicator { $0[0] == group && $0[1] >= bin })
      }.count
    }
    return (risks.min() ?? 0) - 1
  }

  /// The log-rank test of two groups, and the ratio of their hazards.
  ///
  /// The ratio solves Cox's equation for one indicator, with the ties of a bin as Breslow (1974)
  /// treats them. Its interval rests on its own variance, noise included; the test's statistic, on
  /// the variance without a difference.
  func logRank() -> Findings {
    let second = 1 - design.reference
    let last = lastAudible()
    let name =
      "log hazard ratio, \(design.groupNames[second]) against \(design.groupNames[design.reference])"
    let null = score(table.values, second, through: last, logRatio: 0)
    guard isEnough(cells(of: second)), isEnough(cells(of: design.reference)), null.variance > 1
    else {
      return Findings(
        measure: "log hazard ratio", numbers: [Finding(unknown: name, because: Finding.tooFew)])
    }
    let ratio = ratio(second, through: last)
    let spread = table.variance(of: ratio)
    let error = spread.total.squareRoot()
    let number = Finding(
      name, ratio.value, low: ratio.value - reach * error, high: ratio.value + reach * error,
      standardError: error, noiseShare: part(of: spread))
    let excess = table.differentiated(
      { score($0, second, through: last, logRatio: 0).excess }, over: table.values.indices)
    let noise = table.variance(of: excess).noise
    let statistic = null.excess * null.excess / (null.variance + noise)
    return Findings(
      measure: "log hazard ratio", numbers: [number],
      tests: [
        TestResult(
          name: "log-rank", statistic: statistic,
          pValue: Distributions.chiSquaredTail(statistic, degrees: 1))
      ])
  }

  private func ratio(_ second: Int, through last: Int) -> NoisyTable.Statistic {
    table.differentiated(
      { logHazardRatio($0, second, through: last) }, over: table.values.indices)
  }

  /// Returns the events of a group beyond those that some ratio of the hazards lets expect, and the
  /// variance of that number.
  private func score(_ cells: [Double], _ second: Int, through last: Int, logRatio: Double)
    -> (excess: Double, variance: Double)
  {
    let (own, others) = (counts(cells, second), counts(cells, 1 - second))
    var (leftOwn, leftOthers) = (0.0, 0.0)
    for bin in own.events.indices {
      leftOwn += own.events[bin] + own.others[bin]
      leftOthers += others.events[bin] + others.others[bin]
    }
    let ratio = exp(logRatio)
    var (excess, variance) = (0.0, 0.0)
    for bin in own.events.indices where bin <= last {
      let weighted = ratio * (leftOwn - own.others[bin] * missed(bin))
      let other = leftOthers - others.others[bin] * missed(bin)
      if weighted > 0, other > 0 {
        let (events, share) = (own.events[bin] + others.events[bin], weighted / (weighted + other))
        excess += own.events[bin] - events * share
        variance += events * share * (1 - share)
      }
      leftOwn -= own.events[bin] + own.others[bin]
      leftOthers -= others.events[bin] + others.others[bin]
    }
    return (excess, variance)
  }

  /// Solves Cox's equation by Newton's method.
  private func logHazardRatio(_ cells: [Double], _ second: Int, through last: Int) -> Double {
    var logRatio = 0.0
    for _ in 0..<30 {
      let (excess, variance) = score(cells, second, through: last, logRatio: logRatio)
      let step = min(max(excess / max(variance, 1), -1), 1)
      logRatio = min(max(logRatio + step, -8), 8)
      if abs(step) < 1e-10 { break }
    }
    return logRatio
  }
}
