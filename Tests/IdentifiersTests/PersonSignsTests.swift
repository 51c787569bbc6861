import ColumnRoles
import Tables
import Testing

/// Which columns seem to name persons under `unit: row`, judged by public facts about them.
@Suite struct PersonSignsTests {
  @Test(arguments: ["patient_id", "PatientID", "email", "phone_number", "ssn", "mrn"])
  func headersThatNamePersons(_ header: String) {
    #expect(PersonSigns.namesPersons(header: header))
  }

  @Test(arguments: [
    "age", "city", "hospital_id", "admission_type", "bmi", "product_code", "education-num",
    "fnlwgt", "smoker",
  ])
  func headersThatDoNot(_ header: String) { #expect(!PersonSigns.namesPersons(header: header)) }

  private func schema(_ columns: [ColumnSchema], unit: PrivacyUnit = .row) -> Schema {
    Schema(name: "t", unit: unit, columns: columns)
  }

  /// Regardless of the role and type in the schema, and of who signed it.
  @Test func repetitionBesideRowsIsSaidOfTheSchemaAlone() {
    var repeating = ColumnSchema(name: "code", type: .category)
    repeating.repeats = true
    let named = ColumnSchema(name: "patient_id", type: .category, role: .drop)
    let identifier = ColumnSchema(name: "x", type: .identifier, role: .identifier(.code))
    let given = ColumnSchema(name: "given", type: .identifier, role: .identifier(.givenName))
    #expect(
      schema([repeating, named, identifier, given]).repeatedPersonColumns == [
        "code", "patient_id", "x",
      ])
    var unique = named
    unique.repeats = false
    #expect(schema([unique, given]).repeatedPersonColumns.isEmpty)
    var declared = schema([repeating, named])
    declared.eachRowIsAPerson = true
    #expect(declared.repeatedPersonColumns.isEmpty)
    #expect(
      schema([repeating, named], unit: .person(column: "patient_id", maximumRows: 2))
        .repeatedPersonColumns.isEmpty)
    var signed = schema([repeating])
    signed.provenance = TableProvenance(
      facts: .observed, review: SchemaReview(by: "Ada", on: "2024-01-01"))
    #expect(signed.repeatedPersonColumns == ["code"], "a review does not make persons of rows")
  }

  private func table(_ labels: [String]) -> Table {
    let distinct = Array(Set(labels)).sorted()
    let codes = labels.map { label in Int32(distinct.firstIndex(of: label) ?? 0) }
    return Table(columns: [
      Column(
        name: "patient_id", type: .identifier,
        cells: .labels(codes: codes, dictionary: LabelDictionary(distinct)))
    ])
  }

  @Test func whatIsObservedIsWhetherValuesComeBack() {
    let many = (0..<90).map { "P\($0 / 3 + 100)" }
    #expect(Schema.inferred(from: table(many), format: TableFormat()).columns[0].repeats == true)
    #expect(
      Schema.inferred(from: table((0..<90).map { "P\($0 + 100)" }), format: TableFormat()).columns[
        0
      ].repeats == false)
  }

  @Test func theOwnerIsToldWhereRowsAndSchemaDisagree() {
    let many = table((0..<90).map { "P\($0 / 3 + 100)" })
    var described = schema([
      ColumnSchema(name: "patient_id", type: .identifier, role: .identifier(.code))
    ])
    #expect(described.repeatedPersonNotes(in: many).isEmpty, "a hazard says it already")
    described.columns[0].repeats = false
    #expect(described.repeatedPersonNotes(in: many).first?.contains("patient_id") == true)
    described.columns[0].repeats = nil
    described.eachRowIsAPerson = true
    #expect(described.repeatedPersonNotes(in: many).first?.contains("each row is a person") == true)
    #expect(described.repeatedPersonNotes(in: table((0..<90).map { "P\($0 + 100)" })).isEmpty)
  }
}
