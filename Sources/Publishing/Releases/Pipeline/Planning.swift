import Accounting
import Curation
import DomainLearning
import Encoding
import Foundation
import Manifests
import Synthesis
import Tables

extension Synthesis {
  /// Returns the cost and the expected result of a run. Spends nothing, and looks at no row if a
  /// schema file is given.
  ///
  /// The errors show the effect of noise alone on a marginal that is measured once. They rest on
  /// the schema, the budget and the schema's number of rows, so a plan reveals nothing.
  /// - Throws: ``GateRefusal`` if the release would be refused before anything is charged;
  ///   ``ReleaseError`` and the errors of schemas.
  package static func plan(_ request: SynthesisRequest) throws -> SynthesisPlan {
    try request.check()
    let schema = try request.schemaForPlan()
    let blueprint = try Blueprint(schema: schema)
    guard !blueprint.variables.isEmpty else { throw ReleaseError.nothingToModel }
    let request = request.choosingEngine(blueprint).request
    try request.checkPublicTable()
    try request.checkPersonBound(blueprint)
    _ = try promises(of: request, blueprint: blueprint)
    let planners = planners(of: request, blueprint: blueprint)
    try planners.last?.checkSteps()
    let rho = Account.budget(of: request, blueprint: blueprint).rho
    let judge = request.judge(rho: rho, blueprint: blueprint)
    let isJudged = judge != nil
    let judgedOrder = judge?.floors.map(\.order).max() ?? 0
    let namesTicks = Account.budget(of: request, blueprint: blueprint).labelDelta.value > 0
    return SynthesisPlan(
      epsilon: request.epsilon.value, delta: request.delta.value, rho: rho.value,
      unit: schema.unit.name, engine: request.engine.name,
      modelledColumns: blueprint.variables.count, estimates: planners.map(\.estimate),
      prices: prices(of: request, blueprint: blueprint),
      shares: isJudged ? planners[0].table.shares.judged() : planners[0].table.shares,
      limits: planners[planners.count - 1].limits + request.limitsOfLength,
      hazards: Hazard.of(request, schema: schema).map(\.explanation),
      counting: try request.countStatements.flatMap { statements in
        try planners.last.map {
          try CountingForecast(
            $0.table, order: max(request.relationOrder, judgedOrder), namesTicks: namesTicks,
            isJudged: judge?.floors.contains { $0.order == 1 } ?? false, statements: statements)
        }
      })
  }

  /// Returns the expected errors at prices around the request's.
  private static func prices(of request: SynthesisRequest, blueprint: Blueprint) -> [SynthesisPlan
    .Price]
  {
    [0.25, 0.5, 1, 2, 4].compactMap { factor in
      var request = request
      request.epsilon = Epsilon(checked: request.epsilon.value * factor)
      return planners(of: request, blueprint: blueprint).last.map {
        let estimate = $0.estimate
        return SynthesisPlan.Price(
          epsilon: request.epsilon.value, meanOneWayError: estimate.meanOneWayError,
          meanPairError: estimate.meanPairError)
      }
    }
  }

  /// Refuses a training run that is too long for its budget, before anything is charged. The number
  /// of rows is taken from the schema. If the schema gives none, or far too many, the run can still
  /// end after its columns have been paid for.
  /// - Throws: ``ReleaseError/tooManySteps(_:)``.
  static func checkSteps(of request: SynthesisRequest, blueprint: Blueprint) throws {
    try planners(of: request, blueprint: blueprint).last?.checkSteps()
  }

  /// Returns one planner for the schema's number of rows, or three for increasing numbers of rows.
  private static func planners(of request: SynthesisRequest, blueprint: Blueprint) -> [Planner] {
    let (rho, labelDelta, trainingDelta) = Account.budget(of: request, blueprint: blueprint)
    let learningRho = request.judge(rho: rho, blueprint: blueprint)?.learningRho ?? rho
    let sizes = blueprint.schema.approximateRows.map { [$0] } ?? [10_000, 100_000, 1_000_000]
    let engine = request.engine.synthesizer
    let blueprint = request.personBound == .norm ? blueprint.withUsualLength : blueprint
    return sizes.map {
      Planner(
        engine: engine,
        table: PlannedTable(
          blueprint: blueprint, rho: learningRho, labelDelta: labelDelta,
          trainingDelta: trainingDelta, rows: $0, engine: engine.budget,
          options: request.options))
    }
  }
}

extension Blueprint {
  /// The blueprint with as many rows of each person as the counts of one with the most rows are
  /// long, if they spread over that many cells.
  fileprivate var withUsualLength: Blueprint {
    guard case .person(let column, let most) = schema.unit else { return self }
    var schema = schema
    schema.unit = .person(
      column: column, maximumRows: max(Int(Double(most).squareRoot().rounded(.up)), 1))
    return (try? Blueprint(schema: schema)) ?? self
  }
}

extension SynthesisRequest {
  /// What a plan cannot know of lengths, in sentences.
  fileprivate var limitsOfLength: [String] {
    personBound == .norm
      ? [
        "The length to which the counts of a person are shortened is learned from the rows; this plan takes the root of "
          + "the schema's `at most`."
      ] : []
  }

  /// The most columns whose relation the engine looks at.
  fileprivate var relationOrder: Int {
    engine.synthesizer.mostTogether ?? options.workloadOrder
  }
}

extension [String: Double] {
  /// Returns the shares in percent after judging the table takes its part.
  fileprivate func judged() -> [String: Double] {
    mapValues { $0 * (1 - UtilityJudge.share) }.merging([
      Purpose.judgement.rawValue: 100 * UtilityJudge.share
    ]) { first, _ in first }
  }
}
