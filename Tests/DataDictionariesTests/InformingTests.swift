import DataDictionaries
import Foundation
import Tables
import Testing

/// A dictionary changes the meaning of columns in a schema, and never how cells are written.
@Suite struct InformingTests {
  private func informed(
    _ schema: Schema, by text: String = Forms.redcap,
    outside: @escaping (String, [String]) -> Int = { _, _ in 0 }
  ) throws -> InformedSchema {
    try Forms.with(text, named: "study.csv") { try DataDictionary.read($0) }
      .informing(schema, outside: outside)
  }

  private static let seen = Schema(
    name: "patients",
    columns: [
      ColumnSchema(name: "record_id", type: .integer),
      ColumnSchema(name: "dob", type: .date(DateFormat(pattern: "dd.MM.yyyy"))),
      ColumnSchema(name: "Age", type: .integer),
      ColumnSchema(name: "weight", type: .decimal(fractionDigits: 1)),
      ColumnSchema(name: "sex", type: .integer), ColumnSchema(name: "smoker", type: .integer),
      ColumnSchema(name: "story", type: .category), ColumnSchema(name: "pain", type: .category),
      ColumnSchema(name: "site", type: .category),
    ],
    rules: [
      .ordered(earlier: "sex", later: "Age"), .ordered(earlier: "smoker", later: "sex"),
      .together(["weight", "pain"]), .determines(determinant: "story", dependent: "site"),
    ], origin: .inferred)

  @Test func factsAreTakenOver() throws {
    let result = try informed(Self.seen)
    let schema = result.schema
    #expect(schema.column(named: "record_id")?.role == .identifier(.other))
    #expect(schema.column(named: "record_id")?.type == .integer)
    #expect(schema.column(named: "Age")?.bounds == .declared(0...120))
    #expect(schema.column(named: "weight")?.bounds == .declared(205...3000))
    #expect(schema.column(named: "dob")?.type == .date(DateFormat(pattern: "dd.MM.yyyy")))
    #expect(schema.column(named: "dob")?.bounds == .declared(-25567...20818))
    #expect(schema.column(named: "sex")?.type == .category)
    #expect(schema.column(named: "sex")?.categories == .declared(["1", "2", "9"]))
    #expect(schema.column(named: "smoker")?.type.schemaWord == "boolean")
    #expect(schema.column(named: "story")?.role == .prose)
    #expect(schema.column(named: "site") == Self.seen.column(named: "site"))
    #expect(result.taken["Age"] == ["meaning", "bounds"] && result.taken["site"] == nil)
    #expect(schema.inconsistencies().isEmpty)
  }

  @Test func rulesThatTheNewTypesContradictAreLeftOut() throws {
    let result = try informed(Self.seen)
    #expect(result.schema.rules == [.together(["weight", "pain"])])
    #expect(result.notes.contains { $0.hasPrefix("3 rules") })
  }

  @Test func aDifferenceIsSaidAndTheTableIsBelieved() throws {
    let result = try informed(Self.seen)
    #expect(result.schema.column(named: "pain")?.type == .category)
    #expect(result.notes.contains { $0.contains("'pain'") && $0.contains("integer") })
    #expect(result.notes.contains { $0.contains("does not describe 'site'") })
    #expect(result.notes.contains { $0.contains("'drugs___a'") })
  }

  @Test func wordsInPlaceOfCodesAreSeen() throws {
    var schema = Self.seen
    schema.rules = []
    schema.columns[4].type = .category
    let result = try informed(schema) { name, labels in
      name == "sex" && labels.contains("1") ? 50 : 0
    }
    let sex = result.schema.column(named: "sex")
    #expect(sex?.categories == .declared(["male", "female", "not stated"]))
    #expect(sex?.labels.isEmpty == true)
  }

  @Test func cellsOutsideTheCategoriesAreCounted() throws {
    let result = try informed(Self.seen) { name, labels in
      name == "sex" ? (labels.isEmpty ? 20 : 7) : 0
    }
    #expect(result.notes.contains { $0.hasPrefix("'sex': 7 cells") })
    #expect(result.schema.column(named: "sex")?.type == .category)
  }

