import Accounting
import Encoding
import LinkedTables
import Manifests
import Policies
import Tables

extension LinkedRequest {
  /// Returns the policy's lines on the promise, which need no row: epsilon, delta, the unit, the
  /// source of bounds and categories, and no seed.
  /// - Throws: ``GateRefusal`` if one is not met; ``LinkedFault/policyOnTables(_:)`` for a policy
  ///   that judges single tables. Nothing was read.
  func promises(_ schema: LinkedSchema) throws -> [GateLine] {
    guard let policy = request.policy?.policy else { return [] }
    let utility = policy.utility
    guard policy.attacks == nil, utility.highestColumnDistance == nil,
      utility.highestPairDistance == nil, utility.lowestPrediction == nil
    else { throw LinkedFault.policyOnTables(policy.name) }
    let lines = Gate(policy: policy).promiseLines(
      ReleaseFacts(
        epsilon: request.epsilon.value, delta: request.delta.value,
        isRepeatable: request.seed != nil || request.probe != nil, hasOwnControl: true,
        sources: sources(of: schema)),
      schema: schema.protected, judging: [])
    try Synthesis.refuse(lines, promises: [], request, charged: nil)
    return lines
  }

  /// Where the bounds and categories of all tables of people come from.
  private func sources(of schema: LinkedSchema) -> Set<Policy.Provenance> {
    let tables = schema.tables.filter { !$0.isPublic }.map(\.schema)
    return Set(
      tables.flatMap { table in
        table.columns.filter { Blueprint.isModelled($0, unit: .row) }
          .compactMap { Policy.Provenance(Manifest.provenance(of: $0, in: table)) }
      })
  }
}

extension LinkedSchema {
  /// The table of persons as one that protects persons, for a policy.
  fileprivate var protected: Schema {
    var schema = promised
    let key = table(named: person)?.key.first ?? person
    schema.eachRowIsAPerson = false
    schema.unit = .person(column: key, maximumRows: 1)
    return schema
  }
}
