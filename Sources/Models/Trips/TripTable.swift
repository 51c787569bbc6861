import Basics
import Curation
import Foundation
import Tables

/// The days on which synthetic trips may begin: those of the declared bounds of the time, or else
/// 52 weeks that are nobody's.
struct TripCalendar: Sendable {
  private let days: ClosedRange<Int64>
  private let bounds: ClosedRange<Int64>?
  private let secondsPerTick: Double

  private static let daySeconds: Int64 = 86_400
  /// 52 weeks from 2001-01-01, a Monday, in days since 1970.
  private static let nobodysDays: ClosedRange<Int64> = 11_323...11_686

  init(_ schema: Schema, clock: HeatGrid.Clock?) {
    let seconds = clock?.secondsPerTick ?? 1
    let column = schema.place?.time.flatMap { schema.column(named: $0) }
    func day(_ tick: Int64) -> Int64 {
      Int64((Double(tick) * seconds / Double(Self.daySeconds)).rounded(.down))
    }
    secondsPerTick = seconds
    if case .declared(let bounds)? = column?.bounds {
      (days, self.bounds) = (day(bounds.lowerBound)...day(bounds.upperBound), bounds)
    } else {
      (days, bounds) = (Self.nobodysDays, nil)
    }
  }

  /// Draws a time within an hour of a weekday (0 is Monday), in ticks since 1970. If the days hold
  /// no such weekday, any of them will do.
  func start(hour: Int, weekday: Int?, _ random: inout SamplingGenerator) -> Int64 {
    let known = days.lowerBound + 3
    // 1970-01-01 was a Thursday.
    let first =
      days.lowerBound + (Int64(weekday ?? 0) - (known % 7 + 7) % 7 + 7) % 7
    let day =
      weekday != nil && first <= days.upperBound
      ? first + 7 * Int64(random.below(Int((days.upperBound - first) / 7) + 1))
      : days.lowerBound + Int64(random.below(days.count))
    let second = day * Self.daySeconds + Int64(hour * 3_600 + random.below(3_600))
    return Int64((Double(second) / secondsPerTick).rounded(.up))
  }

  /// Whether a trip is within the declared bounds.
  func holds(_ trip: [TripSampler.Point]) -> Bool {
    guard let bounds else { return true }
    return bounds.contains(trip[0].time) && bounds.contains(trip[trip.count - 1].time)
  }
}

/// The table of synthetic points.
struct TripTable {
  private let schema: Schema

  init(_ schema: Schema) { self.schema = schema }

  /// Returns a row for each point. People are P1, P2 and so on, and so are the trips of each.
  func table(_ people: [[[TripSampler.Point]]]) -> Table {
    var dictionary = LabelDictionary()
    var codes: [Int32] = []
    var trips: [Int64] = []
    var points: [TripSampler.Point] = []
    for (number, own) in people.filter({ !$0.isEmpty }).enumerated() {
      let code = dictionary.append("P\(number + 1)")
      for (trip, way) in own.enumerated() {
        codes += [Int32](repeating: code, count: way.count)
        trips += [Int64](repeating: Int64(trip + 1), count: way.count)
        points += way
      }
    }
    let place = schema.place
    let cells: [(String?, [Int64])] = [
      (place?.time, points.map(\.time)), (place?.east, points.map(\.x)),
      (place?.north, points.map(\.y)),
    ]
    let described = cells.compactMap { name, ticks in
      name.flatMap { schema.column(named: $0) }?.filled(with: .ticks(ticks))
    }
    // Learning needs a person column.
    guard case .person(let who, _) = schema.unit else { return Table(columns: []) }
    var tripName = "trip"
    while tripName == who || described.contains(where: { $0.name == tripName }) {
      tripName += "_number"
    }
    return Table(
      columns: [
        Column(name: who, type: .category, cells: .labels(codes: codes, dictionary: dictionary)),
        Column(name: tripName, type: .integer, cells: .ticks(trips)),
      ] + described)
  }
}
