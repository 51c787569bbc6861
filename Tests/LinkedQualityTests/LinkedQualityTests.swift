import Attacks
import Examples
import LinkedAttacks
import LinkedQuality
import LinkedTables
import Tables
import Testing

/// Comparisons and attacks of linked tables, beside the figures of a neutral judge and on releases
/// that are known to be bad.
@Suite struct LinkedQualityTests {
  private static let schema = LinkedHospitalExample.schema
  private static let original = hospital(seed: 1)
  private static let others = hospital(seed: 2)

  private static func hospital(seed: UInt64) -> LinkedData {
    LinkedData(schema: schema, tables: LinkedHospitalExample.make(patients: 400, seed: seed))
  }

  private func isNear(_ value: Double?, _ figure: Double) -> Bool {
    value.map { abs($0 - figure) < 6e-5 } ?? false
  }

  /// The judge of linked tables that is no part of this program, written in Python, gave these
  /// figures for the same two sets of tables.
  @Test func figuresAreThoseOfTheJudge() throws {
    let report = LinkedQualityReport.measure(
      original: Self.original, release: Self.others, tellsApart: false)
    let tables = Dictionary(uniqueKeysWithValues: report.tables.map { ($0.name, $0) })
    for (name, oneWay, twoWay) in [
      ("patients", 0.0325, 0.0763), ("admissions", 0.0351, 0.07), ("diagnoses", 0.0512, 0.139),
      ("labs", 0.0474, 0.0769), ("prescriptions", 0.0571, 0.1155),
    ] {
      let table = try #require(tables[name])
      #expect(isNear(table.oneWay, oneWay), "\(name) \(table.oneWay ?? -1)")
      #expect(isNear(table.twoWay, twoWay), "\(name) \(table.twoWay ?? -1)")
    }
    #expect(isNear(report.dependenceLost, 0.5628))
    let history = try #require(report.histories.first)
    #expect(history.table == "admissions")
    #expect(isNear(history.gapAndGap, 0.1679))
    #expect(isNear(history.valueAndNext, 0.0774))
    #expect(isNear(history.valueAndGap, 0.1063))
    #expect(isNear(history.dependenceLost, 0.7433))
    let sets = report.sets.filter { $0.column == "diagnoses.code" }
    #expect(sets.map(\.owner) == ["patients", "admissions"])
    for (set, figures) in zip(sets, [(0.2001, 0.5356, 0.72), (0.1834, 0.6556, 0.76)]) {
      #expect(isNear(set.codes, figures.0))
      #expect(isNear(set.pairs, figures.1))
      #expect(isNear(set.topPairs, figures.2))
    }
    #expect(report.rules.count == 12)
    #expect(report.rulesBroken == 0)
  }

  @Test func theOriginalItselfIsPerfect() {
    let report = LinkedQualityReport.measure(
      original: Self.original, release: Self.original, tellsApart: false)
    #expect(report.tables.allSatisfy { $0.twoWay ?? 0 == 0 })
    #expect(report.links.allSatisfy { $0.children == 0 && $0.withParent == 0 && $0.orphans == 0 })
    #expect(report.histories.allSatisfy { $0.gap == 0 && $0.dependenceLost == 0 })
    #expect(report.sets.allSatisfy { $0.pairs == 0 && $0.topPairs == 1 })
  }

  /// Children dealt to other parents: margins stay, relations go, rules break.
  @Test func dealtChildrenAreNoticed() throws {
    var tables = Self.original.tables
    let index = try #require(Self.schema.index(of: "admissions"))
    tables[index] = Table(
      columns: tables[index].columns.map { column in
        guard column.name == "patient_id", case .labels(let codes, let dictionary) = column.cells
        else { return column }
        let dealt = codes.indices.map { codes[($0 * 379) % codes.count] }
        return column.replacing(cells: .labels(codes: dealt, dictionary: dictionary))
      })
    let report = LinkedQualityReport.measure(
      original: Self.original, release: LinkedData(schema: Self.schema, tables: tables))
    let table = try #require(report.tables.first { $0.name == "diagnoses" })
    #expect(table.twoWay == 0)
    #expect(try #require(report.dependenceLost) > 0.15)
    #expect(try #require(report.histories.first?.dependenceLost) > 0.6)
    let rules = report.rules.filter { $0.release > 0.1 }.map(\.rule)
    #expect(rules.contains("admissions.discharged <= patients.died"))
    #expect(try #require(report.toldApart) > 0.7)
  }

  @Test func lostRowsAndRepeatedKeysAreCounted() throws {
    var tables = Self.original.tables
    let index = try #require(Self.schema.index(of: "admissions"))
    tables[index] = Table(
      columns: tables[index].columns.map { column in
        guard column.name == "admission_id", case .ticks(var keys) = column.cells else {
          return column
        }
        keys[1] = keys[0]
        return column.replacing(cells: .ticks(keys))
      })
    let report = LinkedQualityReport.measure(
      original: Self.original, release: LinkedData(schema: Self.schema, tables: tables),
      tellsApart: false)
    #expect(report.tables.first { $0.name == "admissions" }?.repeatedKeys == 1)
    let diagnoses = try #require(report.links.first { $0.table == "diagnoses" })
    #expect(diagnoses.orphans > 0)
    #expect(report.tables.first { $0.name == "diagnoses" }?.ofNobody == diagnoses.orphans)
  }

  // MARK: Attacks

  /// A release that is the original betrays everybody; one of other people nobody.
  @Test func attacksSucceedOnTheOriginalAlone() throws {
    let strangers = Self.hospital(seed: 3)
    let leaky = LinkedAttack().run(
      original: Self.original, release: Self.original, control: strangers)
    let membership = try #require(leaky.membership.first)
    #expect(membership.auc > 0.95)
    let events = try #require(leaky.attacks.first)
    #expect(events.attempts > 50)
    #expect(Double(events.successes) > 0.8 * Double(events.attempts))
    #expect(events.controlSuccesses ?? 9 < 3)
    #expect(leaky.finding() == .notMet)
    #expect(leaky.copies.exact == leaky.syntheticRows)
    let safe = LinkedAttack().run(
      original: Self.original, release: Self.others, control: strangers)
    let chance = try #require(safe.membership.first)
    // With 400 people of either kind, chance stays within 0.5 ± 0.1 but for one run in a million.
    #expect(abs(chance.auc - 0.5) < 0.1)
    #expect(safe.attacks.first?.successes ?? 1 < 3)
    #expect(safe.finding() != .notMet)
  }
}
