import ColumnRoles
import DelimitedText
import Examples
import Foundation
import MarginalSynthesis
import Pseudonyms
import Releases
import Synthesis
import Tables
import Testing

/// No identifier of the example reaches a release under the schema that `inspect` writes.
@Suite struct IdentifierTests {
  private static let shared: Result<InspectedRelease, any Error> = Result { try InspectedRelease() }
  private let release: InspectedRelease

  init() throws { release = try Self.shared.get() }

  private static let files = [
    "model.json", "manifest.json", "manifest.signature.json", "report.html", "report.json",
    "model-card.md", "synthetic.csv",
  ]

  /// Maximal runs of the characters used in numbers, names and addresses.
  private func tokens(_ text: String) -> Set<Substring> {
    Set(text.split { !($0.isLetter || $0.isNumber || "@._-".contains($0)) })
  }

  /// Every e-mail address and number of the original is searched for in every file.
  @Test(arguments: files) func noNumberOrAddressIsThere(file: String) throws {
    let text = try release.shop.text("release/\(file)")
    let found = tokens(text)
    for column in ["record_number", "patient_id", "email"] {
      let originals = Set(release.original.texts(column).compactMap { $0 })
      #expect(originals.count > 500)
      #expect(originals.filter { found.contains($0[...]) }.isEmpty, "\(column) in \(file)")
    }
    // The part before the @, which some people would search for.
    let boxes = Set(release.original.texts("email").compactMap { $0?.split(separator: "@").first })
    let letters = Set(text.split { !($0.isLetter || $0.isNumber || $0 == ".") })
    #expect(letters.isDisjoint(with: boxes), "\(file)")
  }

  /// Every name of the original is searched for in the files that hold no made-up names. Words that
  /// also occur in public or medical columns, such as a surname that is also a ward, do not count
  /// as names.
  @Test(arguments: ["model.json", "manifest.json", "report.html", "report.json", "model-card.md"])
  func noNameIsThere(file: String) throws {
    let names = Set(
      (release.original.texts("first_name") + release.original.texts("last_name")).compactMap { $0 }
    )
    #expect(names.count > 100)
    let modelled = release.schema.columns.filter(\.isModelled).flatMap {
      release.original.texts($0.name).compactMap { $0 }
    }
    let innocent = Set(modelled.flatMap { tokens($0) }).union(["Green", "Grant", "Page", "May"])
    let found = tokens(try release.shop.text("release/\(file)")).subtracting(innocent)
    #expect(names.filter { found.contains($0[...]) }.isEmpty, "\(file)")
  }

  /// The test can fail: if a column of names is declared a category, its names are found in the
  /// model.
  @Test func aForgottenNameIsFound() throws {
    let shop = try Workshop()
    var schema = release.schema
    let place = try #require(schema.columns.firstIndex { $0.name == "last_name" })
    schema.columns[place].type = .category
    schema.columns[place].role = .quasiIdentifier
    try shop.write(schema, as: "patients.yaml")
    try CSVWriter.write(release.original, to: shop.file("patients.csv"), format: schema.format)
    _ = try Synthesis.run(try shop.request("patients.csv", schema: "patients.yaml", epsilon: 20))
    let names = Set(release.original.texts("last_name").compactMap { $0 })
    let found = tokens(try shop.text("release/model.json"))
    #expect(names.contains { found.contains($0[...]) })
  }

  @Test func fakesAgreeWithTheSexOfTheirRow() throws {
    let synthetic = try release.shop.synthetic()
    let pairs = zip(synthetic.texts("sex"), synthetic.texts("first_name"))
    let women = Set(pairs.filter { $0.0 == "F" }.compactMap(\.1))
    let men = Set(pairs.filter { $0.0 == "M" }.compactMap(\.1))
    #expect(women.count > 50 && men.count > 50)
    // A few names are given to both women and men.
    #expect(women.intersection(men).count < 10)
  }

  /// The treatments in the schema are visible in the release: dropped, masked, in the form of a
  /// pseudonym, and in the form of the original.
  @Test func treatmentsAreObeyed() throws {
    let shop = try Workshop()
    var schema = release.schema
    func change(_ name: String, _ body: (inout ColumnSchema) -> Void) throws {
      body(&schema.columns[try #require(schema.columns.firstIndex { $0.name == name })])
    }
    try change("first_name") { $0.treatment = .drop }
    try change("last_name") { $0.treatment = .mask }
    try change("email") { $0.treatment = .pseudonym }
    try change("record_number") { $0.pattern = FakePattern("R999999999") }
    try change("patient_id") {
      $0.treatment = .encrypt
      $0.pattern = FakePattern("P-999999999")
    }
    try shop.write(schema, as: "patients.yaml")
    try CSVWriter.write(release.original, to: shop.file("patients.csv"), format: schema.format)
    _ = try Synthesis.run(try shop.request("patients.csv", schema: "patients.yaml"))
    let synthetic = try shop.synthetic()
    #expect(synthetic.column(named: "first_name") == nil)
    #expect(Set(synthetic.texts("last_name")) == ["[family-name removed]"])
    let rows = synthetic.rowCount
    #expect(
      Set(synthetic.texts("email")).count == rows
        && synthetic.texts("email").allSatisfy { $0?.utf8.count == 26 })
    for (column, letter) in [("record_number", "R"), ("patient_id", "P-")] {
      let texts = synthetic.texts(column).compactMap { $0 }
      #expect(texts.allSatisfy { $0.hasPrefix(letter) && $0.utf8.count == letter.utf8.count + 9 })
      #expect(Set(texts).count == rows, "a number stands twice")
    }
    // More rows of the same model get the same treatments.
    var request = SampleRequest(
      release: shop.file("release"), rows: 10, output: shop.file("more.csv"))
    request.seed = 3
    try Synthesis.sample(request)
    #expect(try TableReader.read(shop.file("more.csv")).table.column(named: "first_name") == nil)
  }
}

/// A release of the example under the schema that `inspect` gives an owner.
private struct InspectedRelease: Sendable {
  let shop: Workshop
  let schema: Schema
  let original: Table

  init() throws {
    shop = try Workshop()
    original = HospitalExample.make(rows: 3000)
    try CSVWriter.write(
      original, to: shop.file("patients.csv"), format: HospitalExample.schema(rows: 1).format)
    let read = try TableReader.read(shop.file("patients.csv"))
    let advice = RoleAdvisor.advise(table: read.table)
    let inferred = Schema.inferred(
      from: read.table, format: read.format, name: "patients", advice: advice)
    schema = inferred.withForms(of: read.table, advice: advice).schema
    try shop.write(schema, as: "patients.yaml")
    var request = try shop.request(
      "patients.csv", schema: "patients.yaml", epsilon: 10, engine: .mst)
    // 3,000 made-up numbers of nine digits equal one of 3,000 real ones in every hundredth release.
    request.seed = 11
    _ = try Synthesis.run(request)
  }
}
