import SchemaFiles
import Tables

/// Metadata of Croissant (MLCommons, format 1.0): the fields of the one record set that a file's
/// columns fill.
enum CroissantReader {
  static func isMeant(_ root: SchemaNode) -> Bool { sets(root) != nil }

  private static func sets(_ root: SchemaNode) -> [SchemaNode]? {
    (root["recordSet"] ?? root["cr:recordSet"])?.items
  }

  static func dictionary(_ root: SchemaNode, file: String, table name: String?) throws
    -> DataDictionary
  {
    var addresses: [String: String?] = [:]
    for object in root["distribution"]?.items ?? [] {
      guard let id = (object["@id"] ?? object["name"])?.text else { continue }
      addresses[id] = object["contentUrl"]?.text
    }
    // Other sets list the values of an enumeration, and many have no columns.
    let described = (sets(root) ?? []).filter { !isEnumeration($0) && !fields(of: $0).isEmpty }
    let set = try DescribedTable.one(
      of: described.map { set in
        let files = Set(fields(of: set).compactMap { Self.file(of: $0.0) })
        return DescribedTable(
          set,
          names: files.sorted() + files.compactMap { addresses[$0] ?? nil }
            + [set["name"]?.text].compactMap(\.self))
      }, named: name, file: file)
    let chosen = fields(of: set)
    var faults: [SchemaFault] = []
    let columns = chosen.map { field, name in
      var column = ColumnSchema(
        name: name, type: type(field, name: name, &faults), isNullable: true)
      column.meaning = DictionaryWords.meaning([field["description"]?.text])
      return column
    }
    guard faults.isEmpty else { throw DictionaryError(file: file, faults: faults) }
    return DataDictionary(form: .croissant, file: file, columns: columns)
  }

  private static func isEnumeration(_ set: SchemaNode) -> Bool {
    types(of: set).contains { ["sc:Enumeration", "cr:Split"].contains($0) }
  }

  /// The name of the file that a field comes from.
  private static func file(of field: SchemaNode) -> String? {
    let source = field["source"] ?? field["cr:source"]
    let object = source?["fileObject"] ?? source?["fileSet"] ?? source?["cr:fileObject"]
    return object?["@id"]?.text ?? object?.text
  }

  private static func types(of node: SchemaNode) -> [String] {
    let said = node["dataType"] ?? node["cr:dataType"]
    return said.map { $0.text.map { [$0] } ?? ($0.items ?? []).compactMap(\.text) } ?? []
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
    var isKnown = false
    for word in types(of: field) {
      let parts = word.split(separator: ":").map(String.init)
      switch parts.last ?? word {
      case "Integer", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64":
        return .integer
      case "Float", "Number", "Float16", "Float32", "Float64": return DictionaryWords.decimal
      case "Boolean", "Bool":
        return .boolean(BooleanLabels(whenFalse: "false", whenTrue: "true"))
      case "Date": return .date(.iso)
      case "DateTime": return .timestamp(.iso)
      case "Text", "Enumeration", "URL", "Time", "Split", "Label", "GeoCoordinates": isKnown = true
      // Types of other vocabularies, and names of things, tell the subject of a value.
      default: if parts.count > 1, !["sc", "cr"].contains(parts[0]) { isKnown = true }
      }
    }
    if !isKnown, let word = types(of: field).first {
      faults.append(
        SchemaFault(
          line: field.line, column: name, problem: "the `dataType` `\(word)` is not known",
          allowed: "types of values in a table, such as sc:Integer or sc:Text",
          remedy: "correct `dataType`, or leave the field out"))
    }
    return .category
  }
}
