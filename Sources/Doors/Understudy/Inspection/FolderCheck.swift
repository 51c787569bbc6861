import Foundation
import LinkedTables
import SchemaFiles

/// How the tables of a folder fit their schema, before anything is spent, for their owner. It holds
/// counts and names, and no cell's value.
package struct FolderCheck: Sendable, Codable {
  package struct BrokenRule: Sendable, Codable {
    /// The rule by its kind and columns, without values.
    package let rule: String
    package let checked: Int
    package let broken: Int
  }

  /// Whether every row has a key and a person of its own, and keeps the rules.
  package let fits: Bool
  package let persons: Int
  package let tables: [FolderReport.OneTable]
  /// The rules over tables that some rows break. A release keeps them all the same.
  package let brokenRules: [BrokenRule]

  /// Reads every table of a folder as a release reads it.
  /// - Throws: the errors of tables and schemas; ``LinkFindingError`` for a file that is not there.
  package init(_ folder: URL, schema: LinkedSchema) throws {
    let data = try LinkedFolder(folder, schema).original()
    persons = data.personCount
    tables = FolderReport.OneTable.all(of: data)
    brokenRules = schema.rules.compactMap { rule in
      let check = data.check(rule)
      guard check.broken > 0 else { return nil }
      return BrokenRule(rule: rule.plainText, checked: check.checked, broken: check.broken)
    }
    fits =
      brokenRules.isEmpty
      && tables.allSatisfy { table in
        table.repeatedKeys == 0 && table.ofNobody == 0
          && table.parents.allSatisfy { $0.unknown == 0 && $0.ofOthers == 0 }
      }
  }
}
