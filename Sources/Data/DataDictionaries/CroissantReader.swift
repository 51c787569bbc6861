import SchemaFiles
import Tables

/// Metadata of Croissant (MLCommons, format 1.0): the fields of the one record set that a file's
/// columns fill.
enum CroissantReader {
  static func isMeant(_ root: SchemaNode) -> Bool { sets(root) != nil }

  private static func sets(_ root: SchemaNode) -> [SchemaNode]? {
    (root["recordSet"] ?? root["cr:recordSet"])?.items
  }

  static func dictionary(_ root: SchemaNode, file: String) throws -> DataDictionary {
    // Other sets list the values of an enumeration and have no columns.
    let described = (sets(root) ?? []).map { ($0, fields(of: $0)) }.filter { !$0.1.isEmpty }
    guard described.count == 1, let (_, fields) = described.first else {
      throw DictionaryError(
        file: file,
        fault: SchemaFault(
          line: root["recordSet"]?.line,
          problem: "\(described.count) of its record sets have columns of a file",
          allowed: "one", remedy: "save the description of the table you want on its own"))
    }
    var faults: [SchemaFault] = []
    let columns = fields.map { field, name in
      var column = ColumnSchema(
        name: name, type: type(field, name: name, &faults), isNullable: true)
      column.meaning = DictionaryWords.meaning([field["description"]?.text])
      return column
    }
    guard faults.isEmpty else { throw DictionaryError(file: file, faults: faults) }
    return DataDictionary(form: .croissant, file: file, columns: columns)
  }

  /// The fields that come from a column of a file, with the column's name.
  private static func fields(of set: SchemaNode) -> [(SchemaNode, String)] {
    ((set["field"] ?? set["cr:field"])?.items ?? []).compactMap { field in
      let source = field["source"] ?? field["cr:source"]
      let extract = source?["extract"] ?? source?["cr:extract"]
      return (extract?["column"] ?? extract?["cr:column"])?.text.map { (field, $0) }
    }
  }

  private static func type(_ field: SchemaNode, name: String, _ faults: inout [SchemaFault])
    -> ColumnType
  {
    let node = field["dataType"] ?? field["cr:dataType"]
    let words = node.map { $0.text.map { [$0] } ?? ($0.items ?? []).compactMap(\.text) } ?? []
    for word in words {
      switch word.split(separator: ":").last.map(String.init) ?? word {
      case "Integer", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64":
        return .integer
      case "Float", "Number", "Float16", "Float32", "Float64": return DictionaryWords.decimal
      case "Boolean", "Bool":
        return .boolean(BooleanLabels(whenFalse: "false", whenTrue: "true"))
      case "Date": return .date(.iso)
      case "DateTime": return .timestamp(.iso)
      case "Text", "Enumeration", "URL", "Split", "Label", "GeoCoordinates", "PostalCode":
        continue
      default:
        // Types of other vocabularies, such as Wikidata's, name the subject of a value.
        if word.contains("wd:") || word.contains("wikidata") { continue }
        faults.append(
          SchemaFault(
            line: field.line, column: name, problem: "the `dataType` `\(word)` is not known",
            allowed: "the data types of schema.org and Croissant", remedy: "correct `dataType`"))
      }
    }
    return .category
  }
}
