import Tables

/// Frictionless Table Schema (specification 1.0 and 2.0): alone, in a resource, or in a data
/// package with one resource.
extension SchemaImport {
  static func frictionless(_ root: SchemaNode, file: String) throws(SchemaError) -> Schema {
    var resource = root
    if let resources = root["resources"]?.items {
      guard resources.count == 1 else {
        let fault = SchemaFault(
          line: root["resources"]?.line,
          problem: "the data package holds \(resources.count) resources", allowed: "one resource",
          remedy: "save the description of the table you want on its own")
        throw SchemaError(file: file, faults: [fault])
      }
      resource = resources[0]
    }
    let table = resource["schema"] ?? resource
    guard let fields = table["fields"]?.items else {
      let fault = SchemaFault(
        line: table.line, problem: "the Table Schema has no `fields`",
        allowed: "a list of fields with `name` and `type`",
        remedy: "put the schema itself into the file; a schema behind an address is not followed")
      throw SchemaError(file: file, faults: [fault])
    }
    let key =
      table["primaryKey"].map { $0.text.map { [$0] } ?? ($0.items ?? []).compactMap(\.text) } ?? []
    var reader = FrictionlessReader(primaryKey: key.count == 1 ? key[0] : nil)
    var lines: [String: Int] = [:]
    var columns: [ColumnSchema] = []
    for field in fields {
      guard let column = reader.column(field) else { continue }
      lines[column.name] = field.line
      columns.append(column)
    }
    var format = format(table: table, dialect: resource["dialect"])
    if let shared = MissingWords.shared(by: reader.missingWords) { format.missingTokens = shared }
    for index in columns.indices {
      MissingWords.keep(
        reader.missingWords[index].filter { !format.missingTokens.contains($0) },
        in: &columns[index])
    }
    let schema = Schema(
      name: resource["name"]?.text ?? "table", format: format, columns: columns, origin: .declared)
    return try check(schema, faults: reader.faults, lines: lines, file: file)
  }

  private static func format(table: SchemaNode, dialect: SchemaNode?) -> TableFormat {
    var format = TableFormat()
    if let values = table["missingValues"]?.items {
      format.missingTokens = values.compactMap { $0.text ?? $0["value"]?.text }
    } else {
      format.missingTokens = [""]
    }
    if let text = dialect?["delimiter"]?.text,
      let known = SchemaWords.delimiters.first(where: { $0.names.contains(text) })
    {
      format.delimiter = known.byte
    }
    if let header = dialect?["header"]?.text { format.hasHeader = header == "true" }
    return format
  }
}

private struct FrictionlessReader {
  let primaryKey: String?
  var faults: [SchemaFault] = []
  /// The words for missing cells that each column names for itself.
  private(set) var missingWords: [[String]] = []

  mutating func column(_ field: SchemaNode) -> ColumnSchema? {
    guard let name = field["name"]?.text else {
      faults.append(
        SchemaFault(
          line: field.line, problem: "a field has no `name`",
          allowed: "the name as in the table's header", remedy: "add it"))
      return nil
    }
    let constraints = field["constraints"]
    guard let stored = type(field, name: name) else { return nil }
    // In version 2, whole numbers that are codes are listed in `categories`.
    let type = stored == .integer && field["categories"]?.items != nil ? .category : stored
    var column = ColumnSchema(name: name, type: type)
    column.isNullable = constraints?["required"]?.text != "true" && name != primaryKey
    column.role = role(field, type: type, isKey: name == primaryKey)
    if column.isModelled {
      bounds(constraints, field: field, column: &column)
      let categories = constraints?["enum"] ?? field["categories"]
      if let items = categories?.items, column.type == .category {
        column.categories = .declared(items.compactMap { $0.text ?? $0["value"]?.text })
      }
    }
    describe(field, &column)
    missingWords.append(
      (field["missingValues"]?.items ?? []).compactMap { $0.text ?? $0["value"]?.text })
    return column
  }

