import Basics
import Examples
import Tables
import Testing

/// The invented town: its people, and the places of their points.
@Suite struct TownExampleTests {
  private static let town = TownExample(people: 200, base: 10, seed: 3)

  private func ticks(_ name: String) throws -> [Int64] {
    guard case .ticks(let ticks)? = Self.town.table.column(named: name)?.cells else {
      throw Missing()
    }
    return ticks
  }

  private struct Missing: Error {}

  @Test func theSameSeedGivesTheSameTown() {
    let again = TownExample(people: 200, base: 10, seed: 3)
    #expect(again.table.columns.map(\.cells) == Self.town.table.columns.map(\.cells))
    let other = TownExample(people: 200, base: 10, seed: 4)
    #expect(other.table.columns[3].cells != Self.town.table.columns[3].cells)
  }

  /// The town's own people are the same with and without a base.
  @Test func theBaseIsBesideTheTown() {
    let without = TownExample(people: 200, seed: 3)
    #expect(
      Self.town.table(keeping: { $0 < 200 }).columns[3].cells == without.table.columns[3].cells)
    #expect(Self.town.residents.count == 210)
  }

  /// Every trip of a person of the town begins at home, and no step is longer than a square.
  @Test func waysLeadFromHome() throws {
    guard case .labels(let people, _)? = Self.town.table.column(named: "person")?.cells,
      case .labels(let trips, _)? = Self.town.table.column(named: "trip")?.cells
    else { throw Missing() }
    let (xs, ys, times) = (try ticks("x"), try ticks("y"), try ticks("time"))
    for row in people.indices {
      let square = SIMD2(Int(xs[row]) / 200, Int(ys[row]) / 200)
      let resident = Self.town.residents[Int(people[row])]
      guard row > 0, trips[row] == trips[row - 1] else {
        #expect(people[row] >= 200 || square == resident.home)
        continue
      }
      #expect(abs(xs[row] - xs[row - 1]) <= 400 && abs(ys[row] - ys[row - 1]) <= 400)
      #expect(times[row] > times[row - 1])
      if people[row] >= 200 { #expect(TownExample.fence.contains(square)) }
    }
    let all = Set(
      TownExample.schema.columns.compactMap { column -> ClosedRange<Int64>? in
        if case .declared(let bounds) = column.bounds { bounds } else { nil }
      })
    #expect(all.count == 2 && xs.allSatisfy { (0...25_600).contains($0) })
    #expect(TownExample.fence.count == 16 && Set(TownExample.fence).count == 16)
    #expect(Self.town.residents.contains { $0.isRural && $0.trips < 200 })
  }
}
