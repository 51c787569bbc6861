import Attacks
import ColumnRoles
import DelimitedText
import Foundation
import Manifests
import MarginalSynthesis
import Mechanisms
import Policies
import Releases
import Synthesis
import Tables
import Testing

/// The default policy on Adult: an honest release passes, and each kind of leak is refused for the
/// right reason.
@Suite(.enabled(if: SharedData.isPresent, SharedData.absence), .serialized)
struct GateOnLeaksTests {
  /// Adult without its duplicates, in two parts, and a release of the first part at epsilon 1 by
  /// AIM under the policy `partners`.
  private struct Adult {
    let shop: Workshop
    let header: Substring
    let train: [Substring]
    let control: Table
    let original: Table
    let synthetic: [Substring]

    init() throws {
      shop = try Workshop()
      for (name, part) in [("train.csv", "original"), ("control.csv", "control")] {
        try Data(contentsOf: SharedData.folder.appendingPathComponent("anonymeter/\(part).csv"))
          .write(to: shop.file(name))
      }
      let lines = try shop.text("train.csv").split(separator: "\n")
      header = lines[0]
      train = Array(lines.dropFirst())
      let read = try TableReader.read(shop.file("train.csv"))
      original = read.table
      var schema = Schema.inferred(from: read.table, format: read.format, name: "adult")
      schema.provenance.review = SchemaReview(by: "A steward", on: "2026-11-28")
      try shop.write(schema, as: "adult.yaml")
      control = try TableReader.read(shop.file("control.csv")).table
      var request = try shop.request("train.csv", schema: "adult.yaml", epsilon: 1, engine: .aim)
      request.policy = PolicyFile(.partners)
      request.control = shop.file("control.csv")
      _ = try Synthesis.run(request)
      synthetic = try shop.text("release/synthetic.csv").split(separator: "\n").dropFirst().map {
        $0
      }
    }

    /// The gate's objections to a release that another tool made.
    func failures(_ rows: [Substring]) throws -> Set<String> {
      try shop.write(([header] + rows).joined(separator: "\n") + "\n", as: "other.csv")
      let other = try TableReader.read(shop.file("other.csv")).table
      let report = try AttackSuite().run(
        original: OwnerTable(original), synthetic: other, control: OwnerTable(control))
      let failures = Gate(policy: Policy(.partners)).attackLines(report).filter {
        $0.outcome != .met
      }
      #expect(failures.isEmpty == report.failures().isEmpty)
      print("refused for", failures.map(\.name).sorted())
      return Set(failures.map(\.name))
    }
  }

  private static let shared: Result<Adult, any Error> = Result { try Adult() }

  @Test func anHonestReleasePasses() throws {
    let adult = try Self.shared.get()
    let gate = try #require(try adult.shop.manifest().gate)
    #expect(gate.policy == "partners" && gate.lines.allSatisfy { $0.outcome == .met })
    #expect(
      Set(gate.lines.map(\.name)).isSuperset(of: [
        "noise", "epsilon", "delta", "unit", "provenance", "identifiers",
      ]))
    #expect(gate.attested.map(\.name) == AttackKind.allCases.map(\.rawValue) + ["copies"])
    #expect(try adult.failures(adult.synthetic).isEmpty)
  }

  /// Every tenth row of the release is the row of the original at the same place.
  @Test func aTenthOfTheOriginalIsRefused() throws {
    let adult = try Self.shared.get()
    let rows = adult.synthetic.indices.map {
      $0 % 10 == 0 && $0 < adult.train.count ? adult.train[$0] : adult.synthetic[$0]
    }
    #expect(
      try adult.failures(rows).isSuperset(of: [
        "copies-exact", "copies-near", "attack membership-distance",
      ]))
  }

  @Test(.enabled(if: SharedData.runsLong, SharedData.long))
  func aBootstrapIsRefused() throws {
    let adult = try Self.shared.get()
    let random = SecureRandom(testing: 6)
    let rows = adult.train.map { _ in
      adult.train[Int(random.uniform(below: UInt64(adult.train.count)))]
    }
    let failures = try adult.failures(rows)
    #expect(
      failures.isSuperset(of: [
        "copies-exact", "attack membership-distance", "attack singling-out-multivariate",
        "attack linkability",
      ]))
  }

  /// Twenty of 39,000 people, planted in an honest release from which rows that match somebody by
  /// chance were removed. There are only a quarter as many strangers, so two or three of their rows
  /// would explain twenty of the table's people.
  @Test func twentyPlantedRowsAreRefused() throws {
    let adult = try Self.shared.get()
    let people = Set(adult.train).union(try adult.shop.text("control.csv").split(separator: "\n"))
    let invented = try #require(adult.synthetic.first { !people.contains($0) })
    var rows = adult.synthetic.map { people.contains($0) ? invented : $0 }
    for index in 0..<20 { rows[index * 1900] = adult.train[index * 1731 + 11] }
    #expect(try adult.failures(rows).contains("copies-exact"))
  }

  /// Every number moved by at most one in the last place; words unchanged.
  @Test(.enabled(if: SharedData.runsLong, SharedData.long))
  func tinyNoiseIsRefused() throws {
    let adult = try Self.shared.get()
    let random = SecureRandom(testing: 7)
    let rows = adult.train.map { row -> Substring in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false).map {
        cell -> Substring in
        guard let number = Int(cell), number > 100 else { return cell }
        return Substring(String(number + Int(random.uniform(below: UInt64(3))) - 1))
      }
      return Substring(cells.joined(separator: ","))
    }
    #expect(try adult.failures(rows).isSuperset(of: ["copies-near", "attack membership-distance"]))
  }
}
