import ColumnRoles
import Curation
import DelimitedText
import Foundation
import LinkFinding
import LinkedTables
import Pseudonyms
import SchemaFiles
import Tables

/// The facts visible in the tables of a folder and in the links between them, for their owner.
package struct FolderInspection {
  package let found: FoundLinks
  /// The decisions that the reader had to make, each with its file.
  package let readingNotes: [String]

  /// The endings of files that are taken for tables.
  private static let endings = [".csv", ".tsv", ".csv.gz", ".tsv.gz"]

  /// Reads every table of the folder and looks at it, in the order of their names.
  /// - Throws: the errors of tables; ``LinkFindingError``.
  package init(_ folder: URL, options: ReadOptions = ReadOptions()) throws {
    let files = try Self.files(in: folder)
    guard files.count > 1 else {
      throw LinkFindingError.noFolderOfTables(
        folder: folder.lastPathComponent, tables: files.count)
    }
    var notes: [String] = []
    var tables: [FoundTable] = []
    for file in files {
      let table = try SensitiveTable.read(folder.appending(path: file), options: options)
      notes += table.notes.map { "\(file): \($0)" }
      tables.append(
        Self.look(
          table.openForOwner(reason: .inspection), file: file, format: table.format))
    }
    readingNotes = notes
    found = try LinkFinder.find(tables, name: folder.lastPathComponent)
  }

  /// Whether a folder holds a delimited file.
  package static func holdsTables(_ folder: URL) -> Bool {
    (try? files(in: folder).isEmpty) == false
  }

  private static func files(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { name in
      LinkedSchema.isFileName(name) && endings.contains { name.lowercased().hasSuffix($0) }
    }.sorted()
  }

  /// Writes the schema with the evidence for it as comments.
  package func writeSchema(to file: URL) throws {
    try SchemaFile.write(found.schema, annotations: found.annotations, to: file)
  }

  private static func look(_ people: OwnerTable, file: String, format: TableFormat) -> FoundTable {
    let table = people.ownersRows
    let advice = RoleAdvisor.advise(table: table)
    let inferred = Schema.inferred(
      from: table, format: format, name: String(file.prefix { $0 != "." }), advice: advice)
    let forms = inferred.withForms(of: table, advice: advice)
    return FoundTable(
      file: file, table: table, schema: forms.schema, advice: advice, comments: forms.comments)
  }
}

/// The inspection of a folder in printed form. It holds counts and names, and no cell's value.
package struct FolderReport: Sendable, Codable {
  package struct Link: Sendable, Codable {
    package let columns: [String]
    package let table: String
    /// `owner`, `ancestor`, `sideways` or `public`.
    package let kind: String
    /// Rows that name none, that name a row which is not there, and that name another person's.
    package let missing: Int
    package let unknown: Int
    package let ofOthers: Int
  }

  package struct OneTable: Sendable, Codable {
    package let name: String
    package let file: String
    package let rows: Int
    package let isPublic: Bool
    package let key: [String]
    package let repeatedKeys: Int
    /// Rows that belong to nobody.
    package let ofNobody: Int
    package let parents: [Link]
    package let time: String?
    package let end: String?
  }

  package struct LinkedRule: Sendable, Codable {
    /// The rule by its kind and columns, without values.
    package let rule: String
    package let checked: Int
  }

  package let folder: String
  /// The table with a row for each person.
  package let person: String
  package let persons: Int
  package let tables: [OneTable]
  /// Rules over tables that hold in every row.
  package let rules: [LinkedRule]
  package let notes: [String]
  package let advice: [String]
  package let schemaFile: String

  package init(_ inspection: FolderInspection, folder: String, schemaFile: String, use: String) {
    let (data, schema) = (inspection.found.data, inspection.found.schema)
    self.folder = folder
    person = schema.person
    persons = data.personCount
    tables = OneTable.all(of: data)
    rules = schema.rules.map { LinkedRule(rule: $0.plainText, checked: data.check($0).checked) }
    notes = inspection.found.notes + inspection.readingNotes
    self.schemaFile = schemaFile
    advice = Self.advice(schema, persons: persons, schemaFile: schemaFile, use: use)
  }

  /// Persons below whom a release of linked tables says little at ε = 1.
  private static let fewPersons = 3_000

  private static func advice(
    _ schema: LinkedSchema, persons: Int, schemaFile: String, use: String
  ) -> [String] {
    var advice = [
      "All rows of a person are protected together, and '\(schema.person)' says who a person is. Check that first."
    ]
    let copied = schema.tables.filter(\.isPublic).map { "'\($0.name)'" }
    if !copied.isEmpty {
      advice.append(
        "A release would copy \(copied.joined(separator: ", ")) as they are: make sure that nothing in them is about a person."
      )
    }
    if !schema.rules.isEmpty {
      advice.append(
        "Rules that hold in every row may be chance, and a release keeps those of the schema: take out what need not hold."
      )
    }
    if persons < fewPersons {
      advice.append(
        "At epsilon 1 a release of fewer than \(Numbers.count(fewPersons)) persons shows little of their histories."
      )
    }
    advice.append(
      "Read \(schemaFile) and correct it. Nobody has answered yet for what it says of the rows: sign it with the line "
        + "`reviewed: {by: NAME, on: YYYY-MM-DD}`, or a release made under it names that as a hazard. \(use)"
    )
    return advice
  }
}

extension FolderReport.OneTable {
  /// Returns the facts about every table.
  static func all(of data: LinkedData) -> [FolderReport.OneTable] {
    let (keys, links) = (data.keyChecks(), data.linkChecks())
    return zip(data.schema.tables, keys).map { table, check in
      FolderReport.OneTable(
        name: table.name, file: table.file, rows: check.rows, isPublic: table.isPublic,
        key: table.key, repeatedKeys: check.repeatedKeys, ofNobody: check.nobodys,
        parents: links.filter { $0.table == table.name }.map(FolderReport.Link.init),
        time: table.time, end: table.end)
    }
  }
}

extension FolderReport.Link {
  init(_ check: LinkedData.LinkCheck) {
    (columns, table) = (check.link.columns, check.link.table)
    (missing, unknown, ofOthers) = (check.missing, check.unknown, check.strangers)
    kind =
      switch check.kind {
      case .owner: "owner"
      case .ancestor: "ancestor"
      case .sideways: "sideways"
      case .lookup: "public"
      }
  }
}
