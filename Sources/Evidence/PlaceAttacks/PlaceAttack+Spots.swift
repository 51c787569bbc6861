import Attacks

extension PlaceAttack {
  /// Fewer people on a block are few.
  package static let few = 10
  /// The cells from the middle of a block to its edge, and to the edge of its cold surroundings.
  private static let blockReach = 2
  private static let coldReach = 7
  /// The empty blocks that are compared with.
  private static let emptyBlocks = 500

  /// Looks for lone hot spots: warm blocks in a cold neighbourhood, such as a base. Found is a spot
  /// of fewer than ``few`` people that the release shows too; compared with blocks in which nobody
  /// was.
  func loneSpots(_ shown: ReleasedPlaces, _ exact: ReleasedPlaces) -> PlaceAttackReport.Line {
    let side = members.side
    let spots = Self.loneSpots(exact.heat, side: side).filter { spot in
      let people = members.people.count { person in
        person.cells.keys.contains {
          PeopleTracks.reach(SIMD2($0 % side, $0 / side), spot) <= Self.blockReach
        }
      }
      return people < Self.few
    }
    let warm = CellSums(exact.heat.map { $0 > 0 ? 1 : 0 }, side: side)
    var draw = Draw(seed: seed)
    let empty = draw.choose(100 * Self.emptyBlocks, of: side * side).lazy.map {
      SIMD2($0 % side, $0 / side)
    }.filter { warm.sum(around: $0, reach: Self.coldReach) == 0 }.prefix(Self.emptyBlocks)
    func share(_ places: [SIMD2<Int>], _ map: [Double]) -> PlaceAttackReport.Share {
      let found = Self.loneSpots(map, side: side)
      return PlaceAttackReport.Share(
        hits: places.count { place in
          found.contains { PeopleTracks.reach($0, place) <= Self.blockReach }
        }, attempts: places.count)
    }
    return PlaceAttackReport.Line(
      name: "lone-spots",
      method:
        "looks for warm blocks in a cold neighbourhood; sought are those of fewer than \(Self.few) people, and beside them blocks of "
        + "nobody",
      members: share(spots, shown.heat), strangers: share(Array(empty), shown.heat),
      exact: share(spots, exact.heat), exactStrangers: share(Array(empty), exact.heat))
  }

  /// Returns the middle of each lone block, the warmest of those that overlap: around it lies less
  /// than a tenth of its heat.
  static func loneSpots(_ map: [Double], side: Int) -> [SIMD2<Int>] {
    let sums = CellSums(map, side: side)
    var found: [(spot: SIMD2<Int>, heat: Double)] = []
    for cell in map.indices {
      // The middle itself may be cold, such as that of a fence.
      let middle = SIMD2(cell % side, cell / side)
      let block = sums.sum(around: middle, reach: blockReach)
      // Beyond the rounding errors of sums.
      if block > 1e-6, sums.sum(around: middle, reach: coldReach) - block < block / 10 {
        found.append((middle, block))
      }
    }
    var kept: [SIMD2<Int>] = []
    for (spot, _) in found.sorted(by: {
      ($0.heat, $1.spot.y, $1.spot.x) > ($1.heat, $0.spot.y, $0.spot.x)
    })
    where kept.allSatisfy({ PeopleTracks.reach($0, spot) > coldReach }) { kept.append(spot) }
    return kept
  }
}
