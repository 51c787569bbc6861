import Accounting
import Ledger
import LinkedTables
import Tables

/// Sums over the people of vectors that their trees give, each person's clipped to a length.
///
/// Adding or removing a person changes a sum by at most `clip` in the L2 norm, however many rows
/// they have in however many tables: `docs/proofs/person-sums.md`.
extension PeopleCurator {
  /// Returns how many rows there are for each combination of codes of the attributes, which are of
  /// one table; the last attribute's code varies fastest.
  /// - Parameter clip: the length to which each person's counts are shortened; public or paid for.
  package func counts(of chosen: [Int], clip: Double, rho: Rho, about: String) throws -> NoisySums {
    let sizes = chosen.map { attributes[$0].size }
    let table = attributes[chosen[0]].table
    precondition(chosen.allSatisfy { attributes[$0].table == table }, "attributes of one table")
    let columns = chosen.map { codes[$0] }
    return try sum(
      cells: sizes.reduce(1, *), clip: clip, rho: rho, about: about, groups: rows.byPerson[table]
    ) { row in
      var cell = 0
      for (column, size) in zip(columns, sizes) {
        let code = column[row]
        if code == Self.skipped { return nil }
        cell = cell * size + Int(code)
      }
      return cell
    }
  }

  /// Returns how many people have each length of the vector of counts of an attribute: up to 1, up
  /// to √2, up to 2, and so on in `steps` classes, the last without limit. Everybody is in one.
  package func lengths(of attribute: Int, steps: Int, rho: Rho, about: String) throws -> NoisySums {
    let (own, groups) = (codes[attribute], rows.byPerson[attributes[attribute].table])
    let answer = try desk.counts(
      .personSum(about: about, coordinates: steps),
      exact: {
        var exact = [Int](repeating: 0, count: steps)
        for person in 0..<groups.count where !groups[person].isEmpty {
          var counts: [UInt16: Int] = [:]
          for row in groups[person] where own[Int(row)] != Self.skipped {
            counts[own[Int(row)], default: 0] += 1
          }
          let square = counts.values.reduce(0) { $0 + $1 * $1 }
          var step = 0
          while step < steps - 1, square > 1 << step { step += 1 }
          if square > 0 { exact[step] += 1 }
        }
        return exact
      }(), sensitivity: Sensitivity(1), rho: rho, purpose: .domain)
    return NoisySums(values: answer.values.map(Double.init), variance: answer.variance)
  }

  /// Returns how many people have each pair of the codes anywhere among their rows, as the upper
  /// triangle row by row with the diagonal: how many have the code at all.
  package func pairs(of attribute: Int, codes top: [Int], clip: Double, rho: Rho, about: String)
    throws -> NoisySums
  {
    let own = codes[attribute]
    var place = [Int](repeating: -1, count: attributes[attribute].size)
    for (index, code) in top.enumerated() { place[code] = index }
    let places = place
    return try sum(
      cells: top.count * (top.count + 1) / 2, clip: clip, rho: rho, about: about,
      groups: rows.byPerson[attributes[attribute].table]
    ) { rows, cells in
      let present = Set(
        rows.compactMap { row -> Int? in
          let code = own[Int(row)]
          return code == Self.skipped || places[Int(code)] < 0 ? nil : places[Int(code)]
        }
      ).sorted()
      for (index, first) in present.enumerated() {
        let start = first * top.count - first * (first - 1) / 2
        for second in present[index...] { cells.append(start + second - first) }
      }
    }
  }

  /// Returns how often a code that the series of events had before is in the next event too: for
  /// codes of the event before and then for those only of earlier ones, for each code the number of
  /// times without and with it.
  package func returns(of attribute: Int, clip: Double, rho: Rho, about: String) throws -> NoisySums
  {
    let (own, size) = (codes[attribute], attributes[attribute].size)
    let table = attributes[attribute].table
    var cellsOfPerson = [[Int]](
      repeating: [], count: rows.data.tables[rows.data.rootIndex].rowCount)
    let people = rows.data.people[table]
    forEachHistory(of: attribute) { events in
      guard let row = events.first(where: { !$0.isEmpty })?.first else { return }
      var (before, all): (Set<UInt16>, Set<UInt16>) = ([], [])
      for (number, event) in events.enumerated() {
        let now = Set(event.map { own[Int($0)] }).subtracting([Self.skipped])
        if number > 0 {
          for code in all {
            let state = before.contains(code) ? 0 : 1
            let cell = ((state * size) + Int(code)) * 2 + (now.contains(code) ? 1 : 0)
            cellsOfPerson[Int(people[Int(row)])].append(cell)
          }
        }
        before = now
        all.formUnion(now)
      }
    }
    let made = cellsOfPerson
    return try sum(
      cells: 4 * size, clip: clip, rho: rho, about: about, people: made.count
    ) { person, cells in cells = made[person] }
  }

  // MARK: The sum

  private func sum(
    cells: Int, clip: Double, rho: Rho, about: String, groups: RowGroups,
    _ cell: @Sendable (Int) -> Int?
  ) throws -> NoisySums {
    try sum(cells: cells, clip: clip, rho: rho, about: about, groups: groups) { rows, cells in
      for row in rows { if let cell = cell(Int(row)) { cells.append(cell) } }
    }
  }

  private func sum(
    cells: Int, clip: Double, rho: Rho, about: String, groups: RowGroups,
    _ add: @Sendable (ArraySlice<Int32>, inout [Int]) -> Void
  ) throws -> NoisySums {
    try sum(cells: cells, clip: clip, rho: rho, about: about, people: groups.count) {
      add(groups[$0], &$1)
    }
  }

  /// Adds whole numbers, so that the order of the people does not matter.
  private func sum(
    cells: Int, clip: Double, rho: Rho, about: String, people: Int,
    _ fill: @Sendable (Int, inout [Int]) -> Void
  ) throws -> NoisySums {
    precondition(clip > 0 && clip.isFinite, "vectors are clipped to a length above zero")
    let answer = try desk.counts(
      .personSum(about: about, coordinates: cells),
      exact: ClippedVector.sum(cells: cells, clip: clip, units: people, fill),
      sensitivity: Sensitivity(Double(ClippedVector.sensitivity)), rho: rho, purpose: .measurement)
    let step = clip / Double(ClippedVector.sensitivity)
    return NoisySums(
      values: answer.values.map { Double($0) * step }, variance: answer.variance * step * step)
  }
}
