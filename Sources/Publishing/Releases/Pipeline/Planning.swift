import Accounting
import Curation
import DomainLearning
import Encoding
import Foundation
import MarginalSynthesis
import Tables

extension Synthesis {
  /// What a run would cost and bring. It spends nothing, and where a schema file is given it looks at no row.
  ///
  /// The errors are what measurement noise alone does to a marginal that is measured once; they rest on the schema, the budget and the
  /// number of rows that the schema says, so that a plan reveals nothing.
  /// - Throws: ``GateRefusal`` where the release would be refused before anything is charged; ``ReleaseError`` and the errors of schemas.
  public static func plan(_ request: SynthesisRequest) throws -> SynthesisPlan {
    try request.check()
    let schema = try request.schemaForPlan()
    let blueprint = try Blueprint(schema: schema)
    guard !blueprint.variables.isEmpty else { throw ReleaseError.nothingToModel }
    let request = request.choosingEngine(blueprint).request
    _ = try promises(of: request, blueprint: blueprint)
    let (rho, eventDelta, _) = Account.budget(of: request, blueprint: blueprint)
    try checkSteps(of: request, blueprint: blueprint)
    let judge = request.judge(rho: rho, blueprint: blueprint)
    let sizes = schema.approximateRows.map { [$0] } ?? [10_000, 100_000, 1_000_000]
    let planners = sizes.map {
      Planner(request: request, blueprint: blueprint, rho: judge?.learningRho ?? rho, eventDelta: eventDelta, rows: $0)
    }
    return SynthesisPlan(
      epsilon: request.epsilon.value, delta: request.delta.value, rho: rho.value, unit: schema.unit.name, engine: request.engine,
      modelledColumns: blueprint.variables.count, estimates: planners.map(\.estimate),
      shares: judge == nil ? planners[0].shares : planners[0].shares.judged(),
      limits: planners[planners.count - 1].limits, hazards: Hazard.of(request, schema: schema).map(\.explanation))
  }

  /// Refuses steps that no noise makes affordable before anything is charged, in a table of as many rows as the schema says. Where it says
  /// nothing, or much more than there are, the run ends when the rows are known and its columns are paid for.
  static func checkSteps(of request: SynthesisRequest, blueprint: Blueprint) throws {
    let (rho, eventDelta, trainingDelta) = Account.budget(of: request, blueprint: blueprint)
    let judge = request.judge(rho: rho, blueprint: blueprint)
    let rows = blueprint.schema.approximateRows ?? 1_000_000
    try Planner(request: request, blueprint: blueprint, rho: judge?.learningRho ?? rho, eventDelta: eventDelta, rows: rows)
      .checkSteps(delta: trainingDelta)
  }
}

extension [String: Double] {
  /// Shares of the whole in percent, of which judging the table takes its part.
  fileprivate func judged() -> [String: Double] {
    mapValues { $0 * (1 - UtilityJudge.share) }.merging([Purpose.judgement.rawValue: 100 * UtilityJudge.share]) { first, _ in first }
  }
}
