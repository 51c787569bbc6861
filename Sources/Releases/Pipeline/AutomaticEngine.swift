import Encoding
import MarginalSynthesis

/// Which engine suits a table, by what its schema says and by nothing else: a choice that looked at rows would have to be paid for.
///
/// The rule: one modelled column has no relations, so `independent`. Beyond ``mostColumnsOfAIM`` columns `mst`, which asks about every pair
/// once and not in every round. Else `aim`: on all public tables that were measured it came closest, networks included
/// (docs/benchmarks.md).
package struct AutomaticEngine: Equatable {
  package let engine: Engine
  /// Why, as a sentence for the owner.
  package let reason: String

  /// A hundred columns take AIM about a minute, and its time grows with the square.
  package static let mostColumnsOfAIM = 300

  package init(columns: Int) {
    switch columns {
    case ...1:
      engine = .independent
      reason = "Engine independent was chosen: one column is modelled, so that there are no relations to learn."
    case ...Self.mostColumnsOfAIM:
      engine = .aim
      reason = "Engine aim was chosen: with \(columns) modelled columns it is the closest of those that were measured."
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
    let choice = AutomaticEngine(columns: blueprint.variables.count)
    var request = self
    request.engine = choice.engine
    return (request, choice.reason)
  }
}
