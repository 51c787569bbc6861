import SchemaFiles
import Tables

/// One of the tables that a dictionary describes.
struct DescribedTable<Description> {
  let description: Description
  let line: Int?
  /// The names and addresses of its file.
  let names: [String]

  init(_ description: Description, line: Int?, names: [String?]) {
    (self.description, self.line) = (description, line)
    self.names = names.compactMap(\.self).map(Self.stem)
  }

  /// Returns the only table, or the one whose file is called like the table's.
  /// - Throws: ``DictionaryError`` if several could be meant, or none.
  static func one(of tables: [DescribedTable], named name: String?, file: String) throws
    -> Description
  {
    if tables.count == 1 { return tables[0].description }
    let meant = tables.filter { table in name.map { table.names.contains(stem($0)) } ?? false }
    if meant.count == 1 { return meant[0].description }
    let known = tables.compactMap(\.names.first).map { "'\($0)'" }.joined(separator: ", ")
    throw DictionaryError(
      file: file,
      fault: SchemaFault(
        line: tables.first?.line,
        problem: tables.isEmpty
          ? "it describes no table with columns"
          : "it describes \(tables.count) tables, and none of them alone is called like this one",
        allowed: tables.isEmpty ? "one table" : "a table whose file is called \(known)",
        remedy: "save the description of the table you want on its own"))
  }

  /// `patients` for `data/patients.csv.gz`.
  private static func stem(_ address: String) -> String {
    let name = address.split(separator: "/").last.map(String.init) ?? address
    return String(name.prefix { $0 != "." }).lowercased()
  }
}

extension DescribedTable<SchemaNode> {
  init(_ node: SchemaNode, names: [String?]) { self.init(node, line: node.line, names: names) }
}