  /// A word for one number does not make codes of all others.
  @Test func aColumnOfNumbersWithAFewWordsStaysSo() throws {
    let result = try informed(Self.seen) { name, labels in
      name == "sex" ? (labels.isEmpty ? 20 : 11) : 0
    }
    let sex = result.schema.column(named: "sex")
    #expect(sex?.type == .integer && sex?.categories == .learned && sex?.bounds == .learned)
    #expect(sex?.labels["9"] == "not stated")
    #expect(result.notes.contains { $0.hasPrefix("'sex': 11 cells") && $0.contains("integer") })
  }

  /// A file of fixed columns has 01 where a delimited one has 1.
  @Test func zerosBeforeCodesFollowTheCells() throws {
    let codes = Forms.redcap.replacing(
      "1, male | 2, female | 9", with: "01, male | 02, female | 09")
    let result = try informed(Self.seen, by: codes) { name, labels in
      name == "sex" && !labels.contains("1") ? 50 : 0
    }
    let sex = result.schema.column(named: "sex")
    #expect(sex?.categories == .declared(["1", "2", "9"]))
    #expect(sex?.labels == ["1": "male", "2": "female", "9": "not stated"])
  }

  @Test func aColumnThatTheTableKeepsFromTheModelStaysSo() throws {
    var schema = Self.seen
    schema.rules = []
    schema.columns[2].role = .identifier(.code)
    let age = try informed(schema).schema.column(named: "Age")
    #expect(age?.role == .identifier(.code) && age?.bounds == .learned)
    #expect(age?.meaning == "Age, in years")
  }

  /// A number that means missing in one column must not become a value of that column's numbers,
  /// nor a missing cell in another column.
  @Test(arguments: [
    """
    {"fields": [{"name": "age", "type": "integer", "missingValues": ["", "-9"]},
      {"name": "beds", "type": "integer"},
      {"name": "ward", "type": "string", "constraints": {"enum": ["A", "B"]}, "missingValues": ["X"]}]}
    """,
    """
    {"@context": "http://www.w3.org/ns/csvw", "tableSchema": {"columns": [
      {"name": "age", "datatype": "integer", "null": ["", "-9"]},
      {"name": "beds", "datatype": "integer"}, {"name": "ward", "datatype": "string", "null": "X"}]}}
    """,
  ])
  func wordsForMissingCellsOfOneColumnAreValuesOfTheirOwn(text: String) throws {
    let seen = Schema(
      name: "wards",
      columns: [
        ColumnSchema(name: "age", type: .integer), ColumnSchema(name: "beds", type: .integer),
        ColumnSchema(name: "ward", type: .category),
      ], origin: .inferred)
    let result = try informed(seen, by: text)
    let age = result.schema.column(named: "age")
    #expect(age?.codes == ["-9"] && age?.type == .integer)
    #expect(result.taken["age"]?.contains("codes") == true)
    #expect(result.schema.column(named: "beds")?.codes.isEmpty == true)
    #expect(result.notes.contains { $0.contains("'age': a word for missing cells") })
    #expect(!result.notes.contains { $0.contains("-9") })
    if case .declared(let labels) = result.schema.column(named: "ward")?.categories {
      #expect(labels == ["A", "B", "X"])
    }
    #expect(result.schema.inconsistencies().isEmpty)
  }

  @Test func wordsForMissingCellsOfAllColumnsAreOnesOfTheFile() throws {
    let text = """
      {"fields": [{"name": "age", "type": "integer", "missingValues": ["-9"]},
        {"name": "beds", "type": "integer", "missingValues": ["-9"]}]}
      """
    let dictionary = try Forms.with(text, named: "wards.json") { try DataDictionary.read($0) }
    #expect(dictionary.missingTokens == ["-9"])
    #expect(dictionary.columns.allSatisfy { $0.codes.isEmpty })
  }
}
