import Foundation
import Policies
import Tables
import Testing

/// Policy files: their meaning, and their faults.
@Suite struct PolicyFileTests {
  @Test(arguments: Policy.Preset.allCases) func aPresetReadsBack(_ preset: Policy.Preset) throws {
    let policy = try PolicyFile.parse(preset.text, file: "p.yaml")
    #expect(policy == Policy(preset) && policy.name == preset.rawValue)
    #expect(policy.attacks != nil && policy.forbidsIdentifiers)
    #expect(preset.text.split(separator: "\n").allSatisfy { $0.count <= 140 })
  }

  @Test func presetsGrowStricter() {
    let (open, partners, own) = (Policy(.open), Policy(.partners), Policy(.internal))
    #expect(
      open.highestEpsilon! < partners.highestEpsilon!
        && partners.highestEpsilon! < own.highestEpsilon!)
    #expect(partners.attacks?.highestRisk == 0.09 && open.attacks?.highestRisk == 0.09)
    #expect(open.unit == .person && partners.unit == .declared && own.unit == .any)
  }

  /// Deleting a line never loosens a policy; `any` does.
  @Test func whatIsLeftOutIsAsInPartners() throws {
    let bare = try PolicyFile.parse("version: 1\npolicy: mine\n", file: "p.yaml")
    var partners = Policy(.partners)
    partners.name = "mine"
    #expect(bare == partners)
    let text = """
      version: 1
      policy: mine
      epsilon: any
      delta: any
      unit: any
      provenance: any
      identifiers: any
      attacks: any
      utility: any
      """
    let loose = try PolicyFile.parse(text, file: "p.yaml")
    #expect(
      loose.highestEpsilon == nil && loose.highestDelta == nil && loose.attacks == nil
        && !loose.forbidsIdentifiers)
    #expect(loose.provenance == Policy.Provenance.allCases && loose.unit == .any)
    #expect(loose.utility.highestColumnDistance == nil && loose.utility.highestPairDistance == nil)
  }

  @Test func sharesMayBePercent() throws {
    let text =
      "version: 1\npolicy: p\nattacks: {hold out: 25 %, risk: {at most: 5%}}\nutility: {prediction: {at least: 0.8}}\n"
    let policy = try PolicyFile.parse(text, file: "p.yaml")
    #expect(
      policy.attacks?.holdOut == 0.25 && policy.attacks?.highestRisk == 0.05
        && policy.attacks?.highestMembershipRate == 0.01)
    #expect(policy.utility.lowestPrediction == 0.8 && policy.utility.highestColumnDistance == 0.15)
  }

  /// Anything that a file of version 1 leaves out has its old meaning: attacks decide about
  /// publishing, and none is left out.
  @Test func versionOneReadsAsBefore() throws {
    let old = try PolicyFile.parse(
      "version: 1\npolicy: p\nattacks: {risk: {at most: 0.05}}\n", file: "p.yaml")
    #expect(
      old.attacks?.judged == .beforePublication && old.attacks?.leavesOut == []
        && old.attacks?.highestRisk == 0.05)
    let new = try PolicyFile.parse(
      "version: 2\npolicy: p\nattacks: {judged: after publication, leave out: [linkability, singling-out-univariate]}\n",
      file: "p.yaml")
    #expect(
      new.attacks?.judged == .afterPublication
        && new.attacks?.leavesOut == ["singling-out-univariate", "linkability"])
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let text: String
    let line: Int?
    let words: String
    let remedy: String
    var testDescription: String { words }
  }

  static let faults = [
    Fault(
      text: "version: 1\npolicy: p\nattacks:\n  judged: after publication\n", line: 4,
      words: "unknown key `judged`", remedy: "remove it"),
    Fault(
      text: "version: 2\npolicy: p\nattacks:\n  judged: afterwards\n", line: 4,
      words: "`judged` is not understood",
      remedy: "write one of these words"),
    Fault(
      text: "version: 2\npolicy: p\nattacks:\n  leave out: [linkage]\n", line: 4,
      words: "`leave out` is not understood",
      remedy: "write one of these words"),
    Fault(
      text: "", line: nil, words: "the file is empty", remedy: "understudy policy show partners"),
    Fault(
      text: "policy: p\n", line: 1, words: "`version` is missing",
      remedy: "add the line `version: 2`"),
    Fault(
      text: "version: 3\npolicy: p\n", line: 1, words: "another version",
      remedy: "use the version of understudy that wrote it"),
    Fault(
      text: "version: 1\n", line: 1, words: "`policy` is missing", remedy: "give the policy a name"),
    Fault(
      text: "version: 1\npolicy: p\nepsilom: 3\n", line: 3, words: "unknown key `epsilom`",
      remedy: "did you mean `epsilon`?"),
    Fault(
      text: "version: 1\npolicy: p\nepsilon: 3\n", line: 3, words: "`epsilon` is no limit",
      remedy: "behind `at most:`"),
    Fault(
      text: "version: 1\npolicy: p\nepsilon: {at least: 3}\n", line: 3,
      words: "unknown key `at least`", remedy: "`at most`"),
    Fault(
      text: "version: 1\npolicy: p\nepsilon: {}\n", line: 3, words: "has no `at most`",
      remedy: "add `at most`"),
    Fault(
      text: "version: 1\npolicy: p\ndelta: {at most: 2}\n", line: 3, words: "not a number in range",
      remedy: "such as 0.1"),
    Fault(
      text: "version: 1\npolicy: p\nattacks:\n  risk: {at most: nan}\n", line: 4,
      words: "not a number in range", remedy: "such as 0.1"),
    Fault(
      text: "version: 1\npolicy: p\nunit: persons\n", line: 3, words: "`unit` is not understood",
      remedy: "did you mean `person`?"),
    Fault(
      text: "version: 1\npolicy: p\nprovenance: []\n", line: 3, words: "allows nothing",
      remedy: "name at least one"),
    Fault(
      text: "version: 1\npolicy: p\nprovenance: [learnt]\n", line: 3, words: "`provenance` is not",
      remedy: "did you mean `learned`?"),
    Fault(
      text: "version: 1\npolicy: p\nidentifiers: none\n", line: 3, words: "`identifiers` is not",
      remedy: "write one of these words"),
    Fault(
      text: "version: 1\npolicy: p\nattacks: yes\n", line: 3, words: "`attacks` has no keys",
      remedy: "write `key: value`"),
    Fault(
      text: "version: 1\npolicy: p\nattacks:\n  hold out: 60 %\n", line: 4,
      words: "`hold out` is not a number in range",
      remedy: "such as 10 %"),
    Fault(
      text: "version: 1\npolicy: p\npolicy: q\n", line: 2, words: "stands twice",
      remedy: "keep one of them"),
    Fault(
      text: "version: 1\n  policy: [\n", line: 2, words: "not YAML", remedy: "look at this line"),
    Fault(
      text: "- a\n- b\n", line: 1, words: "a policy file has no keys", remedy: "write `key: value`"),
  ]

  @Test(arguments: faults) func aBadFileIsToldWhereAndHow(_ fault: Fault) throws {
    let error = try #require(throws: PolicyError.self) {
      try PolicyFile.parse(fault.text, file: "bad.yaml")
    }
    let found = error.faults.filter { $0.problem.contains(fault.words) }
    #expect(found.count == 1, "\(error)")
    #expect(found.first?.line == fault.line)
    #expect(found.first?.remedy.contains(fault.remedy) == true, "\(error)")
    #expect(error.description.contains("bad.yaml"))
  }

  @Test func allFaultsAreToldAtOnce() throws {
    let text = "version: 1\npolicy: p\nepsilon: x\ndelta: y\nunit: z\n"
    #expect(
      try #require(throws: PolicyError.self) { try PolicyFile.parse(text, file: "bad.yaml") }.faults
        .map(\.line) == [3, 4, 5])
  }

  @Test func aPolicyThatIsNotThereIsNamed() {
    #expect(throws: UnknownPolicy.named("partner", nearest: "partners")) {
      try PolicyFile(named: "partner")
    }
  }
}
