import ColumnRoles
import DelimitedText
import Examples
import Foundation
import Tables
import Testing

/// Roles of real tables, compared with labels made from their documentation.
@Suite struct RoleTests {
  private static func expected(_ labels: String) -> [(column: String, letter: Character)] {
    labels.split(separator: "\n").flatMap { line -> [(String, Character)] in
      let words = line.split(separator: " ")
      return words.dropFirst().map {
        (String($0).replacingOccurrences(of: "column_1", with: "column 1"), words[0].first ?? "?")
      }
    }
  }

  /// The differences, one line per column.
  static func differences(_ path: String, _ table: Table, _ labels: String) -> [String] {
    let expected = expected(labels)
    let advice = RoleAdvisor.advise(table: table)
    let byName = Dictionary(expected.map { ($0.column, $0.letter) }) { first, _ in first }
    #expect(
      Set(byName.keys) == Set(table.columns.map(\.name)),
      "\(path): the labels do not name the columns")
    return advice.compactMap { advice in
      let found = advice.role.letter
      guard let wanted = byName[advice.column], wanted != found else { return nil }
      return
        "\(path) \(advice.column): labelled \(wanted), found \(found) (\(advice.confidence)) because \(advice.reason)"
    }
  }

  /// Every column must agree, with at most two exceptions over all tables;
  /// docs/decisions/0015-roles.md lists them.
  @Test(.enabled(if: SharedTables.arePresent, "the shared tables are not beside the checkout"))
  func everyColumnOfTheKnownTables() throws {
    var differences: [String] = []
    var columns = 0
    for (path, labels) in RoleLabels.developed {
      let table = try SharedTables.read(path).table
      columns += table.columns.count
      differences += Self.differences(path, table, labels)
    }
    print("roles: \(columns) columns, \(differences.count) differ")
    for difference in differences { print("  \(difference)") }
    #expect(differences.count <= 2, "\(differences.joined(separator: "\n"))")
  }

  @Test func everyColumnOfTheExample() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-roles-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = HospitalExample.make(rows: 5000)
    try CSVWriter.write(table, to: folder, format: HospitalExample.schema(rows: 1).format)
    let read = try TableReader.read(folder).table
    #expect(Self.differences("hospital", read, RoleLabels.hospital) == [])
  }

  /// Tables that no rule was written for: nine columns in ten must agree.
  @Test(.enabled(if: SharedTables.arePresent, "the shared tables are not beside the checkout"))
  func mostColumnsOfOtherTables() throws {
    var differences: [String] = []
    var columns = 0
    for (path, labels) in RoleLabels.unseen {
      let table = try SharedTables.read(path).table
      columns += table.columns.count
      differences += Self.differences(path, table, labels)
    }
    print("roles of tables not developed on: \(columns) columns, \(differences.count) differ")
    for difference in differences { print("  \(difference)") }
    #expect(differences.count * 10 <= columns, "\(differences.joined(separator: "\n"))")
  }
}
