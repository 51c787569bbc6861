import Curation
import Foundation
import Mechanisms
import Tables
import Testing

/// Who is kept out of training: whole persons, by coins that nothing in the table influences.
@Suite struct HoldOutTests {
  /// A table of people with 1, 2, 3, 1, 2, 3, … rows; every eleventh row names nobody.
  private func table(people: Int, ofText: Bool) -> Table {
    let persons = (0..<people).flatMap { person in (0..<1 + person % 3).map { _ in person } }
    let isNobody = persons.indices.map { $0 % 11 == 5 }
    let who: Cells =
      ofText
      ? .labels(
        codes: zip(persons, isNobody).map { $1 ? Cells.missingCode : Int32($0) },
        dictionary: LabelDictionary((0..<people).map { "p\($0)" }))
      : .ticks(zip(persons, isNobody).map { $1 ? Cells.missingTick : Int64($0) })
    return Table(columns: [
      Column(name: "who", type: ofText ? .identifier : .integer, cells: who),
      Column(name: "row", type: .integer, cells: .ticks(persons.indices.map(Int64.init))),
    ])
  }

  private func heldOut(_ table: Table, _ unit: PrivacyUnit, share: Double = 0.2, seed: UInt64 = 3)
    -> [Bool]
  {
    HoldOut(
      of: SensitiveTable(table: table), unit: unit, share: share, using: SecureRandom(testing: seed)
    ).isHeldOut
  }

  private static let person = PrivacyUnit.person(column: "who", maximumRows: 2)

  @Test(arguments: [true, false]) func personsAreHeldOutWhole(_ ofText: Bool) {
    let table = table(people: 900, ofText: ofText)
    let held = heldOut(table, Self.person)
    var coins: [String: Set<Bool>] = [:]
    for row in 0..<table.rowCount {
      let who: String =
        switch table.columns[0].cells {
        case .ticks(let ticks): ticks[row] == Cells.missingTick ? "" : "\(ticks[row])"
        case .labels(let codes, _): codes[row] == Cells.missingCode ? "" : "\(codes[row])"
        }
      coins[who, default: []].insert(held[row])
    }
    #expect(coins.removeValue(forKey: "") == [false], "rows of nobody stay")
    #expect(coins.values.allSatisfy { $0.count == 1 })
    let share = Double(coins.values.count { $0 == [true] }) / Double(coins.count)
    // 900 coins of 0.2: six standard deviations are 0.08; a false alarm has a probability of 2e-9.
    #expect(abs(share - 0.2) < 0.08, "n = \(coins.count), share \(share)")
  }

  /// One person more or fewer leaves everybody else's coin unchanged in distribution. Here the
  /// person comes after the others, so the coins are identical.
  @Test(arguments: [true, false]) func aFurtherPersonMovesNobody(_ byPerson: Bool) {
    let unit = byPerson ? Self.person : .row
    let (small, large) = (table(people: 300, ofText: true), table(people: 301, ofText: true))
    let (before, after) = (heldOut(small, unit), heldOut(large, unit))
    #expect(after.starts(with: before) && after.count > before.count)
  }

  @Test func theCoinDoesNotLookAtTheRow() {
    let table = table(people: 300, ofText: true)
    let other = Table(columns: [
      Column(name: "who", type: .integer, cells: .ticks((0..<table.rowCount).map { Int64(-$0) })),
      Column(
        name: "row", type: .integer, cells: .ticks([Int64](repeating: 7, count: table.rowCount))),
    ])
    #expect(heldOut(table, .row) == heldOut(other, .row))
    #expect(heldOut(table, .row, seed: 4) != heldOut(table, .row, seed: 5))
    #expect(
      heldOut(table, .row, share: 0).allSatisfy { !$0 }
        && heldOut(table, .row, share: 1).allSatisfy { $0 })
  }

  @Test func thePartsAreTheWhole() throws {
    let table = table(people: 200, ofText: true)
    let sensitive = SensitiveTable(table: table)
    let holdOut = HoldOut(
      of: sensitive, unit: Self.person, share: 0.3, using: SecureRandom(testing: 8))
    let parts = [true, false].map {
      sensitive.part(of: holdOut, isHeldOut: $0).openForOwner(reason: .attacks).ownersRows
    }
    let rows = parts.map { part -> [Int64] in
      if case .ticks(let ticks) = part.columns[1].cells { ticks } else { [] }
    }
    #expect(rows[0].count == holdOut.isHeldOut.count { $0 } && !rows[0].isEmpty)
    #expect(
      Set(rows[0] + rows[1]) == Set((0..<table.rowCount).map(Int64.init))
        && rows[0].count + rows[1].count == table.rowCount)
    let held = SensitiveTable(table: parts[0])
    let kept = SensitiveTable(table: parts[1])
    #expect(held.peopleInCommon(with: kept, column: "who") == 0)
    #expect(held.peopleInCommon(with: sensitive, column: "who") > 20)
  }
}
