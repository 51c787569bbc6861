import Encoding
import Foundation

/// The scale on which the runs of a variable are cut if counts say no more: a public choice, made
/// in the schema.
///
/// Money and durations spread over several powers of ten. On the logarithmic scale, a run that is
/// cut or filled by width alone gets its ticks in equal ratios rather than in equal steps.
package enum TickScale: Sendable, Equatable {
  /// All ticks count alike.
  case even
  /// A tick counts by its share of the logarithm of 1 + |tick|, mirrored below zero.
  case logarithmic

  /// Returns the scale of a variable, as the schema says.
  package init(of variable: Variable, in blueprint: Blueprint) {
    self = blueprint.isLogarithmic(variable) ? .logarithmic : .even
  }

  /// Returns the width of a run, on the scale.
  package func width(of range: ClosedRange<Int64>) -> Double {
    let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
    return switch self {
    case .even: high - low + 1
    // Far from zero, the difference of two places is rounded away.
    case .logarithmic:
      max(
        TickScale.place(high + 0.5) - TickScale.place(low - 0.5),
        (high - low + 1) / (1 + max(abs(low), abs(high))))
    }
  }

  /// Splits a range into at most `parts` ascending runs of about equal width on the scale; never
  /// more than there are ticks.
  package func split(_ range: ClosedRange<Int64>, into parts: Int) -> [ClosedRange<Int64>] {
    guard self == .logarithmic, parts > 1, range.lowerBound < range.upperBound else {
      return OrderedSearch.split(range, into: parts)
    }
    let (start, width) = (TickScale.place(Double(range.lowerBound) - 0.5), self.width(of: range))
    var starts = [range.lowerBound]
    for part in 1..<parts {
      let tick = TickScale.tick(at: start + width * Double(part) / Double(parts), in: range)
      if tick > starts[starts.count - 1] { starts.append(tick) }
    }
    let ends = starts.dropFirst().map { $0 - 1 } + [range.upperBound]
    return zip(starts, ends).map { $0...$1 }
  }

  /// Returns the number of runs with which a search of a declared range starts: 32, or no more than
  /// its powers of two. Finer ones would each hold too few rows to be told from empty ones.
  func startingRuns(of range: ClosedRange<Int64>) -> Int {
    self == .even ? 32 : Int(min(max((width(of: range) / log(2)).rounded(.up), 2), 32))
  }

  /// Returns a run as pieces of which each tick is about equally likely, with their shares of the
  /// run's width on the scale.
  package func pieces(of range: ClosedRange<Int64>, weight: Double) -> [OrderedCodec.Piece] {
    if self == .even {
      return [.init(low: range.lowerBound, high: range.upperBound, weight: weight)]
    }
    let whole = width(of: range)
    let parts = Int(min(max((whole / TickScale.ratio).rounded(.up), 1), 8))
    return split(range, into: parts).map {
      OrderedCodec.Piece(
        low: $0.lowerBound, high: $0.upperBound, weight: weight * width(of: $0) / whole)
    }
  }

  /// The logarithm of the ratio within which ticks may count as equally likely: 1.5.
  private static let ratio = log(1.5)

  private static func place(_ tick: Double) -> Double { tick < 0 ? -log1p(-tick) : log1p(tick) }

  /// Returns the first tick of the range at or above a place of the scale.
  private static func tick(at place: Double, in range: ClosedRange<Int64>) -> Int64 {
    let tick = (place < 0 ? -expm1(-place) : expm1(place)).rounded(.up)
    if tick <= Double(range.lowerBound) { return range.lowerBound }
    return tick >= Double(range.upperBound) ? range.upperBound : Int64(tick)
  }
}
