import SchemaFiles
import Tables

/// Metadata of CSV on the Web (W3C, *Metadata Vocabulary for Tabular Data*, 2015): one table, or a
/// group of one table.
enum CSVWReader {
  static func isMeant(_ root: SchemaNode) -> Bool {
    let contexts = root["@context"].map { [$0] + ($0.items ?? []) } ?? []
    return root["tableSchema"] != nil
      || contexts.contains { $0.text?.hasSuffix("/ns/csvw") == true }
      || root["tables"]?.items?.contains { $0["tableSchema"] != nil } == true
  }

  static func dictionary(_ root: SchemaNode, file: String, table name: String?) throws
    -> DataDictionary
  {
    let table =
      try root["tables"]?.items.map { tables in
        try DescribedTable.one(
          of: tables.map { DescribedTable($0, names: [$0["url"]?.text, $0["@id"]?.text]) },
          named: name, file: file)
      } ?? root
    guard let columns = table["tableSchema"]?["columns"]?.items else {
      throw DictionaryError(
        file: file,
        fault: SchemaFault(
          line: table.line, problem: "the table has no `tableSchema` with `columns`",
          allowed: "the schema itself; one behind an address is not followed",
          remedy: "put the columns into the file"))
    }
    var reader = Columns(inherited: table)
    var read = columns.filter { $0["virtual"]?.text != "true" }.compactMap { reader.column($0) }
    guard reader.faults.isEmpty else { throw DictionaryError(file: file, faults: reader.faults) }
    let shared = MissingWords.shared(by: reader.nulls) ?? reader.inheritedNulls
    let left = read.indices.filter { index in
      let own = reader.nulls[index].filter { !shared.contains($0) }
      return !MissingWords.keep(own, in: &read[index])
    }
    var dictionary = DataDictionary(form: .csvw, file: file, columns: read)
    dictionary.missingTokens = shared
    if !left.isEmpty {
      let names = left.map { "'\(read[$0].name)'" }.joined(separator: ", ")
      dictionary.notes = [
        "Words for missing cells that only some columns have stay labels of these: \(names)."
      ]
    }
    return dictionary
  }

  /// Reads the columns of a table, which inherit what they do not say.
  private struct Columns {
    let inherited: SchemaNode
    var faults: [SchemaFault] = []
    /// The words for missing cells that each column names for itself.
    private(set) var nulls: [[String]] = []

    init(inherited: SchemaNode) { self.inherited = inherited }

    mutating func column(_ node: SchemaNode) -> ColumnSchema? {
      guard let name = natural(node["titles"]) ?? natural(node["title"]) ?? node["name"]?.text
      else {
        faults.append(
          SchemaFault(
            line: node.line, problem: "a column has neither `titles` nor `name`",
            allowed: "the name as in the table's header", remedy: "add it"))
        return nil
      }
      let datatype = node["datatype"] ?? inherited["tableSchema"]?["datatype"]
      guard let type = type(datatype, name: name) else { return nil }
      var column = ColumnSchema(name: name, type: type, isNullable: true)
      if type == .text { column.role = .prose }
      // Files that were made of the metadata often have the plain names.
      if let plain = node["name"]?.text, plain != name { column.header = plain }
      column.isNullable = node["required"]?.text != "true"
      column.meaning = DictionaryWords.meaning(
        ["dc:title", "rdfs:label", "dc:description", "schema:description", "description"].map {
          natural(node[$0])
        })
      column.bounds = DictionaryWords.bounds(
        (datatype?["minimum"] ?? datatype?["minInclusive"])?.text,
        (datatype?["maximum"] ?? datatype?["maxInclusive"])?.text,
        type: type, column: name, line: node.line, &faults)
      nulls.append(words(node["null"]))
      return column
    }

    /// The words for missing cells of columns that name none.
    var inheritedNulls: [String] { words(inherited["null"] ?? inherited["tableSchema"]?["null"]) }

    private func words(_ node: SchemaNode?) -> [String] {
      node.map { $0.text.map { [$0] } ?? ($0.items ?? []).compactMap(\.text) } ?? []
    }

    /// The text of a property in one language or in several.
    private func natural(_ node: SchemaNode?) -> String? {
      guard let node else { return nil }
      let value = node["@value"] ?? node
      return value.text ?? value.items?.first?.text ?? value["en"]?.text
        ?? value.entries?.first.flatMap { $0.value.text ?? $0.value.items?.first?.text }
    }

    /// Reads a datatype of XML Schema.
    private mutating func type(_ node: SchemaNode?, name: String) -> ColumnType? {
      let base = node?.text ?? node?["base"]?.text ?? "string"
      let format = node?["format"]?.text
      switch base {
      case "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte", "nonPositiveInteger",
        "negativeInteger", "gYear":
        return .integer
      case "decimal", "number", "double", "float": return DictionaryWords.decimal
      case "boolean":
        let words = (format ?? "true|false").split(separator: "|").map(String.init)
        guard words.count == 2, words[0] != words[1] else { break }
        return .boolean(BooleanLabels(whenFalse: words[1], whenTrue: words[0]))
      // A pattern of CSVW has the letters of a schema's.
      case "date": return format.map { .date(DateFormat(pattern: $0)) } ?? .date(.iso)
      case "dateTime", "datetime", "dateTimeStamp":
        return .timestamp(TimestampFormat(showing: format ?? "yyyy-MM-ddTHH:mm:ss"))
      case "string", "normalizedString", "token", "anyAtomicType", "any", "anyURI", "time",
        "duration", "language", "Name", "NMTOKEN", "gDay", "gMonth", "gMonthDay", "gYearMonth",
        "dayTimeDuration", "yearMonthDuration", "base64Binary", "binary", "hexBinary", "QName":
        return .category
      case "html", "xml", "json": return .text
      default: break
      }
      faults.append(
        SchemaFault(
          line: node?.line, column: name, problem: "the datatype `\(base)` is not understood",
          allowed: "the datatypes of CSV on the Web", remedy: "correct `datatype`"))
      return nil
    }
  }
}
