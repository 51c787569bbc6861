import Analyses
import EncryptedScoring
import Foundation
import Testing

/// Files of researchers: the same question is the same canonical text, and a slip gets a remedy.
@Suite struct AnalysisFileTests {
  @Test func orderAndFormDoNotMatter() throws {
    let yaml = try AnalysisFile.parse(
      "kind: proportion\noutcome: ill\nwhere:\n  sex: [F, M]\n  age: 40..60\n")
    let json = try AnalysisFile.parse(
      #"{"where": {"age": "40..60", "sex": ["M", "F"]}, "outcome": "ill", "level": 0.95, "kind": "proportion"}"#
    )
    #expect(yaml.canonicalText == json.canonicalText)
    #expect(
      yaml.canonicalText
        != (try AnalysisFile.parse("{kind: proportion, outcome: ill, where: {sex: F}}"))
        .canonicalText)
  }

  @Test(arguments: [
    ("kind: proportoin\noutcome: a", "analysis.unknown-word"),
    ("outcome: a", "analysis.missing-key"),
    ("kind: mean", "analysis.missing-key"),
    ("{kind: mean, outcome: a, terms: [b]}", "analysis.needless-key"),
    ("{kind: mean, outcom: a}", "analysis.unknown-key"),
    ("{kind: mean, outcome: [a, b]}", "analysis.wrong-shape"),
    ("{kind: quantile, outcome: a, at: [50]}", "analysis.wrong-shape"),
    ("{kind: linear, outcome: a, terms: [a]}", "analysis.column-twice"),
    ("{kind: mean, outcome: a, level: 95}", "analysis.wrong-shape"),
    ("kind: [", "analysis.not-yaml"), ("", "analysis.not-yaml"),
    ("{kind: table, by: [a, b, c, d]}", "analysis.wrong-shape"),
    ("{kind: mean, outcome: a, by: [b, c]}", "analysis.wrong-shape"),
    ("{kind: cox, time: a, event: b}", "analysis.missing-key"),
    ("{kind: cox, time: a, event: b, terms: [b]}", "analysis.column-twice"),
    ("{kind: cox, time: a, event: b, terms: [c], outcome: d}", "analysis.needless-key"),
    ("{kind: discrimination, outcome: a}", "analysis.missing-key"),
    ("{kind: discrimination, outcome: a, by: b, model: c.json}", "analysis.needless-key"),
    ("{kind: mean, outcome: a, model: c.json}", "analysis.needless-key"),
    ("{kind: calibration, outcome: a, model: no-such-card.json}", "analysis.unreadable-model"),
  ]) func slipsAreNamed(_ text: String, _ id: String) {
    do {
      _ = try AnalysisFile.parse(text)
      Issue.record("\(text) was accepted")
    } catch {
      #expect(error.id == id, "\(text)")
      #expect(error.description.hasSuffix(".") || error.description.hasSuffix("?"))
    }
  }

  /// A model's path starts at the analysis; its contents are a part of the question, and neither
  /// path nor points are a part of its text.
  @Test func modelsAreTheirContents() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-models-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("model"), withIntermediateDirectories: true)
    let card = try Study.card().json()
    try card.write(to: folder.appendingPathComponent("card.json"))
    try card.write(to: folder.appendingPathComponent("model/scorecard.json"))
    try Data("{}".utf8).write(to: folder.appendingPathComponent("broken.json"))
    func read(_ model: String) throws -> Analysis {
      let file = folder.appendingPathComponent("analysis.yaml")
      try Data("{kind: discrimination, outcome: ill, model: \(model)}".utf8).write(to: file)
      return try AnalysisFile.read(file)
    }
    let (first, second) = (try read("card.json"), try read("model"))
    #expect(first.canonicalText == second.canonicalText && first.model?.card != nil)
    #expect(!first.canonicalText.contains("0.8") && !first.canonicalText.contains("card.json"))
    do {
      _ = try read("broken.json")
      Issue.record("an empty scorecard was accepted")
    } catch let fault as AnalysisFault {
      #expect(fault.id == "analysis.unreadable-model")
    }
  }
}
