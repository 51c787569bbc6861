import LinkedTables
import SchemaFiles
import Tables
import Testing

/// Schemas of several tables: read, written, and refused with the reason.
@Suite struct LinkedSchemaTests {
  static let hospital = """
    version: 6
    facts: observed
    name: hospital
    person: patients
    tables:
      - table: diagnoses
        key: [aid, number]
        parents: [{aid: admissions}, {code: codes}]
        columns:
          - {name: aid, type: integer, role: identifier(code)}
          - {name: number, type: integer}
          - {name: code, type: category}
      - table: patients
        file: people.csv
        key: pid
        columns:
          - {name: pid, type: identifier, role: identifier(code)}
          - {name: birth, type: date, format: yyyy-MM-dd}
          - {name: death, type: date, format: yyyy-MM-dd, missing: yes}
      - table: admissions
        key: aid
        parents: {pid: patients}
        time: admit
        end: discharge
        columns:
          - {name: aid, type: integer, role: identifier(code)}
          - {name: pid, type: identifier, role: identifier(code)}
          - {name: admit, type: timestamp, format: "yyyy-MM-dd HH:mm:ss"}
          - {name: discharge, type: timestamp, format: "yyyy-MM-dd HH:mm:ss"}
          - {name: kind, type: category, categories: {values: [E, P], provenance: declared}}
          - {name: died, type: timestamp, format: "yyyy-MM-dd HH:mm:ss", missing: yes}
      - table: codes
        public: yes
        key: code
        columns:
          - {name: code, type: category}
          - {name: "long. text", type: category}
    rules:
      - patients.birth <= admissions.admit
      - patients.death >= admissions.discharge
      - admissions.admit <= admissions.discharge
      - {rule: admissions.discharge before next admissions.admit, provenance: declared}
      - diagnoses.code -> codes.long. text
      - admissions.died: {only if: {admissions.kind: E}}
      - diagnoses.number: {only if: {admissions.kind: [E, P]}}
      - at most one: {of: admissions, for each: patients, if: {admissions.kind: P}}
      - at most one: {of: diagnoses, for each: admissions}
    """

