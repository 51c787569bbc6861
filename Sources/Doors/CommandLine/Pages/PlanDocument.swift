import Releases

/// A plan for machines, with the comparison of the table with its schema beside it.
struct PlanDocument: Encodable {
  let plan: SynthesisPlan
  /// For the owner alone; nil without a schema.
  let check: TableCheck?

  private enum Key: String, CodingKey { case check }

  func encode(to encoder: any Encoder) throws {
    try plan.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(check, forKey: .check)
  }
}
