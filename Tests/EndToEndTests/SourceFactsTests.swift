import Foundation
import TestPrograms
import Testing

/// A source's own words on its columns go into the schema that `inspect` writes, marked as from
/// there: comments, labels, ranges, keys. A schema that is given is not changed by it.
@Suite(.enabled(if: Command.built != nil, Command.absence), .serialized)
struct SourceFactsTests {
  @Test(.enabled(if: Postgres.server != nil, SourceRunTests.noPostgres))
  func aCatalogueIsEvidence() throws {
    let server = try #require(Postgres.server)
    let shop = try Workshop()
    try server.run(
      "DROP SCHEMA IF EXISTS said CASCADE", "CREATE SCHEMA said",
      "CREATE TYPE said.grade AS ENUM ('mild', 'severe', 'none')",
      "CREATE TABLE said.wards (id integer PRIMARY KEY)",
      "INSERT INTO said.wards SELECT generate_series(1, 9)",
      """
      CREATE TABLE said.stays (
        "stay ""id" integer PRIMARY KEY, ward integer NOT NULL REFERENCES said.wards(id), \
        sex text CHECK (sex IN ('F', 'M', 'X')), age smallint CHECK (age BETWEEN 0 AND 120), \
        weight numeric(5,1) CHECK (weight > 0 AND weight < 400), grade said.grade, \
        seen date CHECK (seen >= '2000-01-01' AND seen <= '2030-12-31'), \
        odd integer CHECK (odd % 2 = 1))
      """,
      "COMMENT ON TABLE said.stays IS 'Stays of the clinic'",
      "COMMENT ON COLUMN said.stays.age IS 'Age at admission, in years'",
      """
      INSERT INTO said.stays SELECT i, 1 + i % 9, (ARRAY['F', 'M'])[1 + i % 2], 20 + i % 60, \
      50 + (i % 300) / 10.0, (ARRAY['mild', 'severe'])[1 + i % 2]::said.grade, \
      date '2020-01-01' + i % 300, 2 * (i % 50) + 1 FROM generate_series(1, 400) AS i
      """)
    let program = try #require(Command.built)
    let outcome = try program.run(
      ["inspect", server.address, "--table", "said.stays", "-o", "s.yaml", "--json"], in: shop)
    #expect(outcome.status == 0, "\(outcome.flat)")
    let text = try shop.text("s.yaml")
    func column(_ name: String) throws -> String {
      let part = text.components(separatedBy: "  - name: ").first { $0.hasPrefix(name) }
      return try #require(part, "\(text)")
    }
    #expect(try column("age").contains("Age at admission, in years"))
    #expect(try column("age").contains("bounds: {low: 0, high: 120,"))
    #expect(try column("age").contains("from the source: meaning, bounds"))
    #expect(try column("weight").contains("bounds: {low: 0.0, high: 400.0,"))
    #expect(try column("seen").contains("bounds: {low: \"2000-01-01\", high: \"2030-12-31\","))
    #expect(try column("sex").contains("categories: {values: [F, M, X],"))
    #expect(try column("grade").contains("categories: {values: [mild, severe, none],"))
    #expect(try column("ward").contains("from the source: missing"))
    #expect(try column("odd").contains("bounds: learn"))
    for words in [
      "PRIMARY KEY", "FOREIGN KEY (ward) REFERENCES said.wards(id)", "Stays of the clinic",
      "A rule of the source on 'odd' is neither a range nor a list",
    ] {
      #expect(outcome.flat.contains(words), "\(words): \(outcome.flat)")
    }
    // A query is nobody's table: nothing is said of it.
    let asked = try program.run(
      ["inspect", server.address, "--query", "SELECT * FROM said.stays", "-o", "q.yaml"], in: shop)
    #expect(asked.status == 0, "\(asked.flat)")
    #expect(try !shop.text("q.yaml").contains("from the source"))
    #expect(Set(try shop.names()) == ["s.yaml", "q.yaml"])
  }

  @Test func aFileOfSPSSIsEvidence() throws {
    let shop = try Workshop()
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Vectors/Sources/statistics/user.sav").standardized.path
    let outcome = try #require(Command.built).run(
      ["inspect", file, "-o", "s.yaml"], in: shop)
    #expect(outcome.status == 0, "\(outcome.flat)")
    let text = try shop.text("s.yaml")
    #expect(text.contains("Sex of the person") && text.contains("from the source: meaning"))
    #expect(text.contains("With missing values of its own"))
    #expect(try shop.names() == ["s.yaml"])
  }
}
