extension PlaceAttack {
  /// The share of the people who stayed that may be taken for people who left.
  private static let falseAlarms = 0.05

  /// Subtracts a second release, of the people who stayed, from the first. Who left is told by how
  /// much of their own heat is gone where they were.
  ///
  /// The exact maps beside it are blanked as firms do: in cells of fewer than 3 people.
  func difference(
    _ shown: ReleasedPlaces, _ second: Second, inPeople: Bool
  ) -> PlaceAttackReport.Line {
    let names = Set(second.people.people.map(\.name))
    let left = members.people.filter { !names.contains($0.name) }
    let stayed = members.people.filter { names.contains($0.name) }
    func shares(
      _ first: [Double], _ rest: [Double]
    ) -> (PlaceAttackReport.Share, PlaceAttackReport.Share) {
      func scores(_ people: [PeopleTracks.Person]) -> [Double] {
        people.map { Self.missingShare($0, first, rest, inPeople: inPeople) }
      }
      let (ofLeft, ofStayed) = (scores(left), scores(stayed).sorted())
      func isFlagged(_ score: Double) -> Bool {
        let above = ofStayed.count - ofStayed.firstPlace(from: score)
        return score > 0 && Double(above) <= Self.falseAlarms * Double(ofStayed.count)
      }
      return (
        PlaceAttackReport.Share(hits: ofLeft.count(where: isFlagged), attempts: ofLeft.count),
        PlaceAttackReport.Share(hits: ofStayed.count(where: isFlagged), attempts: ofStayed.count)
      )
    }
    let onRelease = shares(shown.heat, second.shown.heat)
    let onExact = shares(
      members.map(inPeople: inPeople, fewest: 3),
      second.people.map(inPeople: inPeople, fewest: 3))
    return PlaceAttackReport.Line(
      name: "difference",
      method:
        "subtracts a second release, and tells who left it by the heat that is gone where they were; beside them people who stayed",
      members: onRelease.0, strangers: onRelease.1, exact: onExact.0, exactStrangers: onExact.1)
  }

  /// Returns the share of a person's own heat that is gone, at most all of it, over the cells that
  /// the first map shows. Cells weigh by the square of the heat.
  private static func missingShare(
    _ person: PeopleTracks.Person, _ first: [Double], _ rest: [Double], inPeople: Bool
  ) -> Double {
    var (gone, all) = (0.0, 0.0)
    // In one order: sums depend on it by a rounding error.
    for cell in person.cells.keys.sorted() where first[cell] > 0 {
      let own = person.heat(of: cell, inPeople: inPeople)
      // Beyond rounding errors of the two maps.
      gone += own * min(first[cell] - rest[cell] + 1e-9 * own, own)
      all += own * own
    }
    return all > 0 ? gone / all : 0
  }
}

extension [Double] {
  /// Returns the first place of an ascending list whose number is not below `value`.
  fileprivate func firstPlace(from value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
