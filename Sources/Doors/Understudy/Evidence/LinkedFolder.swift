import Curation
import DelimitedText
import Foundation
import LinkFinding
import LinkedQuality
import LinkedTables
import SchemaFiles
import Tables

/// A folder that holds the files of linked tables, read for the owner.
package struct LinkedFolder {
  private let folder: URL
  private let schema: LinkedSchema

  package init(_ folder: URL, _ schema: LinkedSchema) {
    (self.folder, self.schema) = (folder, schema)
  }

  /// Reads the original, every cell as the schema says.
  package func original() throws -> LinkedData { try read(columns: .allAndNoOthers) }

  /// Reads synthetic tables, which may lack dropped columns and copies of public tables, and whose
  /// keys may be written in another way than the original's.
  /// - Parameter original: provides the public tables that the folder lacks.
  package func release(of original: LinkedData) throws -> LinkedData {
    try LinkedFolder(folder, schema.readingKeysAsText)
      .read(columns: .anyDescribed, lacking: original)
  }

  private func read(columns: SchemaColumns, lacking original: LinkedData? = nil) throws
    -> LinkedData
  {
    let tables = try schema.tables.enumerated().map { index, table -> Table in
      guard let file = file(of: table) else {
        if let original, table.isPublic { return original.tables[index] }
        throw LinkFindingError.missingFile(
          folder: folder.lastPathComponent, file: table.file)
      }
      return try SensitiveTable.read(file, schema: table.schema, columns: columns)
        .openForOwner(reason: .ownerReport).ownersRows
    }
    return LinkedData(schema: schema, tables: tables)
  }

  /// A release of compressed files may be plain.
  private func file(of table: LinkedTable) -> URL? {
    let plain = table.file.hasSuffix(".gz") ? [String(table.file.dropLast(3))] : []
    return ([table.file] + plain).map { folder.appending(path: $0) }.first {
      FileManager.default.isReadableFile(atPath: $0.path)
    }
  }
}

extension LinkedSchema {
  /// The schema with every key of people's rows as a text.
  fileprivate var readingKeysAsText: LinkedSchema {
    var schema = self
    for (index, table) in tables.enumerated() {
      for (place, column) in table.schema.columns.enumerated()
      where isStructural(ColumnPlace(table.name, column.name)) {
        schema.tables[index].schema.columns[place].type = .identifier
        schema.tables[index].schema.columns[place].role = .identifier(.code)
      }
    }
    return schema
  }
}

/// Compares folders of linked tables for the owner of the data.
package struct FolderComparison {
  package let original: URL
  package let synthetic: URL
  package let schema: LinkedSchema

  package init(original: URL, synthetic: URL, schema: LinkedSchema) {
    (self.original, self.synthetic, self.schema) = (original, synthetic, schema)
  }

  /// Reads the tables and compares them. The figures are measured on the original and are not
  /// private.
  /// - Throws: the errors of tables; ``LinkFindingError`` for a file that is not there.
  package func run() throws -> LinkedQualityReport {
    let people = try LinkedFolder(original, schema).original()
    let release = try LinkedFolder(synthetic, schema).release(of: people)
    return LinkedQualityReport.measure(original: people, release: release)
  }
}
