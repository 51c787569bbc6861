import Examples
import Tables

/// The distributions of the trips in a table of the town's form. Everybody's trips weigh 1
/// together, as in the questions that trips are learned from.
struct TripFigures {
  /// A trip by its trip column, in cells of the town.
  struct Trip {
    let places: [SIMD2<Int>]
    let hour: Int

    /// In moves between cells.
    var length: Int {
      zip(places, places.dropFirst()).reduce(0) {
        $0 + abs($1.0.x - $1.1.x) + abs($1.0.y - $1.1.y)
      }
    }
  }

  /// The trips of each person.
  let people: [[Trip]]
  /// The greatest speed between two points of a trip, in metres a second.
  let fastest: Double

  /// The squares a side in which starts and ends are compared, 3.2 km wide.
  static let squares = 8
  private static let lengths = [2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128]

  init(_ table: Table) {
    guard case .ticks(let times) = table.columns[2].cells,
      case .ticks(let xs) = table.columns[3].cells, case .ticks(let ys) = table.columns[4].cells
    else { preconditionFailure("a table of another form") }
    let (who, which) = (table.columns[0].cells, table.columns[1].cells)
    var (people, own, places): ([[Trip]], [Trip], [SIMD2<Int>]) = ([], [], [])
    var (start, fastest) = (0, 0.0)
    for row in 0..<table.rowCount {
      let (x, y) = (xs[row], ys[row])
      places.append(SIMD2(Int(x), Int(y)) / TownExample.cellMetres)
      let isLast = row + 1 == table.rowCount
      let samePerson = !isLast && who.key(row) == who.key(row + 1)
      if samePerson, which.key(row) == which.key(row + 1) {
        let (across, up) = (Double(xs[row + 1] - x), Double(ys[row + 1] - y))
        let seconds = Double(max(times[row + 1] - times[row], 0))
        fastest = max(fastest, (across * across + up * up).squareRoot() / seconds)
        continue
      }
      own.append(Trip(places: places, hour: Int(times[start] / 3_600 % 24)))
      (places, start) = ([], row + 1)
      if !samePerson {
        people.append(own)
        own = []
      }
    }
    (self.people, self.fastest) = (people, fastest)
  }

  /// The shares of pairs of squares in which trips begin and end.
  var pairs: [Double] {
    shares(Self.squares * Self.squares * Self.squares * Self.squares) { trip in
      Self.pair(trip.places[0], trip.places[trip.places.count - 1])
    }
  }

  static func pair(_ start: SIMD2<Int>, _ end: SIMD2<Int>) -> Int {
    func square(_ place: SIMD2<Int>) -> Int {
      let width = TownExample.side / squares
      return place.y / width * squares + place.x / width
    }
    return square(start) * squares * squares + square(end)
  }

  var lengths: [Double] { shares(Self.lengths.count + 1) { Self.lengthBin($0.length) } }

  static func lengthBin(_ length: Int) -> Int {
    lengths.firstIndex { $0 > length } ?? lengths.count
  }

  static var lengthBins: Int { lengths.count + 1 }

  var hours: [Double] { shares(24) { $0.hour } }

  private func shares(_ count: Int, _ bin: (Trip) -> Int) -> [Double] {
    var shares = [Double](repeating: 0, count: count)
    for trips in people {
      for trip in trips { shares[bin(trip)] += 1 / Double(trips.count * people.count) }
    }
    return shares
  }

  /// The passages of each cell of the town, row by row.
  var passages: [Double] {
    var map = [Double](repeating: 0, count: TownExample.side * TownExample.side)
    for trip in people.joined() {
      for place in trip.places { map[place.y * TownExample.side + place.x] += 1 }
    }
    return map
  }

  /// The total variation distance between two distributions.
  static func distance(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }
}
