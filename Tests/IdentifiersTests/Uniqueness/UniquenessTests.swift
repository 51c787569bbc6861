import Basics
import ColumnRoles
import Foundation
import Tables
import TestConditions
import Testing

/// The search for sets of columns, compared with counting every set in the obvious way.
@Suite struct UniquenessTests {
  /// The rows that a set singles out: those whose values occur only in rows of the same person.
  private func slow(_ columns: [Column], person: Column?, rows: Int) -> Int {
    var groups: [[Int64?]: [Int]] = [:]
    for row in 0..<rows { groups[columns.map { $0.cells.key(row) }, default: []].append(row) }
    return groups.values.reduce(0) { sum, group in
      let persons = Set(group.map { row in person.map { $0.cells.key(row) } ?? Int64(row) })
      return persons.count == 1 ? sum + group.count : sum
    }
  }

  private func sets(of names: [String], size: Int) -> [[String]] {
    if size == 0 { return [[]] }
    return names.indices.flatMap { place in
      sets(of: Array(names[(place + 1)...]), size: size - 1).map { [names[place]] + $0 }
    }
  }

  private func table(rows: Int, seed: UInt64, sizes: [Int]) -> Table {
    var generator = SplitMix64(seed: seed)
    let columns = sizes.enumerated().map { place, size -> Column in
      let cells = (0..<rows).map { _ -> Int64? in
        let value = Int64(generator.next() % UInt64(size))
        return value == 0 && place % 2 == 0 ? nil : value * 1_000_003
      }
      return place % 3 == 0
        ? Column(labels: cells.map { $0.map(String.init) }, named: "c\(place)")
        : Column(integers: cells, named: "c\(place)")
    }
    let person = Column(integers: (0..<rows).map { Int64($0 / 3) }, named: "person")
    return Table(columns: columns + [person])
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64], [true, false])
  func theWorstSetsAreThoseOfCountingAll(seed: UInt64, hasPersons: Bool) throws {
    let table = table(rows: 400, seed: seed, sizes: [2, 3, 5, 9, 17, 4, 30])
    let names = table.columns.map(\.name).filter { $0 != "person" }
    let person = hasPersons ? table.column(named: "person") : nil
    let profile = UniquenessProfile.find(
      in: table, among: names, person: hasPersons ? "person" : nil)
    #expect(profile.worst.count == 4)
    for (size, found) in zip(1..., profile.worst) {
      let counts = sets(of: names, size: size).map { set in
        slow(set.compactMap { table.column(named: $0) }, person: person, rows: 400)
      }
      #expect(found.rows == counts.max())
      #expect(found.columns.count == size)
      #expect(
        slow(found.columns.compactMap { table.column(named: $0) }, person: person, rows: 400)
          == found.rows)
      #expect(found.isWorst, "a small table is counted in full")
    }
  }

  /// From 8,192 rows on, samples are used. The set found is the worst up to the tolerance, and the
  /// bound holds.
  @Test func samplesMissNoWorseSet() throws {
    let rows = 30_000
    let table = table(rows: rows, seed: 7, sizes: [40, 60, 12, 90, 25, 33, 8, 70])
    let names = table.columns.map(\.name).filter { $0 != "person" }
    let profile = UniquenessProfile.find(in: table, among: names)
    let matrix = CodeMatrix(
      names.compactMap { table.column(named: $0) }, person: nil, rowCount: rows)
    for (size, found) in zip(1..., profile.worst) {
      var refiner = PartitionRefiner(matrix)
      let most =
        sets(of: names, size: size).map { set -> Int in
          let columns = set.compactMap { names.firstIndex(of: $0) }
          let partition = columns.dropLast().reduce(Partition(first: rows)) {
            refiner.refined($0, by: $1)
          }
          return refiner.singles(partition, adding: columns[columns.count - 1])
        }.max() ?? 0
      #expect(Double(most - found.rows) <= UniquenessSearch.tolerance * Double(rows))
      #expect(Double(most) <= found.largestShare * Double(rows) + 1)
    }
  }

  /// If hardly any work is allowed, the bound is wide and still holds.
  @Test func aSearchThatEndsEarlySaysSo() throws {
    let table = table(rows: 30_000, seed: 8, sizes: [40, 60, 12, 90, 25, 33, 8, 70])
    let columns = table.columns.filter { $0.name != "person" }
    let matrix = CodeMatrix(columns, person: nil, rowCount: 30_000)
    let (early, full) = (
      UniquenessSearch(matrix, mostWork: 1).worst(), UniquenessSearch(matrix).worst()
    )
    for (early, full) in zip(early, full) {
      #expect(early.set.rows <= full.set.rows && early.mostRows >= full.set.rows)
    }
    #expect(zip(early, full).contains { $0.mostRows > $1.mostRows })
  }

  @Test func emptyTablesHaveNoSets() {
    #expect(UniquenessProfile.find(in: Table(columns: []), among: []).worst.isEmpty)
    let empty = Table(columns: [Column(integers: [], named: "a")])
    #expect(UniquenessProfile.find(in: empty, among: ["a"]).worst.isEmpty)
    let one = Table(columns: [Column(integers: [nil], named: "a")])
    #expect(UniquenessProfile.find(in: one, among: ["a"]).worst.map(\.rows) == [1])
  }

  /// A million rows by fifty columns. The time is printed, and judged only in benchmarks.
  @Test(
    .enabled(if: LongRun.isWanted, "long"),
    arguments: [0, 1, 2])
  func aMillionRows(kind: Int) {
    let sizes = (0..<50).map { place in
      switch kind {
      case 0: [2, 3, 5, 8, 12, 20, 45, 110, 1000, 20_000][place % 10]
      case 1: 2 + place
      default: 2 + place % 6
      }
    }
    let table = table(rows: 1_000_000, seed: 9, sizes: sizes)
    let clock = ContinuousClock()
    let cpu = clockSeconds()
    var profile: UniquenessProfile?
    let wall = clock.measure {
      profile = UniquenessProfile.find(
        in: table, among: table.columns.map(\.name).filter { $0 != "person" })
    }
    print(
      "a million rows by fifty columns, kind \(kind): \(wall), \(clockSeconds() - cpu) CPU seconds")
    for set in profile?.worst ?? [] {
      print("  \(set.columns) \(set.share), none above \(set.largestShare)")
    }
    #expect(profile?.worst.count == 4)
  }

  private func clockSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
