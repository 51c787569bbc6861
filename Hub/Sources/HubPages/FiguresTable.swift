/// Tables of numbers with intervals, and pictures of the intervals on a common scale.
enum FiguresTable {
  /// The answer beside the stand-in.
  static func answer(_ answer: AnswerFile) -> Table {
    let scale = Scale([answer.findings, answer.standIn].compactMap(\.self))
    let rows = answer.findings.numbers.enumerated().map { place, number -> [Cell] in
      let twin = answer.standIn?.numbers.first { $0.name == number.name }
      return [
        Cell(name(number, place)), .number(text(number)), .number(twin.map(text) ?? "–"),
        Cell("", picture: scale.picture(number, below: twin)),
        Cell(number.noiseShare.map { "\(Int(($0 * 100).rounded())) %" } ?? "–", isNumber: true),
      ]
    }
    return Table(
      "\(answer.findings.measure), with intervals; the upper line is the real table, the lower one the stand-in",
      ["Number", "#Real table", "#Stand-in", "Picture", "#Share of the doubt due to privacy"], rows)
  }

  /// The stand-in's result beside the prediction for the real table.
  static func plan(_ standIn: Figures, _ predicted: Figures) -> Table {
    let scale = Scale([standIn, predicted])
    let rows = predicted.numbers.enumerated().map { place, number -> [Cell] in
      let own = standIn.numbers.first { $0.name == number.name }
      return [
        Cell(name(number, place)), .number(own.map(text) ?? "–"),
        .number(own?.reach.map { "± \(Wording.number($0))" } ?? "–"),
        .number(number.reach.map { "± \(Wording.number($0))" } ?? number.remark ?? "not known"),
        Cell("", picture: scale.picture(number, below: own)),
      ]
    }
    return Table(
      "\(standIn.measure); the upper line is the interval to expect from the real table, the lower one would have no noise",
      ["Number", "#On the stand-in", "#Without privacy", "#With privacy, predicted", "Picture"],
      rows)
  }

  static func tests(_ figures: Figures) -> Table? {
    guard !figures.tests.isEmpty else { return nil }
    return Table(
      "Tests, with the noise taken into account", ["Test", "#Statistic", "#p"],
      figures.tests.map {
        [Cell($0.name), .number(Wording.number($0.statistic)), .number(Wording.number($0.pValue))]
      })
  }

  private static func name(_ number: Figures.Number, _ place: Int) -> String {
    number.name.isEmpty ? "all" : number.name
  }

  private static func text(_ number: Figures.Number) -> String {
    guard let estimate = number.estimate else { return number.remark ?? "not known" }
    guard let low = number.low, let high = number.high else { return Wording.number(estimate) }
    return
      "\(Wording.number(estimate)) [\(Wording.number(low)), \(Wording.number(high))]"
  }
}

/// A scale that holds all intervals of some figures.
struct Scale {
  let low: Double
  let high: Double

  init(_ figures: [Figures]) {
    let ends = figures.flatMap(\.numbers).flatMap { [$0.low, $0.high, $0.estimate] }
      .compactMap(\.self).filter(\.isFinite)
    low = ends.min() ?? 0
    high = ends.max() ?? 1
  }

  func picture(_ number: Figures.Number, below: Figures.Number?) -> Picture? {
    guard let interval = place(number) else { return nil }
    let other = below.flatMap(place)
    return Picture(
      aboveLow: interval.low, aboveHigh: interval.high, aboveMiddle: interval.middle,
      below: other.map {
        .init(belowLow: $0.low, belowHigh: $0.high, belowMiddle: $0.middle)
      })
  }

  private func place(_ number: Figures.Number) -> (low: String, high: String, middle: String)? {
    guard let estimate = number.estimate, let low = number.low, let high = number.high else {
      return nil
    }
    return (place(low), place(high), place(estimate))
  }

  private func place(_ value: Double) -> String {
    let share = high > low ? (value - low) / (high - low) : 0.5
    return String(Int((6 + 188 * min(1, max(0, share))).rounded()))
  }
}
