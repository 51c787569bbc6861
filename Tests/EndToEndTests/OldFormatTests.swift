import Accounting
import Curation
import Foundation
import Ledger
import Manifests
import Releases
import SchemaFiles
import Tables
import Testing

/// Files that version 0.1 wrote, before version 3 of schemas, format 4 of manifests, and accounts
/// in ledgers. They still open and verify, and keep their spending. That version made the files of
/// `Tests/Vectors/Formats/0.1`; they are never regenerated.
@Suite struct OldFormatTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("Vectors/Formats/0.1")

  /// The charge for the one release, as the old version showed it.
  private static let chargedRho = 0.014407578605444655
  private static let grantedEpsilon = 2.0

  /// A copy, because opening a ledger converts it to the newest format.
  private func copy() throws -> Workshop {
    let shop = try Workshop()
    for name in [
      "patients.csv", "patients.schema.yaml", "inspected.schema.yaml", "ledger.sqlite", "release",
    ] {
      try FileManager.default.copyItem(
        at: Self.folder.appendingPathComponent(name), to: shop.url.appendingPathComponent(name))
    }
    return shop
  }

  @Test func `schemas of version 2 are read as declared`() throws {
    for name in ["patients.schema.yaml", "inspected.schema.yaml"] {
      let schema = try SchemaFile.read(Self.folder.appendingPathComponent(name))
      #expect(schema.columns.count == 23 && schema.origin == .declared)
    }
  }

  @Test func `the release verifies, also against its ledger, and draws rows`() throws {
    let shop = try copy()
    var verification = ReleaseVerification(release: shop.url.appendingPathComponent("release"))
    verification.ledger = shop.url.appendingPathComponent("ledger.sqlite")
    verification.mustHoldRelease = true
    #expect(try verification.run().isPassed)
    let drawn = SampleRequest(
      release: shop.url.appendingPathComponent("release"), rows: 10, conditions: [],
      output: shop.url.appendingPathComponent("more.csv"))
    #expect(try Synthesis.sample(drawn) == 10)
  }

  @Test func `the ledger keeps what was granted and spent, and knows the table`() throws {
    let shop = try copy()
    let ledger = try Ledger(at: shop.url.appendingPathComponent("ledger.sqlite"))
    let account = try #require(try ledger.report(furtherDelta: Delta(1e-9)).datasets.first)
    let dataset = try #require(account.dataset)
    #expect(account.grantedEpsilon.value == Self.grantedEpsilon)
    #expect(account.sessions.map(\.charged.rho.value) == [Self.chargedRho])
    #expect(account.used.rho.value >= Self.chargedRho)
    let schema = try SchemaFile.read(shop.url.appendingPathComponent("patients.schema.yaml"))
    let table = try SensitiveTable.read(
      shop.url.appendingPathComponent("patients.csv"), schema: schema)
    let fingerprint = ledger.fingerprint(of: table.openForOwner(reason: .fingerprint))
    #expect(try ledger.recognise(fingerprint) == .known(dataset))
  }

  @Test(.enabled(if: Command.built != nil, Command.absence))
  func `a further release draws on the old grant, and no more than is left of it`() throws {
    let shop = try copy()
    let command = try #require(Command.built)
    func release(_ epsilon: String, _ name: String) throws -> Command.Outcome {
      let settings = [
        "--schema", "patients.schema.yaml", "--epsilon", epsilon, "--delta", "1e-9", "--engine",
        "independent",
      ]
      return try command.run(
        ["synthesize", "patients.csv", "-o", name, "--no-owner-report"] + settings, in: shop)
    }
    let refused = try release("2.5", "too-much")
    #expect(refused.status == 4, "\(refused.errors)")
    let made = try release("1", "second")
    #expect(made.status == 0, "\(made.errors)")
  }
}
