import Accounting
import Ledger

extension Curator {
  /// Returns the shares of a trait of the units' trips, with discrete Gaussian noise on a
  /// whole-number grid: the sum over the units, each unit's shares shortened to the length `clip`.
  ///
  /// Adding or removing a unit changes the sum by at most `clip` in the L2 norm, however many trips
  /// it has: `docs/proofs/trips.md`. To be asked before a domain is adopted.
  /// - Parameters:
  ///   - cells: ascending, chosen by public facts and paid answers alone; nil for all numbers of a
  ///     trait that has a fixed number of them.
  ///   - clip: above 0 and at most 1, public.
  package func trips(
    _ trait: TripGrid.Trait, on grid: TripGrid, cells: [UInt32]? = nil, clip: Double = 1, rho: Rho
  ) throws -> NoisySums {
    requireBoundedRows()
    precondition(clip > 0 && clip <= 1, "shares are clipped to a length between 0 and 1")
    let asked = cells ?? (0..<UInt32(grid.coordinates(of: trait) ?? 0)).map { $0 }
    let answer = try counts(
      .trips(trait: trait.name, coordinates: asked.count),
      exact: exactTrips(trait, on: grid, cells: asked, clip: clip),
      sensitivity: Sensitivity(Double(ClippedVector.sensitivity)), rho: rho, purpose: .measurement)
    let step = clip / Double(ClippedVector.sensitivity)
    return NoisySums(
      values: answer.values.map { Double($0) * step }, variance: answer.variance * step * step)
  }

  private func exactTrips(
    _ trait: TripGrid.Trait, on grid: TripGrid, cells: [UInt32], clip: Double
  ) -> [Int] {
    let records = tripRecords(on: grid)
    return Curator.sum(over: records.unitCount, coordinates: cells.count) { unit, sum in
      records.add(unit, trait, asked: cells, clip: clip, to: &sum)
    }
  }

  /// The records are made once for a grid.
  private func tripRecords(on grid: TripGrid) -> TripRecords {
    if let tripRecords, tripRecords.grid == grid { return tripRecords }
    let made = TripRecords(grid, units: units) { ticks(of: $0) }
    tripRecords = made
    return made
  }
}
