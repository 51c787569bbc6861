import CommandLine
import Foundation
import MarginalSynthesis
import Releases
import Testing
import Understudy

/// Numbers, bars, tables and pages.
@Suite struct WordingTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (48_842, "48,842"), (-1_234_567, "-1,234,567"),
  ])
  func countsAreGrouped(_ value: Int, _ text: String) { #expect(Numbers.count(value) == text) }

  @Test(arguments: [
    (1.0, "1"), (0.5, "0.5"), (1e-9, "1e-9"), (2.5e-7, "2.5e-7"), (3.7729514, "3.773"), (0, "0"),
    (1e-4, "0.0001"), (123_456, "123456"),
  ])
  func shortNumbers(_ value: Double, _ text: String) { #expect(Numbers.short(value) == text) }

  @Test(arguments: [(0.4, "1 s"), (59.6, "60 s"), (200.0, "3 min"), (7500.0, "2 h 5 min")])
  func durations(_ seconds: Double, _ text: String) { #expect(Numbers.duration(seconds) == text) }

  @Test(arguments: [
    (0.0, "0 %"), (0.001, "0.1 %"), (0.0095, "1 %"), (0.123, "12 %"), (1.0, "100 %"),
  ])
  func percents(_ share: Double, _ text: String) { #expect(Numbers.percent(share) == text) }

  @Test func barsKeepTheirWidth() {
    for step in -10...110 { #expect(Blocks.bar(Double(step) / 100, width: 12).count == 12) }
    #expect(Blocks.bar(0.5, width: 4) == "██  ")
  }

  @Test func shadesDarken() {
    #expect([0, 0.03, 0.07, 0.15, 0.9].map(Blocks.shade) == ["·", "░", "▒", "▓", "█"])
  }

  @Test func linesBreakBetweenWordsAndLoseNone() {
    let text = "One two three four five six seven eight nine ten eleven twelve."
    for width in 8...70 {
      let wrapped = Wrapping.wrap(text, width: width, indentation: 2)
      #expect(wrapped.split { $0 == " " || $0 == "\n" } == text.split(separator: " "))
      #expect(wrapped.split(separator: "\n").allSatisfy { $0.count <= max(width, 9) })
    }
  }

  @Test func inkIsSilentWhenOff() {
    #expect(Ink(isOn: false).red("x") == "x")
    #expect(Ink(isOn: true).red("x") == "\u{1B}[31mx\u{1B}[0m")
  }

  @Test func noColorIsRespected() {
    #expect(!Terminal.current(environment: ["NO_COLOR": "1"]).allowsColour)
    #expect(Terminal.current(environment: ["NO_COLOR": ""]).allowsColour)
    #expect(!Terminal.current(environment: ["TERM": "dumb"]).allowsColour)
  }

  @Test func theRemedyIsToldFromTheMessage() {
    let text = "people.csv: it is empty. Fill it. Then try again."
    #expect(
      Failure.RemedySplit.secondSentence.divide(text) == (
        "people.csv: it is empty.", "Fill it. Then try again."
      ))
    #expect(
      Failure.RemedySplit.lastSentence.divide(text) == (
        "people.csv: it is empty. Fill it.", "Then try again."
      ))
    #expect(Failure.RemedySplit.lastSentence.divide("Nothing to add.") == ("Nothing to add.", ""))
  }

  @Test func anUnknownErrorKeepsItsText() {
    struct Leaky: Error { let cell = "Zebedee" }
    let failure = Failure(describing: Leaky())
    #expect(!failure.text.contains("Zebedee"))
    #expect(failure.status == .failed)
    #expect(Failure(describing: CancellationError()).status == .cancelled)
  }

  @Test func aPlanReadsTheSame() throws {
    let json = """
      {"epsilon": 1, "delta": 1e-9, "rho": 0.0123, "unit": "row", "engine": "aim", "modelledColumns": 3,
       "estimates": [{"rows": 48842, "cpuSeconds": 130, "memoryMegabytes": 420, "meanOneWayError": 0.0041, "meanPairError": 0.031,
         "pairs": [{"first": "age", "second": "sex", "expectedError": 0.01},
                   {"first": "age", "second": "job", "expectedError": 0.12}, {"first": "sex", "second": "job", "expectedError": 0.03}]}],
       "prices": [{"epsilon": 0.5, "meanOneWayError": 0.008, "meanPairError": 0.06},
                  {"epsilon": 1, "meanOneWayError": 0.0041, "meanPairError": 0.031},
                  {"epsilon": 2, "meanOneWayError": 0.002, "meanPairError": 0.016}],
       "shares": {"domain": 10, "one-way": 20, "measurement": 70}, "limits": ["Relations above 5 MB are not measured."],
       "hazards": ["The promise covers one row."]}
      """
    let plan = try JSONDecoder().decode(SynthesisPlan.self, from: Data(json.utf8))
    try Golden.expect(
      PlanPage.text(plan, file: "people.csv", terminal: Terminal()), is: "plan-plain")
    try Golden.expect(
      PlanPage.text(
        plan, file: "people.csv", terminal: Terminal(isOutputWatched: true, allowsColour: false)),
      is: "plan-terminal")
  }
}
