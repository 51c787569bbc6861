import LinkedTables
import Tables

/// Metadata of the Synthetic Data Vault: METADATA_SPEC_VERSION SINGLE_TABLE_V1, and V1 or
/// MULTI_TABLE_V1 with one table.
extension SchemaImport {
  static func sdv(_ root: SchemaNode, file: String) throws(SchemaError) -> Schema {
    var name = "table"
    var table = root
    if let tables = root["tables"]?.entries {
      guard tables.count == 1, let only = tables.first else {
        let fault = SchemaFault(
          line: root["tables"]?.line, problem: "the SDV metadata describes \(tables.count) tables",
          allowed: "one table",
          remedy:
            "save the metadata of the table you want on its own, or give the folder with all of them"
        )
        throw SchemaError(file: file, faults: [fault])
      }
      name = only.key
      table = only.value
    }
    let (columns, lines, reader) = columns(of: table)
    // One sequence is one person's rows. The owner chooses how many of them to use, so the default
    // of one stands.
    let unit =
      reader.sequenceKeys.count == 1
      ? PrivacyUnit.person(column: reader.sequenceKeys[0], maximumRows: 1) : .row
    let schema = Schema(name: name, unit: unit, columns: columns, origin: .declared)
    return try check(schema, faults: reader.faults, lines: lines, file: file)
  }

  private static func columns(of table: SchemaNode) -> ([ColumnSchema], [String: Int], SDVReader) {
    var reader = SDVReader(
      primaryKeys: keys(table["primary_key"]) + keys(table["alternate_keys"]),
      sequenceKeys: keys(table["sequence_key"]))
    var lines: [String: Int] = [:]
    var columns: [ColumnSchema] = []
    for entry in table["columns"]?.entries ?? [] {
      lines[entry.key] = entry.line
      if let column = reader.column(entry) { columns.append(column) }
    }
    return (columns, lines, reader)
  }

  /// Reads metadata of several tables with their relationships. It names neither files (each is the
  /// table's name with `.csv`) nor times, and its root is the one table that belongs to no other.
  static func linked(_ root: SchemaNode, file: String) throws(SchemaError) -> LinkedSchema {
    var faults: [SchemaFault] = []
    var tables: [LinkedTable] = []
    for entry in root["tables"]?.entries ?? [] {
      let (columns, _, reader) = columns(of: entry.value)
      faults += reader.faults.map { $0.inTable(entry.key) }
      tables.append(
        LinkedTable(
          schema: Schema(name: entry.key, columns: columns), file: "\(entry.key).csv",
          key: keys(entry.value["primary_key"])))
    }
    for relation in root["relationships"]?.items ?? [] {
      guard let parent = relation["parent_table_name"]?.text,
        let child = relation["child_table_name"]?.text,
        let index = tables.firstIndex(where: { $0.name == child })
      else {
        faults.append(
          SchemaFault(
            line: relation.line, problem: "a relationship names no table of `tables`",
            allowed: "parent_table_name and child_table_name", remedy: "correct the names"))
        continue
      }
      tables[index].parents.append(ParentLink(keys(relation["child_foreign_key"]), to: parent))
    }
    let roots = tables.filter(\.parents.isEmpty)
    if faults.isEmpty, roots.count != 1 {
      faults.append(
        SchemaFault(
          line: root["relationships"]?.line,
          problem: "\(roots.count) tables of the SDV metadata belong to no other",
          allowed: "one, whose rows are the persons",
          remedy: "let `inspect` write a schema of the folder, in which the others can be public"))
    }
    var schema = LinkedSchema(name: "data", tables: tables, person: roots.first?.name ?? "")
    schema.putOwnersFirst()
    if faults.isEmpty { faults = schema.inconsistencies() }
    guard faults.isEmpty else { throw SchemaError(file: file, faults: faults) }
    return schema
  }

  /// Reads one name or a list of names; alternate keys may nest.
  private static func keys(_ node: SchemaNode?) -> [String] {
    guard let node, !node.isNull else { return [] }
    return node.text.map { [$0] } ?? (node.items ?? []).compactMap(\.text)
  }
}

private struct SDVReader {
  let primaryKeys: [String]
  let sequenceKeys: [String]
  var faults: [SchemaFault] = []

  /// Faker's and SDV's names for data that identifies a person.
  private static let identifiers: [String: IdentifierKind] = [
    "id": .code, "name": .personName, "first_name": .givenName, "last_name": .familyName,
    "email": .email, "phone_number": .phone,
    "ssn": .code, "uuid4": .uuid, "ipv4_address": .other, "ipv6_address": .other,
    "mac_address": .other, "url": .other,
    "address": .other, "street_address": .other, "credit_card_number": .code,
    "license_plate": .code, "iban": .code,
    "passport_number": .code,
    "user_name": .other, "company_email": .email, "vin": .code,
  ]
  /// Places and the like are quasi-identifiers, modelled as categories.
  private static let places: Set<String> = [
    "country_code", "administrative_unit", "city", "postcode", "state", "country", "state_abbr",
    "job", "company", "unknown",
    "latitude", "longitude",
  ]

  mutating func column(_ entry: SchemaNode.Entry) -> ColumnSchema? {
    let name = entry.key
    guard let word = entry.value["sdtype"]?.text else {
      report(
        entry, "the column has no `sdtype`", allowed: "an sdtype such as numerical or categorical",
        remedy: "add it")
      return nil
    }
    let isKey = primaryKeys.contains(name) || sequenceKeys.contains(name)
    var column = ColumnSchema(name: name, type: .category, isNullable: !isKey)
    switch word {
    case "numerical": column.type = numerical(entry.value["computer_representation"]?.text)
    case "boolean": column.type = .boolean(BooleanLabels(whenFalse: "False", whenTrue: "True"))
    case "categorical", "unknown": break
    case "datetime":
      guard let type = datetime(entry) else { return nil }
      column.type = type
    case "text":
      column.type = .text
      column.role = .prose
    default:
      if let kind = Self.identifiers[word] {
        column.type = .identifier
        column.role = .identifier(kind)
      } else if !Self.places.contains(word) {
        if entry.value["pii"]?.text == "false" { break }
        column.type = .identifier
        column.role = .identifier(.other)
      }
    }
    if isKey, column.isModelled {
      column.role = .identifier(.code)
    }
    return column
  }

  private func numerical(_ representation: String?) -> ColumnType {
    guard let representation else {
      return .decimal(fractionDigits: SchemaImport.defaultFractionDigits)
    }
    return representation.contains("Int")
      ? .integer : .decimal(fractionDigits: SchemaImport.defaultFractionDigits)
  }

  private mutating func datetime(_ entry: SchemaNode.Entry) -> ColumnType? {
    guard let format = entry.value["datetime_format"]?.text else { return .date(.iso) }
    guard let pattern = SchemaPattern.fromStrftime(format) else {
      report(
        entry, "the `datetime_format` has a part that is not known",
        allowed: "%Y %y %m %d %b %H %I %M %S %f %p",
        remedy: "change the format, or write a schema in YAML")
      return nil
    }
    let hasTime = !TimePattern.letters(of: pattern).isDisjoint(with: ["H", "h"])
    return hasTime
      ? .timestamp(TimestampFormat(showing: pattern)) : .date(DateFormat(pattern: pattern))
  }

  private mutating func report(
    _ entry: SchemaNode.Entry, _ problem: String, allowed: String, remedy: String
  ) {
    faults.append(
      SchemaFault(
        line: entry.line, column: entry.key, problem: problem, allowed: allowed, remedy: remedy))
  }
}
