import ProseRedaction
import Testing

/// Names of columns that hold the name of a person, and those that only look so.
@Suite struct HeaderTests {
  @Test(arguments: [
    "Anna Smith", "Kerry", "Anna_Smith", "LEE SMITH", "Ronald_McDonald", "Mr Tom Baker",
  ])
  func namesOfPeopleAreFound(header: String) throws {
    #expect(try HeaderSearch(["age", header, "sex"]).namesPeople)
  }

  /// Columns of public tables: a survey of health, soils, biopsies, registers.
  @Test(arguments: ["HI_CHOL", "Br_INAA", "Ta_INAA", "Marg.adhesion", "D.nD", "tom"])
  func namesOfVariablesAreNoPeople(header: String) throws {
    #expect(try !HeaderSearch(["age", header, "sex"]).namesPeople)
  }

  @Test func otherIdentifiersAreFoundHoweverTheyAreWritten() throws {
    #expect(try HeaderSearch(["age", "tom@example.org"]).namesPeople)
    #expect(try HeaderSearch(["age", "D.nD tom.baker@example.org"]).namesPeople)
  }
}
