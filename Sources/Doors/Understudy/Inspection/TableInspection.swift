import ColumnRoles
import Curation
import DataDictionaries
import DelimitedText
import Foundation
import ProseRedaction
import Pseudonyms
import Releases
import SchemaFiles
import Tables

/// The facts visible in a table, for its owner.
package struct TableInspection {
  /// For the owner, like everything here.
  let table: Table
  /// Types, roles and format as they appear; everything else is left to be learned, but
  /// the rules that hold in every row.
  package let schema: Schema
  let advice: [ColumnAdvice]
  let observed: InspectionNotes
  /// Roles and the column sets that single people out, for machines.
  let scan: TableScan
  /// The decisions that the reader had to make.
  let readingNotes: [String]

  /// The facts of a data dictionary about the columns; nil if none was given.
  let dictionary: DictionaryUse?

  /// The comments for the schema's file.
  package var annotations: SchemaAnnotations {
    dictionary.map { $0.annotating(observed.annotations) } ?? observed.annotations
  }

  /// Reads a file and looks at it.
  /// - Parameter dictionary: A description of the columns from elsewhere than the rows.
  /// - Throws: the errors of tables; ``ProseError`` if the column names cannot be searched.
  package init(
    _ file: URL, options: ReadOptions = ReadOptions(), dictionary: DataDictionary? = nil
  ) throws {
    var options = options
    for token in dictionary?.missingTokens ?? [] where !options.missingTokens.contains(token) {
      options.missingTokens.append(token)
    }
    let table = try SensitiveTable.read(file, options: options)
    try self.init(
      of: table.openForOwner(reason: .inspection), name: file.tableName, format: table.format,
      readingNotes: table.notes.map(\.description), dictionary: dictionary)
  }

  private init(
    of people: OwnerTable, name: String, format: TableFormat, readingNotes: [String],
    dictionary: DataDictionary?
  ) throws {
    let table = people.ownersRows
    self.table = table
    advice = RoleAdvisor.advise(table: table)
    let inferred = Schema.inferred(from: table, format: format, name: name, advice: advice)
    let forms = inferred.withForms(of: table, advice: advice)
    observed = InspectionNotes(
      table: table, schema: forms.schema, advice: advice, comments: forms.comments)
    let found = forms.schema.keeping(observed.suggestions.rules).withPlace(of: table)
    self.dictionary = dictionary.map { DictionaryUse($0, of: found, table: table) }
    schema = self.dictionary?.informed.schema ?? found
    scan = TableScan(table: table, advice: advice)
    let header = try HeaderSearch(format.hasHeader ? table.columns.map(\.header) : [])
    self.readingNotes = readingNotes + [header.note].compactMap(\.self)
  }
}

extension TableInspection {
  /// Returns the labels of each modelled column that has few, sorted. For the owner's eyes.
  package func fewLabels(atMost most: Int) -> [String: [String]] {
    var labels: [String: [String]] = [:]
    for column in table.columns {
      guard let described = schema.column(named: column.name), described.isModelled,
        described.type == .category
      else { continue }
      let keys = column.counts().keys
      if (1...most).contains(keys.count) {
        labels[column.name] = keys.map { column.text(ofKey: $0) }.sorted()
      }
    }
    return labels
  }
}

extension Schema {
  fileprivate func keeping(_ rules: [Rule]) -> Schema {
    var schema = self
    schema.rules = rules
    return schema
  }
}
