import Accounting
import Basics
import Curation
import Encoding
import HeatMaps
import Tables

/// The points of a table that a map or trips would leave out, by the public rules of the schema,
/// for the owner.
struct PlaceFindings {
  private let schema: Schema
  private let grid: HeatGrid
  private let place: PlaceColumns

  /// Returns nil if the schema names no place, or no map could be made under it.
  init?(_ schema: Schema) {
    guard let place = schema.place, let blueprint = try? Blueprint(schema: schema) else {
      return nil
    }
    guard
      let plan = try? HeatPlan(blueprint, settings: HeatSettings(), rho: Rho(checked: 1))
    else { return nil }
    (self.schema, self.place, grid) = (schema, place, plan.grid)
  }

  /// Returns a finding for each rule that some points break.
  func findings(in table: Table) -> [TableCheck.Finding] {
    guard case .ticks(let east)? = table.column(named: place.east)?.cells,
      case .ticks(let north)? = table.column(named: place.north)?.cells
    else { return [] }
    var (outside, origin, swapped) = (0, 0, 0)
    var inside: [Int] = []
    for row in east.indices {
      let (x, y) = (east[row], north[row])
      if grid.leavesOutOrigin, x == 0, y == 0 {
        origin += 1
      } else if grid.east.bounds.contains(x), grid.north.bounds.contains(y) {
        inside.append(row)
      } else if Cells.isValue(x), Cells.isValue(y) {
        outside += 1
        if grid.east.bounds.contains(y), grid.north.bounds.contains(x) { swapped += 1 }
      }
    }
    let jumps = jumps(among: inside, in: table, east, north)
    return [
      finding(
        "place-outside", outside,
        "beyond the declared bounds"
          + (swapped > 0
            ? "; \(NumberText.count(swapped)) of them would be inside if the two coordinates were swapped"
            : ""),
        "Widen `bounds` if public knowledge says so, or correct which column is which."),
      finding(
        "place-origin", origin, "at 0, 0, where receivers without a signal are",
        "Nothing need be done."),
      finding(
        "place-jump", jumps,
        "reached from the last one faster than \(NumberText.count(place.fastest ?? 0)) m/s",
        "Nothing need be done, unless people move faster than `fastest`."),
    ].compactMap(\.self)
  }

  private func finding(
    _ kind: String, _ count: Int, _ what: String, _ remedy: String
  ) -> TableCheck.Finding? {
    guard count > 0 else { return nil }
    return TableCheck.Finding(
      kind: kind, column: nil,
      sentence:
        "\(NumberText.plural(count, "point is", "points are")) \(what). A map and trips leave such points out. \(remedy)",
      texts: [], furtherTexts: 0)
  }

  /// Counts the points that can only be reached faster than the limit from the last one kept.
  private func jumps(
    among rows: [Int], in table: Table, _ east: [Int64], _ north: [Int64]
  ) -> Int {
    guard case .person(let who, _) = schema.unit, let fastest = place.fastest,
      let people = table.column(named: who)?.cells, let clock = grid.clock,
      case .ticks(let times)? = place.time.flatMap({ table.column(named: $0) })?.cells
    else { return 0 }
    var jumps = 0
    for (person, own) in Dictionary(grouping: rows, by: { people.key($0) }) where person != nil {
      var last: Int?
      for row in own.filter({ Cells.isValue(times[$0]) }).sorted(by: {
        (times[$0], east[$0], north[$0]) < (times[$1], east[$1], north[$1])
      }) {
        if let last {
          let across = Double(east[row] - east[last]) * grid.east.metresPerTick
          let up = Double(north[row] - north[last]) * grid.north.metresPerTick
          let reach =
            Double(fastest) * Double(times[row] - times[last] + 1) * clock.secondsPerTick
          if across * across + up * up > reach * reach {
            jumps += 1
            continue
          }
        }
        last = row
      }
    }
    return jumps
  }
}
