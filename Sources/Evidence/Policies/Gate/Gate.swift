import Attacks
import Basics
import ColumnRoles
import Encoding
import Ledger
import Tables

/// Checks a release against a ``Policy``.
///
/// The lines on the promise rest on the schema, the request and the synthetic table, and reveal
/// nothing. Closeness is judged by answers that are paid for (``UtilityJudge``). The lines on
/// attacks and copies rest on the original's rows, and nobody pays for them. Their figures are for
/// the owner; `docs/proofs/hold-out.md` sets out what publishing under them reveals.
package struct Gate {
  let policy: Policy

  package init(policy: Policy) { self.policy = policy }

  /// Returns the lines known before any row is asked, and so before anything is charged.
  package func promiseLines(_ facts: ReleaseFacts, schema: Schema, judging: [GateLine])
    -> [GateLine]
  {
    var lines = [noise(facts)]
    if let highest = policy.highestEpsilon {
      lines.append(epsilon(facts.epsilon, highest: highest))
    }
    if let highest = policy.highestDelta { lines.append(delta(facts.delta, highest: highest)) }
    if policy.unit != .any { lines += [unit(of: schema), persons(of: schema)] }
    if Set(policy.provenance) != Set(Policy.Provenance.allCases) {
      lines.append(provenance(facts.sources, schema))
    }
    lines += powerLines(facts, declaredRows: schema.publicRows)
    return lines + judging
  }

  /// The smallest share of honest releases that must pass a deciding attack. A lower share is not
  /// worth the budget.
  private static let leastChance = 0.9

  /// Returns a line if so few people would be held out that telling members apart says nothing,
  /// however honest the release is. Before anything is charged, only the number of rows that the
  /// owner declares is known.
  private func powerLines(_ facts: ReleaseFacts, declaredRows: Int?) -> [GateLine] {
    guard let rules = policy.attacks, rules.judged == .beforePublication, !facts.hasOwnControl,
      let rows = declaredRows
    else { return [] }
    let names = AttackName.allCases.filter { $0.kind == .membership }.map(\.rawValue).filter {
      !rules.leavesOut.contains($0)
    }
    // However many are held out, no more than this number are compared with.
    let most = Double(AttackOptions().targets)
    func chance(_ share: Double) -> Double {
      Membership.chanceToPass(
        strangers: Int(min(share * Double(rows), most)), limit: rules.highestMembershipRate)
    }
    guard !names.isEmpty, chance(rules.holdOut) < Self.leastChance else { return [] }
    let isMended = chance(0.5) >= Self.leastChance
    return [
      GateLine(
        "membership-power",
        requires:
          "so many people are held out that an honest release can be told from one that names its people, at a limit of "
          + NumberText.percent(rules.highestMembershipRate),
        found:
          "about \(NumberText.count(Int(rules.holdOut * Double(rows)))) of some \(NumberText.count(rows)) rows, as the schema says, "
          + "which are too few to tell", outcome: .saysNothing,
        remedy: (isMended ? "Hold out a larger share, give" : "Give")
          + " more people of the same kind with --control, or use a policy that "
          + "says `leave out: [\(names.joined(separator: ", "))]` or `judged: after publication`.")
    ]
  }

  /// Returns the line on whether other people may be declared, or nil if any will do. It is known
  /// as soon as the ledger has been asked, before anything is charged.
  package func peopleLine(restsOnOtherPeople: Bool) -> GateLine? {
    guard policy.forbidsDeclaredPeople else { return nil }
    return GateLine(
      "people", requires: "no budget rests on a declaration that people are others",
      found: restsOnOtherPeople ? "the owner declares it" : "none does", isMet: !restsOnOtherPeople,
      remedy:
        "Count the budgets of both tables together: --same-people-as NAME. Or choose a policy that says `other people: any`."
    )
  }

  private func noise(_ facts: ReleaseFacts) -> GateLine {
    GateLine(
      "noise", requires: "the noise comes from the secure generator",
      found: facts.isRepeatable ? "a seed, which makes a run not private" : "it does",
      isMet: !facts.isRepeatable, remedy: "Run again without --seed.")
  }

  private func epsilon(_ value: Double, highest: Double) -> GateLine {
    GateLine(
      "epsilon", requires: "epsilon is at most \(NumberText.parameter(highest))",
      found: NumberText.parameter(value),
      isMet: value <= highest,
      remedy:
        "Ask for --epsilon \(NumberText.parameter(highest)) or less, or for a policy that allows more."
    )
  }

  private func delta(_ value: Double, highest: Double) -> GateLine {
    GateLine(
      "delta", requires: "delta is at most \(NumberText.parameter(highest))",
      found: NumberText.parameter(value), isMet: value <= highest,
      remedy: "Ask for --delta \(NumberText.parameter(highest)) or less.")
  }

  private func unit(of schema: Schema) -> GateLine {
    let (isMet, found): (Bool, String) =
      switch (schema.unit, schema.provenance(of: .unit)) {
      case (.person(let column, let rows), _):
        (
          true,
          "a person, by the column '\(column)', with at most \(NumberText.plural(rows, "row", "rows"))"
        )
      case (.row, _) where schema.eachRowIsAPerson:
        (policy.unit == .declared, "a row, each a person of its own, as the owner declares")
      case (.row, .declared): (policy.unit == .declared, "a row, as the owner's schema says")
      case (.row, .learned): (policy.unit == .declared, "a row, as was learned and paid for")
      case (.row, .observed): (false, "a row, which nobody declared")
      }
    return GateLine(
      "unit",
      requires: policy.unit == .person
        ? "the guarantee protects a person, whom a column names"
        : "the owner's schema says whom the guarantee protects", found: found, isMet: isMet,
      remedy: "Say in the schema whose rows are whose: `unit: {person: COLUMN, at most: K}`"
        + (policy.unit == .person
          ? ". If each row is a person of its own, the policy may say `unit: declared`."
          : ", or `unit: row`."))
  }

  /// Returns the line on repeated persons. A schema may say `unit: row` beside a column of persons;
  /// nobody with several rows is then protected as a person.
  private func persons(of schema: Schema) -> GateLine {
    let columns = schema.repeatedPersonColumns
    return GateLine(
      "repeated-persons", requires: "no person has several rows where a row is protected",
      found: columns.isEmpty
        ? "none has, as far as the schema says"
        : "\(Self.list(columns.map { "'\($0)'" }, "and")) beside `unit: row`",
      isMet: columns.isEmpty,
      remedy:
        "Name the column that says who, `unit: {person: COLUMN, at most: K}`; or declare that each row is a person of its own, "
        + "`unit: {row: person}`; or, of a column that names no person, `repeats: no`.")
  }

  private func provenance(_ facts: Set<Policy.Provenance>, _ schema: Schema) -> GateLine {
    var sources = facts
    if schema.origin == .inferred || !schema.observedFacts.isEmpty { sources.insert(.inferred) }
    let refused = Policy.Provenance.allCases.filter {
      sources.contains($0) && !policy.provenance.contains($0)
    }
    let remedies = refused.map { source in
      switch source {
      case .inferred where schema.origin == .inferred:
        "Write a schema with `understudy inspect FILE`, read it, sign it with `reviewed: {by: NAME, on: DATE}`, and give it with --schema."
      case .inferred:
        "The schema says of \(Self.seen(schema)) that the rows showed it: read it, and sign for it with "
          + "`reviewed: {by: NAME, on: DATE}` at its top."
      case .learned:
        "Declare the bounds and categories of every column in the schema, as far as they are public."
      case .declared: "Let bounds and categories be learned: `learn` in the schema."
      }
    }
    return GateLine(
      "provenance",
      requires: "bounds, categories and types are \(Self.list(policy.provenance.map(\.rawValue)))",
      found: Self.list(
        (refused.isEmpty ? Policy.Provenance.allCases.filter(sources.contains) : refused).map {
          source in
          source == .inferred && schema.origin == .declared
            ? Provenance.observed.rawValue : source.rawValue
        }, "and"),
      isMet: refused.isEmpty, remedy: remedies.joined(separator: " "))
  }

  /// Returns a short form of the facts that the schema itself calls observed:
  /// `the column 'age' and 4 other facts`.
  private static func seen(_ schema: Schema) -> String {
    let facts = schema.observedFacts
    guard let first = facts.first else { return "nothing" }
    let others = facts.count - 1
    return first.name
      + (others == 0 ? "" : " and \(NumberText.plural(others, "other fact", "other facts"))")
  }

  /// Returns the line on the synthetic table itself: columns that were modelled although they look
  /// like identifiers or prose.
  package func identifierLines(_ synthetic: Table, modelled: Set<String>) -> [GateLine] {
    guard policy.forbidsIdentifiers else { return [] }
    let suspects = RoleAdvisor.advise(
      table: Table(columns: synthetic.columns.filter { modelled.contains($0.name) })
    )
    .filter { !$0.role.isModelled && $0.confidence >= Self.certainty }
    return [
      GateLine(
        "identifiers", requires: "no column of identifiers or prose is modelled",
        found: suspects.isEmpty
          ? "none is" : suspects.map { "'\($0.column)': \($0.reason)" }.joined(separator: "; "),
        isMet: suspects.isEmpty,
        remedy:
          "Give the column the role `identifier(KIND)`, `prose` or `drop` in the schema, or say `identifiers: any` in the policy."
      )
    ]
  }

  /// The confidence that the advice must have: an unmistakable pattern, not a likeness.
  private static let certainty = 0.9

  package static func list(_ words: [String], _ joint: String = "or") -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "none" }
    return words.dropLast().joined(separator: ", ") + " \(joint) " + last
  }
}

/// The facts about a requested release that a policy judges before any question is put to the rows.
package struct ReleaseFacts: Sendable {
  package let epsilon: Double
  package let delta: Double
  /// Whether a seed or a probe makes the noise repeatable, so that it can be removed.
  package let isRepeatable: Bool
  /// Whether the owner gave people to compare with, so that none are held out.
  package let hasOwnControl: Bool
  /// The sources of the bounds and categories of modelled columns.
  package let sources: Set<Policy.Provenance>

  package init(
    epsilon: Double, delta: Double, isRepeatable: Bool, hasOwnControl: Bool,
    sources: Set<Policy.Provenance>
  ) {
    (self.epsilon, self.delta, self.isRepeatable) = (epsilon, delta, isRepeatable)
    (self.hasOwnControl, self.sources) = (hasOwnControl, sources)
  }
}
