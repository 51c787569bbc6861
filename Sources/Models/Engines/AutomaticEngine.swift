import AdversarialSynthesis
import MarginalSynthesis
import Synthesis

/// The engine that suits a table, chosen from its schema alone: a choice that looked at rows would
/// have to be paid for.
///
/// The rule: one modelled column has no relations, so `independent`. Beyond ``mostColumnsOfAIM``
/// columns, `mst`, which asks about every pair once rather than in every round. From
/// ``leastColumnsOfNetwork`` columns on, if the schema publicly gives ``leastRowsOfNetwork`` rows,
/// `gan`: a small graphical model leaves out most relations of so many columns, a network none.
/// Otherwise `aim`. The figures behind the limits are in docs/decisions/0020-gem.md.
package struct AutomaticEngine: Equatable {
  package let engine: Engine
  /// The reason, as a sentence for the owner.
  package let reason: String

  /// AIM takes about a minute for a hundred columns, and its time grows with the square.
  package static let mostColumnsOfAIM = 300
  package static let leastColumnsOfNetwork = 76
  package static let leastRowsOfNetwork = 100_000

  /// - Parameter rows: the approximate number of rows that the schema gives; nil if it gives none.
  package init(columns: Int, rows: Int? = nil) {
    switch columns {
    case ...1:
      engine = .independent
      reason =
        "Engine independent was chosen: one column is modelled, so that there are no relations to learn."
    case Self.leastColumnsOfNetwork...Self.mostColumnsOfAIM
    where (rows ?? 0) >= Self.leastRowsOfNetwork:
      engine = .gan
      reason =
        "Engine gan was chosen: of \(columns) modelled columns and as many rows as the schema says, its network learns all pairs, "
        + "where aim's model has room for few. It takes some ten times as long."
    case ...Self.mostColumnsOfAIM:
      engine = .aim
      reason =
        "Engine aim was chosen: on tables of about \(columns) modelled columns it is the closest of those that were measured."
    default:
      engine = .mst
      reason =
        "Engine mst was chosen: \(columns) modelled columns are more than the \(Self.mostColumnsOfAIM) up to which aim is quick."
    }
  }
}
