import DataDictionaries
import Foundation
import SchemaFiles
import Tables
import Testing

/// A codebook tells the facts of a signed schema, and reads back as the same facts.
@Suite struct CodebookTests {
  private static let schema: Schema = {
    var age = ColumnSchema(name: "age", type: .integer, bounds: .declared(0...120))
    age.meaning = "Age | in years"
    var sex = ColumnSchema(
      name: "sex", type: .category, isNullable: true, categories: .declared(["2", "1"]))
    sex.labels = ["1": "male", "2": "female"]
    let seen = ColumnSchema(
      name: "seen", type: .timestamp(TimestampFormat(showing: "dd.MM.yyyy HH:mm")))
    let mail = ColumnSchema(name: "mail", type: .identifier, role: .identifier(.email))
    let ward = ColumnSchema(name: "ward", type: .category, categories: .declared(["A", "B"]))
    let gone = ColumnSchema(name: "gone", type: .integer, role: .drop)
    return Schema(name: "patients", columns: [age, sex, seen, mail, ward, gone])
  }()

  @Test func itReadsBackAsTheSameFacts() throws {
    let text = String(decoding: try Codebook(Self.schema).frictionless(), as: UTF8.self)
    let dictionary = try Forms.with(text, named: "codebook.json") { try DataDictionary.read($0) }
    let kept = Self.schema.columns.dropLast()
    #expect(dictionary.columns.map(\.name) == kept.map(\.name))
    for (back, column) in zip(dictionary.columns, kept) {
      #expect(back.meaning == column.meaning && back.labels == column.labels)
      #expect(back.bounds == column.bounds && back.categories == column.categories)
      #expect(back.isNullable == column.isNullable, "\(column.name)")
      #expect(back.type == column.type, "\(column.name)")
    }
    #expect(dictionary.missingTokens == Self.schema.format.missingTokens)
  }

  @Test func thePageNamesEveryColumnThatIsReleased() throws {
    let page = try Codebook(Self.schema).markdown
    #expect(page.contains("| age | Age \\| in years | integer | 0 to 120 | no |"))
    #expect(page.contains("## sex") && page.contains("| 2 | female |\n| 1 | male |"))
    #expect(page.contains("replaced by invented values") && !page.contains("gone"))
  }

  @Test func whatNobodySignedForIsNotTold() throws {
    var schema = Self.schema
    schema.provenance = TableProvenance(facts: .observed)
    let error = #expect(throws: CodebookError.self) { try Codebook(schema) }
    #expect(error?.description.contains("nobody has signed") == true)
    schema.provenance.review = SchemaReview(by: "R. Steward", on: "2026-11-30")
    #expect(try Codebook(schema).markdown.contains("R. Steward read on 2026-11-30"))
  }

  @Test func meaningsAreKeptInTheSchemaFile() throws {
    let back = try SchemaFile.parse(SchemaFile.text(Self.schema))
    #expect(back.column(named: "age")?.meaning == "Age | in years")
    #expect(back.column(named: "sex")?.labels == ["1": "male", "2": "female"])
    #expect(back.canonicalText == Self.schema.canonicalText)
    #expect(Self.schema.canonicalText.contains("labels [\"1\",\"male\",\"2\",\"female\"]"))
  }
}