  /// Reads the words for people: the meaning of the column and of its codes.
  private func describe(_ field: SchemaNode, _ column: inout ColumnSchema) {
    let words = [field["title"]?.text, field["description"]?.text].compactMap(\.self)
      .filter { !$0.isEmpty }
    column.meaning = words.isEmpty ? nil : words.joined(separator: ": ")
    for item in field["categories"]?.items ?? [] {
      guard let code = item["value"]?.text, let label = item["label"]?.text else { continue }
      column.labels[code] = label
    }
  }

  private func role(_ field: SchemaNode, type: ColumnType, isKey: Bool) -> ColumnRole {
    if type == .text { return .prose }
    if type == .identifier {
      switch field["format"]?.text {
      case "email": return .identifier(.email)
      case "uuid": return .identifier(.uuid)
      default: return .identifier(isKey ? .code : .other)
      }
    }
    return isKey ? .identifier(.code) : .ordinary
  }

  private mutating func type(_ field: SchemaNode, name: String) -> ColumnType? {
    let word = field["type"]?.text ?? "string"
    switch word {
    case "integer", "year": return .integer
    case "number": return .decimal(fractionDigits: SchemaImport.defaultFractionDigits)
    case "boolean":
      let words = ["falseValues", "trueValues"].map { field[$0]?.items?.first?.text }
      return .boolean(BooleanLabels(whenFalse: words[0] ?? "false", whenTrue: words[1] ?? "true"))
    case "date": return dated(field, name: name, standard: .date(.iso))
    case "datetime":
      return dated(
        field, name: name, standard: .timestamp(TimestampFormat(showing: "yyyy-MM-ddTHH:mm:ss'Z'")))
    case "string":
      return ["email", "uri", "uuid", "binary"].contains(field["format"]?.text)
        ? .identifier : .category
    case "any", "yearmonth", "time", "duration": return .category
    case "geopoint": return .category
    case "object", "array", "geojson", "list": return .text
    default:
      let known = ["string", "number", "integer", "boolean", "date", "datetime", "year", "any"]
      let remedy =
        SchemaWords.nearest(to: word, in: known).map { "did you mean `\($0)`?" } ?? "correct `type`"
      report(
        field, name, "the field type `\(word)` is not known",
        allowed: "the types of the Table Schema specification", remedy: remedy)
      return nil
    }
  }

  private mutating func dated(_ field: SchemaNode, name: String, standard: ColumnType)
    -> ColumnType?
  {
    guard let format = field["format"]?.text, format != "default", format != "any" else {
      return standard
    }
    guard let pattern = SchemaPattern.fromStrftime(format) else {
      report(
        field, name, "the `format` has a part that is not known",
        allowed: "default, or %Y %y %m %d %b %H %I %M %S %f %p",
        remedy: "change the format, or write a schema in YAML")
      return nil
    }
    if case .date = standard { return .date(DateFormat(pattern: pattern)) }
    return .timestamp(TimestampFormat(showing: pattern))
  }

  /// Reads bounds, which need both ends; with only one of them the range is learned.
  private mutating func bounds(
    _ constraints: SchemaNode?, field: SchemaNode, column: inout ColumnSchema
  ) {
    guard let low = constraints?["minimum"]?.text, let high = constraints?["maximum"]?.text,
      column.type.isOrdered
    else { return }
    guard let lowest = column.type.parse(low), let highest = column.type.parse(high),
      lowest <= highest
    else {
      report(
        field, column.name,
        "`minimum` and `maximum` are inverted or cannot be read as \(column.type.schemaWord)",
        allowed: "two values of the field's type, the lower first", remedy: "correct the two")
      return
    }
    column.bounds = .declared(lowest...highest)
  }

  private mutating func report(
    _ field: SchemaNode, _ name: String, _ problem: String, allowed: String, remedy: String
  ) {
    faults.append(
      SchemaFault(
        line: field.line, column: name, problem: problem, allowed: allowed, remedy: remedy))
  }
}
