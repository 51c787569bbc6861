import Accounting
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import Tables

/// How far the synthetic table is expected to be from the original, column by column and pair by
/// pair, in total variation distance.
///
/// It rests on what is public or was paid for: noisy counts and their variances, the codes of the
/// domain, the events. Nothing is asked anew. Each part is an approximation whose constants were
/// fixed on public tables (docs/benchmarks.md).
package struct ErrorForecast {
  /// The forecast for one variable, with its largest part.
  struct Part {
    var distance: Double
    var cause: ExpectedError.Cause
  }

  let blueprint: Blueprint
  let domain: Domain
  let total: Double
  private let looks: [[NoisyCount]]
  /// The precision of each variable's counts, one over their variance, over all measurements.
  private let precision: [Double]
  /// The precision of the counts of each pair that was measured together.
  private let pairPrecision: [[Int]: Double]
  /// The variance of the noise on a relation that was not measured, had it been measured last.
  private let lastVariance: Double
  private let hidden: [NoisyCount?]
  private let unlearned: Set<Int>
  private var parts: [Part]

  /// Intervals and categories in which two tables are compared, at most.
  private static let comparedIntervals = 20.0
  private static let comparedLabels = 62.0

  /// Whether a network was trained, whose noise is not in its counts.
  let isTrained: Bool

  /// - Parameters:
  ///   - events: Everything that was asked.
  ///   - total: The approximate number of the original's rows.
  ///   - length: to which the counts of all rows of a person were shortened, in rows; nil if the
  ///     number of rows is bounded.
  package init(
    _ learned: LearnedDomain, blueprint: Blueprint, events: [RecordedEvent], total: Double,
    length: Int? = nil
  ) {
    self.blueprint = blueprint
    isTrained = events.contains { $0.purpose == .training }
    domain = learned.domain
    self.total = max(total, 1)
    unlearned = learned.unlearned
    let measured = MeasuredPairs(events, domain: learned.domain, length: length)
    pairPrecision = measured.precision
    let looks = learned.domain.variables.indices.map { index in
      learned.oneWay.filter { $0.attribute == index }.combined
    }
    self.looks = looks
    precision = looks.indices.map { index in
      let own = looks[index].map(\.variance).max() ?? 0
      return (own > 0 ? 1 / own : 0) + measured.singlePrecision[index]
    }
    let ownVariances = looks.compactMap { $0.first?.variance }
    lastVariance =
      measured.lastVariance ?? ownVariances.reduce(0, +) / Double(max(ownVariances.count, 1))
    hidden = learned.domain.variables.indices.map { index in
      blueprint.categories(of: learned.domain.variables[index]) == .learned
        ? Self.unnamed(learned, codec: learned.domain.codecs[index], counts: looks[index]) : nil
    }
    parts = []
    parts = looks.indices.map(ownPart)
  }

  /// Returns the noisy number of rows whose label was neither named nor pooled, because they seemed
  /// next to none.
  private static func unnamed(_ learned: LearnedDomain, codec: Codec, counts: [NoisyCount])
    -> NoisyCount?
  {
    guard case .labels(let labels) = codec, labels.otherLabel == nil else { return nil }
    return NoisyCount(
      value: learned.rowCount.value - counts.reduce(0) { $0 + $1.value },
      variance: counts.reduce(learned.rowCount.variance) { $0 + $1.variance })
  }

  // MARK: Columns

  /// Returns the forecast for a variable that moves with the `earlier` ones.
  func part(of index: Int, behind earlier: [Int]) -> Part {
    earlier.reduce(parts[index]) { part, other in
      let cause = part.distance < parts[other].distance ? parts[other].cause : part.cause
      return Part(distance: 1 - (1 - part.distance) * (1 - parts[other].distance), cause: cause)
    }
  }

  /// Returns the share of rows with a value, which an empty column lacks: all of them, unless the
  /// count of missing cells stands out from its noise.
  func filled(_ index: Int) -> Double {
    let counts = looks[index]
    guard let missing = domain.codecs[index].missingCode, counts.indices.contains(missing),
      counts[missing].value > 3 * counts[missing].variance.squareRoot()
    else { return 1 }
    return 1 - share(counts[missing].value)
  }

  /// Returns the share of rows in which a column stays empty, since no value was named beside that
  /// of the column that decides it.
  func unnamed(_ column: String, of index: Int) -> Double {
    guard case .bundle(let names) = domain.variables[index].source,
      let place = names.firstIndex(of: column),
      case .labels(let codec) = domain.codecs[index]
    else { return 0 }
    return codec.labels.indices.reduce(0) { sum, code in
      let parts = LabelCodec.parts(codec.labels[code])
      guard looks[index].indices.contains(code), parts.indices.contains(place), parts[place] == nil
      else { return sum }
      return sum + share(looks[index][code].value)
    }
  }

  private func ownPart(_ index: Int) -> Part {
    let counts = looks[index]
    if unlearned.contains(index) { return Part(distance: filled(index), cause: .empty) }
    var parts: [(Double, ExpectedError.Cause)] = [(noise(of: index), .noise)]
    switch domain.codecs[index] {
    case .labels(let codec):
      parts.append((pooled(codec, counts) + unnamedShare(of: index), .rareLabels))
    case .ordered(let codec): parts.append((Self.width(codec), .intervals))
    }
    let largest = parts.max { $0.0 < $1.0 }
    return Part(distance: min(1, parts.reduce(0) { $0 + $1.0 }), cause: largest?.1 ?? .noise)
  }

  private func share(_ count: Double) -> Double { min(max(count / total, 0), 1) }

  /// Half the expected absolute error of the counts. Small counts are off by less, since a fitted
  /// count is never negative; several codes in one compared interval average out.
  private func noise(of index: Int) -> Double {
    let size = looks[index].count
    guard size > 1, precision[index] > 0 else { return 0 }
    let sigma = 1 / precision[index].squareRoot()
    let errors = looks[index].reduce(0) { $0 + Self.error(count: $1.value, sigma: sigma) }
    let averaging: Double
    switch domain.codecs[index] {
    case .labels: averaging = 1
    case .ordered(let codec):
      let merged = min(1, (Self.comparedIntervals / Double(max(codec.bins.count, 1))).squareRoot())
      // Compared intervals end elsewhere than bins: one that holds parts f and 1 - f of two bins
      // has f² + (1 - f)² of their variance, two thirds on average.
      averaging =
        codec.bins.contains { $0.range.lowerBound < $0.range.upperBound }
        ? merged * (2.0 / 3).squareRoot() : merged
    }
    return 0.5 * errors / total * averaging * (1 - 1 / Double(size)).squareRoot()
  }

  /// The mean absolute error of a fitted count.
  private static func error(count: Double, sigma: Double) -> Double {
    sigma * (0.4 + 0.4 * min(1, max(count, 0) / max(sigma, .leastNonzeroMagnitude)))
  }

  /// The share of rows whose label became one of a group.
  private func pooled(_ codec: LabelCodec, _ counts: [NoisyCount]) -> Double {
    let groups =
      codec.labels
      .count..<(codec.labels.count + codec.groups.count + (codec.otherLabel == nil ? 0 : 1))
    return groups.reduce(0) { $0 + (counts.indices.contains($1) ? share(counts[$1].value) : 0) }
  }

  /// The expected share of rows without a named label: a normal estimate of a number that is not
  /// negative.
  private func unnamedShare(of index: Int) -> Double {
    guard let count = hidden[index], count.variance > 0 else { return 0 }
    let sigma = count.variance.squareRoot()
    let score = max(count.value / sigma, -3)
    let density = exp(-score * score / 2) / (2 * Double.pi).squareRoot()
    return share(count.value + sigma * density / max(0.5 * erfc(-score / 2.0.squareRoot()), 1e-3))
  }

  /// The part of rows that is in the wrong place within its interval: little where intervals are
  /// light and their neighbours alike, nearly all in an interval that stands alone.
  private static func width(_ codec: OrderedCodec) -> Double {
    let pieces = codec.bins.flatMap(\.shape)
    let weight = max(pieces.reduce(0) { $0 + $1.weight }, .leastNonzeroMagnitude)
    let densities = pieces.map { $0.weight / weight / $0.ticks }
    return pieces.indices.reduce(0) { sum, index in
      let (share, density) = (pieces[index].weight / weight, densities[index])
      guard pieces[index].ticks > 1, density > 0 else { return sum }
      let before = index > 0 ? densities[index - 1] : 0
      let after = index + 1 < pieces.count ? densities[index + 1] : 0
      let slope = min(1, abs(before - after) / (2 * density))
      let edge = min(1, (abs(before - density) + abs(after - density)) / (2 * density))
      return sum + share * (0.06 * slope + share * edge) * (1 - 1 / pieces[index].ticks)
    }
  }

  /// Returns the variance of the noise on each count of a variable, in rows squared; nil if it has
  /// none that was measured.
  func variance(of index: Int) -> Double? {
    guard !unlearned.contains(index), precision[index] > 0 else { return nil }
    return 1 / precision[index]
  }

  /// Returns the shares of a variable's codes, as its noisy counts have them.
  func shares(of index: Int) -> [Double] { looks[index].map { share($0.value) } }

  // MARK: Pairs

  /// Returns the Cramér's V that noise alone exceeds in 5 of 100 pairs that were counted together
  /// and have nothing to do with each other; nil if the two were not counted together.
  ///
  /// Noise of variance σ² a cell adds σ² Σ 1 / (n pᵢ qⱼ) to χ², in expectation; Wilson and
  /// Hilferty's formula gives the quantile. `rows` are those drawn, which add their own part.
  func associationFloor(_ first: Int, _ second: Int, rows: Double) -> Double? {
    guard let precision = pairPrecision[[min(first, second), max(first, second)]] else {
      return nil
    }
    let (rowCells, columnCells) = (comparedCells(first), comparedCells(second))
    guard rowCells > 1, columnCells > 1 else { return nil }
    let freedom = (rowCells - 1) * (columnCells - 1)
    let noise =
      inverseShares(first) * inverseShares(second) / (precision * total * total) * freedom
      / (rowCells * columnCells)
    let unit = 2 / (9 * freedom)
    let quantile = pow(1 - unit + 1.645 * unit.squareRoot(), 3)
    let drawing = 1.645 * (2 * freedom).squareRoot() / max(rows, 1)
    return min(1, ((noise * quantile + drawing) / (min(rowCells, columnCells) - 1)).squareRoot())
  }

  /// The sum of one over the share of each compared cell, times the codes in it.
  private func inverseShares(_ index: Int) -> Double {
    let cells = comparedCells(index)
    let size = Double(domain.sizes[index])
    if size > cells { return size * cells }
    let least = (1 / precision[index]).squareRoot() / total
    return looks[index].reduce(0) { $0 + 1 / min(1, max(share($1.value), least)) }
  }

  /// Returns the forecast for two columns, and whether they were counted together.
  /// - Parameter alone: the forecasts for the columns by themselves.
  func pair(_ first: Int, _ second: Int, alone: (Double, Double)) -> (
    distance: Double, isMeasured: Bool
  ) {
    if first == second { return (max(alone.0, alone.1), true) }
    if unlearned.contains(first) || unlearned.contains(second) {
      return (max(alone.0, alone.1), false)
    }
    let alone = 1 - (1 - alone.0) * (1 - alone.1)
    let key = [min(first, second), max(first, second)]
    let measured = pairPrecision[key]
    let cells = Double(domain.sizes[first] * domain.sizes[second])
    let compared = comparedCells(first) * comparedCells(second)
    let sigma = ((measured.map { 1 / $0 } ?? lastVariance) * cells / compared).squareRoot()
    let noise = min(1, 0.5 * compared * Self.error(count: total / compared, sigma: sigma) / total)
    // What was not measured seemed not worth its noise. On public tables such pairs hold more than
    // that where noise is little, and less where it is much.
    let further = measured == nil ? 0.13 * noise.squareRoot() : 0.4 * noise
    return (min(1, alone + further), measured != nil)
  }

  private func comparedCells(_ index: Int) -> Double {
    let size = Double(domain.sizes[index])
    return domain.variables[index].isOrdered
      ? min(size, Self.comparedIntervals + 2) : min(size, Self.comparedLabels)
  }
}

