import Basics
import Tables

/// The points of the town's people, row by row.
struct TownTracks {
  /// 2025-01-01.
  static let start: Int64 = 20_089 * 86_400

  private var people: FreshLabelColumnBuilder
  private var trips: FreshLabelColumnBuilder
  private var times: [Int64] = []
  private var xs: [Int64] = []
  private var ys: [Int64] = []
  private var person = -1
  private let firstNumber: Int

  init(seed: UInt64, people: Int) {
    self.people = FreshLabelColumnBuilder(capacity: people * 400)
    trips = FreshLabelColumnBuilder(capacity: people * 400)
    var numbers = SplitMix64(seed: seed ^ 0xF1E1D)
    firstNumber = 100_000 + numbers.below(800_000)
  }

  /// Appends a trip at a time of day, at four metres a second.
  mutating func append(
    _ number: Int, trip: Int, way: [SIMD2<Int>], _ random: inout SplitMix64
  ) {
    let hour = random.chance(0.6) ? 7.5 + random.normal() : 18 + 1.5 * random.normal()
    let day = Int64(random.below(365))
    var time = Self.start + day * 86_400 + Int64(hour * 3600)
    for (index, square) in way.enumerated() {
      if person == number {
        people.appendSameAsBefore()
      } else {
        people.append("P\(firstNumber + number)")
      }
      if index == 0 {
        trips.append("T\(firstNumber + number)-\(trip)")
      } else {
        trips.appendSameAsBefore()
      }
      person = number
      let (across, up) = (60 + random.below(81), 60 + random.below(81))
      xs.append(Int64(square.x * TownExample.cellMetres + across))
      ys.append(Int64(square.y * TownExample.cellMetres + up))
      times.append(time)
      time += 40 + Int64(random.below(20))
    }
  }

  var table: Table {
    let cells: [Cells] = [people.cells, trips.cells, .ticks(times), .ticks(xs), .ticks(ys)]
    return Table(
      columns: zip(TownExample.schema.columns, cells).map { $0.filled(with: $1) })
  }
}
