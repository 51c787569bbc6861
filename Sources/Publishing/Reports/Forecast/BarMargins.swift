import Curation
import DomainLearning
import Encoding
import Quality
import Tables

/// How far the bars of a synthetic column's picture may be from the original's: the noise, the
/// drawing of rows, and the unknown place of values within an interval that is wider than a bar.
/// Labels that were pooled and ranges that were cut come on top.
package struct BarMargins {
  /// One variable that one column shows.
  private struct Place {
    var codec: Codec
    var type: ColumnType
    /// The variance of one code's share of the rows.
    var variance: Double
    /// The share of each code.
    var shares: [Double]
    /// The column's place in a label that several columns share.
    var part: Int

    /// Returns the variance of the share of a label, which several codes may have.
    func variance(labelled label: String) -> Double {
      guard case .labels(let codec) = codec else { return variance }
      let alike = codec.labels.count {
        let parts = LabelCodec.parts($0)
        return parts.indices.contains(part) && parts[part] == label
      }
      return variance * Double(max(alike, 1))
    }

    /// Returns the variance of the share of a bar of numbers, in which some intervals lie in part.
    func variance(in bar: ColumnDistribution.Bar, isFirst: Bool, isLast: Bool) -> Double {
      guard case .ordered(let codec) = codec, let lower = bar.lower, let upper = bar.upper else {
        return variance
      }
      // The bars at the ends hold what lies beyond them.
      let low = isFirst ? -Double.infinity : lower
      let high = isLast ? Double.infinity : upper
      return codec.bins.enumerated().reduce(0) { sum, element in
        let (code, bin) = element
        guard let start = CellReading.value(ofTick: bin.range.lowerBound, type: type),
          let end = CellReading.value(ofTick: bin.range.upperBound, type: type)
        else { return sum }
        let part =
          end > start
          ? max(0, min(end, high) - max(start, low)) / (end - start)
          : start >= low && start < high ? 1 : 0
        let share = shares.indices.contains(code) ? shares[code] : 0
        return sum + part * part * variance
          + BarMargins.unevenness * share * share * part * (1 - part)
      }
    }
  }

  /// The part of the largest variance, that of an interval whose rows are all in one place, which
  /// rows within an interval are given. Chosen on public tables (docs/benchmarks.md).
  private static let unevenness = 0.15
  /// The standard score whose interval holds 95 of 100.
  private static let score = 1.96

  private let rows: Double
  private var places: [String: Place] = [:]

  /// - Parameter rows: The number of rows drawn.
  package init(_ forecast: ErrorForecast, rows: Int) {
    self.rows = Double(max(rows, 1))
    guard !forecast.isTrained else { return }
    for (index, variable) in forecast.domain.variables.enumerated() {
      // A gap is measured, but what is shown is the later column.
      if case .gap = variable.source { continue }
      guard let variance = forecast.variance(of: index) else { continue }
      for (part, name) in variable.source.names.enumerated() {
        guard let column = forecast.blueprint.schema.column(named: name) else { continue }
        places[name] = Place(
          codec: forecast.domain.codecs[index], type: column.type,
          variance: variance / (forecast.total * forecast.total),
          shares: forecast.shares(of: index), part: part)
      }
    }
  }

  /// Returns the picture with a margin for each bar, or unchanged if its column's noise is not
  /// known.
  package func added(to distribution: ColumnDistribution) -> ColumnDistribution {
    guard let place = places[distribution.column] else { return distribution }
    var result = distribution
    let last = result.bars.count - 1
    for index in result.bars.indices {
      let bar = result.bars[index]
      let variance =
        if bar.lower != nil {
          place.variance(in: bar, isFirst: index == 0, isLast: index == last)
        } else if index == last, result.gatheredCategories > 0 {
          Double(result.gatheredCategories) * place.variance
        } else { place.variance(labelled: bar.label) }
      result.bars[index].margin = margin(of: bar.synthetic, variance: variance)
    }
    for index in result.spikes.indices {
      result.spikes[index].margin = margin(
        of: result.spikes[index].synthetic, variance: place.variance)
    }
    result.missing.margin = margin(of: result.missing.synthetic, variance: place.variance)
    return result
  }

  private func margin(of share: Double, variance: Double) -> Double {
    Self.score * (variance + share * (1 - share) / rows).squareRoot()
  }
}