  @Test func aSchemaIsReadAndWritten() throws {
    let schema = try SchemaFile.parseLinked(Self.hospital)
    #expect(schema.tables.map(\.name) == ["diagnoses", "patients", "admissions", "codes"])
    #expect(schema.tables.map(\.file)[0...1] == ["diagnoses.csv", "people.csv"])
    #expect(
      schema.downward.map { schema.tables[$0].name } == ["patients", "admissions", "diagnoses"])
    #expect(schema.ancestors(of: "diagnoses") == ["admissions", "patients"])
    let diagnoses = schema.tables[0]
    #expect(diagnoses.parents.map { schema.kind(of: $0, in: diagnoses) } == [.owner, .lookup])
    #expect(schema.isStructural(ColumnPlace("diagnoses", "aid")))
    #expect(!schema.isStructural(ColumnPlace("diagnoses", "number")))
    #expect(!schema.isStructural(ColumnPlace("diagnoses", "code")))
    // Rules within a row went to the table.
    #expect(
      schema.tables[2].schema.rules == [
        .ordered(earlier: "admit", later: "discharge"),
        .onlyIf(present: "died", conditions: [Rule.Condition("kind", ["E"])]),
      ])
    #expect(schema.rules.count == 7)
    #expect(schema.ruleProvenance.count == 1)
    #expect(schema.observedLinkFacts.count == schema.linkFacts.count - 1)
    let text = SchemaFile.text(schema)
    #expect(try SchemaFile.parseLinked(text) == schema)
    #expect(SchemaFile.text(try SchemaFile.parseLinked(text)) == text)
  }

  @Test func aReviewDeclaresWhatWasObserved() throws {
    let signed = Self.hospital.replacing(
      "facts: observed", with: "facts: observed\nreviewed: {by: Ada, on: 2026-01-31}")
    let schema = try SchemaFile.parseLinked(signed)
    #expect(schema.observedLinkFacts.isEmpty)
    #expect(schema.tables.allSatisfy { $0.schema.observedFacts.isEmpty })
    #expect(try SchemaFile.parseLinked(SchemaFile.text(schema)) == schema)
    #expect(schema.canonicalText != (try SchemaFile.parseLinked(Self.hospital)).canonicalText)
  }

  @Test func aSingleTableIsNotAFolder() {
    #expect(throws: SchemaError.self) { try SchemaFile.parse(Self.hospital) }
  }

  /// Each change makes the schema one that cannot be used, for a reason that the message names.
  @Test(arguments: [
    ("key: pid\n", "\n", "cannot say who a person is"),
    ("parents: {pid: patients}", "parents: []", "belongs to no table of people"),
    ("parents: {pid: patients}", "parents: {pid: patient}", "did you mean 'patients'?"),
    ("parents: {pid: patients}", "parents: {aid: diagnoses}", "key has 2"),
    ("{aid: admissions}, {code: codes}", "{code: codes}", "belongs to no table of people"),
    (
      "{aid: admissions}, {code: codes}", "{aid: admissions}, {number: admissions}",
      "shared by two persons"
    ),
    ("    public: yes\n", "", "belongs to no table of people"),
    ("key: [aid, number]", "key: [aid, nummer]", "did you mean 'number'?"),
    ("time: admit", "time: kind", "is not a time"),
    ("person: patients", "person: patiens", "did you mean 'patients'?"),
    ("file: people.csv", "file: ../people.csv", "within the folder"),
    ("file: people.csv", "file: codes.csv", "described twice"),
    (
      "patients.birth <= admissions.admit", "patients.born <= admissions.admit",
      "did you mean 'patients.birth'?"
    ),
    (
      "patients.birth <= admissions.admit", "codes.code <= admissions.admit",
      "do not belong to one another"
    ),
    ("patients.birth <= admissions.admit", "patients.birth <= admissions.kind", "no common order"),
    ("for each: admissions", "for each: codes", "does not count rows"),
    ("version: 6", "version: 5", "not that of a schema with `tables`"),
    (
      "- {name: aid, type: integer, role", "- {name: aid, type: category, role",
      "two columns of one type"
    ),
    ("admissions.kind: P", "admissions.kin: P", "not described"),
    ("{of: diagnoses, for", "{off: diagnoses, for", "did you mean `of`?"),
  ])
  func contradictionsAreRefused(_ old: String, _ new: String, _ reason: String) {
    let text = Self.hospital.replacing(old, with: new, maxReplacements: 1)
    #expect(text != Self.hospital)
    do {
      _ = try SchemaFile.parseLinked(text)
      Issue.record("'\(new)' was accepted")
    } catch {
      #expect("\(error)".contains(reason), "\(error)")
    }
  }

  @Test func circlesAndSecondPersonsAreRefused() throws {
    var schema = try SchemaFile.parseLinked(Self.hospital)
    schema.tables[1].parents = [ParentLink(["pid"], to: "patients")]
    #expect(schema.inconsistencies().contains { $0.problem.contains("cannot say who") })
    schema = try SchemaFile.parseLinked(Self.hospital)
    schema.tables[0].key = ["number"]
    schema.tables[2].parents = [ParentLink(["aid"], to: "diagnoses")]
    #expect(schema.inconsistencies().contains { $0.problem.contains("round in a circle") })
    // A second table of persons with tables of its own.
    schema = try SchemaFile.parseLinked(Self.hospital)
    schema.tables[3].isPublic = false
    #expect(
      schema.inconsistencies().contains {
        $0.problem.contains("'codes' belongs to no table of people")
      })
  }

  @Test func metadataOfTheSyntheticDataVaultIsRead() throws {
    let text = """
      {"METADATA_SPEC_VERSION": "MULTI_TABLE_V1",
       "tables": {
         "stays": {"primary_key": "stay", "columns": {"stay": {"sdtype": "id"},
           "visit": {"sdtype": "id"}, "person": {"sdtype": "id"}, "ward": {"sdtype": "categorical"}}},
         "people": {"primary_key": "id", "columns": {"id": {"sdtype": "id"}, "age": {"sdtype": "numerical"}}},
         "visits": {"primary_key": "visit", "columns": {"visit": {"sdtype": "id"},
           "person": {"sdtype": "id"}, "day": {"sdtype": "datetime", "datetime_format": "%Y-%m-%d"}}}},
       "relationships": [
         {"parent_table_name": "people", "parent_primary_key": "id", "child_table_name": "visits", "child_foreign_key": "person"},
         {"parent_table_name": "people", "parent_primary_key": "id", "child_table_name": "stays", "child_foreign_key": "person"},
         {"parent_table_name": "visits", "parent_primary_key": "visit", "child_table_name": "stays", "child_foreign_key": "visit"}]}
      """
    let schema = try SchemaFile.parseLinked(text)
    #expect(schema.person == "people")
    #expect(schema.ancestors(of: "stays") == ["visits", "people"])
    let stays = schema.tables[0]
    #expect(stays.parents.map { schema.kind(of: $0, in: stays) } == [.owner, .ancestor])
    #expect(try SchemaFile.parseLinked(SchemaFile.text(schema)) == schema)
    let two = text.replacing(
      "\"child_table_name\": \"visits\"", with: "\"child_table_name\": \"stays\"")
    #expect(throws: SchemaError.self) { try SchemaFile.parseLinked(two) }
  }

  /// A fault in one table is told once: rules about the table do not add that it has no columns.
  @Test func aFaultInATableIsToldOnce() throws {
    let broken = Self.hospital.replacing("type: date", with: "type: daze", maxReplacements: 1)
    do {
      _ = try SchemaFile.parseLinked(broken)
      Issue.record("a type that does not exist was read")
    } catch {
      #expect(error.faults.count == 1, "\(error)")
    }
  }
}
