import Accounting
import Curation
import Encoding
import Tables

/// The losses of a release beyond its single pair of ε and δ: at other deltas, for several people
/// together, and for single columns.
///
/// All of it follows from the manifest's events and the reserved budget, so `verify` recomputes it.
package struct LossRecord: Sendable, Codable, Equatable {
  /// A guarantee for several people who are in or out of the table together.
  package struct Group: Sendable, Codable, Equatable {
    /// The number of people.
    package let people: Int
    /// Positive.
    package let epsilon: Double
    /// The release's δ, or larger if rare events of a group use it up.
    package let delta: Double
  }

  /// A guarantee for one person's entries in one column, all else being equal.
  package struct Column: Sendable, Codable, Equatable {
    /// The column's name.
    package let name: String
    /// 0 if no question was about the column.
    package let epsilon: Double
    /// The release's δ, or larger if rare events use it up.
    package let delta: Double
  }

  /// The most that the release could spend. The promise rests on it, whatever was asked in the end.
  package let reserved: PrivacyCost
  /// The promise at other deltas.
  package let curve: PrivacyCurve
  /// The cost of the questions that were asked, if it is less than the reservation. Computed after
  /// the fact.
  package let asked: PrivacyCurve?
  /// The guarantees for 2, 5 and 10 people.
  package let groups: [Group]
  /// The guarantee for each column of the model, computed after the fact from the questions that
  /// involved it.
  package let columns: [Column]

  /// The column about which the most can be revealed.
  package var worstColumn: Column? { columns.max { ($0.epsilon, $1.name) < ($1.epsilon, $0.name) } }

  /// - Parameters:
  ///   - delta: the release's δ.
  ///   - blueprint: names the variables that depend on a column.
  package init(
    questions: [(question: Question, event: PrivacyEvent)], reserved: PrivacyCost, delta: Double,
    blueprint: Blueprint
  ) {
    let events = questions.map(\.event)
    self.reserved = reserved
    curve = PrivacyCurve(of: reserved)
    asked = PrivacyCurve.asked(events, reserved: reserved)
    groups = GroupLoss.sizes.compactMap { people in
      GroupLoss.point(people: people, reserved: reserved.rho, events: events, delta: delta)
        .map { Group(people: people, epsilon: $0.epsilon, delta: $0.delta) }
    }
    let losses = CellLoss(events: events, reserved: reserved.rho)
    columns = blueprint.schema.columns.compactMap { column in
      let changed = Set(
        blueprint.variables.filter { $0.source.depends(on: column.name) }.map(\.name))
      guard !changed.isEmpty else { return nil }
      return losses.point(effects: questions.map { $0.question.effect(of: changed) }, delta: delta)
        .map { Column(name: column.name, epsilon: $0.epsilon, delta: $0.delta) }
    }
  }

  /// Whether two records agree, up to rounding in another machine's functions.
  package func agrees(with other: LossRecord) -> Bool {
    func isClose(_ first: [Double], _ second: [Double]) -> Bool {
      first.count == second.count
        && zip(first, second).allSatisfy { abs($0 - $1) <= 1e-9 * max(abs($0), abs($1)) }
    }
    func numbers(_ curve: PrivacyCurve?) -> [Double] {
      curve?.points.flatMap { [$0.epsilon, $0.delta] } ?? []
    }
    return isClose(numbers(curve), numbers(other.curve))
      && isClose(numbers(asked), numbers(other.asked))
      && groups.map(\.people) == other.groups.map(\.people)
      && columns.map(\.name) == other.columns.map(\.name)
      && isClose(
        groups.flatMap { [$0.epsilon, $0.delta] }, other.groups.flatMap { [$0.epsilon, $0.delta] })
      && isClose(
        columns.flatMap { [$0.epsilon, $0.delta] },
        other.columns.flatMap { [$0.epsilon, $0.delta] })
  }
}
