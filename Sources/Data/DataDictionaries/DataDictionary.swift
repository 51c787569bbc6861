import Foundation
import SchemaFiles
import Tables

/// The facts of a data dictionary about the columns of a table: meanings, types, codes, bounds.
///
/// A dictionary describes a table without its rows. Its facts are public if somebody answers for
/// them: whoever signs the schema that takes them over. Nothing is invented if it leaves a fact
/// open.
package struct DataDictionary: Sendable {
  /// The forms that are read. Each is recognised by its content, whatever the file is called.
  package enum Form: String, Sendable, CaseIterable {
    case frictionless = "Frictionless Table Schema"
    case sdv = "SDV metadata"
    case csvw = "CSVW metadata"
    case croissant = "Croissant metadata"
    case redcap = "a REDCap data dictionary"
    case ddi = "a codebook of DDI"
    /// A source's own words on its columns: no file of its own.
    case source = "as the source itself says"

    /// The word by which sentences call it.
    package var word: String { self == .source ? "source" : "dictionary" }
  }

  package let form: Form
  /// The name of the file, without its folder.
  package let file: String
  /// The columns. A category without declared categories says nothing about the type.
  package var columns: [ColumnSchema]
  /// Words that stand for a missing cell in every column.
  package var missingTokens: [String] = []
  /// Sentences for the owner on facts that were not taken over.
  package var notes: [String] = []

  package init(form: Form, file: String, columns: [ColumnSchema]) {
    (self.form, self.file, self.columns) = (form, file, columns)
  }

  /// Reads a dictionary.
  /// - Parameter table: The name of the table's file, by which a dictionary of several tables tells
  ///   the one that is meant.
  /// - Throws: ``DictionaryError`` with every fault; the system's error if the file cannot be read.
  package static func read(_ url: URL, of table: String? = nil) throws -> DataDictionary {
    let file = url.lastPathComponent
    let data = try Data(contentsOf: url)
    // XML names its encoding itself.
    if DDIReader.isXML(data) {
      return try DDIReader.dictionary(data, file: file, table: table).checked()
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw DictionaryError(
        file: file,
        fault: SchemaFault(
          problem: "the file is not UTF-8", allowed: "text in UTF-8",
          remedy: "save it as UTF-8, or export it again"))
    }
    do {
      let dictionary = try read(text, file: file, url: url, table: table)
      return try dictionary.checked()
    } catch let error as SchemaError {
      throw DictionaryError(file: error.file, faults: error.faults)
    }
  }

  private static func read(_ text: String, file: String, url: URL, table: String?) throws
    -> DataDictionary
  {
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    if start.hasPrefix("{") {
      let root = try SchemaNode.json(text, file: file)
      if CroissantReader.isMeant(root) {
        return try CroissantReader.dictionary(root, file: file, table: table)
      }
      if CSVWReader.isMeant(root) {
        return try CSVWReader.dictionary(root, file: file, table: table)
      }
      var node = root
      if let resources = root["resources"]?.items, resources.count > 1 {
        node = try DescribedTable.one(
          of: resources.map { DescribedTable($0, names: [$0["path"]?.text, $0["name"]?.text]) },
          named: table, file: file)
      }
      guard let imported = try SchemaFile.imported(node, file: file) else { throw unknown(file) }
      var dictionary = DataDictionary(
        form: imported.isSDV ? .sdv : .frictionless, file: file, columns: imported.schema.columns)
      if !imported.isSDV { dictionary.missingTokens = imported.schema.format.missingTokens }
      return dictionary
    }
    guard REDCapReader.isMeant(text) else { throw unknown(file) }
    return try REDCapReader.dictionary(url)
  }

  private static let known =
    "a Frictionless Table Schema, SDV metadata, CSVW or Croissant metadata in JSON, a codebook of DDI in XML, "
    + "or the data dictionary of REDCap in CSV"

  private static func unknown(_ file: String) -> DictionaryError {
    DictionaryError(
      file: file,
      fault: SchemaFault(
        problem: "it is in no form that is known", allowed: known,
        remedy: "export the dictionary in one of these forms"))
  }

  /// Refuses a dictionary whose columns contradict themselves.
  private func checked() throws -> DataDictionary {
    var faults: [SchemaFault] = []
    var seen: Set<String> = []
    for column in columns {
      faults += column.inconsistencies(missingTokens: [])
      if !seen.insert(column.name).inserted {
        faults.append(
          SchemaFault(
            column: column.name, problem: "the column is described twice",
            allowed: "each column once", remedy: "keep one of them"))
      }
    }
    if columns.isEmpty {
      faults.append(
        SchemaFault(
          problem: "it describes no column", allowed: "at least one", remedy: "export it again"))
    }
    guard faults.isEmpty else { throw DictionaryError(file: file, faults: faults) }
    return self
  }
}

/// A data dictionary that cannot be used, with all its faults at once. They quote the dictionary's
/// words, never a cell of the table.
package struct DictionaryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name of the file, without its folder.
  package let file: String
  package let faults: [SchemaFault]

  package init(file: String, faults: [SchemaFault]) { (self.file, self.faults) = (file, faults) }

  init(file: String, fault: SchemaFault) { self.init(file: file, faults: [fault]) }

  /// A headline and one line for each fault.
  package var description: String {
    let count = faults.count == 1 ? "1 fault" : "\(faults.count) faults"
    return
      (["The data dictionary \(file) cannot be used: \(count)."] + faults.map { "  - \($0)" })
      .joined(separator: "\n")
  }
}
