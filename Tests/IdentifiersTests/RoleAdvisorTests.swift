import ColumnRoles
import DelimitedText
import Tables
import Testing

@Suite struct RoleAdvisorTests {
  private func role(_ column: Column) -> ColumnRole { RoleAdvisor.advise(column: column).role }

  private let rows = 60

  private func labels(_ name: String, _ make: (Int) -> String?) -> Column {
    Column(labels: (0..<rows).map(make), named: name)
  }

  private func integers(_ name: String, _ make: (Int) -> Int64?) -> Column {
    Column(integers: (0..<rows).map(make), named: name)
  }

  @Test func formsAreSeenWhateverTheHeader() {
    #expect(role(labels("c1") { "a\($0)@example.org" }) == .identifier(.email))
    #expect(role(labels("c1") { "+49 30 1234\($0 % 10)\($0 + 100)" }) == .identifier(.phone))
    #expect(
      role(labels("c1") { "5247a9ef-7702-4d70-b7af-a863a64a39\($0 + 10)" }) == .identifier(.uuid))
    #expect(role(labels("c1") { "https://example.org/\($0)" }) == .identifier(.url))
    #expect(role(labels("c1") { "10.0.0.\($0)" }) == .identifier(.ipAddress))
    #expect(role(labels("c1") { "999-32-92\($0 + 10)" }) == .identifier(.socialSecurityNumber))
    #expect(role(labels("c1") { "\($0 + 1) Long Road, Apt. \($0 % 7)" }) == .identifier(.address))
    #expect(role(labels("c1") { "AB\($0 + 100000)" }) == .identifier(.code))
    #expect(role(integers("c1") { Int64($0) + 1 }) == .identifier(.code))
  }

  @Test func headersAreReadInTheirWords() {
    #expect(HeaderWords.split("PharmGKB Subject ID") == ["pharm", "gkb", "subject", "id"])
    #expect(HeaderWords.split("movieId") == ["movie", "id"])
    #expect(HeaderWords.split("patient_nbr") == ["patient", "nbr"])
    #expect(HeaderWords.split("E-Mail") == ["email"])
    #expect(HeaderWords.split("").isEmpty)
  }

  @Test(arguments: [
    "patient_nbr", "PatientID", "mrn", "medical record number", "subject no", "Patientennummer",
  ])
  func repeatedNumbersOfPersonsCouldBeTheUnit(header: String) {
    let advice = RoleAdvisor.advise(column: integers(header) { Int64($0 / 2) * 17 + 5 })
    #expect(advice.role == .identifier(.code))
    #expect(advice.isPersonCandidate)
    let unique = RoleAdvisor.advise(column: integers(header) { Int64($0 * 7919 % 1009) })
    #expect(unique.role == .identifier(.code))
    #expect(!unique.isPersonCandidate, "nothing repeats")
  }

  @Test(arguments: [
    "age", "cost", "fnlwgt", "admission_type_id", "discharge_disposition_id", "number_outpatient",
    "num_lab_procedures", "education-num",
    "product_id",
    "department_id", "zip",
  ])
  func modelledNumbersAreLeftAlone(header: String) {
    #expect(role(integers(header) { Int64($0 * 37 % 40) }).isModelled)
  }

  @Test func modelledLabelsAreLeftAlone() {
    #expect(role(labels("diag_1") { "A\($0 % 5).\($0 % 3)" }) == .sensitive)
    #expect(role(labels("first_careunit") { ["MICU", "SICU", "CCU"][$0 % 3] }) == .sensitive)
    #expect(role(labels("PREFIX") { ["Mr.", "Mrs.", "Ms."][$0 % 3] }) == .quasiIdentifier)
    #expect(
      role(labels("drug_name") { ["Aspirin", "Warfarin", "Heparin", "Insulin"][$0 % 4] }).isModelled
    )
    #expect(
      role(labels("BIRTHPLACE") { "\(["Reading", "Boston", "Lowell"][$0 % 3]) MA US" })
        == .quasiIdentifier)
    #expect(role(Column(labels: Array(repeating: nil, count: 5), named: "patient_id")) == .ordinary)
    #expect(role(Column(labels: [], named: "patient_id")) == .ordinary)
    #expect(role(Column(integers: [1], named: "x")) == .ordinary)
    #expect(
      role(Column(integers: (0..<60).map { Int64($0) }, named: "patient_id", type: .date(.iso)))
        == .quasiIdentifier)
  }

  @Test func namesAreSeenByHeaderOrByKnownNames() {
    #expect(role(labels("Surname") { "Sørensen\($0)" }) == .identifier(.familyName))
    #expect(role(labels("vorname") { "Älva\($0)" }) == .identifier(.givenName))
    let given =
      "Mary Patricia Linda Barbara Elizabeth Jennifer Maria Susan Margaret Dorothy Lisa Nancy Karen Betty Helen Sandra Donna"
      .split(separator: " ").map(String.init)
    let family =
      "Johnson Williams Jones Davis Wilson Anderson Thomas Jackson Harris Thompson Garcia Martinez Robinson Rodriguez Lewis Nguyen"
      .split(separator: " ").map(String.init)
    let people = labels("c1") { "\(given[$0 % 17]) \(family[$0 % 16])" }
    #expect(role(people) == .identifier(.personName))
    #expect(role(labels("c1") { family[$0 % 16] }) == .identifier(.familyName))
    #expect(role(labels("c1") { given[$0 % 17] }) == .identifier(.givenName))
  }

  @Test func textsThatDifferAreProseOrUnique() {
    #expect(role(labels("remarks") { "the patient came on day \($0) and felt well" }) == .prose)
    #expect(
      role(labels("remarks") { "the patient came on day \($0 % 3) and felt well" }) == .ordinary)
    #expect(role(labels("x") { "§\($0)§" }) == .identifier(.other))
  }

  @Test func reasonsNeverQuoteACell() {
    let advice = RoleAdvisor.advise(
      table: Table(columns: [
        labels("email") { "canary\($0)@example.org" }, labels("x") { "canary \($0)" },
      ]))
    #expect(advice.count == 2)
    for item in advice {
      #expect(!item.reason.contains("canary") && (0...1).contains(item.confidence))
    }
    #expect(
      advice[0].reason == "100 % of the values look like e-mail addresses; the header says 'email'")
  }

  @Test(
    .enabled(if: SharedTables.arePresent, "the shared tables are not beside the checkout"),
    arguments: SharedTables.identifiers)
  func sharedTables(path: String, identifiers: [String]) throws {
    let advice = RoleAdvisor.advise(table: try SharedTables.read(path).table)
    let found = advice.filter { if case .identifier = $0.role { true } else { false } }.map(
      \.column)
    #expect(found == identifiers)
  }

  @Test(
    .enabled(if: SharedTables.arePresent, "the shared tables are not beside the checkout"),
    arguments: [
      ("diabetes130/diabetic_data.csv.gz", "patient_nbr"),
      ("mimic-iii-demo/ADMISSIONS.csv", "subject_id"),
      ("movielens-small/ratings.csv", "userId"), ("synthea-sample/encounters.csv", "PATIENT"),
      ("adult.csv", nil),
      ("support2/support2.csv", nil),
      ("synthea-sample/patients.csv", nil),
      ("retail-journey/transactions_w01_26.csv.gz", "household_id"),
    ] as [(String, String?)])
  func sharedTablesSuggestTheirPerson(path: String, person: String?) throws {
    #expect(
      RoleAdvisor.suggestedPersonColumn(
        RoleAdvisor.advise(table: try SharedTables.read(path).table)) == person)
  }
}
