import Foundation
import Testing

/// Releases of linked tables through the program: the budget is that of their people, and machines
/// read plain paths.
@Suite(.enabled(if: Command.built != nil, Command.absence))
struct LinkedRunTests {
  private let understudy: Command
  private let shop: Workshop

  init() throws {
    understudy = try #require(Command.built)
    shop = try Workshop()
    _ = try run("example hospital --linked --people 60 -o ward --quiet")
  }

  private func run(_ line: String) throws -> Command.Outcome {
    try understudy.run(line.split(separator: " ").map(String.init), in: shop)
  }

  private let release =
    "synthesize ward --schema ward.schema.yaml --epsilon 1 --delta 1e-6 --json -o"

  /// Tables whose schema names a population share its budget, and are stopped where it ends.
  @Test func aPopulationPaysForItsTables() throws {
    let schema = try shop.text("ward.schema.yaml")
    try shop.write(schema + "people: town\n", as: "ward.schema.yaml")
    #expect(try run("budget grant --people town --epsilon 1 --delta 1e-6").status == 0)
    let first = try run("\(release) first")
    #expect(first.status == 0, "\(first.errors)")
    let shown = try run("budget show ward --schema ward.schema.yaml --json")
    #expect(shown.output.contains("\"town\""), "\(shown.errors)")
    // Others of the same town, in a folder of their own.
    _ = try run("example hospital --linked --people 60 --seed 8 -o other --quiet")
    let second = try run(
      "synthesize other --schema ward.schema.yaml --epsilon 1 --delta 1e-6 --json -o second")
    #expect(second.status != 0 && second.output.contains("budget.exhausted"), "\(second.output)")
    #expect(!shop.exists("second"))
  }

  private static func policy(epsilon: String) -> String {
    """
    version: 1
    policy: ours
    epsilon: {at most: \(epsilon)}
    delta: {at most: 1e-5}
    unit: person
    provenance: any
    attacks: any
    utility: {column distance: any, pair distance: any, prediction: any}

    """
  }

  /// A policy on the promise is judged before a row is read; one on attacks is refused.
  @Test func aFolderMeetsAPolicy() throws {
    try shop.write(Self.policy(epsilon: "0.5"), as: "strict.yaml")
    try shop.write(Self.policy(epsilon: "2"), as: "loose.yaml")
    let refused = try run("\(release) first --policy strict.yaml")
    #expect(refused.status == 3 && !shop.exists("first"), "\(refused.output)\(refused.errors)")
    let attacked = try run("\(release) first --policy open")
    #expect(attacked.status != 0 && attacked.output.contains("linked.policy"), "\(attacked.output)")
    let made = try run("\(release) second --policy loose.yaml")
    #expect(made.status == 0, "\(made.output)\(made.errors)")
    #expect(try shop.text("second/manifest.json").contains("\"ours\""))
    #expect(try run("verify second").status == 0)
  }

  /// A folder is held against its schema before anything is spent; repeated keys are told.
  @Test func aFolderIsChecked() throws {
    let good = try run("check ward --schema ward.schema.yaml")
    #expect(good.status == 0 && good.output.contains("Fits    yes"), "\(good.output)\(good.errors)")
    let files = try FileManager.default.contentsOfDirectory(atPath: shop.file("ward").path)
    let admissions = try #require(files.first { $0.hasPrefix("admissions") })
    var lines = try shop.text("ward/\(admissions)").split(separator: "\n").map(String.init)
    lines.append(lines[1])
    try shop.write(lines.joined(separator: "\n") + "\n", as: "ward/\(admissions)")
    let bad = try run("check ward --schema ward.schema.yaml")
    #expect(bad.status == 3 && bad.output.contains("1 repeated key"), "\(bad.output)")
    #expect(!shop.exists("ledger.sqlite"))
  }

  @Test func theBudgetOfAFolderIsGrantedAndShown() throws {
    let unnamed = try run("budget grant ward --epsilon 2")
    #expect(unnamed.status != 0 && unnamed.errors.contains("--schema"), "\(unnamed.errors)")
    let granted = try run("budget grant ward --schema ward.schema.yaml --epsilon 2 --delta 1e-5")
    #expect(granted.status == 0, "\(granted.errors)")
    let made = try run("\(release) release")
    #expect(made.status == 0 && made.output.contains("/release\""), "\(made.errors)")
    #expect(!made.output.contains("file:"))
    let shown = try run("budget show ward --schema ward.schema.yaml")
    #expect(shown.output.contains("Granted   epsilon 2"), "\(shown.errors)")
    #expect(shown.output.contains("Releases  1"))
  }
}
