import Accounting
import Basics
import Curation
import Encoding
import Examples
import Foundation
import Ledger
import Tables
import Trips

/// Synthetic trips of an invented town: how close they come, beside a grid and a Markov chain at
/// the same budget, how fast they are, and whether they lead home.
package struct TripStory: Sendable, Encodable {
  /// A distance from the true distribution, ours and the chain's.
  package struct Error: Sendable, Encodable {
    package let name: String
    package let ours: Double
    /// The same of the chain, on the better of its grids.
    package let chain: Double
  }

  package let people: Int
  package let errors: [Error]
  /// The greatest speed of a synthetic trip, and the bound, in metres a second.
  package let fastest: Double
  package let bound: Int
  /// The search for homes off the roads on the synthetic trips, and on trips made without them.
  package let with: TownStory.Finding
  package let without: TownStory.Finding

  /// The cells a side of the chain's grids.
  private static let chainSides = [8, 16]

  /// - Parameters:
  ///   - people: of the town whose distributions are compared.
  ///   - search: finds homes in the town of the story.
  init(
    _ settings: TownStorySettings, search: HomeSearch, isTarget: (Int) -> Bool,
    check: @escaping () throws -> Void
  ) throws {
    people = settings.tripPeople
    let town = TownExample(people: people, seed: settings.seed)
    let truth = TripFigures(town.table)
    var drawn: [TripFigures] = []
    for _ in 0..<settings.tripDraws {
      try check()
      drawn.append(TripFigures(try Self.trips(town.table, settings, check)))
    }
    errors = Self.errors(drawn, truth, settings)
    fastest = drawn.map(\.fastest).max() ?? 0
    bound = TripSettings.usualSpeed
    let (all, rest) = (search.town.town.table, search.town.town.table { !isTarget($0) })
    func passages(_ table: Table) throws -> [[Double]] {
      try (0..<settings.tripDraws).map { _ in
        TripFigures(try Self.trips(table, settings, check)).passages
      }
    }
    with = search.finding("synthetic trips", try passages(all))
    without = search.finding("synthetic trips, made without all targets", try passages(rest))
  }

  /// Learns and draws trips once.
  static func trips(
    _ table: Table, _ settings: TownStorySettings, _ check: @escaping () throws -> Void
  )
    throws -> Table
  {
    let blueprint = try Blueprint(schema: TownExample.schema)
    let rho = LedgerBalance.reservation(
      epsilon: settings.epsilon, delta: settings.delta, eventDelta: 0)
    let plan = try TripPlan(blueprint, settings: TripSettings(), rho: Rho(checked: rho))
    let curator = Curator(
      SensitiveTable(table: table), blueprint: blueprint, budget: InventedBudget())
    let model = try TripModel(plan, asking: curator, check: check)
    return TripSampler(model, schema: TownExample.schema).table(seed: settings.seed)
  }

  private static func errors(
    _ drawn: [TripFigures], _ truth: TripFigures, _ settings: TownStorySettings
  ) -> [Error] {
    let rho = LedgerBalance.reservation(
      epsilon: settings.epsilon, delta: settings.delta, eventDelta: 0)
    var random = SplitMix64(seed: settings.seed &+ 2)
    let chains = chainSides.map { side in
      (0..<settings.tripDraws).map { _ -> (pairs: Double, lengths: Double, hours: Double) in
        let chain = GridChain(truth, side: side, rho: rho, &random)
        let shares = chain.shares(trips: 20_000, &random)
        return (
          TripFigures.distance(shares.pairs, truth.pairs),
          TripFigures.distance(shares.lengths, truth.lengths),
          TripFigures.distance(chain.hours, truth.hours)
        )
      }
    }
    func error(
      _ name: String, _ shares: (TripFigures) -> [Double],
      _ chain: ((pairs: Double, lengths: Double, hours: Double)) -> Double
    ) -> Error {
      let count = Double(settings.tripDraws)
      let known = shares(truth)
      let ours = drawn.reduce(0) { $0 + TripFigures.distance(shares($1), known) / count }
      let best = chains.map { $0.reduce(0) { $0 + chain($1) / count } }.min() ?? 1
      return Error(name: name, ours: ours, chain: best)
    }
    return [
      error("start and end, in squares of 3.2 km", \.pairs, \.pairs),
      error("length", \.lengths, \.lengths), error("hour", \.hours, \.hours),
    ]
  }

  /// The reasons why the story does not hold, a sentence each.
  package var failures: [String] {
    var failures: [String] = []
    for error in errors where error.ours > 1.5 * error.chain {
      failures.append("The synthetic trips are far off in: \(error.name).")
    }
    if fastest > Double(bound) { failures.append("A synthetic trip is faster than the bound.") }
    if with.share > without.share + 0.02 {
      failures.append("The synthetic trips help to find homes.")
    }
    return failures
  }
}
