import DomainLearning
import Encoding
import Foundation
import MarginalSynthesis
import Privacy
import Tables

extension Synthesis {
  /// What a run would cost and bring. It spends nothing, and where a schema file is given it looks at no row.
  ///
  /// The errors are what measurement noise alone does to a marginal that is measured once; they rest on the schema, the budget and the
  /// number of rows that the schema says, so that a plan reveals nothing.
  /// - Throws: ``ReleaseError`` and the errors of schemas.
  public static func plan(_ request: SynthesisRequest) throws -> SynthesisPlan {
    try request.check()
    let schema = try request.schemaForPlan()
    let blueprint = try Blueprint(schema: schema)
    guard !blueprint.variables.isEmpty else { throw ReleaseError.nothingToModel }
    let request = request.choosingEngine(blueprint).request
    let (rho, eventDelta, _) = Account.budget(of: request, blueprint: blueprint)
    let sizes = schema.approximateRows.map { [$0] } ?? [10_000, 100_000, 1_000_000]
    let planners = sizes.map { Planner(request: request, blueprint: blueprint, rho: rho, eventDelta: eventDelta, rows: $0) }
    return SynthesisPlan(
      epsilon: request.epsilon.value, delta: request.delta.value, rho: rho.value, unit: schema.unit.name, engine: request.engine,
      modelledColumns: blueprint.variables.count, estimates: planners.map(\.estimate), shares: planners[0].shares,
      limits: planners[planners.count - 1].limits, hazards: Hazard.of(request, schema: schema).map(\.explanation))
  }
}
