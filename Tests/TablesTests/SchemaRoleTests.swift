import SchemaFiles
import Tables
import Testing

/// Roles and treatments in version 2 of the schema file, and their meaning in version 1.
@Suite struct SchemaRoleTests {
  /// Whoever writes how a column is replaced wants it replaced: one that is modelled is released.
  @Test(arguments: ["ordinary", "quasi-identifier", "sensitive", "target"])
  func aTreatmentOfAModelledColumnIsRefused(_ role: String) throws {
    func text(_ role: String) -> String {
      "version: 3\nfacts: declared\ntable: t\ncolumns:\n  - {name: mail, type: category, role: \(role), treatment: drop}\n"
    }
    do {
      _ = try SchemaFile.parse(text(role), file: "s.yaml")
      Issue.record("a treatment beside \(role) was accepted")
    } catch {
      #expect(error.description.contains("`treatment` stands at a column that is no identifier"))
    }
    #expect(try SchemaFile.parse(text("identifier(email)"), file: "s.yaml").columns.count == 1)
  }

  @Test func rolesAndTreatmentsAreRead() throws {
    let schema = try SchemaFile.parse(
      """
      version: 2
      columns:
        - {name: age, type: integer, role: quasi-identifier}
        - {name: illness, type: category, role: sensitive}
        - {name: mail, type: identifier, role: identifier(email), treatment: pseudonym}
        - {name: number, type: identifier, role: direct-identifier(code), pattern: "P999999"}
        - {name: name, type: identifier, role: identifier(person-name), locale: de}
      """)
    #expect(
      schema.columns.map(\.role) == [
        .quasiIdentifier, .sensitive, .identifier(.email), .identifier(.code),
        .identifier(.personName),
      ])
    #expect(schema.columns.map(\.isModelled) == [true, true, false, false, false])
    #expect(
      schema.columns[2].treatment == .pseudonym
        && schema.columns[3].pattern == FakePattern("P999999"))
    #expect(schema.columns[4].locale == .german && schema.columns[4].treatment == .fake)
  }

  @Test func versionOneMeansWhatItMeant() throws {
    let text =
      "columns: [{name: a, type: identifier, role: identifier(email)}, {name: b, type: integer}, {name: c, type: text}]"
    let (old, new) = (
      try SchemaFile.parse("version: 1\n" + text), try SchemaFile.parse("version: 2\n" + text)
    )
    #expect(old == new && old.canonicalText == new.canonicalText)
    #expect(old.columns.map(\.role) == [.identifier(.email), .ordinary, .prose])
    #expect(
      !old.canonicalText.contains("treatment"), "the form to hash has changed for old schemas")
  }

  @Test(arguments: [
    ("{name: a, type: integer, treatment: mask}", "at a column that is no identifier"),
    ("{name: a, type: integer, role: identifier, treatment: mask}", "writes letters"),
    ("{name: a, type: date, role: identifier, treatment: encrypt}", "writes digits"),
    ("{name: a, type: identifier, treatment: masc}", "did you mean `mask`?"),
    ("{name: a, type: identifier, locale: xx}", "`locale` is not known"),
    ("{name: a, type: identifier, pattern: \"\"}", "`pattern` has 0 bytes"),
    ("{name: a, type: integer, role: quasi}", "`role` is not known"),
  ]) func faultsHaveTheirMessage(column: String, part: String) {
    do {
      _ = try SchemaFile.parse("version: 2\ncolumns: [\(column)]")
      Issue.record("no error")
    } catch {
      #expect("\(error)".contains(part), "\(error)")
    }
  }
}
