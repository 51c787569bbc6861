import Analyses
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
  ]) func slipsAreNamed(_ text: String, _ id: String) {
    do {
      _ = try AnalysisFile.parse(text)
      Issue.record("\(text) was accepted")
    } catch {
      #expect(error.id == id, "\(text)")
      #expect(error.description.hasSuffix(".") || error.description.hasSuffix("?"))
    }
  }
}