extension OrderedCodec.Piece {
  fileprivate var ticks: Double { Double(high) - Double(low) + 1 }
}

/// The marginals of several variables that were measured, as precision of the counts of their
/// parts.
private struct MeasuredPairs {
  var precision: [[Int]: Double] = [:]
  var singlePrecision: [Double]
  /// The variance of the last measurement; nil if nothing was measured together.
  var lastVariance: Double?

  init(_ events: [RecordedEvent], domain: Domain, length: Int?) {
    singlePrecision = [Double](repeating: 0, count: domain.count)
    let places = Dictionary(
      uniqueKeysWithValues: domain.variables.enumerated().map { ($1.name, $0) })
    let sizes = Dictionary(uniqueKeysWithValues: zip(domain.variables.map(\.name), domain.sizes))
    for event in events where event.purpose == .measurement {
      guard let marginal = event.question.marginal(sizes: sizes),
        let variance = event.event.varianceInRows(shortenedTo: length)
      else { continue }
      let axes = zip(marginal.variables, marginal.sizes).compactMap { name, size in
        places[name].map { (index: $0, size: size) }
      }
      .sorted { $0.index < $1.index }
      let cells = axes.reduce(1.0) { $0 * Double($1.size) }
      lastVariance = variance
      for (position, first) in axes.enumerated() {
        let codes = Double(domain.sizes[first.index])
        singlePrecision[first.index] += codes / (variance * cells)
        for second in axes[(position + 1)...] {
          precision[[first.index, second.index], default: 0] +=
            codes * Double(domain.sizes[second.index]) / (variance * cells)
        }
      }
    }
  }
}
