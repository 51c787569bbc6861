import Basics

extension PlaceAttack {
  /// The most other people of the original with such an anchor in a neighbourhood.
  private static let mostNeighbours = 20
  /// The cells a side of a neighbourhood, if the region has as many.
  private static let usualReach = 25

  /// Looks for homes in known neighbourhoods.
  func homes(
    _ shown: ReleasedPlaces, _ exact: ReleasedPlaces, inPeople: Bool
  ) -> PlaceAttackReport.Line {
    anchors("home", "home", shown, exact, inPeople: inPeople) { $0.home }
  }

  /// Looks for places of work in known neighbourhoods.
  func works(
    _ shown: ReleasedPlaces, _ exact: ReleasedPlaces, inPeople: Bool
  ) -> PlaceAttackReport.Line {
    anchors("work", "place of work", shown, exact, inPeople: inPeople) { $0.work }
  }

  /// The attack of ``HomeAttack`` on anchors that stand alone: nobody else of the original passes,
  /// and few others have theirs in the neighbourhood.
  private func anchors(
    _ name: String, _ noun: String, _ shown: ReleasedPlaces, _ exact: ReleasedPlaces,
    inPeople: Bool, _ anchor: @escaping (PeopleTracks.Person) -> SIMD2<Int>?
  ) -> PlaceAttackReport.Line {
    let (visitors, side) = (members.visitors, members.side)
    let others = CellSums(members.people.compactMap(anchor), side: side)
    let reach = min(Self.usualReach, side)
    let usual = HomeAttack(side: side, isRoad: isRoad ?? visitors.map { $0 >= 2 }, reach: reach)
    return line(
      name,
      "knows the neighbourhood of a \(noun) that stands alone, and how much heat belongs there",
      shown, exact, blind: usual.blindShare
    ) { tracks, areMembers, release in
      let own = areMembers ? 1 : 0
      let targets = targets(tracks) { person in
        guard let place = anchor(person) else { return false }
        let cell = tracks.number(place)
        return visitors[cell] == own && isRoad?[cell] != true
          && Int(others.sum(around: place, reach: reach / 2)) - own <= Self.mostNeighbours
      }
      var random = SplitMix64(seed: seed &+ 1)
      let hits = targets.count { person in
        guard let place = anchor(person) else { return false }
        var attack = usual
        // What only the person and somebody else pass is known from nobody else.
        if areMembers, isRoad == nil {
          for cell in person.cells.keys where visitors[cell] == 2 { attack.isRoad[cell] = false }
        }
        let guess = attack.guess(
          release.heat, in: attack.neighbourhood(of: place, &random),
          visits: person.heat(of: tracks.number(place), inPeople: inPeople), &random)
        return attack.isHit(guess, home: place)
      }
      return PlaceAttackReport.Share(hits: hits, attempts: targets.count)
    }
  }
}

/// Sums of heat over squares of cells, each in a few steps.
struct CellSums {
  private let side: Int
  /// The sum of all cells to the south-west.
  private let sums: [Double]

  init(_ map: [Double], side: Int) {
    self.side = side
    var sums = [Double](repeating: 0, count: (side + 1) * (side + 1))
    for row in 0..<side {
      for column in 0..<side {
        let at = (row + 1) * (side + 1) + column + 1
        sums[at] =
          map[row * side + column] + sums[at - side - 1] + sums[at - 1] - sums[at - side - 2]
      }
    }
    self.sums = sums
  }

  /// Counts places.
  init(_ places: [SIMD2<Int>], side: Int) {
    var map = [Double](repeating: 0, count: side * side)
    for place in places { map[place.y * side + place.x] += 1 }
    self.init(map, side: side)
  }

  /// Returns the sum of the cells that are at most `reach` from a middle in each direction.
  func sum(around middle: SIMD2<Int>, reach: Int) -> Double {
    let (west, east) = (max(middle.x - reach, 0), min(middle.x + reach + 1, side))
    let (south, north) = (max(middle.y - reach, 0), min(middle.y + reach + 1, side))
    func at(_ row: Int, _ column: Int) -> Double { sums[row * (side + 1) + column] }
    return at(north, east) - at(south, east) - at(north, west) + at(south, west)
  }
}
