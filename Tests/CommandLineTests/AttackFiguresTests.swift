import Foundation
import Testing

/// The risks of `attack --json`, recomputed from the figures beside them, as a stranger with the
/// documentation would.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct AttackFiguresTests {
  private struct Document: Decodable {
    struct Rate: Decodable {
      let attempts: Double
      let successes: Double
      let value: Double
      let low: Double
      let high: Double
      let widening: Double
    }
    struct Rates: Decodable {
      let attack: Rate
      let control: Rate?
      let baseline: Rate?
    }
    struct Risk: Decodable {
      let value: Double
      let low: Double
      let high: Double
    }
    struct Attack: Decodable {
      let name: String
      let attempts: Int
      let successes: Int
      let controlSuccesses: Int?
      let rates: Rates
      let risk: Risk
      let smallestDetectable: Double
    }
    let attacks: [Attack]
  }

  /// Wilson's interval, widened: its centre and half its width.
  private func wilson(_ successes: Double, _ attempts: Double, _ widening: Double) -> (
    centre: Double, half: Double
  ) {
    guard attempts > 0 else { return (0.5, 0.5 * widening) }
    let z = 1.959963984540054
    let root = (successes * (attempts - successes) / attempts + z * z / 4).squareRoot()
    return ((successes + z * z / 2) / (attempts + z * z), widening * z / (attempts + z * z) * root)
  }

  /// The corrected risk and its interval, from counts alone.
  private func risk(_ attack: Document.Rate, _ control: Document.Rate?) -> (
    value: Double, low: Double, high: Double
  ) {
    func bounded(_ value: Double) -> Double { min(max(value, 0), 1) }
    let (s, n) = (attack.successes, attack.attempts)
    let a = wilson(s, n, attack.widening)
    let observed = n > 0 ? s / n : 0
    guard let control else {
      return (
        observed, min(observed, bounded(a.centre - a.half)),
        max(observed, bounded(a.centre + a.half))
      )
    }
    let c = wilson(control.successes, control.attempts, control.widening)
    let others = control.attempts > 0 ? control.successes / control.attempts : 0
    guard others < 1, c.centre < 1 else { return (0, 0, 1) }
    let value = bounded((observed - others) / (1 - others))
    let centre = (a.centre - c.centre) / (1 - c.centre)
    let half =
      (pow(a.half / (1 - c.centre), 2) + pow(c.half * (a.centre - 1) / pow(1 - c.centre, 2), 2))
      .squareRoot()
    return (value, min(value, bounded(centre - half)), max(value, bounded(centre + half)))
  }

  /// The smallest risk whose interval lies above 0, given this number of attempts and this control.
  private func detectable(_ attack: Document.Rate, _ control: Document.Rate?) -> Double {
    let others = control.map { $0.attempts > 0 ? $0.successes / $0.attempts : 0 } ?? 0
    func isSeen(_ size: Double) -> Bool {
      let rate = Document.Rate(
        attempts: attack.attempts, successes: (others + size * (1 - others)) * attack.attempts,
        value: 0, low: 0, high: 0,
        widening: attack.widening)
      return risk(rate, control).low > 0
    }
    guard attack.attempts > 0, others < 1, isSeen(1) else { return 1 }
    var (below, above) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (below + above) / 2
      if isSeen(middle) { above = middle } else { below = middle }
    }
    return above
  }

  private func people(_ rows: Range<Int>, twins: Int = 0) -> String {
    "age,town,pay,ill\n"
      + rows.map { row in
        let hash = InventedPerson.hash(row - row % max(twins, 1))
        return
          "\(20 + hash % 61),T\(hash / 61 % 17),\(1000 + hash / 1037 % 9001),\(hash % 5 == 0 ? "yes" : "no")\n"
      }.joined()
  }

  @Test(arguments: [true, false]) func risksFollowFromWhatStandsBesideThem(hasControl: Bool) throws
  {
    let scratch = try Scratch()
    let understudy = try #require(Executable.built)
    try scratch.write("original.csv", people(0..<1600))
    try scratch.write("control.csv", people(1600..<2500))
    // A fifth of the release are copies, so that risks are neither 0 nor 1.
    try scratch.write(
      "release.csv", people(0..<320) + people(4000..<5200).drop { $0 != "\n" }.dropFirst())
    let words = [
      "attack", "--original", "original.csv", "--synthetic", "release.csv", "--queries", "2000",
      "--json",
    ]
    let outcome = try understudy.run(
      words + (hasControl ? ["--control", "control.csv"] : []), in: scratch)
    let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
    #expect(document.attacks.count >= 4)
    for attack in document.attacks {
      let (rates, name) = (attack.rates, Comment(rawValue: attack.name))
      #expect(
        Int(rates.attack.attempts) == attack.attempts
          && Int(rates.attack.successes) == attack.successes, name)
      #expect(
        (rates.control != nil) == hasControl
          && rates.control.map { Int($0.successes.rounded()) } == attack.controlSuccesses, name)
      for rate in [rates.attack, rates.control, rates.baseline].compactMap({ $0 })
      where rate.attempts > 0 {
        let interval = wilson(rate.successes, rate.attempts, rate.widening)
        #expect(abs(rate.value - rate.successes / rate.attempts) < 1e-12, name)
        #expect(abs(rate.low - max(0, interval.centre - interval.half)) < 1e-9, name)
        #expect(abs(rate.high - min(1, interval.centre + interval.half)) < 1e-9, name)
      }
      let again = risk(rates.attack, rates.control)
      #expect(abs(again.value - attack.risk.value) < 1e-9, name)
      #expect(
        abs(again.low - attack.risk.low) < 1e-9 && abs(again.high - attack.risk.high) < 1e-9, name)
      #expect(abs(detectable(rates.attack, rates.control) - attack.smallestDetectable) < 1e-6, name)
    }
    // The interval of a count corrected for sizes, and that of dependent guesses, are not plain
    // ones: the test covers both.
    #expect(document.attacks.contains { $0.rates.attack.widening != 1 })
    #expect(
      !hasControl
        || document.attacks.contains {
          ($0.rates.control?.widening ?? 1) != $0.rates.attack.widening
        })
    #expect(document.attacks.contains { $0.risk.value > 0.01 && $0.risk.value < 0.99 })
  }

  private func run(_ command: String, _ scratch: Scratch) throws -> Executable.Outcome {
    try #require(Executable.built).run(command.split(separator: " ").map(String.init), in: scratch)
  }

  @Test func `a control that is in the release or in the original is said`() throws {
    let scratch = try Scratch()
    try scratch.write("original.csv", people(0..<1500))
    try scratch.write("control.csv", people(1500..<2500))
    let others = people(4000..<5500)
    func rows(_ range: Range<Int>) -> Substring { people(range).drop { $0 != "\n" }.dropFirst() }
    try scratch.write("clean.csv", others)
    try scratch.write("known.csv", others + rows(1500..<1540))
    try scratch.write("inside.csv", people(0..<1460) + rows(1500..<1540))
    func document(_ words: String) throws -> [String: Any] {
      let outcome = try run("attack --queries 500 --json \(words)", scratch)
      return try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }
    let honest = try document("--original original.csv --synthetic clean.csv --control control.csv")
    #expect(!((honest["failures"] as? [String]) ?? [""]).contains { $0.hasPrefix("control:") })
    let known = try document("--original original.csv --synthetic known.csv --control control.csv")
    #expect(known["verdict"] as? String != "pass")
    #expect(
      ((known["failures"] as? [String]) ?? []).contains {
        $0.hasPrefix("control: 4") && $0.contains("stand in the release")
      })
    let inside = try document("--original inside.csv --synthetic clean.csv --control control.csv")
    #expect(
      ((inside["failures"] as? [String]) ?? []).contains {
        $0.hasPrefix("control: 4") && $0.contains("stand in the original")
      })

    let heldOut = try run(
      "evaluate --original original.csv --synthetic known.csv --holdout control.csv --target ill --report r.html",
      scratch)
    #expect(
      try scratch.text("r.html").contains("made with them, and what is tested on them looks better")
    )
    #expect(
      heldOut.status == 0 && heldOut.output.contains("WARNING")
        && heldOut.output.contains("40 of 1,000"))
    let fine = try run(
      "evaluate --original original.csv --synthetic clean.csv --holdout control.csv --target ill",
      scratch)
    #expect(fine.status == 0 && !fine.output.contains("WARNING"))
  }

  @Test(arguments: [
    ("constant", "All rows of the synthetic table are the same."),
    ("row", "The synthetic table has one row."),
    ("missing", "No cell of the synthetic table is filled"), ("column", "Only one column is"),
  ])
  func `a degenerate table is not assessed, with the reason`(_ kind: String, _ reason: String)
    throws
  {
    let scratch = try Scratch()
    try scratch.write("original.csv", people(0..<1500))
    try scratch.write("control.csv", people(1500..<3000))
    let (head, line) = ("age,town,pay,ill\n", "40,T3,2000,no\n")
    try scratch.write("constant.csv", head + String(repeating: line, count: 1500))
    try scratch.write("row.csv", head + line)
    try scratch.write("missing.csv", head + String(repeating: ",,,\n", count: 1500))
    for name in ["original", "control"] {
      let ages = try scratch.text("\(name).csv").split(separator: "\n").map {
        $0.prefix { $0 != "," }
      }
      try scratch.write("\(name)-column.csv", ages.joined(separator: "\n") + "\n")
    }
    try scratch.write("column.csv", try scratch.text("original-column.csv"))
    let suffix = kind == "column" ? "-column" : ""
    let tables = "--original original\(suffix).csv --synthetic \(kind).csv"
    let attacked = try run(
      "attack \(tables) --control control\(suffix).csv --queries 200 --json", scratch)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(attacked.output.utf8)) as? [String: Any])
    #expect(attacked.status == 3 && document["verdict"] as? String == "not-assessed")
    #expect(
      ((document["notAssessed"] as? [String]) ?? []).contains { $0.hasPrefix(reason) },
      "\(document["notAssessed"] ?? "")")
    let page = try run("attack \(tables) --control control\(suffix).csv --queries 200", scratch)
    #expect(page.output.hasPrefix("NOT ASSESSED") && !page.output.contains("an attack succeeded"))
    let compared = try run("evaluate \(tables)", scratch)
    #expect(
      compared.status == 0 && compared.output.contains("Not assessed")
        && compared.output.contains("go together"))
  }

  @Test func `a target that cannot be predicted is said`() throws {
    let scratch = try Scratch()
    try scratch.write("original.csv", people(0..<300).replacing(",yes\n", with: ",no\n"))
    let compared = try run(
      "evaluate --original original.csv --synthetic original.csv --target ill", scratch)
    #expect(
      compared.status == 0
        && compared.output.contains("Predicting 'ill' is not assessed: it has one value"))
  }
}
