import Accounting
import Curation
import Encoding
import Tables

/// What a release may tell beyond its one pair of ε and δ: at other deltas, of several people together, and of single columns.
///
/// All of it follows from the manifest's events and the budget that was reserved, so that `verify` reckons it anew.
public struct LossRecord: Sendable, Codable, Equatable {
  /// A guarantee for several people who are in the table or not in it together.
  public struct Group: Sendable, Codable, Equatable {
    /// How many.
    public let people: Int
    /// Positive.
    public let epsilon: Double
    /// That of the release, or larger where rare events of a group use it up.
    public let delta: Double
  }

  /// A guarantee for one person's entries in one column, all else being the same.
  public struct Column: Sendable, Codable, Equatable {
    /// Its name.
    public let name: String
    /// 0 where no question was about it.
    public let epsilon: Double
    /// That of the release, or larger where rare events use it up.
    public let delta: Double
  }

  /// What the release could spend at most: the promise rests on it, whatever was asked in the end.
  public let reserved: PrivacyCost
  /// The promise at other deltas.
  public let curve: PrivacyCurve
  /// What the questions that were asked came to, where that is less than what was reserved; reckoned after the fact.
  public let asked: PrivacyCurve?
  /// For 2, 5 and 10 people.
  public let groups: [Group]
  /// For each column of the model; reckoned after the fact, from the questions that it was part of.
  public let columns: [Column]

  /// The column of which most can be told.
  public var worstColumn: Column? { columns.max { ($0.epsilon, $1.name) < ($1.epsilon, $0.name) } }

  /// - Parameters:
  ///   - delta: that of the release.
  ///   - blueprint: says which variables a column decides.
  package init(
    questions: [(question: Question, event: PrivacyEvent)], reserved: PrivacyCost, delta: Double, blueprint: Blueprint
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
      let changed = Set(blueprint.variables.filter { $0.source.depends(on: column.name) }.map(\.name))
      guard !changed.isEmpty else { return nil }
      return losses.point(effects: questions.map { $0.question.effect(of: changed) }, delta: delta)
        .map { Column(name: column.name, epsilon: $0.epsilon, delta: $0.delta) }
    }
  }

  /// Whether two records say the same, up to rounding of another machine's functions.
  func agrees(with other: LossRecord) -> Bool {
    func isClose(_ first: [Double], _ second: [Double]) -> Bool {
      first.count == second.count && zip(first, second).allSatisfy { abs($0 - $1) <= 1e-9 * max(abs($0), abs($1)) }
    }
    func numbers(_ curve: PrivacyCurve?) -> [Double] { curve?.points.flatMap { [$0.epsilon, $0.delta] } ?? [] }
    return isClose(numbers(curve), numbers(other.curve)) && isClose(numbers(asked), numbers(other.asked))
      && groups.map(\.people) == other.groups.map(\.people) && columns.map(\.name) == other.columns.map(\.name)
      && isClose(groups.flatMap { [$0.epsilon, $0.delta] }, other.groups.flatMap { [$0.epsilon, $0.delta] })
      && isClose(columns.flatMap { [$0.epsilon, $0.delta] }, other.columns.flatMap { [$0.epsilon, $0.delta] })
  }
}
