import Attacks

extension PlaceAttack {
  /// Looks for the only synthetic person who was in some known cells, and takes their home for that
  /// of the person.
  func knownPlaces(
    _ count: Int, _ shown: ReleasedPlaces, _ exact: ReleasedPlaces
  ) -> PlaceAttackReport.Line {
    line(
      "known-\(count)",
      "knows \(count == 1 ? "one place" : "\(count) places") where somebody was, and takes the home of the only record that was there",
      shown, exact
    ) { tracks, _, release in
      guard let synthetic = release.people else {
        return PlaceAttackReport.Share(hits: 0, attempts: 0)
      }
      let index = CellIndex(synthetic)
      var draw = Draw(seed: seed)
      // Places at home would give the home away by themselves.
      func away(_ person: PeopleTracks.Person) -> [Int] {
        person.cells.keys.filter {
          PeopleTracks.reach(SIMD2($0 % tracks.side, $0 / tracks.side), person.home)
            > PeopleTracks.near
        }.sorted()
      }
      let targets = targets(tracks) { away($0).count >= count }
      let hits = targets.count { person in
        let cells = away(person)
        let fitting = index.people(in: draw.choose(count, of: cells.count).map { cells[$0] })
        guard fitting.count == 1, let only = fitting.first else { return false }
        return PeopleTracks.reach(synthetic.people[only].home, person.home) <= 1
      }
      return PlaceAttackReport.Share(hits: hits, attempts: targets.count)
    }
  }
}

/// The people who were in each cell.
struct CellIndex {
  private var visitors: [Int: Set<Int>] = [:]

  init(_ tracks: PeopleTracks) {
    for (number, person) in tracks.people.enumerated() {
      for cell in person.cells.keys { visitors[cell, default: []].insert(number) }
    }
  }

  /// Returns the people who were in all of some cells.
  func people(in cells: [Int]) -> Set<Int> {
    let all = cells.map { visitors[$0] ?? [] }.sorted { $0.count < $1.count }
    guard let fewest = all.first else { return [] }
    return all.dropFirst().reduce(fewest) { $0.intersection($1) }
  }
}
