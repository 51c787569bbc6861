import Encoding
import MarginalSynthesis
import Tables

/// Which engine suits a table, by what its schema says and by nothing else: a choice that looked at rows would have to be paid for.
///
/// The rule: one modelled column has no relations, so `independent`. Beyond ``mostColumnsOfAIM`` columns `mst`, which asks about every pair
/// once and not in every round. From ``leastColumnsOfNetwork`` columns on, where the schema publicly says that there are
/// ``leastRowsOfNetwork`` rows, `gan`: a graphical model that stays small leaves out most relations of so many columns, a network none.
/// Else `aim`. The figures that the limits rest on are in docs/decisions/0020-gem.md.
package struct AutomaticEngine: Equatable {
  package let engine: Engine
  /// Why, as a sentence for the owner.
  package let reason: String

  /// A hundred columns take AIM about a minute, and its time grows with the square.
  package static let mostColumnsOfAIM = 300
  package static let leastColumnsOfNetwork = 76
  package static let leastRowsOfNetwork = 100_000

  /// - Parameter rows: about how many the schema says that there are; nil where it does not.
  package init(columns: Int, rows: Int? = nil) {
    switch columns {
    case ...1:
      engine = .independent
      reason = "Engine independent was chosen: one column is modelled, so that there are no relations to learn."
    case Self.leastColumnsOfNetwork...Self.mostColumnsOfAIM where (rows ?? 0) >= Self.leastRowsOfNetwork:
      engine = .gan
      reason =
        "Engine gan was chosen: of \(columns) modelled columns and as many rows as the schema says, its network learns all pairs, "
        + "where aim's model has room for few. It takes some ten times as long."
    case ...Self.mostColumnsOfAIM:
      engine = .aim
      reason = "Engine aim was chosen: on tables of about \(columns) modelled columns it is the closest of those that were measured."
    default:
      engine = .mst
      reason = "Engine mst was chosen: \(columns) modelled columns are more than the \(Self.mostColumnsOfAIM) up to which aim is quick."
    }
  }
}

extension SynthesisRequest {
  /// The request with its engine settled, and why where the rule chose it.
  func choosingEngine(_ blueprint: Blueprint) -> (request: SynthesisRequest, reason: String?) {
    guard choosesEngine else { return (self, nil) }
    let choice = AutomaticEngine(columns: blueprint.variables.count, rows: blueprint.schema.approximateRows)
    var request = self
    request.engine = choice.engine
    return (request, choice.reason)
  }
}
