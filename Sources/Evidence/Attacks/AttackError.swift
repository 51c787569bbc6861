/// A reason why tables cannot be attacked. Names columns and tables, never a value.
package enum AttackError: Error, Equatable, CustomStringConvertible {
  case emptyTable(String)
  case nothingInCommon
  case tooLittleInCommon(common: Int, of: Int, lacking: [String])
  case missingColumns([String], table: String)
  case notANumber(column: String, table: String)
  case tooFewPeople(Int, needed: Int)

  package var description: String {
    switch self {
    case .emptyTable(let table):
      return "The \(table) table has no rows, so there is nothing to attack."
    case .nothingInCommon:
      return
        "The original and the synthetic table have no column in common that an attack can use. "
        + "Give tables whose columns have the same names; identifiers and prose are left out."
    case .tooLittleInCommon(let common, let all, let lacking):
      let list =
        lacking.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
        + (lacking.count > 5 ? " and others" : "")
      return
        "Only \(common) of the original's \(all) columns are in all tables, which is fewer than half: an attack on so few would say "
        + "nothing of the release. Give tables whose columns have the same names (not found: \(list)), "
        + "or leave out those that are not to be attacked."
    case .missingColumns(let names, let table):
      let list = names.map { "'\($0)'" }.joined(separator: ", ")
      return
        "The \(table) table lacks \(names.count == 1 ? "the column" : "the columns") \(list). Check the spelling of the names."
    case .notANumber(let column, let table):
      return
        "The column '\(column)' of the \(table) table holds cells that are no numbers. Name the column that holds numbers or dates."
    case .tooFewPeople(let people, let needed):
      return
        "Only \(people) people have enough entries for this attack, which needs at least \(needed). "
        + "Lower the number of entries that the attacker knows."
    }
  }
}

extension AttackError {
  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .emptyTable: "attack.empty-table"
    case .nothingInCommon: "attack.nothing-in-common"
    case .tooLittleInCommon: "attack.too-little-in-common"
    case .missingColumns: "attack.missing-columns"
    case .notANumber: "attack.not-a-number"
    case .tooFewPeople: "attack.too-few-people"
    }
  }
}
