import CountedTables
import Curation
import Releases
import Understudy

/// The cost and the expected result of a release, to read before anything is spent.
package enum PlanPage {
  package static func text(
    _ plan: SynthesisPlan, check: TableCheck? = nil, file: String, terminal: Terminal
  ) -> String {
    var page = Section(terminal: terminal)
    page.heading("Plan for \(file). Nothing was spent.")
    page.pairs([
      Section.guarantee(epsilon: plan.epsilon, delta: plan.delta, rho: plan.rho),
      ("Protects", plan.protects),
      ("Engine", plan.engine),
      ("Modelled", Numbers.count(plan.modelledColumns, "column")),
    ])
    page.heading("What to expect")
    page.table(estimates(plan))
    page.line(
      "Errors are the share of rows in the wrong cell, from noise alone: 0 is perfect, 1 is nothing in common."
    )
    addPrices(plan, to: &page)
    page.heading("How the budget is shared")
    addShares(plan, to: &page)
    if let estimate = plan.estimates.last, !estimate.pairs.isEmpty { addPairs(estimate, to: &page) }
    if !plan.limits.isEmpty {
      page.heading("What is left out")
      page.list(plan.limits)
    }
    if let counting = plan.counting {
      page.heading("What is asked where the table is")
      page.line(
        "\(statements(counting)), which write nothing; about "
          + "\(Numbers.duration(counting.engineSeconds)) of the engine's processor time; and at most about "
          + "\(Numbers.megabytes(Double(counting.bytes) / 1e6)) of counts. No row leaves.")
      page.line(
        "With --stream: one statement, about \(Numbers.duration(counting.streamEngineSeconds)), and about "
          + "\(Numbers.megabytes(Double(counting.streamBytes) / 1e6)): every row leaves.")
    }
    page.hazards(plan.hazards)
    if let check { CheckPage.add(check, to: &page) }
    return page.text
  }

  /// The number of statements, exact for each stage whose number no answer decides.
  private static func statements(_ counting: CountingForecast) -> String {
    let all = Numbers.count(counting.mostStatements, "statement")
    let stages = counting.stages.filter { $0.mostStatements > 0 }.map { stage in
      let number =
        stage.statements == stage.mostStatements
        ? Numbers.count(stage.statements)
        : "\(Numbers.count(stage.statements)) to \(Numbers.count(stage.mostStatements))"
      return "\(number) \(stage.stage.purpose)"
    }.joined(separator: ", ")
    return counting.statements == counting.mostStatements
      ? "Exactly \(all) (\(stages))"
      : "At least \(Numbers.count(counting.statements)) and at most \(all) (\(stages))"
  }

  private static func estimates(_ plan: SynthesisPlan) -> TextTable {
    var table = TextTable([
      ("Rows", .right), ("Time on one core", .right), ("Memory", .right),
      ("Error of a column", .right), ("Error of a pair", .right),
    ])
    for estimate in plan.estimates {
      table.add(
        Numbers.count(estimate.rows), Numbers.duration(estimate.cpuSeconds),
        Numbers.megabytes(estimate.memoryMegabytes),
        Numbers.fixed(estimate.meanOneWayError, 3), Numbers.fixed(estimate.meanPairError, 3))
    }
    return table
  }

  /// Compares the request's price with others.
  private static func addPrices(_ plan: SynthesisPlan, to page: inout Section) {
    guard let rows = plan.estimates.last?.rows else { return }
    page.heading("At other prices, for \(Numbers.count(rows, "row"))")
    let isWatched = page.terminal.isOutputWatched
    var table = TextTable([
      ("Epsilon", .right), ("Error of a column", .right), ("Error of a pair", .right), ("", .left),
    ])
    for price in plan.prices {
      table.add(
        Numbers.short(price.epsilon), Numbers.fixed(price.meanOneWayError, 3),
        Numbers.fixed(price.meanPairError, 3),
        isWatched ? Blocks.bar(price.meanPairError, width: 20) : "")
    }
    page.table(table)
  }

  private static func addShares(_ plan: SynthesisPlan, to page: inout Section) {
    let isWatched = page.terminal.isOutputWatched
    let shares = plan.shares.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var table = TextTable([("", .left), ("", .right), ("", .left)])
    for (name, percent) in shares {
      table.add(
        words(name), Numbers.percent(percent / 100),
        isWatched ? Blocks.bar(percent / 100, width: 30) : "")
    }
    page.table(table)
  }

  /// Returns a purpose of spending in words. A new purpose is shown as it is.
  private static func words(_ purpose: String) -> String {
    switch Purpose(rawValue: purpose) {
    case .domain: "finding bounds and categories"
    case .oneWay: "measuring each column"
    case .selection: "choosing what to measure together"
    case .measurement: "measuring columns together"
    case .training: "training the network"
    case .judgement: "judging how close the table is"
    case nil: purpose
    }
  }

  // MARK: Pairs

  private static let mostListed = 10

  private static func addPairs(_ estimate: SynthesisPlan.Estimate, to page: inout Section) {
    page.heading(
      "Expected error of each pair of columns, for \(Numbers.count(estimate.rows, "row"))")
    let triangle = PairTriangle(estimate.pairs)
    if page.terminal.isOutputWatched, triangle.width <= page.terminal.width - 2 {
      for line in triangle.lines { page.line(line) }
      page.line(Blocks.legend)
      return
    }
    var table = TextTable([("Error", .right), ("Largest first", .left)])
    let sorted = estimate.pairs.sorted {
      ($1.expectedError, $0.first, $0.second) < ($0.expectedError, $1.first, $1.second)
    }
    for pair in sorted.prefix(mostListed) {
      table.add(Numbers.fixed(pair.expectedError, 3), "\(pair.first), \(pair.second)")
    }
    page.table(table)
    if sorted.count > mostListed {
      page.line(
        "and \(Numbers.count(sorted.count - mostListed, "further pair")), all of them with --json.")
    }
  }
}

extension SynthesisPlan {
  /// The unit of privacy in words.
  var protects: String {
    unit == "row" ? "one row" : "all rows of a person, told by '\(unit)'"
  }
}
