import Accounting
import Attacks
import Basics
import Curation
import Encoding
import HeatMaps
import Tables

/// Attacks a map or synthetic trips with what an adversary may know of the people whose tracks they
/// were made from: the neighbourhood of a home, some of the places where somebody was.
///
/// A release tells of strangers too: that is knowledge about the town, which no privacy protects.
/// Only the gap between people of the original and strangers is a leak. Each attack is also tried
/// on an exact release of the same people: if it finds nobody there, it says nothing here.
package struct PlaceAttack: Sendable {
  /// A second release, of the people who stayed, to be subtracted from the first.
  package struct Second: Sendable {
    let shown: ReleasedPlaces
    let people: PeopleTracks

    package init(shown: ReleasedPlaces, people: PeopleTracks) {
      (self.shown, self.people) = (shown, people)
    }
  }

  let members: PeopleTracks
  /// People of the same kind who are not in the original; nil if there are none.
  package var strangers: PeopleTracks?
  /// Whether a public road runs through a cell; nil if no roads were declared. Cells that two other
  /// people pass then take their place.
  package var isRoad: [Bool]?
  package var second: Second?
  package let cellMetres: Double
  /// Decides who is attacked, and with which of their places.
  package var seed: UInt64 = 1

  /// The most people who are attacked.
  static let mostTargets = 1_000

  /// - Throws: ``PlaceAttackFault/tooFewCells``.
  package init(_ members: PeopleTracks, plan: HeatPlan) throws(PlaceAttackFault) {
    guard plan.grid.depth >= 3 else { throw .tooFewCells }
    (self.members, cellMetres) = (members, plan.settings.cellMetres)
  }

  /// Returns the cells of a table in which it is attacked.
  /// - Throws: `HeatFault`.
  package static func plan(_ schema: Schema, cellMetres: Double) throws -> HeatPlan {
    var settings = HeatSettings()
    settings.cellMetres = cellMetres
    return try HeatPlan(Blueprint(schema: schema), settings: settings, rho: Rho(checked: 1))
  }

  /// - Parameter check: called between attacks; an error that it throws ends them.
  package func run(
    on shown: ReleasedPlaces, check: () throws -> Void = {}
  ) throws -> PlaceAttackReport {
    let inPeople = shown.isInPeople(of: members.count)
    let exact =
      shown.people == nil
      ? ReleasedPlaces(heat: members.map(inPeople: inPeople)) : ReleasedPlaces(members)
    var lines = [
      homes(shown, exact, inPeople: inPeople), works(shown, exact, inPeople: inPeople),
      loneSpots(shown, exact),
    ]
    try check()
    if shown.people != nil {
      for count in [1, 2, 4] {
        lines.append(knownPlaces(count, shown, exact))
        try check()
      }
    }
    if let second { lines.append(difference(shown, second, inPeople: inPeople)) }
    let visitors = members.visitors
    return PlaceAttackReport(
      people: members.count, strangers: strangers?.count, cellMetres: cellMetres, lines: lines,
      uniqueness: [1, 2, 4].map { uniqueness($0) },
      tracedOnExactMaps: PlaceAttackReport.Share(
        hits: members.people.count { $0.cells.keys.contains { visitors[$0] >= 3 } },
        attempts: members.count))
  }

  /// Draws the people who are attacked.
  func targets(_ tracks: PeopleTracks, _ isTarget: (PeopleTracks.Person) -> Bool = { _ in true })
    -> [PeopleTracks.Person]
  {
    let people = tracks.people.filter(isTarget)
    var draw = Draw(seed: seed)
    return draw.choose(Self.mostTargets, of: people.count).map { people[$0] }
  }

  /// Tries an attack on people and on strangers, on the release and on the exact one.
  func line(
    _ name: String, _ method: String, _ shown: ReleasedPlaces, _ exact: ReleasedPlaces,
    blind: Double? = nil,
    _ share: (PeopleTracks, Bool, ReleasedPlaces) -> PlaceAttackReport.Share
  ) -> PlaceAttackReport.Line {
    PlaceAttackReport.Line(
      name: name, method: method, members: share(members, true, shown),
      strangers: strangers.map { share($0, false, shown) }, exact: share(members, true, exact),
      exactStrangers: strangers.map { share($0, false, exact) }, blind: blind)
  }

  /// Counts the people of the original whom some of their cells single out there.
  private func uniqueness(_ count: Int) -> PlaceAttackReport.Uniqueness {
    let index = CellIndex(members)
    var draw = Draw(seed: seed)
    let targets = targets(members) { $0.cells.count >= count }
    let hits = targets.count { person in
      let cells = person.cells.keys.sorted()
      return index.people(in: draw.choose(count, of: cells.count).map { cells[$0] }).count == 1
    }
    return PlaceAttackReport.Uniqueness(
      cells: count, people: PlaceAttackReport.Share(hits: hits, attempts: targets.count))
  }
}
