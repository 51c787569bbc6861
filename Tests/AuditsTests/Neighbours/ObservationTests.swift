import Attacks
import Audits
import Foundation
import Testing

/// The observations of a run: everything on the public list, and nothing that belongs to the owner.
@Suite struct ObservationTests {
  private static let manifest = """
    {"hazards": ["row-unit"], "created": "2026-11-28T10:00:00Z", "marks": {"table": "f00"}, "signer": {"key": "ab"}, "files": {"a": "1"},
     "rows": 12, "guarantee": {"isPrivate": true}, "events": [{"rho": 0.5}, {"rho": 0.25}], "labels": ["Bern", "Zq10x0w0"]}
    """

  private func output(
    status: Int32 = 0, manifest: String = manifest,
    output: String = "{\"rows\": 12, \"ownerMessages\": [\"Zq10x0w0 in 3 rows\"]}",
    errors: String = "Drawing: 5 %\n"
  ) -> RunOutput {
    RunOutput(
      status: status, output: output, errors: errors,
      files: [
        "manifest.json": Data(manifest.utf8),
        "manifest.signature.json": Data("{\"signature\": \"random\"}".utf8),
        "synthetic.csv": Data("town,age\nBern,30\n\"Ba,sel\",41\n,7\n".utf8),
        "report.html": Data("<p>12 rows</p>".utf8),
      ], modes: ["manifest.json": "644"], leftovers: [])
  }

  private func words(_ sighting: Sighting?) -> [String: FeatureValue] {
    Dictionary(uniqueKeysWithValues: (sighting ?? [:]).map { ($0.key.name, $0.value) })
  }

  @Test func everythingThatTravelsIsRead() throws {
    let seen = words(output().sighting(marks: ["Zq10x0w0"], run: FuzzedRun()))
    #expect(seen["exit status"] == .word("0") && seen["hazards"] == .word("row-unit"))
    #expect(
      seen["manifest.json/rows"] == .number(12)
        && seen["manifest.json/guarantee/isPrivate"] == .word("true"))
    #expect(
      seen["manifest.json/events length"] == .number(2)
        && seen["manifest.json/events/1/rho"] == .number(0.25))
    #expect(seen["manifest.json/labels has 'Bern'"] == .word("yes"))
    #expect(
      seen["synthetic.csv: rows"] == .number(3)
        && seen["synthetic.csv: town has 'Ba,sel'"] == .word("yes"))
    #expect(
      seen["synthetic.csv: town empty"] == .number(1)
        && seen["synthetic.csv: age largest"] == .number(41))
    #expect(
      seen["report.html: wording"] == .word("<p># rows</p>")
        && seen["report.html: size"] == .number(14))
    #expect(seen["standard error: has the line 'Drawing: # %'"] == .word("yes"))
    #expect(seen["standard output/rows"] == .number(12))
    #expect(seen["manifest.json: shows cells of the unit"] == .word("Zq10x0w0"))
  }

  @Test func whatIsTheOwnersIsNotRead() throws {
    let sighting = try #require(output().sighting(marks: ["Zq10x0w0"], run: FuzzedRun()))
    let seen = words(sighting)
    #expect(seen["standard output: shows cells of the unit"] == .word(""))
    for left in [
      "ownerMessages", "manifest.json/created", "manifest.json/marks", "manifest.json/signer",
      "manifest.json/files", "signature",
    ] {
      // The signature is still checked for cells of the unit.
      #expect(!seen.keys.contains { $0.contains(left) && !$0.contains("shows cells") }, "\(left)")
    }
    // A refusal by the gate shows its figures to the owner; the refusal itself is compared.
    let refused = words(
      output(status: 3, output: "{\"found\": 0.123}").sighting(marks: [], run: FuzzedRun()))
    #expect(
      refused["exit status"] == .word("3")
        && !refused.keys.contains { $0.contains("standard output") })
  }

  /// A hazard that a release declares excuses its contents. The declaration and the way the run
  /// ended are still compared.
  @Test(arguments: ["inferred-schema", "observed-facts", "seeded-run"]) func hazardsExcuse(
    _ hazard: String
  ) throws {
    let seen = words(
      output(manifest: Self.manifest.replacing("row-unit", with: hazard)).sighting(
        marks: ["Zq10x0w0"], run: FuzzedRun()))
    #expect(
      Set(seen.keys) == ["exit status", "files of the release", "files left beside it", "hazards"])
    #expect(seen["hazards"] == .word(hazard))
  }

  /// Under facts that nobody signed for, rows decide whether persons seem to repeat; under a
  /// declared schema such a difference counts.
  @Test(arguments: ["repeated-persons", "large-delta", "unlearned-columns"])
  func hazardsOfFactsFollowTheFacts(_ hazard: String) throws {
    func hazards(_ list: String) -> FeatureValue? {
      words(
        output(manifest: Self.manifest.replacing("\"row-unit\"", with: list)).sighting(
          marks: [], run: FuzzedRun()))["hazards"]
    }
    #expect(hazards("\"observed-facts\", \"\(hazard)\"") == .word("observed-facts"))
    #expect(
      hazards("\"large-epsilon\", \"\(hazard)\"")
        == .word(["large-epsilon", hazard].sorted().joined(separator: ", ")))
  }

  private static let attacked: FuzzedRun = {
    var run = FuzzedRun()
    run.policy = FuzzedPolicy(attacks: true)
    return run
  }()

  /// A refusal requested by `--strict` is the bit that the release names; any other ending is
  /// compared.
  @Test func aStrictRunLeavesItsRefusalsOut() {
    var run = FuzzedRun()
    run.isStrict = true
    #expect(output(status: 1).sighting(marks: [], run: run) == nil)
    #expect(
      output(status: 3).sighting(marks: [], run: run) != nil
        && output(status: 0).sighting(marks: [], run: run) != nil)
    #expect(output(status: 1).sighting(marks: [], run: FuzzedRun()) != nil)
  }

  /// If attacks are judged after publication, the exit status tells the owner their result; the
  /// existence of a release is still compared.
  @Test func whatIsJudgedLaterIsTheOwners() {
    var run = FuzzedRun()
    run.policy = FuzzedPolicy(judgesLater: true)
    #expect(words(output(status: 3).sighting(marks: [], run: run))["exit status"] == .word("0"))
    #expect(
      words(output(status: 3, manifest: "").sighting(marks: [], run: run))["manifest.json: size"]
        == .number(0))
  }

  @Test func aNamedBitLeavesRunsOut() {
    #expect(output(status: 3).sighting(marks: [], run: Self.attacked) == nil)
    #expect(output(status: 0).sighting(marks: [], run: Self.attacked) != nil)
    #expect(output(status: 1).sighting(marks: [], run: Self.attacked) != nil)
  }

  @Test func recordsAreTakenApart() {
    #expect(
      TextFeatures.records("a,b\n\"x\"\"y\",\"1\n2\"\n,") == [
        ["a", "b"], ["x\"y", "1\n2"], ["", ""],
      ])
    #expect(TextFeatures.wording("In 12,000 of 3.5 rows, 7") == "In # of # rows, #")
    let long = String(repeating: "x", count: 300)
    #expect(
      TextFeatures.short(long) != TextFeatures.short(long + "y")
        && TextFeatures.short(long).count < 100)
  }
}
