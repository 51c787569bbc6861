import SchemaFiles
import Tables
import Testing

@Suite struct SchemaImportTests {
  static let sdvColumns = """
    "primary_key": "id", "sequence_key": null, "synthesizer_info": {"a": 1},
    "columns": {
      "id": {"sdtype": "id", "regex_format": "[A-Z]{3}"},
      "age": {"sdtype": "numerical", "computer_representation": "Int64"},
      "cost": {"sdtype": "numerical", "computer_representation": "Float"},
      "mail": {"sdtype": "email", "pii": true},
      "born": {"sdtype": "datetime", "datetime_format": "%d.%m.%Y"},
      "seen": {"sdtype": "datetime", "datetime_format": "%Y-%m-%d %H:%M:%S"},
      "sex": {"sdtype": "categorical"}, "dead": {"sdtype": "boolean"}, "n\\u00e4me \\ud83d\\ude00": {"sdtype": "unknown", "pii": true}
    }
    """

  static let sdvExpected: [ColumnSchema] = [
    ColumnSchema(name: "id", type: .identifier, role: .identifier(.code)),
    ColumnSchema(name: "age", type: .integer, isNullable: true),
    ColumnSchema(name: "cost", type: .decimal(fractionDigits: 6), isNullable: true),
    ColumnSchema(name: "mail", type: .identifier, role: .identifier(.email), isNullable: true),
    ColumnSchema(name: "born", type: .date(DateFormat(pattern: "dd.MM.yyyy")), isNullable: true),
    ColumnSchema(name: "seen", type: .timestamp(.iso), isNullable: true),
    ColumnSchema(name: "sex", type: .category, isNullable: true),
    ColumnSchema(
      name: "dead", type: .boolean(BooleanLabels(whenFalse: "False", whenTrue: "True")),
      isNullable: true),
    ColumnSchema(name: "näme 😀", type: .category, isNullable: true),
  ]

  @Test func sdvSingleTable() throws {
    let schema = try SchemaFile.parse(
      "{\n \"METADATA_SPEC_VERSION\": \"SINGLE_TABLE_V1\", \(Self.sdvColumns)\n}")
    #expect(schema.columns == Self.sdvExpected)
    #expect(schema.unit == .row)
  }

  @Test func sdvWithOneTable() throws {
    let schema = try SchemaFile.parse(
      "{\"tables\": {\"patients\": {\(Self.sdvColumns)}}, \"relationships\": [], \"METADATA_SPEC_VERSION\": \"V1\"}"
    )
    #expect(schema.name == "patients")
    #expect(schema.columns == Self.sdvExpected)
  }

  @Test func sdvWithTwoTablesIsRefused() throws {
    let error = try #require(throws: SchemaError.self) {
      try SchemaFile.parse("{\"tables\": {\"a\": {\"columns\": {}}, \"b\": {\"columns\": {}}}}")
    }
    #expect(error.description.contains("describes 2 tables"))
  }

  static let tableSchema = """
    {"fields": [
      {"name": "id", "type": "integer"},
      {"name": "age", "type": "integer", "constraints": {"required": true, "minimum": 0, "maximum": 120}},
      {"name": "cost", "type": "number", "constraints": {"minimum": 0}},
      {"name": "sex", "type": "string", "constraints": {"enum": ["F", "M"]}},
      {"name": "mail", "type": "string", "format": "email"},
      {"name": "born", "type": "date", "constraints": {"minimum": "1900-01-01", "maximum": "2026-01-01"}},
      {"name": "ok", "type": "boolean", "trueValues": ["1"], "falseValues": ["0"]},
      {"name": "more", "type": "object"}
    ], "missingValues": ["", "-"], "primaryKey": ["id"]}
    """

  @Test func frictionlessInAllItsWrappings() throws {
    let alone = try SchemaFile.parse(Self.tableSchema)
    let resource =
      "{\"name\": \"patients\", \"path\": \"p.csv\", \"dialect\": {\"delimiter\": \";\"}, \"schema\": \(Self.tableSchema)}"
    let inResource = try SchemaFile.parse(resource)
    let inPackage = try SchemaFile.parse("{\"name\": \"study\", \"resources\": [\(resource)]}")
    #expect(inResource == inPackage)
    #expect(inResource.name == "patients" && inResource.format.delimiter == UInt8(ascii: ";"))
    #expect(alone.columns == inPackage.columns)
    #expect(alone.format.missingTokens == ["", "-"])
    let born = try #require(alone.column(named: "born"))
    guard case .declared(let days) = born.bounds else {
      Issue.record("the bounds of a date were lost")
      return
    }
    #expect(days.upperBound - days.lowerBound == 46_021, "days from 1900-01-01 to 2026-01-01")
    #expect(
      alone.columns.filter { $0.name != "born" } == [
        ColumnSchema(name: "id", type: .integer, role: .identifier(.code)),
        ColumnSchema(name: "age", type: .integer, bounds: .declared(0...120)),
        ColumnSchema(name: "cost", type: .decimal(fractionDigits: 6), isNullable: true),
        ColumnSchema(
          name: "sex", type: .category, isNullable: true, categories: .declared(["F", "M"])),
        ColumnSchema(name: "mail", type: .identifier, role: .identifier(.email), isNullable: true),
        ColumnSchema(
          name: "ok", type: .boolean(BooleanLabels(whenFalse: "0", whenTrue: "1")), isNullable: true
        ),
        ColumnSchema(name: "more", type: .text, role: .prose, isNullable: true),
      ])
  }

  @Test func importedSchemasAreWrittenAsYAML() throws {
    let schema = try SchemaFile.parse(Self.tableSchema)
    #expect(try SchemaFile.parse(SchemaFile.text(schema)) == schema)
  }

  @Test func allFaultsOfAnImportAreListed() throws {
    let error = try #require(throws: SchemaError.self) {
      try SchemaFile.parse(
        "{\"fields\": [\n{\"type\": \"string\"},\n{\"name\": \"a\", \"type\": \"integr\"},\n"
          + "{\"name\": \"b\", \"type\": \"date\", \"format\": \"%Q\"}]}"
      )
    }
    #expect(error.faults.map(\.line) == [2, 3, 4])
    #expect(error.description.contains("did you mean `integer`?"))
  }

  @Test(arguments: [
    "{\"", "{\"a\": }", "{\"a\": 1,}", "{\"a\" 1}", "{\"a\": \"\\q\"}", "{\"a\": [1, 2}",
    "{\"fields\": []} x", "{\"a\": \"\\ud83d\"}",
  ])
  func brokenJSONIsAnError(text: String) {
    #expect(throws: SchemaError.self) { try SchemaFile.parse(text) }
  }
}
