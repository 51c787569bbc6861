import Examples
import LinkedTables
import SchemaFiles
import Tables
import Testing

/// The hospital in several tables keeps its rules and shows its causes.
@Suite struct LinkedHospitalTests {
  private static let schema = LinkedHospitalExample.schema
  private static let data = LinkedData(
    schema: schema, tables: LinkedHospitalExample.make(patients: 1_500))

  private func column(_ table: String, _ name: String) -> [Int64] {
    let index = Self.schema.index(of: table) ?? 0
    let cells = Self.data.tables[index].column(named: name)?.cells
    return switch cells {
    case .ticks(let ticks)?: ticks
    case .labels(let codes, _)?: codes.map(Int64.init)
    case nil: []
    }
  }

  private func labels(_ table: String, _ name: String) -> [String] {
    let index = Self.schema.index(of: table) ?? 0
    guard
      case .labels(let codes, let dictionary)? =
        Self.data.tables[index].column(named: name)?.cells
    else { return [] }
    return codes.map { $0 < 0 ? "" : dictionary[Int($0)] }
  }

  @Test func everyRuleHoldsAndEveryRowHasItsPerson() throws {
    #expect(Self.schema.inconsistencies() == [])
    #expect(try SchemaFile.parseLinked(SchemaFile.text(Self.schema)) == Self.schema)
    for rule in Self.schema.rules {
      let check = Self.data.check(rule)
      #expect(check.checked > 20 && check.broken == 0, "\(rule.text)")
    }
    #expect(Self.data.keyChecks().allSatisfy { $0.repeatedKeys == 0 && $0.nobodys == 0 })
    #expect(Self.data.linkChecks().allSatisfy { $0.missing + $0.unknown + $0.strangers == 0 })
    for (table, rows) in zip(Self.schema.tables, Self.data.tables) {
      for rule in table.schema.rules {
        let cells = Dictionary(uniqueKeysWithValues: rows.columns.map { ($0.name, $0.cells) })
        #expect(RowRules(table.schema).rows(breaking: rule, in: cells) == [])
      }
    }
  }

  @Test func morePatientsBeginWithTheFewer() {
    let few = LinkedHospitalExample.make(patients: 20, seed: 5)
    let more = LinkedHospitalExample.make(patients: 40, seed: 5)
    let other = LinkedHospitalExample.make(patients: 20, seed: 6)
    for (one, table) in zip(few, more) {
      for (column, same) in zip(one.columns, table.columns) {
        for row in 0..<one.rowCount {
          #expect(column.cells.key(row).map(column.text) == same.cells.key(row).map(same.text))
        }
      }
    }
    #expect(other[0].columns[1].cells != few[0].columns[1].cells)
    #expect(
      LinkedHospitalExample.make(patients: 0).map(\.rowCount).dropLast().allSatisfy { $0 == 0 })
  }

  @Test func emergenciesFollowEmergencies() throws {
    let types = labels("admissions", "type")
    let groups = Self.data.groups(
      of: try #require(Self.schema.index(of: "admissions")), by: "patients")
    var counts = ["emergency": (0, 0), "planned": (0, 0)]
    for person in 0..<groups.count {
      for (row, next) in zip(groups[person], groups[person].dropFirst()) {
        counts[types[Int(row)]]?.0 += types[Int(next)] == "emergency" ? 1 : 0
        counts[types[Int(row)]]?.1 += 1
      }
    }
    let (after, otherwise) = (try #require(counts["emergency"]), try #require(counts["planned"]))
    #expect(after.1 > 500 && otherwise.1 > 500)
    let difference =
      Double(after.0) / Double(after.1) - Double(otherwise.0) / Double(otherwise.1)
    #expect(difference > 0.25 && difference < 0.55)
  }

  @Test func valuesFollowConditionsAndFall() throws {
    let (tests, values) = (labels("labs", "test"), column("labs", "value"))
    let index = try #require(Self.schema.index(of: "labs"))
    let owners = Self.data.owners[index]
    let stays = Self.data.owners[try #require(Self.schema.index(of: "diagnoses"))]
    let codes = labels("diagnoses", "code")
    let kidneys = Set(zip(stays, codes).filter { $0.1 == "N18" }.map(\.0))
    func mean(_ rows: [Int]) -> Double {
      Double(rows.reduce(0) { $0 + values[$1] }) / Double(max(rows.count, 1)) / 10
    }
    let creatinine = tests.indices.filter { tests[$0] == "creatinine" }
    let ill = mean(creatinine.filter { kidneys.contains(owners[$0]) })
    #expect(ill > 190 && ill < 230)
    #expect(mean(creatinine.filter { !kidneys.contains(owners[$0]) }) < 140)
    // The CRP of an infection falls by three tenths a day.
    let infected = Set(zip(stays, codes).filter { $0.1 == "J18" }.map(\.0))
    var ratios: [Double] = []
    for row in tests.indices {
      guard tests[row] == "CRP", infected.contains(owners[row]),
        let later = tests.indices[(row + 1)...].prefix(8).first(where: {
          tests[$0] == "CRP" && owners[$0] == owners[row]
        }), values[row] > 0
      else { continue }
      ratios.append(Double(values[later]) / Double(values[row]))
    }
    let median = ratios.sorted()[ratios.count / 2]
    #expect(ratios.count > 50 && median > 0.65 && median < 0.75)
  }
}
