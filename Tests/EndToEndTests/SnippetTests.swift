import Foundation
import TestPrograms
import Testing

/// The programs in `Snippets/` compile and work as described on the example hospital.
@Suite(.enabled(if: Command.built != nil, Command.absence))
struct SnippetTests {
  private static let absence: Comment =
    "the snippets are not beside the test bundle: run `swift build` first"

  /// Runs a snippet in the workshop's folder, with its ledger.
  private func run(_ name: String, in shop: Workshop) throws -> String {
    let program = try #require(TestProgram.built(name), Self.absence)
    var setting = TestProgram.Setting()
    setting.folder = shop.url
    setting.environment["UNDERSTUDY_LEDGER"] = shop.file("ledger.sqlite").path
    let outcome = try TestProgram.run(program.path, [], setting)
    #expect(outcome.status == 0, "\(outcome.errors.prefix(2000))")
    return outcome.output
  }

  private func hospital() throws -> Workshop {
    let shop = try Workshop()
    let made = try #require(Command.built).run(
      ["example", "hospital", "--rows", "1500", "-o", "patients.csv"], in: shop)
    #expect(made.status == 0, "\(made.all)")
    return shop
  }

  @Test func aFirstReleaseAndMoreRows() throws {
    let shop = try hospital()
    let first = try run("FirstRelease", in: shop)
    #expect(first.contains("rows in synthetic.csv") && first.contains("Verified: true"))
    #expect(shop.exists("release/manifest.signature.json"))
    #expect(try run("MoreRows", in: shop) == "500 rows drawn\n")
    let ages = try shop.text("sixties.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)[6]
    }
    #expect(ages.count == 500 && ages.allSatisfy { (60...69).contains(Int($0) ?? 0) })
  }

  @Test func aTableInMemory() throws {
    let shop = try Workshop()
    let output = try run("TableInMemory", in: shop)
    #expect(
      output.contains("age: integer, quasi-identifier") && output.contains("Fits: true")
        && output.hasSuffix(" rows\n"))
    #expect(try shop.text("survey-release/synthetic.csv").hasPrefix("age,smokes,litres\n"))
  }

  @Test func aBudgetThatIsNeverOverspent() throws {
    let shop = try hospital()
    let output = try run("Budgets", in: shop)
    #expect(
      output.contains(
        "Granted to patients.csv: epsilon 1.0\nReleased: release-1\nRefused: The budget of patients.csv"
      ))
    #expect(output.contains("grant: epsilon 1.0\nsynthesize --epsilon 0.8"))
    #expect(!shop.exists("release-2"))
  }

  @Test func theTableOfAnotherTool() throws {
    let shop = try hospital()
    // A tool that copies: the result is very close, and betrays everyone.
    try shop.write(try shop.text("patients.csv"), as: "synthetic.csv")
    let others = try #require(Command.built).run(
      ["example", "hospital", "--rows", "1500", "--seed", "7", "-o", "others.csv"], in: shop)
    #expect(others.status == 0)
    let output = try run("AnotherTool", in: shop)
    #expect(output.contains("Wrong in a column: 0 rows of 100") && output.contains("Attacks: fail"))
    #expect(output.contains("copies: 1500 synthetic rows equal a row of the original"))
  }
}
